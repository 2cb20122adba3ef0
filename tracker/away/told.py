"""A filter of the log, which is configured before anything else of the site is there."""

import logging


class UnlessTold(logging.Filter):
    """Leaves out of the log what is told of an outage once, and not for each request."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not getattr(getattr(record, "request", None), "is_told_away", False)
