"""The form that takes a file."""

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LARGEST = 20 * 1024 * 1024  # bytes; larger files are for the command, which has more time


class SendingForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.json,.xml"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            told = {"most": filesizeformat(LARGEST), "command": "import_initiatives"}
            message = _("The file is larger than %(most)s. Divide it, or ask for %(command)s.")
            raise ValidationError(message % told)
        return file
