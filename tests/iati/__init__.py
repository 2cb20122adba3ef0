"""The official schema, ruleset and code lists of IATI 2.03, as a check of files."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "data" / "iati"
