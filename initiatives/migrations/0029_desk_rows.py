import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The rows are written with the first editions, by the migration after this one."""

    dependencies = [
        ('initiatives', '0028_request_mails'),
    ]

    operations = [
        migrations.CreateModel(
            name='DeskRow',
            fields=[
                ('initiative', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='desk_row', serialize=False, to='initiatives.initiative')),
                ('code', models.CharField(max_length=20)),
                ('publication', models.CharField(max_length=20)),
                ('desk', models.BigIntegerField(blank=True, null=True)),
                ('owner', models.BigIntegerField(blank=True, null=True)),
                ('is_hidden', models.BooleanField()),
                ('ends', models.DateField(blank=True, null=True)),
                ('check_by', models.DateField(blank=True, null=True)),
                ('checked_at', models.DateTimeField(blank=True, null=True)),
                ('moved_at', models.DateTimeField(blank=True, null=True)),
                ('contradiction', models.BooleanField()),
                ('unsourced', models.BooleanField()),
                ('untranslated', models.BooleanField()),
                ('undated', models.BooleanField()),
            ],
            options={
                'indexes': [models.Index(fields=['ends', 'code'], name='desk_row_ends'), models.Index(fields=['checked_at', 'code'], name='desk_row_checked'), models.Index(fields=['moved_at', 'code'], name='desk_row_moved'), models.Index(condition=models.Q(('contradiction', True)), fields=['is_hidden', 'code'], name='desk_row_contradiction'), models.Index(condition=models.Q(('unsourced', True)), fields=['is_hidden', 'code'], name='desk_row_unsourced'), models.Index(condition=models.Q(('untranslated', True)), fields=['is_hidden', 'code'], name='desk_row_untranslated'), models.Index(condition=models.Q(('undated', True)), fields=['is_hidden', 'code'], name='desk_row_undated')],
            },
        ),
    ]
