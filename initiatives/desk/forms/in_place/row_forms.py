"""The rows of an initiative that may make what they point to."""

from typing import Any

from initiatives.choices import FundingType
from initiatives.desk.forms.cited_rows import CitedAmountsForm, CitedRowForm, NewRowForm
from initiatives.desk.forms.in_place.boxes import NamesOrganisation, NamesReceiver, NamesSource
from initiatives.desk.forms.in_place.makers import MakesRows, OrganisationMaker, SourceMaker

_CITED = SourceMaker("cited_source")


class OrganisationRowForm(MakesRows, NamesOrganisation, NewRowForm):
    """An organisation that takes part."""

    makers = (OrganisationMaker("organisation", "new_organisation"),)


class CitingRowForm(MakesRows, NamesSource, CitedRowForm):
    """A milestone or a decision, whose source may be made with it."""

    makers = (_CITED,)


class MoneyRowForm(MakesRows, NamesOrganisation, NamesReceiver, NamesSource, CitedAmountsForm):
    """An amount, whose provider, receiver and source may be made with it."""

    makers = (
        OrganisationMaker("provider", "new_organisation"),
        OrganisationMaker("receiver", "new_receiver"),
        _CITED,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding and "type" in self.fields:
            self.fields["type"].initial = FundingType.ANNOUNCED  # claims least of all


class SourceRowForm(MakesRows, NamesSource, NewRowForm):
    """A source that is cited for the record."""

    makers = (SourceMaker("source"),)
