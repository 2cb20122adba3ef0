from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('initiatives', '0016_editions'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='edition',
            index=models.Index(condition=models.Q(('redacted_at__isnull', False)), fields=['redacted_at'], name='edition_redacted'),
        ),
    ]
