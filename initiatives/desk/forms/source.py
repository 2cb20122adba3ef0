"""The form of a source, with the document that it may carry."""

from dataclasses import astuple
from functools import partial
from typing import Any, cast

from django import forms
from django.contrib.auth.models import User
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Field
from django.http import QueryDict
from django.template.defaultfilters import filesizeformat
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from initiatives import actions
from initiatives.actions import KeptDocument
from initiatives.choices import DocumentType, Language
from initiatives.desk.forms.record import RecordForm, show_refusal
from initiatives.document_store import LARGEST
from initiatives.document_types import HEAD, ending_of_other, endings_of, recognised
from initiatives.models import DocumentRemoval, Source
from initiatives.text.plain_text import clean_line

_REASONS = tuple(f"reason_{language}" for language in Language.values)
_LONGEST_NAME = Source._meta.get_field("document_name").max_length or 0
_KEPT_FOR = 24 * 60 * 60  # seconds that a form may stay open
_SALT = "document of a source"
_ENDINGS = [ending for kind in DocumentType for ending in endings_of(kind)]
_largest = lazy(partial(filesizeformat, LARGEST), str)  # in the language of the reader


class DocumentField(forms.FileField):
    """A file that a source may carry, known by what it holds; its value is a KeptDocument."""

    widget = forms.FileInput(attrs={"accept": ",".join(_ENDINGS)})
    default_error_messages = {
        "empty": _("The file is empty. Look at it on your computer, and choose it again."),
    }

    def clean(self, data: Any, initial: Any = None) -> KeptDocument | None:
        file: UploadedFile | None = super().clean(data, initial)
        if not file or file.file is None:
            return None
        name, size = clean_line(file.name or ""), file.size or 0
        if size > LARGEST:
            told = {"size": filesizeformat(size), "most": filesizeformat(LARGEST)}
            message = _(
                "The file has %(size)s, more than %(most)s. Make it smaller, for example by "
                "scanning in grey, or attach its most important pages."
            )
            raise ValidationError(message % told, code="too_large")
        if not name or len(name) > _LONGEST_NAME:
            message = _("The name of the file is longer than %(most)s characters. Shorten it.")
            raise ValidationError(message % {"most": _LONGEST_NAME}, code="name")
        file.seek(0)
        _check_type(recognised(file.read(HEAD)), name)
        return actions.keep_document(file.file, name=name, size=size)


def _check_type(media_type: str, name: str) -> None:
    if not media_type:
        message = _(
            "“%(name)s” is no PDF, no image (PNG, JPEG, WebP) and no mail (.eml) by what it holds. "
            "Save or print it as PDF and attach that."
        )
        raise ValidationError(message % {"name": name}, code="type")
    if ending := ending_of_other(media_type, name):
        told = {"ending": ending, "kind": DocumentType(media_type).label}
        told["endings"] = ", ".join(endings_of(media_type))
        message = _(
            "The name ends in %(ending)s, but what the file holds is: %(kind)s. If it is the right "
            "file, let its name end in %(endings)s."
        )
        raise ValidationError(message % told, code="name")


class SourceForm(RecordForm):
    """A source and its document.

    A file cannot be handed back by a page. So one that was good is kept when the form is refused
    for something else, and `document_kept` says so when it is sent again.
    """

    document_file = DocumentField(
        label=_("File to attach"),
        required=False,
        help_text=format_lazy(
            _("PDF, image (PNG, JPEG, WebP) or mail (.eml), at most {most}."), most=_largest()
        ),
    )
    document_kept = forms.CharField(required=False, widget=forms.HiddenInput)
    document_removed = forms.BooleanField(label=_("Remove the document"), required=False)
    arrived: KeptDocument | None = None

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        self.arrived = cleaned.get("document_file") or self._kept_before(cleaned)
        if self.arrived is not None:
            self._hand_back(self.arrived)
        if cleaned.get("document_removed") and self.arrived:
            message = _("Either attach a file or remove the document, not both.")
            self.add_error("document_removed", ValidationError(message, code="both"))
        self._check_who_may_have_it(cleaned)
        return cleaned

    def _kept_before(self, cleaned: dict[str, Any]) -> KeptDocument | None:
        try:
            values = signing.loads(cleaned.get("document_kept", ""), salt=_SALT, max_age=_KEPT_FOR)
        except signing.BadSignature:
            return None
        document = KeptDocument(*values)
        try:
            actions.check_kept(document)
        except ValidationError as refusal:
            self.add_error("document_file", refusal)
            self.data = cast(QueryDict, self.data).copy()
            self.data[self.add_prefix("document_kept")] = ""
            return None
        return document

    def _hand_back(self, document: KeptDocument) -> None:
        told = {"name": document.name, "size": filesizeformat(document.size)}
        arrived = _(
            "“%(name)s” (%(size)s) has arrived and need not be chosen again: save the form."
        )
        self["document_file"].help_text = arrived % told
        token = signing.dumps(astuple(document), salt=_SALT)
        self.data = cast(QueryDict, self.data).copy()
        self.data[self.add_prefix("document_kept")] = token

    def _check_who_may_have_it(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("document_is_public"):
            return
        has_one = self.arrived or (self.instance.document and not cleaned.get("document_removed"))
        if not has_one and "document_file" not in self.errors:
            if self.instance.document:  # it goes, and with it who may have it
                cleaned["document_is_public"] = False
            else:
                message = _("There is no document yet. Attach one, or leave this box empty.")
                self.add_error("document_is_public", ValidationError(message, code="none"))
        elif has_one and "is_public" in cleaned and not cleaned["is_public"]:
            message = _(
                "The source is for the desk only, and so is its document. Make the source public "
                "as well, or leave this box empty."
            )
            self.add_error("document_is_public", ValidationError(message, code="hidden"))

    def give_document(self) -> None:
        """Let the row carry what was attached, before it is saved."""
        if self.arrived is not None:
            actions.give_document(self.instance, self.arrived)
        elif self.cleaned_data.get("document_removed"):
            actions.give_document(self.instance, None)


class TakeDownForm(forms.Form):
    """Why a document is destroyed, in the four languages."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in _REASONS:
            field = cast("Field[Any, Any]", DocumentRemoval._meta.get_field(name))
            self.fields[name] = cast(forms.Field, field.formfield(required=False))

    def enter(self, source: Source, *, by: User | None) -> bool:
        """Whether it is done; what is refused stands in the form."""
        reason = {name.removeprefix("reason_"): self.cleaned_data[name] for name in _REASONS}
        try:
            actions.take_down_document(source.document, by=by, reason=reason)
        except ValidationError as refusal:
            show_refusal(self, refusal)
            return False
        return True
