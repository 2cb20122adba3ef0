"""The form that takes a file."""

from functools import partial

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.choices import TextEncoding

# A request has half a minute. What takes longer is for the command.
LARGEST = 10 * 1024 * 1024  # bytes
MOST_ROWS = 2000
_largest = lazy(partial(filesizeformat, LARGEST), str)  # in the language of the reader


class SendingForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=format_lazy(gettext_lazy("At most {most}."), most=_largest()),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.ods,.json,.xml"}),
    )

    encoding = forms.ChoiceField(
        label=gettext_lazy("Encoding of a text file"),
        required=False,
        choices=[
            ("", gettext_lazy("recognise it")),
            *((one.label, one.label) for one in TextEncoding),
        ],
    )

    def clean_file(self) -> InMemoryUploadedFile:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            told = {"most": filesizeformat(LARGEST), "command": "import_initiatives"}
            message = _("The file is larger than %(most)s. Divide it, or ask for %(command)s.")
            raise ValidationError(message % told)
        return file
