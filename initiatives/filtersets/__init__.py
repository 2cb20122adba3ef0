"""What narrows a list. One filterset serves the page, its counts, exports, feeds and the API."""

from initiatives.filtersets.initiatives import InitiativeFilterSet

__all__ = ["InitiativeFilterSet"]
