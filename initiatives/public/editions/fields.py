"""What a public record consists of, in the order in which it is read: one table of its fields.

The page of an edition, the list of what changed and two editions side by side all read it. A test
holds it against the definition of the record, so that nothing public is left out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from initiatives import choices
from initiatives.editions import record as public
from initiatives.editions.record import Part
from initiatives.public.editions import values
from initiatives.translatable import Translatable

# Takes the names of what records point to, and the stored values that are shown as one.
Say = Callable[..., tuple[values.Value, ...]]


@dataclass(frozen=True)
class Field:
    """`names` are the stored fields that are shown together as one. A stamp is set by the tracker.

    What is in the name of a part is not repeated below it, see `sections.LISTS`. `unentered` is the
    value that a new part has where nobody gives one.
    """

    label: Translatable
    names: tuple[str, ...]
    say: Say
    is_stamp: bool = False
    is_in_name: bool = False
    unentered: Any = None

    def is_entered(self, part: Part) -> bool:
        """Whether somebody gave the part what stands there."""
        return not self.is_stamp and self.stored(part) != (self.unentered,)

    def stored(self, part: Part) -> tuple[Any, ...]:
        return tuple(getattr(part, name) for name in self.names)

    @property
    def is_text(self) -> bool:
        """Whether it is held in the four languages."""
        return self.say in (values.line, values.prose)


def _field(
    label: Translatable,
    *names: str,
    say: Say = values.plain,
    is_stamp: bool = False,
    unentered: Any = None,
) -> Field:
    return Field(label, names, say, is_stamp, unentered=unentered)


def _named(label: Translatable, *names: str, say: Say = values.plain) -> Field:
    return Field(label, names, say, is_in_name=True)


def _recorded(*names: str) -> tuple[Field, ...]:
    labels = {"recorded_at": _("recorded at"), "updated_at": _("updated at")}
    return tuple(_field(labels[name], name, say=values.instant, is_stamp=True) for name in names)


_SOURCES = _field(_("sources"), "sources", say=values.citations)
_PERCENT = _field(_("percent"), "percent", say=values.percent)

GENERAL = (
    _field(_("code"), "code", say=values.code),
    _field(_("title"), "title", say=values.line),
    _field(_("kind"), "kind", say=values.choice(choices.Kind)),
    _field(_("status"), "status", say=values.status),
    _field(_("in this status since"), "status_since", say=values.date),
    _field(_("summary"), "summary", say=values.prose),
    _field(_("description"), "description", say=values.prose),
    _field(_("outcome"), "outcome", say=values.prose),
    _field(_("delivered"), "delivered", say=values.choice(choices.Delivered)),
    _field(_("what was not delivered"), "not_delivered", say=values.prose),
    _field(_("planned start"), "planned_start", say=values.date),
    _field(_("actual start"), "actual_start", say=values.date),
    _field(_("first promised end"), "first_planned_end", say=values.date),
    _field(_("planned end"), "planned_end", say=values.date),
    _field(_("actual end"), "actual_end", say=values.date),
    _field(_("checked: the sources do not state"), "nothing_stated", say=values.stated),
    _field(_("part of"), "parent", say=values.record),
    _field(_("Parts"), "children", say=values.records),
    _field(_("Carries on"), "continues", say=values.records),
)
RECORDED = (
    _field(_("created at"), "created_at", say=values.instant, is_stamp=True),
    _field(_("first published"), "published_at", say=values.instant, is_stamp=True),
    _field(_("updated at"), "updated_at", say=values.instant, is_stamp=True),
    _field(_("version"), "version", is_stamp=True),
)

OF_PART: dict[type[Part], tuple[Field, ...]] = {
    public.CountryRole: (
        _field(_("role"), "role", say=values.choice(choices.CountryRole)),
        _PERCENT,
    ),
    public.SectorShare: (
        _PERCENT,
        _field(_("main sector"), "is_main", say=values.yes_or_no),
    ),
    public.OrganisationRole: (
        _field(_("role"), "role", say=values.choice(choices.OrganisationRole)),
    ),
    public.Milestone: (
        _named(_("title"), "title", say=values.line),
        _field(pgettext_lazy("milestone", "planned"), "planned", say=values.date),
        _field(_("reached"), "actual", say=values.date),
        _field(_("dropped, because"), "dropped_reason", say=values.prose),
        _field(_("weight"), "weight", unentered=1),
        _field(_("responsible side"), "responsible", say=values.country),
        _field(_("item of the protocol"), "protocol_reference"),
        _SOURCES,
        *_recorded("updated_at"),
        _field(_("version"), "version", is_stamp=True),
    ),
    public.EventLink: (
        _field(_("relation"), "relation", say=values.choice(choices.EventRelation)),
        _named(_("title"), "title", say=values.line),
        _field(_("kind"), "kind", say=values.choice(choices.EventKind)),
        _field(_("state"), "state", say=values.choice(choices.EventState)),
        _field(_("start"), "start", say=values.date),
        _field(_("end"), "end", say=values.date),
        _field(_("decision"), "decision", say=values.prose),
        _field(_("item of the protocol"), "protocol_reference"),
        *_recorded("recorded_at"),
    ),
    public.Money: (
        _named(_("type"), "type", say=values.choice(choices.FundingType)),
        _named(_("amount"), "amount", "amount_max", "amount_kind", "currency", say=values.money),
        _field(_("date"), "date", say=values.date),
        _field(_("provider"), "provider", say=values.organisation),
        _field(_("provider country"), "provider_country", say=values.country),
        _field(_("receiver"), "receiver", say=values.organisation),
        _field(_("instrument"), "instrument", say=values.choice(choices.Instrument)),
        _field(_("reference"), "reference"),
        _field(_("note"), "note", say=values.prose),
        _field(_("rate to USD"), "usd_rate", say=values.number),
        _field(_("day of the rate"), "usd_rate_on", say=values.date),
        _field(_("source of the rate"), "usd_rate_source", say=values.citation),
        _field(_("day of the value"), "value_date", say=values.date),
        _field(
            _("IATI transaction type"),
            "transaction_type",
            say=values.choice(choices.TransactionType),
        ),
        _field(_("IATI finance type"), "finance_type"),
        _SOURCES,
        *_recorded("recorded_at", "updated_at"),
    ),
    public.Budget: (
        _named(_("type"), "type", say=values.choice(choices.BudgetType)),
        _field(_("status"), "status", say=values.choice(choices.BudgetStatus)),
        _field(_("period from"), "start", say=values.date),
        _field(_("period to"), "end", say=values.date),
        _field(_("amount"), "amount", "currency", say=values.amount),
        _field(_("day of the value"), "value_date", say=values.date),
    ),
    public.StatusChange: (
        _named(pgettext_lazy("status change", "from"), "from_status", say=values.status),
        _named(pgettext_lazy("status change", "to"), "to_status", say=values.status),
        _field(_("effective"), "effective", say=values.date),
        _field(_("reason"), "reason", say=values.prose),
        _field(_("event"), "event", say=values.event),
        _field(_("deciding side"), "decided_by", say=values.country),
        _field(_("carried on in"), "continued_in", say=values.record),
        _field(_("corrects"), "corrects", say=values.status_record),
        _field(_("recorded through"), "origin", say=values.choice(choices.Origin), is_stamp=True),
        _field(_("approved by a second person"), "approved", say=values.yes_or_no),
        _SOURCES,
        *_recorded("recorded_at"),
    ),
    public.DateRevision: (
        _named(_("date"), "field", say=values.moved),
        _field(_("milestone"), "milestone", say=values.milestone),
        _field(_("old date"), "old", say=values.date),
        _field(_("new date"), "new", say=values.date),
        _field(_("reason"), "reason", say=values.prose),
        _SOURCES,
        *_recorded("recorded_at"),
    ),
    public.Citation: (),
    public.ExternalId: (),
    public.Classification: (
        _named(_("element of IATI"), "element", say=values.code),
        _named(_("code"), "code", say=values.code),
        _field(_("name"), "name"),
        _field(_("language"), "language", say=values.language),
        _field(_("percentage or significance"), "share"),
        _field(_("vocabulary"), "vocabulary"),
        _field(_("address of the vocabulary"), "vocabulary_uri", say=values.link),
    ),
    public.ExternalText: (
        _named(_("field"), "field", say=values.code),
        _named(_("language"), "language", say=values.language),
        _field(_("text"), "text"),
    ),
}
