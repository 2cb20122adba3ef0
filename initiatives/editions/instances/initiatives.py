"""Instances of initiatives, with all that hangs at them."""

from datetime import datetime

from initiatives.choices import EventPublication, Publication
from initiatives.editions import record as public
from initiatives.editions.instances.named import Named
from initiatives.editions.instances.values import chosen_values, hang, values_of
from initiatives.fields.choice_set import SIGN
from initiatives.models import (
    Budget,
    Citation,
    Classification,
    DateRevision,
    Event,
    ExternalId,
    ExternalText,
    Funding,
    Initiative,
    InitiativeCountry,
    InitiativeEvent,
    InitiativeOrganisation,
    InitiativeSector,
    Milestone,
    Source,
    StatusChange,
)

# Fields of a record that are no fields of the model, or are others there.
_NO_FIELDS = (
    *("form", "nothing_stated", "parent", "children", "continues", "countries", "sectors"),
    *("organisations", "funding", "budgets", "history", "milestones", "moved_dates", "events"),
    *("external_ids", "classifications", "external_texts", "sources"),
)
_PLAIN = {
    "budgets": Budget,
    "external_ids": ExternalId,
    "classifications": Classification,
    "external_texts": ExternalText,
}
_FACTS_OF_EVENT = ("slug", "kind", "state", "title", "start", "end")


def _named_only(pk: int | None, code: str | None) -> Initiative | None:
    """What files tell of the record above: its code, if it is public today."""
    return None if pk is None else Initiative(pk=pk, code=code)


class Making:
    """Makes instances of records, with what `named` gives for their keys."""

    def __init__(self, named: Named) -> None:
        self._named = named
        self._events: dict[str, Event] = {}

    def initiative(self, record: public.InitiativeRecord) -> Initiative:
        checked_at, review_every_days = self._named.checks[record.code]
        row = Initiative(
            pk=self._named.initiatives.get(record.code),
            **values_of(Initiative, record, without=_NO_FIELDS),
            nothing_stated=SIGN.join(record.nothing_stated),
            parent_id=self._named.initiatives.get(record.parent),
            publication=Publication.PUBLISHED,
            public_version=record.version,
            last_checked_at=checked_at,
            review_every_days=review_every_days,
        )
        row.record = record
        row.public_parent = _named_only(row.parent_id, record.parent)
        known = self._named.initiatives
        row.public_children = [
            Initiative(pk=known[code], code=code) for code in record.children if code in known
        ]
        self._cite(row, record)
        self._add_participants(row, record)
        self._add_money(row, record)
        steps = self._add_milestones(row, record)
        self._add_moved_dates(row, record, steps)
        self._add_history(row, record)
        shown = [part for part in record.events if part.slug not in self._named.hidden_events]
        hang(row, "events", [self._link(row, part) for part in shown])
        for name, model in _PLAIN.items():
            parts = enumerate(getattr(record, name), 1)
            hang(row, name, [model(pk=n, initiative=row, **values_of(model, x)) for n, x in parts])
        return row

    def _add_participants(self, row, record) -> None:
        countries = [
            InitiativeCountry(
                pk=number,
                initiative=row,
                country=self._named.country(part.iso2),
                **values_of(InitiativeCountry, part, without=("iso2",)),
            )
            for number, part in enumerate(record.countries, 1)
        ]
        countries.sort(key=lambda link: (link.country.order, link.country.iso2, link.role))
        hang(row, "countries", countries)
        sectors = [
            InitiativeSector(
                pk=number,
                initiative=row,
                sector=self._named.sector(part.slug),
                **values_of(InitiativeSector, part, without=("slug",)),
            )
            for number, part in enumerate(record.sectors, 1)
        ]
        sectors.sort(key=lambda link: (not link.is_main, link.sector.order, link.sector.slug))
        hang(row, "sectors", sectors)
        organisations = [
            InitiativeOrganisation(
                pk=number,
                initiative=row,
                organisation=self._named.organisation(part.slug),
                role=part.role,
            )
            for number, part in enumerate(record.organisations, 1)
        ]
        hang(row, "organisations", organisations)

    def _add_money(self, row, record) -> None:
        row.money = [self._money(row, part) for part in record.funding]
        hang(row, "funding", row.money)

    def _money(self, row, part) -> Funding:
        pointers = ("provider", "receiver", "provider_country", "usd_rate_source")
        rate = part.usd_rate_source
        money = Funding(
            pk=part.number,
            initiative=row,
            **values_of(Funding, part, without=(*pointers, "recorded_at", "sources")),
            created_at=datetime.fromisoformat(part.recorded_at),
            provider=self._named.organisation(part.provider),
            receiver=self._named.organisation(part.receiver),
            provider_country=self._named.country(part.provider_country),
            usd_rate_source=self._source(rate) if rate else None,
        )
        self._cite(money, part)
        return money

    def _add_milestones(self, row, record) -> dict[int | None, Milestone]:
        steps = {}
        for part in record.milestones:
            steps[part.number] = Milestone(
                pk=part.number,
                initiative=row,
                responsible=self._named.country(part.responsible),
                **values_of(Milestone, part, without=("responsible", "sources")),
            )
            self._cite(steps[part.number], part)
        hang(row, "milestones", list(steps.values()))
        return steps

    def _add_moved_dates(self, row, record, steps) -> None:
        moved = []
        for part in record.moved_dates:
            revision = DateRevision(
                pk=part.number,
                initiative=row,
                milestone=steps.get(part.milestone),
                **values_of(DateRevision, part, without=("milestone", "sources")),
            )
            self._cite(revision, part)
            moved.append(revision)
        hang(row, "date_revisions", moved)

    def _add_history(self, row, record) -> None:
        pointers = ("event", "decided_by", "corrects", "continued_in", "sources")
        changes: dict[int | None, StatusChange] = {}
        for part in record.history:
            changes[part.number] = StatusChange(
                pk=part.number,
                initiative=row,
                **values_of(StatusChange, part, without=pointers),
                event=self._event(part.event),
                decided_by=self._named.country(part.decided_by),
                corrects=changes.get(part.corrects),
                continued_in_id=self._named.initiatives.get(part.continued_in),
            )
            self._cite(changes[part.number], part)
        hang(row, "status_changes", list(changes.values()))

    def _link(self, row, part) -> InitiativeEvent:
        event = self._event(part.slug)
        if event is None:  # its own edition came later than that of the record
            event = Event(pk=0, **chosen_values(Event, part, *_FACTS_OF_EVENT), host_country=None)
            hang(event, "citations", [])
        return InitiativeEvent(
            pk=0,
            initiative=row,
            event=event,
            **chosen_values(InitiativeEvent, part, "relation", "decision", "protocol_reference"),
            created_at=datetime.fromisoformat(part.recorded_at),
        )

    def _event(self, slug: str | None) -> Event | None:
        record = self._named.events.get(slug)
        if record is None or slug in self._named.hidden_events:
            return None
        if slug not in self._events:
            others = ("form", "host_country", "countries", "organisations", "sources")
            event = Event(
                pk=len(self._events) + 1,
                **values_of(Event, record, without=others),
                publication=EventPublication.PUBLISHED,
                host_country=self._named.country(record.host_country),
            )
            hang(event, "countries", list(map(self._named.country, record.countries)))
            hang(event, "organisations", list(map(self._named.organisation, record.organisations)))
            self._cite(event, record)
            self._events[slug] = event
        return self._events[slug]

    def _cite(self, claim, part) -> None:
        citations = [
            Citation(pk=number, source=self._source(x), locator=x.locator, quote=x.quote)
            for number, x in enumerate(part.sources, 1)
        ]
        hang(claim, "citations", citations)

    def _source(self, part: public.Citation) -> Source:
        pk = self._named.source_key(part.slug)
        return Source(pk=pk, **values_of(Source, part, without=("locator", "quote")))
