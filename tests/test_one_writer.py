"""Only actions write to the domain: a walk over the syntax trees of all other modules."""

import ast
from pathlib import Path

import pytest

pytestmark = pytest.mark.once
APP = Path(__file__).resolve().parent.parent / "initiatives"
WRITERS = ("actions", "publication", "models", "migrations")
WRITES = frozenset(
    "save create update delete bulk_create bulk_update get_or_create update_or_create".split()
)
IN_BULK = frozenset({"insert_rows", "update_rows"})  # of bulk_rows.py
# (module, what the call is made on) → why it writes nothing to the domain.
_SIGN_INS = "the sign-ins that django-axes keeps, which are no part of the domain"
ALLOWED = {
    ("http/program.py", "digest.update"): "a hash",
    ("document_store.py", "digest.update"): "a hash",
    ("document_store.py", "store().save"): "a file, and no row",
    ("document_store.py", "store().delete"): "a file, and no row",
    ("imports/planning/merging.py", "cells.contested.update"): "a set",
    (
        "desk/admin/sign_in/own_sign_in.py",
        "segno.make(app.config_url, error='m').save",
    ): "a picture",
    ("desk/admin/sent_once.py", "request.session.save"): "the session of the officer",
    ("desk/admin/sign_in/pages.py", "row.delete"): _SIGN_INS,
    ("desk/admin/sign_in/sessions.py", "super().save"): "the session of the officer",
    ("desk/admin/sign_in/sessions.py", "request.session.save"): "the session of the officer",
    **{
        ("desk/admin/sign_in/attempts.py", call): _SIGN_INS
        for call in (
            "AccessAttempt.objects.filter(username=name, ip_address=address).delete",
            "AccessAttempt.objects.select_for_update().get_or_create",
            "logs.create",
            "logs.filter(attempt_time__lt=timezone.now() - KNOWN_FOR).delete",
            "row.save",
        )
    },
}


def written_by(source):
    """Every call in `source` that would write by the ORM, as “receiver.method”.

    `actions.save` where `actions` are ours, and `save(commit=False)` of a form, write nothing.
    """
    tree = ast.parse(source)
    harmless = {"actions.save"} if _imports_actions(tree) else set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in IN_BULK:
            yield node.func.id
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        name, call = node.func.attr, ast.unparse(node.func)
        writes = bool({name, name.removeprefix("a")} & WRITES) and not _only_prepares(node)
        if writes and call not in harmless:
            yield call


def _imports_actions(tree):
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == "initiatives"
        and any(alias.name == "actions" and alias.asname is None for alias in node.names)
        for node in ast.walk(tree)
    )


def _only_prepares(call):
    return any(
        argument.arg == "commit" and getattr(argument.value, "value", None) is False
        for argument in call.keywords
    )


def calls_outside_of_actions():
    for path in sorted(APP.rglob("*.py")):
        module = path.relative_to(APP)
        if module.parts[0] not in WRITERS:
            for call in written_by(path.read_text()):
                yield str(module), call


def test_nothing_but_actions_writes_to_the_domain():
    assert set(calls_outside_of_actions()) - set(ALLOWED) == set()


def test_no_exception_outlives_its_reason():
    assert set(ALLOWED) <= set(calls_outside_of_actions())


@pytest.mark.parametrize(
    "planted",
    [
        "initiative.save()",
        "Initiative.objects.create(code='x')",
        "rows = Milestone.objects.filter(pk=1).update(weight=2)",
        "def view(request):\n    return [row.delete() for row in request.rows]",
        "Country.objects.bulk_create(made)",
        "Source.objects.get_or_create(slug='a')",
        "await initiative.asave()",
        "super().save(*args)",
        "insert_rows(Initiative, made)",
        "form.save()",
        "formset.save(commit=True)",
        "actions = Change.objects.first()\nactions.save()",
    ],
)
def test_the_walk_sees_a_planted_write(planted):
    assert len(list(written_by(planted))) == 1


@pytest.mark.parametrize(
    "harmless",
    [
        "from initiatives import actions\nactions.save(row, by=user)",
        "formset.save(commit=False)",
        "save(row)",
        "row.saved()",
    ],
)
def test_the_walk_lets_actions_and_plain_names_pass(harmless):
    assert list(written_by(harmless)) == []
