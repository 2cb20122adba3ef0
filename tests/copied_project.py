"""A throw-away copy of the project, in which a test changes the program as a contributor would."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_NOT_SOURCE = shutil.ignore_patterns("__pycache__", "*.po")
_COPIED = ("initiatives", "tracker", "templates", "static", "locale", "fixtures")


class CopiedProject:
    """A copy at `path` with a SQLite database of its own; `edited` are the files that were changed
    by hand."""

    def __init__(self, path: Path) -> None:
        self.path, self.edited = path, set()
        for name in _COPIED:
            shutil.copytree(ROOT / name, path / name, ignore=_NOT_SOURCE)
        shutil.copy(ROOT / "manage.py", path)
        shutil.copy(ROOT / "pyproject.toml", path)

    def edit(self, name: str, before: str, after: str) -> None:
        """Puts `after` behind the only place where `before` stands, or the first one of equals."""
        file = self.path / name
        text = file.read_text(encoding="utf-8")
        assert before in text, f"{name} has no {before!r} any more"
        file.write_text(text.replace(before, before + after, 1), encoding="utf-8")
        self.edited.add(name)

    def manage(self, *arguments: str) -> str:
        return self._run("manage.py", *arguments)

    def python(self, program: str) -> str:
        """What `program` prints; Django is set up for it."""
        return self.manage("shell", "--no-imports", "-c", program)

    def _run(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=self.path,
            env=self._environment(),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def _environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        return kept | {
            "DATABASE_URL": f"sqlite:///{self.path / 'copy.sqlite3'}",
            "SECRET_KEY": "a key for this copy alone, which is thrown away " * 2,
            "ENVIRONMENT": "local",
            "DEBUG": "on",
            "PYTHONUTF8": "1",
        }
