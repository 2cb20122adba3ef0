"""The list of initiatives as the index of the register finds it, over the factories' rows."""

from initiatives import facets
from initiatives.editions.index import index
from initiatives.filtersets.selections import found_by
from initiatives.publication import issue_missing


def caught_up():
    """Write the editions that are missing, and let the index read them."""
    issue_missing()
    index.catch_up()


def counts(filterset, names=None):
    """The options of the facets `names` with their numbers."""
    caught_up()
    with found_by(filterset) as found:
        tallies = facets.tallies(found, filterset, names)
    return facets.options(filterset, tallies)
