"""What changed between two days: the same entries for the page, the table, the feed and the API."""

from functools import partial

from initiatives import timeline
from initiatives.public.filtersets import InitiativeFilterSet
from initiatives.public.filtersets.period import PeriodForm
from initiatives.public.filtersets.selections import found_by


def changes_in(form: PeriodForm) -> timeline.Recent:
    """In the period of a valid form, about all that is public; what a record held already when it
    became public is no change."""
    since, until = form.instants
    everything = partial(found_by, InitiativeFilterSet())
    return timeline.Recent(everything, since=since, until=until, history=False)
