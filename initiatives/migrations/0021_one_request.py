"""A status that waits is a change request like any other: what waited and what was decided is kept."""

from django.db import migrations, models
from django.db.models import Q

import initiatives.fields.text

LANGUAGES = ("en", "ru", "uz", "kk")
SAME = (
    "initiative_id state decided_at approver_id comment "
    "created_at created_by_id updated_at updated_by_id version"
).split()
KINDS = ["edit", "publication", "status"]


def to_change_requests(apps, schema_editor):
    StatusRequest = apps.get_model("initiatives", "StatusRequest")
    ChangeRequest = apps.get_model("initiatives", "ChangeRequest")
    joined = ("initiative", "event", "decided_by", "continued_in", "source", "corrects")
    batches = batches_of(apps)
    for row in StatusRequest.objects.select_related(*joined).order_by("pk").iterator():
        ChangeRequest.objects.create(
            model="initiative",
            key=[row.initiative.code],
            kind="status",
            edits=list(edits_of(row)),
            batch_id=batches.get((row.initiative.code, row.number)),
            **{name: getattr(row, name) for name in SAME},
        )
    check_now(schema_editor)


def batches_of(apps):
    """(code, number) of what an import asked for → the import, which takes it back if it is undone."""
    changes = apps.get_model("initiatives", "Change").objects
    asked = changes.filter(model="statusrequest", action="created", batch__isnull=False)
    return {tuple(key): batch for key, batch in asked.values_list("key", "batch_id")}


def edits_of(row):
    """The status and the citation of its source, in the words of the histories."""
    code = row.initiative.code
    last = max(row.initiative.status_changes.values_list("number", flat=True), default=0)
    key = [code, last + 1]
    stated = {
        "to_status": row.to_status,
        "effective": str(row.effective or ""),
        **{f"reason_{language}": getattr(row, f"reason_{language}") for language in LANGUAGES},
        "event": row.event and row.event.slug,
        "decided_by": row.decided_by and row.decided_by.iso2,
        "continued_in": row.continued_in and row.continued_in.code,
        "corrects": row.corrects and f"{code}/{row.corrects.number}",
    }
    yield {"model": "statuschange", "key": key, "action": "created", "fields": filled(stated)}
    if row.source is not None:
        cited = {
            "source": row.source.slug,
            "locator": row.locator,
            "quote": row.quote,
            "status_change": f"{code}/{last + 1}",
        }
        key = [row.source.slug, row.locator, "status_change", *key]
        yield {"model": "citation", "key": key, "action": "created", "fields": filled(cited)}


def filled(values):
    return {name: [None, value] for name, value in values.items() if value}


def to_status_requests(apps, schema_editor):
    """What else a request of a status asks for stays behind as an edit."""
    ChangeRequest = apps.get_model("initiatives", "ChangeRequest")
    for request in ChangeRequest.objects.filter(kind="status").order_by("pk"):
        status = next(edit for edit in request.edits if edit["model"] == "statuschange")
        cited = next(filter(cites(status), request.edits), None)
        restore(apps, request, status["fields"], cited["fields"] if cited else {})
        others = [edit for edit in request.edits if edit not in (status, cited)]
        if others:
            request.kind, request.edits = "edit", others
            request.save(update_fields=["kind", "edits"])
        else:
            request.delete()
    check_now(schema_editor)


def cites(status):
    key = "/".join(map(str, status["key"]))
    return lambda edit: edit["fields"].get("status_change", [None, None])[1] == key


def restore(apps, request, stated, cited):
    StatusRequest = apps.get_model("initiatives", "StatusRequest")
    of_record = StatusRequest.objects.filter(initiative_id=request.initiative_id)
    texts = ("to_status", "effective", *(f"reason_{language}" for language in LANGUAGES))
    values = {name: stated[name][1] for name in texts if name in stated}
    values |= {name: cited[name][1] for name in ("locator", "quote") if name in cited}
    for name, model, path, fields in (
        ("event", "Event", "slug", stated),
        ("decided_by", "Country", "iso2", stated),
        ("continued_in", "Initiative", "code", stated),
        ("source", "Source", "slug", cited),
    ):
        if name in fields:
            rows = apps.get_model("initiatives", model).objects
            values[name] = rows.filter(**{path: fields[name][1]}).first()
    if "corrects" in stated:
        number = stated["corrects"][1].rpartition("/")[2]
        changes = apps.get_model("initiatives", "StatusChange").objects
        corrects = changes.filter(initiative_id=request.initiative_id, number=number)
        values["corrects"] = corrects.first()
    same = {name: getattr(request, name) for name in SAME}
    StatusRequest.objects.create(number=of_record.count() + 1, **values, **same)


def check_now(schema_editor):
    """PostgreSQL changes no table on which checks still wait for the end of the transaction."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0020_other_names")]

    operations = [
        migrations.RemoveConstraint("changerequest", "change_request_kind_known"),
        migrations.AlterField(
            "changerequest",
            "kind",
            initiatives.fields.text.LineField(
                choices=[("edit", "Edit"), ("publication", "Publication"), ("status", "Status")],
                default="edit",
                max_length=12,
                verbose_name="kind",
            ),
        ),
        migrations.AddConstraint(
            "changerequest",
            models.CheckConstraint(
                condition=Q(kind__in=KINDS), name="change_request_kind_known"
            ),
        ),
        migrations.AddConstraint(
            "changerequest",
            models.UniqueConstraint(
                fields=["initiative"],
                condition=Q(kind="status", state="waiting"),
                name="one_waiting_status",
            ),
        ),
        migrations.RunPython(to_change_requests, to_status_requests),
        migrations.DeleteModel("StatusRequest"),
    ]
