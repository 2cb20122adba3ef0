"""Activities to bring in, made from text, and what came of them."""

import io

from initiatives import actions
from initiatives.imports.planning import fingerprint, keep_plan, make_plan
from initiatives.imports.reading import open_table
from initiatives.models import Initiative
from tests.importing import rights_of

BANK = """<reporting-org ref="44000" type="40"><narrative>Bank X</narrative></reporting-org>
    <participating-org role="1" ref="44000" type="40"><narrative>Bank X</narrative>
    </participating-org>"""


def one(identifier="XM-1", inner="", status="2"):
    return (
        '<iati-activity xml:lang="en">'
        f"<iati-identifier>{identifier}</iati-identifier>{BANK}"
        f'<title><narrative>Road {identifier}</narrative></title><activity-status code="{status}"/>'
        f"{inner}</iati-activity>"
    )


def file_of(*activities, version="2.03"):
    content = f'<iati-activities version="{version}">{"".join(activities)}</iati-activities>'
    return io.BytesIO(content.encode())


def plan_of(*activities, by=None):
    rights = rights_of(by)
    return make_plan(open_table(file_of(*activities), "a.xml", rights=rights), rights=rights)


def applied(*activities, by=None):
    sha256 = fingerprint(file_of(*activities))
    batch = keep_plan(plan_of(*activities, by=by), name="a.xml", sha256=sha256, by=by)
    return actions.imports.apply(batch, by=by)


def told(plan):
    """What is said of each row beside its cells."""
    return ["\n".join(text for column, text in row.notes if not column) for row in plan.rows()]


def stored():
    rows = Initiative.objects.filter(external_ids__scheme="iati")
    return {row.external_ids.get().value: row for row in rows}
