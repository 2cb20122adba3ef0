"""From working rows to public records. What is not written down here stays at the desk.

Rows come from `for_detail()`, so that nothing is asked of the database here, and citations of
sources that are not public are not among them.
"""

from datetime import date, time
from operator import attrgetter

from initiatives.choices import Language
from initiatives.editions import record as public
from initiatives.editions.chain import instant
from initiatives.fields.choice_set import split


def initiative_record(row, *, parent: str | None, continued_in: dict[int, str], continues):
    """The public record of an initiative.

    `parent` and `continues` are codes of public records, `continued_in` maps primary keys of
    public initiatives to theirs; what is not among them is not named.
    """
    return public.InitiativeRecord(
        form=public.FORM,
        code=row.code,
        **_texts(row, "title", "summary", "description", "outcome"),
        kind=row.kind,
        status=row.status,
        **_shown(row, "status_since", "planned_start", "planned_end", "actual_start"),
        **_shown(row, "actual_end", "first_planned_end"),
        nothing_stated=tuple(split(row.nothing_stated)),
        parent=parent,
        children=tuple(child.code for child in row.public_children),
        continues=tuple(continues),
        countries=_in_order(map(_country, row.countries.all()), "iso2", "role"),
        sectors=_in_order(map(_sector, row.sectors.all()), "slug"),
        organisations=_in_order(map(_organisation, row.organisations.all()), "role", "slug"),
        funding=tuple(map(_money, row.money)),
        budgets=tuple(map(_budget, row.budgets.all())),
        history=tuple(_status_change(change, continued_in) for change in row.status_changes.all()),
        milestones=tuple(map(_milestone, row.milestones.all())),
        moved_dates=tuple(map(_date_revision, row.date_revisions.all())),
        events=_in_order(map(_event_link, row.events.all()), "slug", "relation"),
        external_ids=_in_order(map(_external_id, row.external_ids.all()), "scheme", "value"),
        classifications=tuple(map(_classification, row.classifications.all())),
        external_texts=tuple(map(_external_text, row.external_texts.all())),
        sources=_citations(row),
        created_at=instant(row.created_at),
        published_at=row.published_at and instant(row.published_at),
        updated_at=instant(row.updated_at),
        version=row.public_version,
    )


def event_record(row):
    """The public record of an event. The links to initiatives are in the records of these."""
    return public.EventRecord(
        form=public.FORM,
        slug=row.slug,
        uid=str(row.uid),
        sequence=row.sequence,
        kind=row.kind,
        state=row.state,
        **_texts(row, "title", "place", "outcome"),
        **_shown(row, "start", "end", "start_time", "end_time"),
        time_zone=row.time_zone,
        host_country=row.host_country and row.host_country.iso2,
        countries=tuple(sorted(country.iso2 for country in row.countries.all())),
        organisations=tuple(sorted(one.slug for one in row.organisations.all())),
        sources=_citations(row),
        updated_at=instant(row.updated_at),
    )


def withdrawal(row):
    """What stays of a record that is public no more; an event has no reason of its own."""
    reason = _text(row, "withdrawn_reason") if hasattr(row, "withdrawn_reason") else public.NO_TEXT
    return public.Withdrawal(form=public.FORM, reason=reason)


def _in_order(parts, *names: str) -> tuple:
    """By their own keys: the order of a list of countries is none of the record."""
    return tuple(sorted(parts, key=attrgetter(*names)))


def _text(row, name: str) -> public.Text:
    texts = {code: getattr(row, f"{name}_{code}") or "" for code in Language.values}
    return public.Text(**texts) if any(texts.values()) else public.NO_TEXT


def _texts(row, *names: str) -> dict:
    return {name: _text(row, name) for name in names}


def _shown(row, *names: str) -> dict:
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value) -> str | None:
    if isinstance(value, date | time):
        return value.isoformat()
    return None if value is None else str(value)


def _copied(row, *names: str) -> dict:
    return {name: getattr(row, name) for name in names}


def _citations(claim) -> tuple[public.Citation, ...]:
    return _in_order(map(_citation, claim.citations.all()), "title", "slug", "locator", "quote")


def _citation(citation) -> public.Citation:
    place = {"locator": citation.locator, "quote": citation.quote}
    return public.Citation(**_source(citation.source), **place)


def _source(source) -> dict:
    names = ("slug", "title", "kind", "publisher", "url", "archived_url", "language")
    return _copied(source, *names) | _shown(source, "published", "accessed_on")


def _country(link):
    return public.CountryRole(iso2=link.country.iso2, role=link.role, percent=_plain(link.percent))


def _sector(link):
    percent = _plain(link.percent)
    return public.SectorShare(slug=link.sector.slug, percent=percent, is_main=link.is_main)


def _organisation(link):
    return public.OrganisationRole(slug=link.organisation.slug, role=link.role)


def _money(money):
    rate = money.usd_rate_source
    return public.Money(
        **_copied(money, "number", "type", "amount_kind", "currency", "instrument", "reference"),
        **_copied(money, "transaction_type", "finance_type"),
        **_shown(money, "amount", "amount_max", "date", "usd_rate", "usd_rate_on", "value_date"),
        provider=money.provider and money.provider.slug,
        provider_country=money.provider_country and money.provider_country.iso2,
        receiver=money.receiver and money.receiver.slug,
        usd_rate_source=public.Citation(**_source(rate)) if rate and rate.is_public else None,
        note=_text(money, "note"),
        sources=_citations(money),
        recorded_at=instant(money.created_at),
        updated_at=instant(money.updated_at),
    )


def _budget(budget):
    return public.Budget(
        **_copied(budget, "number", "type", "status", "currency"),
        **_shown(budget, "start", "end", "amount", "value_date"),
    )


def _status_change(change, continued_in):
    return public.StatusChange(
        **_copied(change, "number", "from_status", "to_status", "origin"),
        effective=_plain(change.effective),
        reason=_text(change, "reason"),
        event=change.event and change.event.slug,
        decided_by=change.decided_by and change.decided_by.iso2,
        continued_in=continued_in.get(change.continued_in_id),
        corrects=change.corrects and change.corrects.number,
        recorded_at=instant(change.recorded_at),
        sources=_citations(change),
    )


def _milestone(milestone):
    return public.Milestone(
        **_copied(milestone, "number", "weight", "protocol_reference", "version"),
        **_texts(milestone, "title", "dropped_reason"),
        **_shown(milestone, "planned", "actual"),
        responsible=milestone.responsible and milestone.responsible.iso2,
        updated_at=instant(milestone.updated_at),
        sources=_citations(milestone),
    )


def _date_revision(revision):
    return public.DateRevision(
        **_copied(revision, "number", "field"),
        **_shown(revision, "old", "new"),
        milestone=revision.milestone and revision.milestone.number,
        reason=_text(revision, "reason"),
        recorded_at=instant(revision.recorded_at),
        sources=_citations(revision),
    )


def _event_link(link):
    event = link.event
    return public.EventLink(
        slug=event.slug,
        relation=link.relation,
        **_copied(event, "kind", "state"),
        title=_text(event, "title"),
        **_shown(event, "start", "end"),
        decision=_text(link, "decision"),
        protocol_reference=link.protocol_reference,
        recorded_at=instant(link.created_at),
    )


def _external_id(one):
    return public.ExternalId(scheme=one.scheme, value=one.value)


def _classification(one):
    names = ("number", "element", "vocabulary", "vocabulary_uri", "code", "share", "name")
    return public.Classification(**_copied(one, *names, "language"))


def _external_text(one):
    return public.ExternalText(**_copied(one, "number", "field", "language", "text"))
