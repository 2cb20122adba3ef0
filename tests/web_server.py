"""A server of this machine that answers as the web does: well, badly, late, never."""

import threading
import time
from contextlib import contextmanager
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
