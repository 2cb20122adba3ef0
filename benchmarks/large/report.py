"""The kept results as the tables of docs/benchmarks.md: `python -m benchmarks.large.report`."""

from collections.abc import Iterator
from pathlib import Path

from benchmarks.results import read

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"
BEGIN = "<!-- The tables are written by python -m benchmarks.large.report. -->"
END = "<!-- Up to here. -->"
RUN = "bench-large"
_HEAD = ("measurement", "median ms", "p95 ms", "CPU ms", "queries", "remarks")


def table(results: list[dict]) -> str:
    """One table for each database and number of records."""
    groups: dict[tuple[str, int], list[dict]] = {}
    for result in results:
        groups.setdefault((result["database"], result["rows"]), []).append(result)
    return "\n\n".join("\n".join(_group(*group, rows)) for group, rows in groups.items())


def _group(database: str, rows: int, results: list[dict]) -> Iterator[str]:
    yield f"### {database}, {rows:,} records\n"
    yield _line(_HEAD)
    yield "|---|---:|---:|---:|---:|---|"
    for result in results:
        yield _line(_cells(result))


def _cells(result: dict) -> tuple[str, ...]:
    mark = "> " if result.get("over_limit") else ""
    queries = result["queries"]
    return (
        result["name"],
        mark + _number(result["median_ms"]),
        mark + _number(result["p95_ms"]),
        _number(result["cpu_ms"]),
        "" if queries is None else str(queries),
        "; ".join(_remarks(result)),
    )


def _remarks(result: dict) -> Iterator[str]:
    if result.get("over_limit"):
        yield "stopped at the limit"
    for peer, ratio in result.get("ratios", {}).items():
        yield f"{ratio:g} × {peer}"
    if "memory_mib" in result:
        yield f"{result['memory_mib']:,} MiB"
    if "per_second" in result:
        yield f"{result['per_second']:,} a second"


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.1f}" if value >= 10 else f"{value:.2f}"


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def document(text: str, results: list[dict]) -> str:
    """`text` with the tables of `results` in the place of those that it has."""
    before, _begin, rest = text.partition(BEGIN)
    _tables, _end, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{table(results)}\n\n{END}{after}"


def of_large_run(results: list[dict]) -> list[dict]:
    return [result for result in results if result.get("run") == RUN]


def write_document() -> Path:
    text = DOCUMENT.read_text(encoding="utf-8")
    DOCUMENT.write_text(document(text, of_large_run(read())), encoding="utf-8")
    return DOCUMENT


if __name__ == "__main__":
    print(f"Written: {write_document()}")
