"""Serve the tracker on this machine until it is told to stop: the last step of `make run`.

    python -m tracker.serve 8000

It is gunicorn with the settings of deploy/gunicorn.conf.py, on 127.0.0.1, with one thing more: it
ends when the `make` that started it ends. On SIGTERM make tells its children to stop, but on
SIGINT it only waits for them, trusting that the terminal has told all of them. A SIGINT sent to
make alone, by a supervisor or a script, would leave both waiting for ever. So we look, four times
a second, whether our parent is still there and still minds SIGINT.
"""

import atexit
import os
import signal
import sys
from pathlib import Path
from typing import Any

from gunicorn.app.base import Application

from tracker import __version__

ROOT = Path(__file__).resolve().parent.parent
LOOK_EVERY_SECONDS = 0.25
# Answers under way may finish; a browser's idle connection must not delay the end.
GRACE_SECONDS = 1


class LocalServer(Application):
    """gunicorn on 127.0.0.1:`port`, configured without its command line and environment."""

    def __init__(self, port: int) -> None:
        self.port = port
        super().__init__()

    def load_config(self) -> None:
        self.load_config_from_file(str(ROOT / "deploy" / "gunicorn.conf.py"))
        self.cfg.set("bind", f"127.0.0.1:{self.port}")
        self.cfg.set("graceful_timeout", GRACE_SECONDS)
        self.cfg.set("loglevel", "warning")
        self.cfg.set("when_ready", self.announce)

    def load(self) -> Any:
        from tracker.wsgi import application

        return application

    def announce(self, server: object) -> None:
        url = f"http://127.0.0.1:{self.port}/"
        print(f"\nVersion:      {__version__}\nThe tracker:  {url}\nThe desk:     {url}admin/")
        print("Ctrl-C stops it.", flush=True)


def parent_stopped(parent: int) -> bool:
    """Say whether the make with this process id has ended or was told to end by SIGINT.

    From its start to its end make either catches SIGINT or, in the background of a script,
    ignores it. Only its handler of a signal puts the default back, and that shows in /proc
    (proc(5), SigCgt and SigIgn). Systems without /proc tell only the end.
    """
    if os.getppid() != parent:
        return True
    try:
        status = Path(f"/proc/{parent}/status").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    fields = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    if fields["Name"].strip() not in ("make", "gmake"):
        return False
    minded = int(fields["SigCgt"], 16) | int(fields["SigIgn"], 16)
    return not minded & 1 << (signal.SIGINT - 1)


def stop_with_parent() -> None:
    """Send ourselves SIGTERM once the parent has stopped.

    A timer and not a thread: gunicorn forks its workers from this process, timers are not
    inherited by them, and forking beside a thread is unsafe.
    """
    parent = os.getppid()

    def look(number: int, frame: object) -> None:
        if parent_stopped(parent):
            look_no_more()
            os.kill(os.getpid(), signal.SIGTERM)

    signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, LOOK_EVERY_SECONDS, LOOK_EVERY_SECONDS)
    # On its way out Python takes its handlers away, and an alarm without one kills.
    atexit.register(look_no_more)


def look_no_more() -> None:
    signal.setitimer(signal.ITIMER_REAL, 0)


def main(port: int) -> None:
    # Until gunicorn sets its own, a signal ends us quietly; also SIGINT, which a background job
    # inherits as ignored.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: sys.exit(0))
    stop_with_parent()
    LocalServer(port).run()


if __name__ == "__main__":
    main(int(sys.argv[1]))
