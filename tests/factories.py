"""Small rows for tests, written by the ORM directly: what an action would refuse is possible here.

Rows that others point to (countries, sectors, organisations, sources) are made once per name.
"""

from datetime import timedelta
from functools import partial
from itertools import count

from babel import Locale
from django.utils import timezone

from initiatives import models
from initiatives.choices import EventRelation, FundingType, OrganisationRole, Publication
from initiatives.lifecycle import Status
from initiatives.partial_dates import PartialDate

LANGUAGES = ("en", "ru", "uz", "kk")
ISO3 = {"UZ": "UZB", "KZ": "KAZ", "KG": "KGZ", "TJ": "TJK", "TM": "TKM", "RU": "RUS", "CN": "CHN"}
_numbers = count(1001)  # below are codes that tests write out


def make_country(iso2="UZ", **fields):
    names = {f"name_{lang}": Locale.parse(lang).territories[iso2] for lang in LANGUAGES}
    values = {"iso3": ISO3.get(iso2, f"{iso2}X"), **names, **fields}
    return models.Country.objects.get_or_create(iso2=iso2, defaults=values)[0]


def make_sector(slug="energy", *, parent=None, **fields):
    values = {"name_en": slug.replace("-", " ").capitalize(), **fields}
    if parent is not None:
        values["parent"] = make_sector(parent)
    return models.Sector.objects.get_or_create(slug=slug, defaults=values)[0]


def make_organisation(slug="bank", *, kind="government", **fields):
    values = {"name_en": slug.replace("-", " ").capitalize(), "kind": kind, **fields}
    return models.Organisation.objects.get_or_create(slug=slug, defaults=values)[0]


def make_initiative(
    code=None,
    *,
    status=Status.PLANNED,
    publication=Publication.PUBLISHED,
    parties=("UZ", "KZ"),
    main_sector="energy",
    sectors=(),
    organisations=(),
    **fields,
):
    """An initiative with its parties and sectors; no status change, see `make_status_change`.

    `organisations` are short names; partial dates may be given in their text form.
    """
    code = code or f"CI-2025-{next(_numbers):04}"
    if not any(name.startswith("title") for name in fields):
        fields["title_en"] = f"Initiative {code}"
    made = models.Initiative.objects.create(
        code=code, status=status, publication=publication, **fields
    )
    for iso2 in parties:
        add_country(made, iso2)
    if main_sector:
        made.sectors.create(sector=make_sector(main_sector), is_main=True)
    for slug in sectors:
        made.sectors.create(sector=make_sector(slug))
    for slug in organisations:
        add_organisation(made, slug)
    return made


def make_initiatives(number, **fields):
    return [make_initiative(**fields) for _ in range(number)]


def add_country(initiative, iso2, role="party"):
    return initiative.countries.create(country=make_country(iso2), role=role)


def add_organisation(initiative, slug, role=OrganisationRole.IMPLEMENTING):
    return initiative.organisations.create(organisation=make_organisation(slug), role=role)


def make_status_change(initiative, to=Status.PLANNED, *, effective="2024", **fields):
    """The next change of an initiative, and its status with it."""
    previous = initiative.status_changes.order_by("-number").first()
    change = initiative.status_changes.create(
        number=previous.number + 1 if previous else 1,
        from_status=previous.to_status if previous else "",
        to_status=to,
        effective=effective,
        **fields,
    )
    initiative.status, initiative.status_since = to, effective
    initiative.save()
    return change


def make_funding(initiative, amount="1000000", *, currency="USD", **fields):
    """A commitment; `amount=None` is an undisclosed one."""
    if amount is None:
        fields.setdefault("amount_kind", "undisclosed")
        currency = fields.pop("undisclosed_in", "")
    values = {"type": FundingType.COMMITMENT, **fields}
    number = initiative.funding.count() + 1
    return initiative.funding.create(number=number, amount=amount, currency=currency, **values)


def make_milestone(initiative, title="Step", **fields):
    number = initiative.milestones.count() + 1
    return initiative.milestones.create(number=number, title_en=title, **fields)


def make_event(slug=None, *, kind="commission_session", state="held", start="2024-05", **fields):
    slug = slug or f"event-{next(_numbers)}"
    fields.setdefault("title_en", slug.replace("-", " ").capitalize())
    return models.Event.objects.create(slug=slug, kind=kind, state=state, start=start, **fields)


make_public_event = partial(make_event, publication="published")


def link_event(initiative, event, relation=EventRelation.AGREED, **fields):
    return initiative.events.create(event=event, relation=relation, **fields)


def make_source(slug="protocol", *, kind="protocol", **fields):
    values = {"title": slug.replace("-", " ").capitalize(), "kind": kind, **fields}
    values.setdefault("url", f"https://example.org/{slug}")
    return models.Source.objects.get_or_create(slug=slug, defaults=values)[0]


def cite(claim, source=None, locator="P1", quote=""):
    """A citation of `claim`, whatever kind of row it is."""
    target = {
        models.Initiative: "initiative",
        models.StatusChange: "status_change",
        models.Milestone: "milestone",
        models.Funding: "funding",
        models.Event: "event",
        models.DateRevision: "date_revision",
    }[type(claim)]
    return models.Citation.objects.create(
        source=source or make_source(), locator=locator, quote=quote, **{target: claim}
    )


def in_days(days):
    """The day that lies `days` from today, as a partial date; negative for the past."""
    return PartialDate(timezone.localdate() + timedelta(days=days))
