"""Work of officers for the database of an older release, done by that release's own actions.

make.sh runs it in a checkout of the release, after its migrations and its first data. What it
leaves is what test_older_releases.py looks for after an upgrade.
"""

import io
import tempfile

from django.contrib.auth import get_user_model
from django.core.management import call_command

from initiatives import actions
from initiatives.choices import DeskRole
from initiatives.models import ChangeRequest, Country, Initiative, Source
from initiatives.partial_dates import PartialDate
from tests.desk import edit, make_desk, make_officer, send, signed_in

CSV = (
    "title_en;title_ru;countries;sectors;main_sector;funding_types;funding_amounts;funding_currencies\n"
    "Canal of the north;Северный канал;UZ|KZ;energy;energy;commitment;1234567.89;USD\n"
)


def fill():
    get_user_model().objects.create_superuser("chief", password="a password of before")
    desk = make_desk()
    officers = {
        name: make_officer(name, role, desk)
        for name, role in (
            ("aziza", DeskRole.PUBLISHER),
            ("rustam", DeskRole.REVIEWER),
            ("edda", DeskRole.EDITOR),
        )
    }
    _enter(officers["aziza"])
    _ask(officers["edda"], officers["rustam"])
    _import()


def _enter(aziza):
    renamed, moved, withdrawn, status, *_ = Initiative.objects.order_by("code")
    renamed.title_en = "Renamed before the upgrade"
    actions.save(renamed, by=aziza)
    moved.planned_end = "2031-Q2"
    actions.save(moved, by=aziza, reason="The parties agreed on a later end.")
    moved.refresh_from_db()
    moved.planned_end = "2032"
    actions.save(moved, by=aziza, reason="And once more.")
    actions.withdraw(withdrawn, by=aziza, reason="Entered twice")
    draft = Initiative(title_en="A draft of before", title_ru="Черновик")
    actions.save(draft, by=aziza)
    since = PartialDate.parse("2026-03")
    facts = {"source": Source.objects.first(), "decided_by": Country.objects.get(iso2="KZ")}
    actions.change_status(
        status, to="suspended", by=aziza, effective=since, reason="Said so", **facts
    )


def _ask(edda, rustam):
    *_, refused, asked, edited = Initiative.objects.filter(publication="published").order_by("code")
    facts = {
        "source": Source.objects.first(),
        "locator": "P1",
        "decided_by": Country.objects.get(iso2="KZ"),
    }
    facts["effective"] = PartialDate.parse("2026-04")
    actions.request_status(asked, to="suspended", by=edda, reason="It rests", **facts)
    no = actions.request_status(refused, to="suspended", by=edda, reason="It rests", **facts)
    actions.reject_status(no, by=rustam, comment="Where is that said?")
    send(signed_in(edda), edit(edited), title_en="Asked for before the upgrade")
    assert ChangeRequest.objects.filter(state="waiting").count() == 1


def _import():
    with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
        file.write(CSV)
        file.flush()
        call_command("import_initiatives", file.name, apply=True, stdout=io.StringIO())


fill()
