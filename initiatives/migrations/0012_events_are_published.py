"""Events have a publication of their own. What is public now stays public: the events that belong
to no initiative, and those that waiting requests would make.
"""

import initiatives.fields.text
from django.db import migrations, models


def publish_what_is_public(apps, schema_editor):
    event = apps.get_model('initiatives', 'Event')
    linked = apps.get_model('initiatives', 'InitiativeEvent').objects.values('event')
    event.objects.exclude(pk__in=linked).update(publication='published')
    waiting = apps.get_model('initiatives', 'ChangeRequest').objects.filter(state='waiting')
    for request in waiting.iterator():
        new = [edit for edit in request.edits if _makes_an_event(edit)]
        for edit in new:
            edit['fields']['publication'] = [None, 'published']
        if new:
            request.save(update_fields=['edits'])


def _makes_an_event(edit):
    return edit['model'] == 'event' and edit['action'] == 'created'


class Migration(migrations.Migration):

    dependencies = [
        ('initiatives', '0011_what_the_sources_do_not_state'),
    ]

    operations = [
        migrations.AddField(
            model_name='event',
            name='publication',
            field=initiatives.fields.text.LineField(choices=[('draft', 'Draft'), ('published', 'Published')], default='draft', help_text='A draft is public only where a published initiative names it.', max_length=12, verbose_name='publication'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('publication__in', ['draft', 'published'])), name='event_publication_known'),
        ),
        migrations.RunPython(publish_what_is_public, migrations.RunPython.noop),
    ]
