from django.db import migrations, models


class Migration(migrations.Migration):
    """What the lists of the desk are ordered by and offer as filters, at any size."""

    dependencies = [("initiatives", "0032_mail_subscriptions")]
    operations = [
        migrations.AddIndex(
            model_name="change",
            index=models.Index(fields=["-recorded_at", "-id"], name="change_newest"),
        ),
        migrations.AddIndex(
            model_name="funding",
            index=models.Index(fields=["currency"], name="funding_currency"),
        ),
    ]
