"""The results as a table, with the ratios that say more than milliseconds of one machine."""

# What a page is compared to, of the same run and on the same database.
COMPARED = {
    "list": "bare rows",
    "list, search": "list",
    "list, filters": "list",
    "list, last page": "list",
    "detail": "bare row",
    "import": ("loaddata", "copy"),
    "export, CSV": "copy out",
    "export, XLSX": "copy out",
    "export, JSON": "copy out",
}
HEADER = ("measurement", "rows", "median ms", "p95 ms", "queries", "ratios of the medians")
WIDTHS = (-17, 8, 11, 9, 9, 0)


def table(results: list[dict]) -> str:
    """One block for each database; ratios compare what was measured in this run alone."""
    blocks = {result["database"]: [HEADER] for result in results}
    for result in results:
        blocks[result["database"]].append(_cells(result, results))
    return "\n".join(f"\n{name}\n{_lines(block)}" for name, block in blocks.items())


def _cells(result: dict, results: list[dict]) -> tuple[str, ...]:
    return (
        result["name"],
        f"{result['rows']:,}",
        f"{result['median_ms']:.2f}",
        f"{result['p95_ms']:.2f}",
        str(result["queries"]),
        ", ".join(_ratios(result, results)),
    )


def _ratios(result: dict, results: list[dict]) -> list[str]:
    few = min(other["rows"] for other in results)
    pairs = []
    others = COMPARED.get(result["name"], ())
    for other in (others,) if isinstance(others, str) else others:
        pairs.append((other, _find(results, result, name=other)))
    if result["rows"] > few:
        pairs.append((f"{few:,} rows", _find(results, result, rows=few)))
    if result["database"] != "sqlite":
        pairs.append(("sqlite", _find(results, result, database="sqlite")))
    return [f"{_ratio(result, known)} × {label}" for label, known in pairs if known]


def _find(results: list[dict], like: dict, **change: object) -> dict | None:
    wanted = {key: like[key] for key in ("name", "database", "rows")} | change
    return next((one for one in results if wanted.items() <= one.items()), None)


def _ratio(result: dict, other: dict) -> str:
    return f"{result['median_ms'] / max(other['median_ms'], 0.001):.3g}"


def _lines(rows: list[tuple[str, ...]]) -> str:
    return "\n".join("  ".join(map(_cell, row, WIDTHS)).rstrip() for row in rows)


def _cell(text: str, width: int) -> str:
    return text.ljust(-width) if width <= 0 else text.rjust(width)
