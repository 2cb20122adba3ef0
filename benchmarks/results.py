"""The results that are kept: one object a measurement, new ones in the place of old ones."""

import json
from pathlib import Path

LATEST = Path(__file__).resolve().parent / "results" / "latest.json"


def read(file: Path | None = None) -> list[dict]:
    file = file or LATEST
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else []


def keep(results: list[dict], run: str, *, file: Path | None = None) -> Path:
    """Write the results of a `run`, “bench” or “bench-large”.

    They take the place of what the same run found with these databases and numbers of rows.
    """
    file, new = file or LATEST, [{"run": run} | one for one in results]
    replaced = set(map(_place, new))
    others = [one for one in read(file) if _place(one) not in replaced]
    file.parent.mkdir(exist_ok=True)
    lines = map(json.dumps, sorted((*others, *new), key=_place))
    file.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
    return file


def _place(result: dict) -> tuple:
    return result.get("run", ""), result["rows"], result["database"]
