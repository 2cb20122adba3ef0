"""What a server does once, before it forks its workers: they share what is read then."""

import gc
import logging

from django.conf import settings
from django.db import connections

_log = logging.getLogger(__name__)


def prepare() -> None:
    """Build the index of the register of each database that is read from, with the vocabulary of
    its search, and close it again.

    Where that fails the server starts all the same: the first reader tries again, and /readyz says
    what is wrong.
    """
    from initiatives.editions.index import index
    from initiatives.editions.search import search
    from tracker.replica import reading_from

    search.forget()  # at a reload: `refold` writes other words at the same positions
    for alias in settings.DATABASES:
        try:
            with reading_from(alias):
                index.prepare()
                search.catch_up()
        except Exception as error:
            reason = " ".join(str(error).split()) or type(error).__name__
            _log.warning(
                "The index of the register is not built before the first reader comes: %s", reason
            )
    for connection in connections.all(initialized_only=True):  # each belongs to one process
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()
    # What is collected would have to be written to, so copied by each of the workers.
    gc.collect()
    gc.freeze()
