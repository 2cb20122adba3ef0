from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0018_search_of_editions")]

    operations = [
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(fields=["-updated_at", "-id"], name="organisation_updated"),
        ),
    ]
