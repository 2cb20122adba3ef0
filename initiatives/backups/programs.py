"""Programs of others that a backup needs: found or named with the cure, run without a shell."""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from initiatives.backups.errors import BackupError, last_words

_CURES = {
    "age": "Install it (Debian: apt install age; macOS: brew install age)",
    "gpg": "Install it (Debian: apt install gnupg; macOS: brew install gnupg)",
    "pg_dump": "Install PostgreSQL's programs in the version of the server or a newer one "
    "(Debian: apt install postgresql-client), or put their folder in PATH",
}
_CURES["pg_restore"] = _CURES["pg_dump"]
# Where packages keep PostgreSQL's programs out of PATH.
_PLACES = (
    "usr/lib/postgresql/*/bin",
    "usr/pgsql-*/bin",
    "opt/homebrew/opt/libpq/bin",
    "opt/homebrew/opt/postgresql*/bin",
    "usr/local/opt/postgresql*/bin",
)


def found(program: str) -> str:
    """The path of `program`. Raises BackupError where it is not installed."""
    path = shutil.which(program) or _in_known_places(program)
    if path is None:
        raise BackupError(f"{program} is not installed. {_CURES[program]}.")
    return path


def _in_known_places(program: str) -> str | None:
    if not program.startswith("pg_"):
        return None
    there = [path / program for place in _PLACES for path in Path("/").glob(place)]
    there = [path for path in there if path.is_file()]
    newest = max(there, key=_version, default=None)
    return None if newest is None else str(newest)


def _version(path: Path) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", str(path))]


@contextmanager
def running(
    command: Sequence[str],
    *,
    stdin: IO[bytes] | int = subprocess.DEVNULL,
    stdout: IO[bytes] | int = subprocess.DEVNULL,
    env: Mapping[str, str] | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """The program while what stands inside writes to it or reads from it; it ends with that.

    Raises BackupError with its last words where it fails.
    """
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdin=stdin, stdout=stdout, stderr=said, env=env)
        try:
            yield process
            _end_input(process)
            process.wait()
        except BrokenPipeError:
            process.wait()  # it failed, and its own words say why
        except BaseException:
            process.kill()
            raise
        finally:
            _close(process)
        if process.returncode:
            said.seek(0)
            name = Path(command[0]).name
            raise BackupError(
                f"{name} failed ({process.returncode}): {last_words(said.read())} "
                "Nothing was changed."
            )


def _end_input(process: subprocess.Popen[bytes]) -> None:
    if process.stdin is not None:
        process.stdin.close()


def _close(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(BrokenPipeError):
                pipe.close()
    process.wait()
