"""Run a command with a real PostgreSQL server that lives only as long as the command does.

    python -m tests.postgres -- pytest -q

The server has a directory, a port on 127.0.0.1 and a password of its own, so it disturbs no other
server of the machine and needs no rights. The command finds it in DATABASE_URL. Where PostgreSQL
is not installed the command is skipped, except in CI (CI=true), where that is a failure.
"""

import os
import signal
import subprocess
import sys

from tests.postgres_server import STOP_SECONDS, clean_environment, find_programs, temporary_server

CURE = "install it (Debian: apt install postgresql; macOS: brew install postgresql)"


def main(arguments: list[str]) -> int:
    """Return the exit code of the command, or 0 where it was skipped."""
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command:
        raise SystemExit("usage: python -m tests.postgres -- COMMAND [ARGUMENT…]")
    programs = find_programs()
    if programs is None:
        return without_postgres()
    stop_on_signals()
    with temporary_server(programs) as url:
        return run(command, url)


def without_postgres() -> int:
    if os.environ.get("CI") == "true":
        print(f"PostgreSQL not found, and CI needs it: {CURE}", file=sys.stderr)
        return 1
    print(f"skipped: PostgreSQL not found, {CURE}")
    return 0


def run(command: list[str], url: str) -> int:
    """Run the command to its end and return its exit code; end it when we are stopped."""
    child = subprocess.Popen(command, env=clean_environment() | {"DATABASE_URL": url})
    try:
        code = child.wait()
    except BaseException:
        end(child)
        raise
    return code if code >= 0 else 128 - code


def end(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def stop_on_signals() -> None:
    """Let the first signal raise SystemExit with the shells' code, and ignore those after it.

    They are set even where we inherited SIGINT as ignored, as a background job of a script does.
    """
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def stop(number: int, frame: object) -> None:
        for name in signals:
            signal.signal(name, signal.SIG_IGN)
        raise SystemExit(128 + number)

    for name in signals:
        signal.signal(name, stop)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
