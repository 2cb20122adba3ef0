"""An activity on its way: imported, applied, published, exported; and what became of its facts."""

import hashlib
import io
from collections import Counter

from lxml import etree

from initiatives import actions
from initiatives.imports.planning import keep_plan, make_plan
from initiatives.imports.reading import open_table
from initiatives.models import Initiative
from initiatives.rights import Rights
from tests.iati.facts import facts

LIST = "/en/initiatives.iati.xml"
OUTCOMES = ("kept", "told", "lost")


def plan_of(content, name="a.xml"):
    rights = Rights.of_system()
    return make_plan(open_table(io.BytesIO(content), name, rights=rights), rights=rights)


def notes_of(plan):
    """All that is told of each activity, by its identifier."""
    return {
        row.key.removeprefix("iati:"): "\n".join(text for _column, text in row.notes)
        for row in plan.rows()
    }


def imported(content):
    plan = plan_of(content)
    batch = keep_plan(plan, name="a.xml", sha256=hashlib.sha256(content).hexdigest(), by=None)
    actions.imports.apply(batch, by=None)
    assert not batch.rows.filter(outcome="refused").exists()
    Initiative.objects.update(publication="published")
    return plan


def exported(client):
    """The activities of our file, by the identifier that their publisher gave them."""
    content = b"".join(client.get(LIST).streaming_content)
    tree = etree.fromstring(content)
    mine = 'other-identifier[@type="A9"]/owner-org/narrative[.="iati"]/../../@ref'
    return content, {one.xpath(mine)[0]: one for one in tree.iterchildren("iati-activity")}


def outcomes(given, ours, told):
    """By kind, how many facts were kept, told and lost; and the facts that were lost."""
    counts, lost = {}, []
    said = {value for found in facts(ours).values() for fact in found for value in fact[1]}
    for kind, found in facts(given).items():
        kept = found & facts(ours)[kind]
        counts[kind] = Counter(kept=kept.total(), told=0, lost=0)
        for fact in (found - kept).elements():
            missing = [
                pair
                for pair in fact[1]
                if not (pair in said or _is_told(*pair, told) or _is_in_another(*pair, said, told))
            ]
            counts[kind]["lost" if missing else "told"] += 1
            lost += [(kind, fact[0], missing)] if missing else []
    return counts, lost


def _is_told(path, value, told):
    """By its value, or by its path among those of which only the number is told."""
    return value[:150] in told or any(
        path in line and " more" in line for line in told.splitlines()
    )


def _is_in_another(path, value, said, told):
    """A description that was put below another one, which the preview says."""
    together = any(path == other and value in text for other, text in said)
    return together and "Descriptions of" in told
