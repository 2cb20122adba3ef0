"""What an IATI activity of others says beyond the record, kept so that it can be given back."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from initiatives.fields import LineField, ProseField
from initiatives.models.checks import CheckConstraint
from initiatives.models.initiatives import Initiative
from initiatives.models.record import NaturalKeyManager, Record


class Classification(Record):
    """A code of a list in which others classify the initiative.

    `element` is the one of the IATI standard in which it stands: `sector`, `policy-marker`, ….
    `share` is the percentage or the significance, as it was written; `name` what the code means
    where the list is not one of the standard.
    """

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, related_name="classifications", verbose_name=_("initiative")
    )
    number = models.PositiveIntegerField(_("number"))
    element = LineField(_("element of IATI"), max_length=40)
    vocabulary = LineField(_("vocabulary"), max_length=20, blank=True)
    vocabulary_uri = LineField(_("address of the vocabulary"), max_length=500, blank=True)
    code = LineField(_("code"), max_length=200)
    share = LineField(_("percentage or significance"), max_length=40, blank=True)
    name = LineField(_("name"), max_length=500, blank=True)
    language = LineField(_("language"), max_length=35, blank=True)

    objects = NaturalKeyManager()
    natural_fields = ("initiative__code", "number")

    class Meta:
        verbose_name = _("classification")
        verbose_name_plural = _("classifications")
        ordering = ("initiative", "number")
        constraints = [
            models.UniqueConstraint(fields=["initiative", "number"], name="classification_number"),
            CheckConstraint(
                condition=~Q(element="") & ~Q(code=""), name="classification_is_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.element} {self.code}"


class ExternalText(Record):
    """A title or description in a language that the site does not show; `language` is its tag of
    BCP 47, as it was written."""

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, related_name="external_texts", verbose_name=_("initiative")
    )
    number = models.PositiveIntegerField(_("number"))
    field = LineField(_("field"), max_length=40)
    language = LineField(_("language"), max_length=35)
    text = ProseField(_("text"))

    objects = NaturalKeyManager()
    natural_fields = ("initiative__code", "number")

    class Meta:
        verbose_name = _("text in another language")
        verbose_name_plural = _("texts in other languages")
        ordering = ("initiative", "number")
        constraints = [
            models.UniqueConstraint(fields=["initiative", "number"], name="external_text_number"),
            CheckConstraint(
                condition=~Q(field="") & ~Q(text=""), name="external_text_is_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field} ({self.language})"
