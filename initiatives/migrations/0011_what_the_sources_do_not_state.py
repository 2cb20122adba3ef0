"""A place to record that the sources of an initiative were checked and do not state something."""

from django.db import migrations

from initiatives.fields.choice_set import ChoiceSetField

HELP = (
    "Tick only what you looked for in every source and did not find. The public page then "
    "says so; without a tick it says that nothing is recorded."
)


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0010_values_for_what_is_not_stated")]

    operations = [
        migrations.AddField(
            model_name="initiative",
            name="nothing_stated",
            field=ChoiceSetField(
                blank=True,
                default="",
                help_text=HELP,
                max_length=200,
                verbose_name="checked: the sources do not state",
            ),
        ),
    ]
