from django.db import migrations, models

WORK = [
    "publication",
    "embargo_until",
    "owner",
    "desk",
    "status",
    "status_since",
    "planned_end",
    "last_checked_at",
    "review_every_days",
    "created_at",
    "code",
    "id",
]


class Migration(migrations.Migration):
    """The public list reads the register now; what is counted in the rows is the desk's work."""

    dependencies = [("initiatives", "0025_saved_filters")]

    operations = [
        migrations.RemoveIndex(model_name="initiative", name="initiative_counted"),
        migrations.RemoveIndex(model_name="initiative", name="initiative_public_updated"),
        migrations.AddIndex(
            model_name="initiative", index=models.Index(fields=WORK, name="initiative_work")
        ),
        migrations.AddIndex(
            model_name="initiative",
            index=models.Index(fields=["-updated_at", "-code"], name="initiative_updated"),
        ),
    ]
