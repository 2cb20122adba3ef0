"""The nginx of deploy/nginx.conf with the site behind it, on ports of this machine."""

import http.client
import os
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.postgres_server import free_port
from tests.test_workers import address_of_database

ROOT = Path(__file__).resolve().parent.parent
NAME = "tracker.example.org"
SHORT_SECONDS = 2  # in place of the ten that slow clients are given
START_SECONDS = 60
SELF_SIGNED = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={NAME}")
MIB = 1024 * 1024
GUARDS = (
    *("content-security-policy", "strict-transport-security", "x-content-type-options"),
    *("referrer-policy", "cross-origin-resource-policy", "cross-origin-opener-policy"),
    *("x-frame-options", "permissions-policy", "cache-control"),
)
TOO_LARGE = pytest.mark.parametrize(
    ("path", "length"),
    [
        ("/ru/", MIB + 1),
        ("/admin/login/", 300 * MIB),
        ("/admin/initiatives/importbatch/send/", 12 * MIB),
        ("/admin/initiatives/source/add/", 22 * MIB),
        ("/admin/initiatives/event/add/", 2 * MIB),
    ],
)
# With what Debian's nginx.conf says in this place, and what that of nginx.org says besides.
MAIN = """{user}
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
    {temporary}
    ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3; ssl_prefer_server_ciphers on;
    sendfile on; tcp_nopush on; types_hash_max_size 2048; gzip on; keepalive_timeout 65;
    types {{ text/css css; text/javascript js; text/html html; }}
    include {folder}/site.conf;
}}
"""


def program(name: str, package: str) -> str:
    """Where the program lies. Without it the test is skipped, but in CI it fails."""
    path = f"{os.environ['PATH']}:/usr/sbin:/sbin"
    found = shutil.which(name, path=path)
    if found:
        return found
    reason = f"{name} is not installed (Debian: apt install {package})"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def moved(text: str, folder: Path, plain: int, secure: int) -> str:
    """The shipped file with places and ports of this test, and with nothing else changed."""
    for old, new in [
        ("/run/tracker/site.sock", f"{folder}/site.sock"),
        ("/var/cache/tracker-static", f"{folder}/static"),
        ("/var/log/nginx/", f"{folder}/"),
        ("/etc/tracker/", f"{folder}/"),
        ("/srv/tracker/deploy", f"{ROOT}/deploy"),
        ("listen 443", f"listen 127.0.0.1:{secure}"),
        ("listen 80", f"listen 127.0.0.1:{plain}"),
        ("_timeout 10s", f"_timeout {SHORT_SECONDS}s"),
    ]:
        assert old in text, old
        text = text.replace(old, new)
    return "".join(line for line in text.splitlines(True) if "listen [::]" not in line)


# What systemd does for tracker.socket: the door is number 3, and whose it is stands beside it.
OPEN_DOOR = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.set_inheritable(3, True)
os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
os.execv(sys.executable, [sys.executable, *sys.argv[2:]])
"""


class Site:
    """The site alone, behind a socket in `folder` that is held for it as systemd does."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.process = folder, None
        self.door = socket.socket(socket.AF_UNIX)

    def start(self) -> None:
        if not Path(f"{self.folder}/site.sock").exists():
            self.door.bind(f"{self.folder}/site.sock")
            self.door.listen(512)
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.published",
            "DATABASE_URL": address_of_database(),
            "WEB_CONCURRENCY": "1",
            "PYTHONPATH": str(ROOT),
        }
        number = self.door.fileno()
        command = [sys.executable, "-c", OPEN_DOOR, str(number), "-m", "gunicorn"]
        command += ["-c", "deploy/gunicorn.conf.py", "tracker.wsgi"]
        log = self.folder / "site.log"
        self.process = _started(command, log, environment, pass_fds=[number])

    def stop(self) -> None:
        _ended(self.process)

    def shut(self) -> None:
        """Stop, and close the door as well."""
        self.stop()
        self.door.close()


class Proxy:
    log_name = "nginx.log"

    def __init__(self, folder: Path) -> None:
        self.folder, self.site = folder, Site(folder)
        self.plain, self.secure = free_port(), free_port()
        self.process = None

    def configure(self) -> list[str]:
        """Write the files; the command that takes them."""
        text = (ROOT / "deploy/nginx.conf").read_text()
        (self.folder / "site.conf").write_text(moved(text, self.folder, self.plain, self.secure))
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        temporary = " ".join(f"{kind}_temp_path {self.folder}/{kind};" for kind in kinds)
        user = "user root;" if os.geteuid() == 0 else ""
        main = MAIN.format(folder=self.folder, temporary=temporary, user=user)
        (self.folder / "nginx.conf").write_text(main)
        key, certificate = self.folder / "certificate.key", self.folder / "certificate.pem"
        subprocess.run(
            [program("openssl", "openssl"), *SELF_SIGNED, "-keyout", key, "-out", certificate],
            check=True,
            capture_output=True,
        )
        return [program("nginx", "nginx-light"), "-p", str(self.folder), "-c", "nginx.conf"]

    def environment(self) -> dict[str, str]:
        return dict(os.environ)

    def start(self) -> None:
        command = self.configure()
        self.site.start()
        log = self.folder / self.log_name
        self.process = _started(command, log, self.environment(), cwd=self.folder)
        end = time.monotonic() + START_SECONDS
        while not self._answers():
            assert time.monotonic() < end, self.logs()
            assert self.process.poll() is None, self.logs()
            time.sleep(0.1)

    def _answers(self) -> bool:
        try:
            return self.ask("/healthz")[0] == 200
        except OSError:
            return False

    def logs(self) -> str:
        return "\n".join(p.read_text() for p in self.folder.glob("*.log"))

    def stop(self) -> None:
        _ended(self.process)
        self.site.shut()

    def connect(self, *, secure: bool = True, name: str = NAME) -> socket.socket:
        port = self.secure if secure else self.plain
        connection = socket.create_connection(("127.0.0.1", port), timeout=20)
        if not secure:
            return connection
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        return context.wrap_socket(connection, server_hostname=name)

    def ask(self, path, method="GET", body=None, *, secure=True, host=NAME, **headers):
        """Status, headers as they came, and body."""
        asking = http.client.HTTPConnection(host)
        asking.sock = self.connect(secure=secure)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            asking.request(method, path, body, named)
            answer = asking.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        finally:
            asking.close()


def _started(
    command: list[str],
    log: Path,
    environment: dict[str, str],
    pass_fds: list[int] | tuple = (),
    cwd: Path = ROOT,
) -> subprocess.Popen:
    with log.open("ab") as file:
        return subprocess.Popen(
            command, cwd=cwd, env=environment, stdout=file, stderr=file, pass_fds=pass_fds
        )


def _ended(process: subprocess.Popen | None) -> None:
    if process is None or process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def running(kind: type[Proxy]) -> Iterator[Proxy]:
    """A site behind it. Its folder has a short name, since paths of sockets are short."""
    folder = Path(tempfile.mkdtemp(prefix="tracker-proxy-", dir="/tmp"))
    proxy = kind(folder)
    try:
        proxy.start()
        yield proxy
    finally:
        proxy.stop()
        shutil.rmtree(folder, ignore_errors=True)


# --- What the tests of each of them ask -----------------------------------------------------------


@pytest.fixture(scope="module")
def database(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        yield


def head(proxy, path, *lines):
    connection = proxy.connect()
    told = "\r\n".join([f"POST {path} HTTP/1.1", f"Host: {NAME}", *lines, "", ""])
    connection.sendall(told.encode())
    return connection


def answered(connection) -> bytes:
    """What comes up to the end of a page, or of the connection."""
    found = b""
    try:
        while b"</html>" not in found and (piece := connection.recv(65536)):
            found += piece
    except OSError:
        pass
    connection.close()
    return found


def half_sent(proxy, number):
    """Every second one ends in the middle of its headers, the others in the middle of a form."""
    lines = ["X-Slow: y"] if number % 2 else ["Content-Length: 5000", "", "username=a"]
    connection = proxy.connect()
    begun = "\r\n".join(["POST /admin/login/ HTTP/1.1", f"Host: {NAME}", *lines])
    connection.sendall(begun.encode())
    return connection


def told_too_large(proxy, path, length) -> bytes:
    """The answer to a body that was announced, and refused in words before it was sent."""
    answer = answered(head(proxy, path, f"Content-Length: {length}", "Accept-Language: ru"))
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert "Слишком большой" in answer.decode()
    return answer


def chunks_are_refused(proxy) -> None:
    connection = head(proxy, "/ru/", "Transfer-Encoding: chunked")
    with suppress(OSError):
        for _ in range(4):
            connection.sendall(b"80000\r\n" + b"x" * 0x80000 + b"\r\n")
    answer = answered(connection)
    assert answer[:13] in (b"", b"HTTP/1.1 413 ")  # a reset may overtake the answer
    assert proxy.ask("/ru/")[0] == 200


def files_come_as_far_as_the_site(proxy) -> None:
    """A stranger's two megabytes pass the proxy at the two addresses of files, and nowhere else."""
    for path in ("/admin/initiatives/importbatch/send/", "/admin/initiatives/source/7/change/"):
        status, _headers, page = proxy.ask(path, "POST", b"x" * 2 * MIB)
        assert status == 413
        assert b"Only officers" in page
