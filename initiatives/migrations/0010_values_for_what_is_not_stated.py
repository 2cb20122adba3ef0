"""Values for what a source does not state, and the words of a source beside the place."""

import initiatives.fields.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('initiatives', '0009_what_activities_say'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='event',
            name='event_kind_known',
        ),
        migrations.RemoveConstraint(
            model_name='event',
            name='event_state_known',
        ),
        migrations.RemoveConstraint(
            model_name='funding',
            name='funding_type_known',
        ),
        migrations.RemoveConstraint(
            model_name='initiativeevent',
            name='event_relation_known',
        ),
        migrations.AddField(
            model_name='citation',
            name='quote',
            field=initiatives.fields.text.ProseField(blank=True, help_text='The words that carry the claim, exactly as they are in the source; each passage on a line of its own.', verbose_name='words of the source'),
        ),
        migrations.AddField(
            model_name='statusrequest',
            name='quote',
            field=initiatives.fields.text.ProseField(blank=True, verbose_name='words of the source'),
        ),
        migrations.AlterField(
            model_name='event',
            name='kind',
            field=initiatives.fields.text.LineField(choices=[('not_stated', 'Kind not stated'), ('summit', 'Summit'), ('state_visit', 'State visit'), ('commission_session', 'Commission session'), ('working_group', 'Working group'), ('ministerial', 'Ministerial meeting'), ('signing', 'Signing'), ('ratification', 'Ratification'), ('bank_approval', 'Bank approval'), ('ground_breaking', 'Ground-breaking'), ('commissioning', 'Commissioning'), ('forum', 'Forum'), ('call', 'Call or talks')], max_length=20, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='event',
            name='state',
            field=initiatives.fields.text.LineField(choices=[('not_stated', 'State not stated'), ('planned', 'Planned'), ('confirmed', 'Confirmed'), ('held', 'Held'), ('postponed', 'Postponed'), ('cancelled', 'Cancelled')], default='planned', max_length=20, verbose_name='state'),
        ),
        migrations.AlterField(
            model_name='funding',
            name='type',
            field=initiatives.fields.text.LineField(choices=[('announced', 'Announced value, kind not stated'), ('pledge', 'Pledge'), ('commitment', 'Commitment'), ('disbursement', 'Disbursement'), ('expenditure', 'Expenditure'), ('repayment', 'Repayment'), ('cancellation', 'Cancellation of a commitment')], max_length=20, verbose_name='type'),
        ),
        migrations.AlterField(
            model_name='initiativeevent',
            name='relation',
            field=initiatives.fields.text.LineField(choices=[('mentioned', 'Mentioned together'), ('announced', 'Announced at'), ('agreed', 'Agreed at'), ('signed', 'Signed at'), ('reviewed', 'Reviewed at'), ('decided', 'Decided at'), ('launched', 'Launched at'), ('completed', 'Completed at')], max_length=20, verbose_name='relation'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['not_stated', 'summit', 'state_visit', 'commission_session', 'working_group', 'ministerial', 'signing', 'ratification', 'bank_approval', 'ground_breaking', 'commissioning', 'forum', 'call'])), name='event_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['not_stated', 'planned', 'confirmed', 'held', 'postponed', 'cancelled'])), name='event_state_known'),
        ),
        migrations.AddConstraint(
            model_name='funding',
            constraint=models.CheckConstraint(condition=models.Q(('type__in', ['announced', 'pledge', 'commitment', 'disbursement', 'expenditure', 'repayment', 'cancellation'])), name='funding_type_known'),
        ),
        migrations.AddConstraint(
            model_name='initiativeevent',
            constraint=models.CheckConstraint(condition=models.Q(('relation__in', ['mentioned', 'announced', 'agreed', 'signed', 'reviewed', 'decided', 'launched', 'completed'])), name='event_relation_known'),
        ),
    ]
