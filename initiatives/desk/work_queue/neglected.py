"""The sections of records that are late, neglected, contradictory or incomplete."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from initiatives.choices import Language
from initiatives.desk.work_queue import addresses
from initiatives.desk.work_queue.pieces import MOST_ITEMS, Item, Link, Section, Step
from initiatives.desk.work_queue.tasks import (
    EXPLANATIONS,
    LABELS,
    UNDATED,
    most_urgent,
    numbers,
    rows_of,
)
from initiatives.models import Initiative
from initiatives.models.facts import TRANSLATED, facts_of
from initiatives.rights import Rights
from initiatives.rules import Flag, findings
from initiatives.timeline import date_in_words, told
from initiatives.timeline.embargo import embargo_in_words


def neglected(rights: Rights, mine: bool, today: date) -> list[Section]:
    """One section for each task in the records. The records of all are fetched together."""
    rows = rows_of(rights, mine=mine)
    counts = {task: count for task, count in numbers(rows, today).items() if count}
    keys = {task: most_urgent(rows, task, MOST_ITEMS, today) for task in counts}
    shown = _fetched({key for found in keys.values() for key in found})
    return [
        _section(task, counts[task], [shown[key] for key in found], mine, today)
        for task, found in keys.items()
    ]


def _fetched(keys: set[int]) -> dict[int, Initiative]:
    rows = Initiative.objects.filter(pk__in=keys).defer("internal_note", "search_text")
    return {row.pk: row for row in rows.for_rules()}


def _section(task: str, count: int, shown: list[Initiative], mine: bool, today: date) -> Section:
    every = addresses.of_list(Initiative, flag=task, work="mine" if mine else "desk")
    return Section(
        key=task,
        title=str(LABELS[task]),
        explanation=str(EXPLANATIONS[task]),
        count=count,
        items=tuple(_item(task, record, today) for record in shown),
        lists=(Link(_("The whole list"), every),),
    )


def _item(task: str, record: Initiative, today: date) -> Item:
    return Item(
        code=record.code,
        title=told(record, "title")[0],
        address=addresses.of_record(record),
        badge=embargo_in_words(record.embargo_until),
        sentences=tuple(_sentences(task, record, today)),
        steps=tuple(_STEPS[task](record)),
    )


def _sentences(task: str, record: Initiative, today: date) -> Iterator[str]:
    if task == UNDATED:
        text = _("The status is “%(status)s”, but since when is not stated.")
        yield text % {"status": record.get_status_display()}
        return
    for finding in findings(facts_of(record, today)):
        if finding.flag == task:
            yield finding.sentence(date_in_words)


def _move_or_change(record: Initiative) -> Iterator[Step]:
    yield Step(_("Move the date"), addresses.of_record(record, "id_planned_end"))
    yield from _change_status(record)


def _change_status(record: Initiative) -> Iterator[Step]:
    yield Step(_("Change the status"), addresses.of_status(record))


def _check(record: Initiative) -> Iterator[Step]:
    yield Step(_("Checked, nothing new"), addresses.of_stamp(record), posts=True)


def _mend(record: Initiative) -> Iterator[Step]:
    yield Step(_("Open the form"), addresses.of_record(record))


def _cite(record: Initiative) -> Iterator[Step]:
    yield Step(_("Cite a source"), addresses.of_record(record, "citations-group"))


def _translate(record: Initiative) -> Iterator[Step]:
    """The form at the first of the texts that is missing."""
    texts = (f"{name}_{language}" for name in TRANSLATED for language in Language.values)
    first = next(name for name in texts if not getattr(record, name))
    yield Step(_("Translate"), addresses.of_record(record, f"id_{first}"))


def _state_day(record: Initiative) -> Iterator[Step]:
    last = max(record.status_changes.all(), key=lambda change: change.number)
    yield Step(_("State the day"), addresses.of_status(record, corrects=last.pk))


_STEPS = {
    Flag.OVERDUE: _move_or_change,
    Flag.DUE_SOON: _move_or_change,
    Flag.STALE: _check,
    Flag.STALLED: _change_status,
    Flag.CONTRADICTION: _mend,
    Flag.UNSOURCED: _cite,
    Flag.UNTRANSLATED: _translate,
    UNDATED: _state_day,
}
