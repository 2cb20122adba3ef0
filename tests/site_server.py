"""gunicorn with the settings of deploy/, started by a test on a port of its own."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from tests.postgres_server import free_port

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 90


class SiteServer:
    """It runs until `close`; its log is `log` in `folder`."""

    def __init__(self, folder: Path, *, workers: int, **environment: str) -> None:
        self.port, self.log, self._workers = free_port(), folder / "log", workers
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.serving",
            "WEB_CONCURRENCY": str(workers),
            "PYTHONPATH": str(ROOT),
            **environment,
        }
        command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py"]
        command += ["--bind", f"127.0.0.1:{self.port}", "tracker.wsgi"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=log, stderr=log
            )

    def page(self, path: str) -> str:
        """Over a connection of its own, which any of the workers may accept."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=60) as answer:
            return answer.read().decode()

    def wait(self) -> None:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            assert self.process.poll() is None, self.log.read_text()
            try:
                self.page("/healthz")
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise TimeoutError(self.log.read_text())

    def workers(self) -> set[str]:
        number = self.process.pid
        return set(Path(f"/proc/{number}/task/{number}/children").read_text().split())

    def replace_workers(self) -> None:
        before, end = self.workers(), time.monotonic() + START_SECONDS
        self.process.send_signal(signal.SIGHUP)
        while self.workers() & before or len(self.workers()) < self._workers:
            assert time.monotonic() < end, self.log.read_text()
            time.sleep(0.1)

    def close(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
