"""What narrows a list. One filterset serves the page, its counts, exports, feeds and the API."""

from initiatives.public.filtersets.initiatives import InitiativeFilterSet
from initiatives.public.filtersets.names import AS_OF, unknown

# The names of the parameters of every list of initiatives, whatever its format.
FILTERS = tuple(InitiativeFilterSet.base_filters)

__all__ = ["AS_OF", "FILTERS", "InitiativeFilterSet", "unknown"]
