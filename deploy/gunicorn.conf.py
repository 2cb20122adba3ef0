"""gunicorn's settings, for production and, through tracker/serve.py, for `make run`.

    gunicorn --config deploy/gunicorn.conf.py tracker.wsgi

Every value can be set on the command line as well, which wins.
"""

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gunicorn.arbiter import Arbiter
    from gunicorn.http.message import Request
    from gunicorn.workers.base import Worker

KEEP_OPEN_UP_TO = 1024 * 1024  # bytes of a body, as DATA_UPLOAD_MAX_MEMORY_SIZE in the settings

bind = "127.0.0.1:8000"  # a proxy in front ends TLS; nobody else should come in here

# Threads, because an answer waits for the database more than it computes; and none of them for a
# request that has not come yet.
worker_class = "tracker.worker.PatientWorker"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
# One import for all workers, and a wrong setting ends the start with its own message instead of
# a row of workers that die.
preload_app = True


def on_starting(server: "Arbiter") -> None:
    """Before the workers are forked, the index of the register is built once for all of them."""
    from tracker.start import prepare

    if server.cfg.preload_app:
        prepare()


def on_reload(server: "Arbiter") -> None:
    """On SIGHUP as well: what came since the start is read once for the new workers. gunicorn has
    put its own form of lines back, so the one of LOG_FORMAT is set anew."""
    from django.conf import settings
    from django.utils.log import configure_logging

    configure_logging(settings.LOGGING_CONFIG, settings.LOGGING)
    on_starting(server)


# A filter's address may be long; this is gunicorn's highest bound, and a longer line is answered
# with 400. Unlimited would let one client fill the memory.
limit_request_line = 8190
limit_request_fields = 100
limit_request_field_size = 8190


def pre_request(worker: "Worker", req: "Request") -> None:
    """A long body may be refused unread; its connection then cannot carry another request."""
    headers = dict(req.headers)
    length = headers.get("CONTENT-LENGTH", "")
    if "TRANSFER-ENCODING" in headers or (length.isdigit() and int(length) > KEEP_OPEN_UP_TO):
        req.force_close()


timeout = 30
graceful_timeout = 15
keepalive = 5

# Workers show that they live by touching a file: in memory, since a busy disk would make them
# look dead.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
# The control socket would be a file in the home directory of the account; nothing uses it.
control_socket_disable = True

# The proxy in front has the access log. Errors go to standard error.
accesslog = None
