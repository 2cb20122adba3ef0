"""What a single record holds beyond the object of a list, see `exchange.record_file`."""

from django.utils.translation import gettext_lazy as _

from initiatives import choices
from initiatives.editions.record import INITIATIVE_TEXTS
from initiatives.exchange.columns import COLUMNS
from initiatives.lifecycle import Status
from initiatives.public.api.schema.words import (
    a_list,
    an_object,
    instant,
    maybe,
    number,
    one_of,
    sentence,
    some_day,
    text,
    words,
)

SOURCES = a_list(
    an_object(
        _("A source and the place in it."),
        slug=text(_("Short name.")),
        title=text(_("Title, in the language of the source.")),
        publisher=text(_("Who published it.")),
        kind=one_of(choices.SourceKind, _("Kind of source.")),
        url=text(_("Address.")),
        published=some_day(_("When it was published.")),
        locator=text(_("Where in the source the claim is found.")),
        quote=text(_("The words of the source that carry the claim, in its language.")),
        document=maybe(
            an_object(
                _("The document that the source carries, to be had at /documents/{sha256}/."),
                sha256=text(_("SHA-256 of the file."), pattern=r"^[0-9a-f]{64}$"),
                media_type=one_of(choices.DocumentType, _("Media type, known by the content.")),
                size=number(_("Size in bytes.")),
                name=text(_("Name that the file had.")),
            )
        ),
    ),
    _("Sources."),
)
_NUMBER = number(_("Number within the initiative."))
_DECIMAL = maybe(text(_("US dollars for one unit of the currency."), pattern=r"^\d+(\.\d+)?$"))
_FUNDING = {
    "number": _NUMBER,
    "provider_country": maybe(text(_("Country that gives the money."))),
    "instrument": one_of(choices.Instrument, _("Instrument.")),
    "reference": text(_("How the payer or its register names it.")),
    "usd_rate": _DECIMAL,
    "usd_rate_on": maybe(text(_("Day of the rate."), format="date")),
    "note": words(_("Note.")),
    "value_date": maybe(text(_("Day of the value, if it is another."), format="date")),
    "transaction_type": maybe(
        one_of(choices.TransactionType, _("Code of IATI's list TransactionType."))
    ),
    "finance_type": text(_("Code of IATI's list FinanceType.")),
    "sources": SOURCES,
}
_BUDGET = an_object(
    _("What is planned to be spent in a period."),
    number=_NUMBER,
    type=one_of(choices.BudgetType, _("Code of IATI's list BudgetType.")),
    status=one_of(choices.BudgetStatus, _("Code of IATI's list BudgetStatus.")),
    start=some_day(_("Beginning of the period.")),
    end=some_day(_("End of the period.")),
    amount=text(_("Exact decimals as text."), pattern=r"^-?\d+(\.\d+)?$"),
    currency=text(_("Code of ISO 4217.")),
    value_date=maybe(text(_("Day of the value, if it is another."), format="date")),
)
_CLASSIFICATION = an_object(
    _("A code of a list in which others classify the initiative."),
    element=text(_("The IATI element in which it is found.")),
    vocabulary=text(_("Vocabulary.")),
    vocabulary_uri=text(_("Address of the vocabulary.")),
    code=text(_("Code.")),
    share=text(_("Percentage or significance, as it was written.")),
    name=text(_("Name.")),
)
_EXTERNAL_TEXT = an_object(
    _("A text in a language that the site does not show."),
    field=text(_("Which text it is.")),
    language=text(_("Language, a tag of BCP 47.")),
    text=text(_("The text.")),
)
_HISTORY = an_object(
    _("A change of the status."),
    number=_NUMBER,
    **{"from": maybe(one_of(Status, _("Status before.")))},
    to=one_of(Status, _("Status after.")),
    effective=some_day(_("When it took effect.")),
    reason=words(_("Reason.")),
    decided_by=maybe(text(_("Country that decided."))),
    corrects=maybe(number(_("Number of the change that this one corrects."))),
    recorded_at=instant(_("When it was recorded.")),
    sources=SOURCES,
)
_MILESTONE = an_object(
    _("A step on the way."),
    number=_NUMBER,
    title=words(_("Title.")),
    planned=some_day(_("When it is planned.")),
    actual=some_day(_("When it was reached.")),
    dropped_reason=words(_("Why it was dropped.")),
    weight=maybe(number(_("Weight among the milestones."))),
    responsible=maybe(text(_("Country that is responsible."))),
    protocol_reference=text(_("Item of the protocol.")),
    sources=SOURCES,
)
_MOVED = an_object(
    _("A promised date that was moved."),
    field=text(_("Name of the date.")),
    milestone=maybe(number(_("Number of the milestone, if it is the date of one."))),
    old=some_day(_("Date before.")),
    new=some_day(_("Date after.")),
    reason=words(_("Reason.")),
    recorded_at=instant(_("When it was recorded.")),
    sources=SOURCES,
)
_EVENT = an_object(
    _("An event and what it was for the initiative."),
    slug=text(_("Short name.")),
    relation=one_of(choices.EventRelation, _("What it was for the initiative.")),
    kind=one_of(choices.EventKind, _("Kind of event.")),
    state=one_of(choices.EventState, _("State.")),
    title=words(_("Title.")),
    start=some_day(_("First day.")),
    end=some_day(_("Last day.")),
    decision=words(_("What it decided.")),
    protocol_reference=text(_("Item of the protocol.")),
)
RECORD = {
    "nothing_stated": a_list(
        one_of(choices.Stated, _("What.")),
        _("What was looked for in all sources, which do not state it."),
    ),
    **{name: words(sentence(COLUMNS[f"{name}_en"].label)) for name in INITIATIVE_TEXTS},
    "first_planned_end": some_day(_("Planned end as it was promised first.")),
    "last_checked_at": maybe(instant(_("When it was last checked against its sources."))),
    "parent": maybe(text(_("Code of the initiative of which this is a part."))),
    "children": a_list(text(_("Code.")), _("Codes of its parts.")),
    "funding": _FUNDING,
    "budgets": a_list(_BUDGET, _("Budgets.")),
    "history": a_list(_HISTORY, _("Every change of the status, the first one first.")),
    "milestones": a_list(_MILESTONE, _("Milestones.")),
    "moved_dates": a_list(_MOVED, _("Promised dates that were moved.")),
    "events": a_list(_EVENT, _("Events.")),
    "sources": SOURCES,
    "external_ids": a_list(
        an_object(
            _("A name that others have given it."),
            scheme=text(_("Who gives such names.")),
            value=text(_("Identifier.")),
        ),
        _("Identifiers elsewhere."),
    ),
    "classifications": a_list(_CLASSIFICATION, _("Codes that others give it.")),
    "external_texts": a_list(_EXTERNAL_TEXT, _("Texts in further languages.")),
}
