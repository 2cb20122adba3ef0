"""What can never be in the database, on SQLite and on PostgreSQL alike."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from initiatives.models import Citation, DateRevision, Initiative, StatusChange
from initiatives.models.checks import CheckConstraint
from tests import factories as make

pytestmark = pytest.mark.django_db


def breaks(action):
    with pytest.raises(IntegrityError), transaction.atomic():
        action()


@pytest.fixture
def initiative():
    return make.make_initiative("CI-2025-0001")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("code", "XX-1"),
        ("status", "stalled"),
        ("publication", "secret"),
        ("kind", "party"),
        ("review_every_days", 0),
        ("review_every_days", 4000),
    ],
)
def test_an_initiative_keeps_to_its_vocabularies(initiative, field, value):
    breaks(lambda: Initiative.objects.filter(pk=initiative.pk).update(**{field: value}))


def test_a_code_is_used_once(initiative):
    breaks(lambda: make.make_initiative("CI-2025-0001"))


def test_an_initiative_is_not_part_of_itself(initiative):
    breaks(lambda: Initiative.objects.filter(pk=initiative.pk).update(parent=initiative))


@pytest.mark.parametrize("stored", ["2027", "2027-05-14", "2027-06-01/2027-05-01"])
def test_a_partial_date_column_holds_only_spans(initiative, stored):
    def write():
        with connection.cursor() as cursor:
            cursor.execute("UPDATE initiatives_initiative SET planned_end = %s", [stored])

    breaks(write)


def test_a_country_takes_part_once_in_each_role(initiative):
    breaks(lambda: make.add_country(initiative, "UZ"))


def test_there_is_one_main_sector(initiative):
    sector = make.make_sector("trade")
    breaks(lambda: initiative.sectors.create(sector=sector, is_main=True))


@pytest.mark.parametrize("percent", [-1, 101])
def test_a_percent_lies_between_0_and_100(initiative, percent):
    sector = make.make_sector("trade")
    breaks(lambda: initiative.sectors.create(sector=sector, percent=percent))


@pytest.mark.parametrize(
    "fields",
    [
        {"amount": None, "amount_kind": "exact"},
        {"amount": "0", "amount_kind": "undisclosed"},
        {"amount": "5", "amount_kind": "range"},
        {"amount": "5", "amount_kind": "range", "amount_max": "5"},
        {"amount": "5", "amount_kind": "about", "amount_max": "6"},
        {"amount": "5", "currency": ""},
        {"amount": "5", "usd_rate": "1.5"},
        {"amount": "5", "type": "gift"},
    ],
)
def test_money_that_contradicts_itself_is_refused(initiative, fields):
    values = {"number": 1, "type": "pledge", "currency": "USD", **fields}
    breaks(lambda: initiative.funding.create(**values))


def test_a_citation_carries_exactly_one_claim(initiative):
    source = make.make_source()
    event = make.make_event()
    breaks(lambda: Citation.objects.create(source=source))
    breaks(lambda: Citation.objects.create(source=source, initiative=initiative, event=event))


def test_a_claim_is_cited_once_at_a_place(initiative):
    make.cite(initiative)
    breaks(lambda: make.cite(initiative))


def test_only_an_import_leaves_the_effective_date_open(initiative):
    make.make_status_change(initiative, effective=None, origin="import")
    breaks(lambda: make.make_status_change(initiative, "agreed", effective=None))


def test_a_status_change_goes_somewhere_unless_it_corrects(initiative):
    first = make.make_status_change(initiative, "agreed")
    breaks(lambda: make.make_status_change(initiative, "agreed"))
    assert make.make_status_change(initiative, "agreed", corrects=first).number == 2


def test_the_approver_is_a_second_person(initiative, django_user_model):
    one = django_user_model.objects.create_user("one")
    people = {"recorded_by": one, "approved_by": one}
    breaks(lambda: make.make_status_change(initiative, "implemented", **people))


def test_a_moved_date_belongs_to_one_thing(initiative):
    milestone = make.make_milestone(initiative)
    rows = DateRevision.objects
    breaks(lambda: rows.create(initiative=initiative, number=1, field="planned"))
    breaks(
        lambda: rows.create(
            initiative=initiative, number=1, field="planned_end", milestone=milestone
        )
    )


def test_history_refuses_to_be_rewritten_in_python(initiative):
    change = make.make_status_change(initiative)
    change.to_status = "agreed"
    for rewrite in (
        change.save,
        change.delete,
        StatusChange.objects.all().delete,
        lambda: StatusChange.objects.update(to_status="agreed"),
        lambda: StatusChange.objects.bulk_update([change], ["to_status"]),
    ):
        with pytest.raises(TypeError, match="never"):
            rewrite()


CHECKS = [
    (model, one)
    for model in apps.get_app_config("initiatives").get_models()
    for one in model._meta.constraints
    if isinstance(one, models.CheckConstraint)
]


def test_a_check_is_asked_with_the_columns_that_it_names_and_says_the_same(monkeypatch):
    asked = []

    def check(condition, against, using):
        asked.append(against)
        return whole(condition, against, using)

    whole = models.Q.check
    monkeypatch.setattr(models.Q, "check", check)
    for model, constraint in CHECKS:
        assert type(constraint) is CheckConstraint, constraint.name
        row = model()
        verdicts = [breaks_check(kind, constraint, row) for kind in (models.CheckConstraint, None)]
        assert verdicts[0] == verdicts[1], constraint.name
    assert len(asked) == 2 * len(CHECKS) > 100  # none was left out for a column that was not given
    assert sum(map(len, asked[1::2])) < sum(map(len, asked[::2])) / 3


def breaks_check(kind, constraint, row):
    try:
        (kind or type(constraint)).validate(constraint, type(row), row)
    except ValidationError:
        return True
    return False
