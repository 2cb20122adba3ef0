"""Instances of initiatives, with all that hangs at them."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from django.db.models import Model

from initiatives.choices import Publication
from initiatives.editions import record as public
from initiatives.editions.instances.claims import Claims
from initiatives.editions.instances.named import Named
from initiatives.editions.instances.values import hang, values_of
from initiatives.editions.new_instances import AnyModel, instance
from initiatives.fields.choice_set import SIGN
from initiatives.models import (
    Budget,
    Classification,
    DateRevision,
    ExternalId,
    ExternalText,
    Funding,
    Initiative,
    InitiativeCountry,
    InitiativeEvent,
    InitiativeOrganisation,
    InitiativeSector,
    Milestone,
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


class _Link(NamedTuple):
    """Rows of `model` that tie a record to a row of the list `target`, which `key` names."""

    model: type[Model]
    target: str
    key: str
    order: Callable[[Any], tuple[Any, ...]]


_LINKS = {
    "countries": _Link(
        InitiativeCountry,
        "country",
        "iso2",
        lambda link: (link.country.order, link.country.iso2, link.role),
    ),
    "sectors": _Link(
        InitiativeSector,
        "sector",
        "slug",
        lambda link: (not link.is_main, link.sector.order, link.sector.slug),
    ),
    "organisations": _Link(
        InitiativeOrganisation,
        "organisation",
        "slug",
        lambda link: (link.role, link.organisation.slug),
    ),
}


def alone(record: public.InitiativeRecord, pk: int) -> Initiative:
    """The initiative without its parts."""
    values = values_of(Initiative, record, without=(*_NO_FIELDS, "version"))
    return instance(Initiative, values | {"id": pk})


class Making:
    """Makes instances of records, with what `named` gives for their keys."""

    def __init__(self, named: Named) -> None:
        self._named = named
        self._claims = Claims(named)

    def initiative(self, record: public.InitiativeRecord) -> Initiative:
        checked_at, review_every_days = self._named.checks[record.code]
        known = self._named.initiatives
        row = instance(
            Initiative,
            {
                **values_of(Initiative, record, without=_NO_FIELDS),
                "id": known.get(record.code, 0),
                "nothing_stated": SIGN.join(record.nothing_stated),
                "parent_id": known.get(record.parent or ""),
                "publication": Publication.PUBLISHED,
                "public_version": record.version,
                "last_checked_at": checked_at,
                "review_every_days": review_every_days,
            },
        )
        row.record = record
        row.known_codes = known
        row.public_parent = next(self._known_of([record.parent]), None)
        row.public_children = list(self._known_of(record.children))
        self._claims.cite(row, record)
        for name, link in _LINKS.items():
            hang(row, name, partial(self._links, row, name, link))
        row.money = hang(row, "funding", lambda: [self._money(row, one) for one in record.funding])
        steps = hang(row, "milestones", partial(self._milestones, row, record))
        hang(row, "date_revisions", partial(self._moved_dates, row, record, steps))
        hang(row, "status_changes", partial(self._history, row, record))
        hang(row, "events", partial(self._event_links, row, record))
        for name, model in _PLAIN.items():
            hang(row, name, partial(self._plain, row, model, getattr(record, name)))
        return row

    def _known_of(self, codes: Iterable[str | None]) -> Iterator[Initiative]:
        """What files tell of other records: the codes of those that are public today."""
        known = self._named.initiatives
        for code in codes:
            if code in known:
                yield instance(Initiative, {"id": known[code], "code": code})

    def _part(
        self,
        model: type[AnyModel],
        row: Initiative,
        pk: int,
        part: public.Part,
        *without: str,
        **related: Model | None,
    ) -> AnyModel:
        """An instance of a part of `row`; its fields `without` point elsewhere."""
        values = values_of(model, part, without=without) | {"id": pk}
        return instance(model, values, initiative=row, **related)

    def _plain(
        self, row: Initiative, model: type[Model], parts: Iterable[public.Part]
    ) -> list[Model]:
        return [self._part(model, row, number, part) for number, part in enumerate(parts, 1)]

    def _links(self, row: Initiative, name: str, link: _Link) -> list[Model]:
        links = []
        for pk, part in enumerate(getattr(row.record, name), 1):
            target = {link.target: self._named.row(link.target, getattr(part, link.key))}
            links.append(self._part(link.model, row, pk, part, link.key, **target))
        return sorted(links, key=link.order)

    def _money(self, row: Initiative, part: public.Money) -> Funding:
        beside = ("provider", "receiver", "provider_country", "usd_rate_source")
        rate = part.usd_rate_source
        money = self._part(
            *(Funding, row, part.number, part, *beside, "recorded_at", "sources"),
            provider=self._named.row("organisation", part.provider),
            receiver=self._named.row("organisation", part.receiver),
            provider_country=self._named.row("country", part.provider_country),
            usd_rate_source=self._claims.source(rate) if rate else None,
        )
        money.created_at = datetime.fromisoformat(part.recorded_at)
        self._claims.cite(money, part)
        return money

    def _milestones(self, row: Initiative, record: public.InitiativeRecord) -> list[Milestone]:
        steps = []
        for part in record.milestones:
            step = self._part(
                *(Milestone, row, part.number, part, "responsible", "sources"),
                responsible=self._named.row("country", part.responsible),
            )
            self._claims.cite(step, part)
            steps.append(step)
        return steps

    def _moved_dates(
        self, row: Initiative, record: public.InitiativeRecord, steps: Iterable[Milestone]
    ) -> list[DateRevision]:
        by_number = {step.pk: step for step in steps}
        moved = []
        for part in record.moved_dates:
            step = None if part.milestone is None else by_number.get(part.milestone)
            fields = (DateRevision, row, part.number, part, "milestone", "sources")
            moved.append(self._part(*fields, milestone=step))
            self._claims.cite(moved[-1], part)
        return moved

    def _history(self, row: Initiative, record: public.InitiativeRecord) -> list[StatusChange]:
        beside = ("event", "decided_by", "corrects", "continued_in", "approved", "sources")
        changes: dict[int | None, StatusChange] = {}
        for part in record.history:
            changes[part.number] = change = self._part(
                *(StatusChange, row, part.number, part, *beside),
                event=self._claims.event(part.event),
                decided_by=self._named.row("country", part.decided_by),
                corrects=changes.get(part.corrects),
            )
            change.continued_in_id = self._named.initiatives.get(part.continued_in or "")
            change.is_approved = part.approved
            if part is record.history[-1]:
                change.delivered = record.delivered
            self._claims.cite(change, part)
        return list(changes.values())

    def _event_links(
        self, row: Initiative, record: public.InitiativeRecord
    ) -> list[InitiativeEvent]:
        links = []
        for part in record.events:
            if part.slug not in self._named.hidden_events:
                names = ("relation", "decision", "protocol_reference")
                values = values_of(InitiativeEvent, part, *names)
                values |= {"id": 0, "created_at": datetime.fromisoformat(part.recorded_at)}
                event = self._claims.event(part.slug) or self._claims.event_of(part)
                links.append(instance(InitiativeEvent, values, initiative=row, event=event))
        return sorted(links, key=_by_date)


def _by_date(link: InitiativeEvent) -> tuple[Any, ...]:
    """Events without a date are the last."""
    event, start = link.event, link.event.start
    return start is None, start and (start.first, start.last), event.slug, link.relation
