"""What a local run needs before anything is installed: a free port and a .env file.

    python -m tracker.local 8000

Standard library only, because `make run` starts it with the system's Python: a busy port is told
at once, not after a minute of installing.
"""

import errno
import os
import secrets
import socket
import sys
from pathlib import Path

ENV_FILE = Path(__file__).resolve().parent.parent / ".env"
DEFAULT_PORT = "8000"


def check_port(text: str) -> None:
    """Exit with one line that names the cure unless we can listen on this port."""
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise SystemExit(f"PORT={text} is not a port. Give 1 to 65535: make run PORT=8001")
    problem = cannot_listen(int(text))
    if problem == errno.EADDRINUSE:
        free = next_free(int(text))
        raise SystemExit(f"Port {text} is in use. Take another: make run PORT={free}")
    if problem:
        reason = os.strerror(problem)
        raise SystemExit(f"Port {text}: {reason}. Take another: make run PORT={DEFAULT_PORT}")


def cannot_listen(port: int) -> int:
    """Return the system's error number, or 0 if the port is ours to take."""
    with socket.socket() as probe:
        # As gunicorn does it: a port whose last connections are still closing is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            return error.errno or errno.EIO
    return 0


def next_free(port: int) -> int:
    """Return the first free port above this one, else 8000."""
    above = range(port + 1, min(port + 50, 65536))
    return next((one for one in above if not cannot_listen(one)), int(DEFAULT_PORT))


def complete_env_file(path: Path = ENV_FILE) -> None:
    """Add what a local run needs to .env; a value that stands there is never changed.

    The SECRET_KEY is kept so that nobody is signed out by a restart. The file is for its owner's
    eyes only.
    """
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    names = {line.removeprefix("export ").split("=")[0].strip() for line in text.splitlines()}
    wanted = {"ENVIRONMENT": "local", "SECRET_KEY": secrets.token_urlsafe(50)}
    missing = [f"{name}={value}\n" for name, value in wanted.items() if name not in names]
    if missing:
        if text and not text.endswith("\n"):
            text += "\n"
        write_privately(path, text + "".join(missing))


def close_to_others(folder: Path = ENV_FILE.parent) -> None:
    """Leave databases of SQLite that others may read to their owner, and say so once."""
    for path in sorted(folder.glob("*.sqlite3*")):
        if path.is_file() and path.stat().st_mode & 0o077:
            path.chmod(0o600)
            print(f"{path.name}: readable by others until now, and by you alone from now on")


def write_privately(path: Path, text: str) -> None:
    """Replace the file in one step, so that an interrupted start leaves no half of a key."""
    draft = path.with_name(path.name + ".new")
    draft.touch(mode=0o600)
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


if __name__ == "__main__":
    check_port(sys.argv[1] if len(sys.argv) > 1 else DEFAULT_PORT)
    complete_env_file()
    close_to_others()
