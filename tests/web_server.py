"""A server of this machine that answers as the web does: well, badly, late, never."""

import socket
import threading
import time
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class _Handler(BaseHTTPRequestHandler):
    def _answer(self):
        server = self.server
        server.asked.append((self.command, self.path))
        server.agents.add(self.headers.get("User-Agent"))
        status, headers, body = server.answer(self.command, self.path)
        if status is None:
            return self.connection.close()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value.replace("{here}", server.here))
        self.end_headers()
        if self.command == "GET":
            for piece in body if isinstance(body, list) else [body]:
                self.wfile.write(piece)
                time.sleep(0.02 if isinstance(body, list) else 0)
        return None

    do_GET = do_HEAD = _answer

    def log_message(self, *parts):
        pass


@contextmanager
def dripping_server(pause=0.02, most=500):
    """Gives its address; begins an answer and sends the rest of its headers letter by letter."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_drip, args=(listening, pause, most), daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"


def _drip(listening, pause, most):
    with suppress(OSError):  # whoever asked is gone, or the test is over
        while True:
            connection, _address = listening.accept()
            with connection, suppress(OSError):
                connection.sendall(b"HTTP/1.1 200 OK\r\nX-Drops: ")
                for _letter in range(most):
                    connection.sendall(b"x")
                    time.sleep(pause)


@contextmanager
def web_server(pages):
    """Serves `pages`, path → (status, headers, body), or a function of method and path."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.asked, server.agents = [], set()
    server.here = f"http://127.0.0.1:{server.server_address[1]}"
    nothing = (404, {}, b"")
    server.answer = pages if callable(pages) else lambda method, path: pages.get(path, nothing)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
