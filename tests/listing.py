"""The list of initiatives as the index of the register finds it, over the factories' rows."""

from contextlib import contextmanager

from django.utils.translation import get_language

from initiatives.editions.index import Selection, index
from initiatives.editions.index.figures import Figures
from initiatives.public import facets
from initiatives.public.filtersets.selections import found_by, selection_of
from initiatives.publication import issue_missing


def caught_up():
    """Write the editions that are missing, and let the index read them."""
    issue_missing()
    index.catch_up()


def codes(filterset):
    """The codes of the initiatives that a filterset finds, in its order."""
    caught_up()
    with found_by(filterset) as found:
        return found.keys(filterset.order, 0, found.total, language=get_language())


def counts(filterset, names=None):
    """The options of the facets `names` with their numbers."""
    caught_up()
    with found_by(filterset) as found:
        tallies = facets.tallies(found, filterset, names)
    return facets.options(filterset, tallies)


@contextmanager
def figures(filterset=None, *, day=None):
    """The figures of what a filterset finds, of all without one, as on `day`."""
    caught_up()
    with index.reading(day=day) as reading:
        selection = Selection() if filterset is None else selection_of(filterset)
        yield Figures(reading.find(selection))


def money():
    """The totals of all that is public."""
    with figures() as found:
        return found.totals()
