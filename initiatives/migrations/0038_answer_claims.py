from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0037_passkeys")]

    operations = [
        migrations.AddField(
            "errorreport", "claimed_at", models.DateTimeField(editable=False, null=True)
        ),
    ]
