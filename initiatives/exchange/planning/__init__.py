"""What a file would do to the records, row by row, before anything is written."""

from initiatives.exchange.planning.plan import Planned, plan

__all__ = ["Planned", "plan"]
