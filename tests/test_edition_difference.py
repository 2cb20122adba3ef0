"""What changed between two public versions is told completely, in the reader's words."""

import msgspec
import pytest
from django.utils.translation import override

from initiatives.editions import record as public
from initiatives.public.editions.difference import Mark, differences
from initiatives.public.editions.fields import GENERAL, OF_PART, RECORDED
from initiatives.public.editions.sections import LISTS, sections_of
from initiatives.public.editions.values import Value
from tests.editions import STAMP, changed, plain_record

pytestmark = pytest.mark.once


class Nameless:
    """No database: keys stand for names."""

    def of(self, kind, key):
        return Value("plain", key)


def differing(before, after):
    return differences(before, after, Nameless())


def told(values):
    return [str(value.shown) for value in values]


def milestone(number=1, title="Bridge", **fields):
    return public.Milestone(
        number=number,
        title=public.Text(en=title),
        weight=1,
        version=1,
        updated_at=STAMP,
        **fields,
    )


# Shown beside the record or in its heading, or about the stored form alone.
ELSEWHERE = {public.InitiativeRecord: {"form"}}
# Names of parts, or parts of their names.
KEYS = {
    public.CountryRole: {"iso2"},
    public.SectorShare: {"slug"},
    public.OrganisationRole: {"slug"},
    public.EventLink: {"slug"},
    public.ExternalId: {"scheme", "value"},
    public.Citation: set(public.Citation.__struct_fields__),
}


@pytest.mark.parametrize("part", [public.InitiativeRecord, *OF_PART], ids=lambda one: one.__name__)
def test_every_field_of_the_public_record_is_shown(part):
    fields = (*GENERAL, *RECORDED) if part is public.InitiativeRecord else OF_PART[part]
    shown = {name for field in fields for name in field.names}
    if part is public.InitiativeRecord:
        shown |= {one.attribute for one in LISTS}
    wanted = set(part.__struct_fields__) - ELSEWHERE.get(part, set()) - KEYS.get(part, {"number"})
    assert wanted - shown == set()


def test_every_part_of_a_record_is_described():
    kinds = {
        msgspec.inspect.type_info(field.type).item_type.cls
        for field in msgspec.structs.fields(public.InitiativeRecord)
        if isinstance(found := msgspec.inspect.type_info(field.type), msgspec.inspect.VarTupleType)
        and isinstance(found.item_type, msgspec.inspect.StructType)
    }
    assert kinds == set(OF_PART)


def test_the_same_record_does_not_differ():
    assert differing(plain_record(), plain_record()) == []


def test_stamps_are_no_difference():
    later = changed(plain_record(), updated_at="2026-01-01T00:00:00.000000Z", version=7)
    assert differing(plain_record(), later) == []


def test_a_field_has_what_was_there_and_what_is_there_now():
    (one,) = differing(plain_record(planned_end="2031"), plain_record(planned_end="2033-Q2"))
    assert (one.mark, str(one.label)) == (Mark.CHANGED, "planned end")
    assert told(one.before) + told(one.after) == ["2031", "2033-Q2"]


@pytest.mark.parametrize(
    ("old", "new", "mark"), [(None, "2031", Mark.ADDED), ("2031", None, Mark.REMOVED)]
)
def test_a_field_that_was_or_becomes_empty_is_added_or_removed(old, new, mark):
    (one,) = differing(plain_record(planned_end=old), plain_record(planned_end=new))
    assert one.mark is mark


def test_a_milestone_that_moved_is_one_changed_date():
    before = plain_record(milestones=(milestone(planned="2025-Q4"),))
    after = plain_record(milestones=(milestone(planned="2026-Q3"),))
    (one,) = differing(before, after)
    assert (str(one.section), told(one.name), str(one.label)) == (
        "Milestones",
        ["Bridge"],
        "planned",
    )
    assert told(one.before) + told(one.after) == ["2025-Q4", "2026-Q3"]


def test_parts_come_and_go_whole():
    said = {"protocol_reference": "4"}
    before = plain_record(milestones=(milestone(1, "Road", **said), milestone(2, "Camp")))
    after = plain_record(milestones=(milestone(2, "Camp"), milestone(3, "Dam", **said)))
    found = [(one.mark, told(one.name)) for one in differing(before, after)]
    assert found == [(Mark.ADDED, ["Dam"]), (Mark.REMOVED, ["Road"])]
    labels = [[str(line.label) for line in one.whole.lines] for one in differing(before, after)]
    assert labels == [["item of the protocol"]] * 2, "neither stamps nor a weight nobody gave"


def test_another_order_of_parts_is_no_difference():
    parts = (milestone(1, "Road"), milestone(2, "Camp"))
    assert differing(plain_record(milestones=parts), plain_record(milestones=parts[::-1])) == []


def test_each_part_of_an_amount_counts():
    money = public.Money(
        number=1,
        type="pledge",
        amount="5.00",
        amount_kind="exact",
        currency="USD",
        instrument="loan",
        recorded_at=STAMP,
        updated_at=STAMP,
    )
    for name, value in (("amount", "6.00"), ("amount_kind", "about"), ("currency", "EUR")):
        other = msgspec.structs.replace(money, **{name: value})
        (one,) = differing(plain_record(funding=(money,)), plain_record(funding=(other,)))
        assert str(one.label) == "amount"
        assert told(one.before) != told(one.after)


def test_the_source_of_a_claim_is_told_with_the_claim():
    source = public.Citation(slug="a", title="A", kind="media")
    before = plain_record(milestones=(milestone(),))
    after = plain_record(milestones=(milestone(sources=(source,)),), sources=(source,))
    assert [str(one.section) for one in differing(before, after)] == ["Milestones", "Sources"]
    renamed = changed(after, sources=(msgspec.structs.replace(source, title="B"),))
    (one,) = differing(after, renamed)
    assert (one.mark, one.before[0].shown.stored.title) == (Mark.CHANGED, "A")


def test_a_translation_that_changes_is_told_after_the_reader_s_own_text():
    before = plain_record(summary=public.Text(en="One", ru="Один", uz="Bir"))
    after = plain_record(summary=public.Text(en="Two", ru="Два", uz="Bir"))
    assert [one.language for one in differing(before, after)] == ["", "ru"]
    with override("ru"):
        found = differing(before, after)
        assert [one.language for one in found] == ["", "en"]
        assert told(found[0].after) == ["Два"]


def test_the_whole_record_is_shown_in_the_reader_s_words():
    record = plain_record(summary=public.Text(ru="Итог"), milestones=(milestone(),))
    sections = {section.anchor: section for section in sections_of(record, Nameless())}
    summary = next(line for line in sections["record"].lines if str(line.label) == "summary")
    assert [(value.shown, value.language) for value in summary.values] == [("Итог", "ru")]
    assert "funding" not in sections
    assert told(sections["milestones"].items[0].name) == ["Bridge"]


def test_a_word_that_the_vocabulary_lost_is_shown_as_it_is():
    record = plain_record(kind="castle", status="dreamt")
    lines = {
        str(line.label): told(line.values) for line in sections_of(record, Nameless())[0].lines
    }
    assert (lines["kind"], lines["status"]) == (["castle"], ["dreamt"])
