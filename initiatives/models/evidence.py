"""Sources, and the citations that tie each claim to one of them."""

from collections.abc import Iterable
from typing import Any, cast

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from initiatives import document_store
from initiatives.choices import DocumentType, SourceKind
from initiatives.fields import LineField, PartialDateField, ProseField
from initiatives.models.checks import CheckConstraint
from initiatives.models.documents import refuse_unkept
from initiatives.models.editions import SHA256_LENGTH
from initiatives.models.initiatives import Initiative
from initiatives.models.queries import CitationQuerySet
from initiatives.models.record import NaturalKey, NaturalKeyManager, Record, in_texts, rows_by_keys

TARGETS = ("initiative", "status_change", "milestone", "funding", "event", "date_revision")
# What the key of a citation is made of, besides its own fields.
_OF_INITIATIVE = ("status_change", "milestone", "funding", "date_revision")
PARTS_OF_KEY = ("source", *TARGETS, *(f"{name}__initiative" for name in _OF_INITIATIVE))


class Source(Record):
    """A document. `is_public` says whether the public may be told of it.

    `document` is the SHA-256 of the file that it carries, `document_is_public` whether the public
    may have that, which it may only of a public source.
    """

    slug = models.SlugField(_("short name"), max_length=80, unique=True)
    title = LineField(_("title"), max_length=300)
    publisher = LineField(_("publisher"), max_length=200, blank=True)
    kind = LineField(_("kind"), max_length=20, choices=SourceKind.choices)
    url = models.URLField(_("address"), max_length=1000, blank=True)
    language = LineField(
        _("language"), max_length=8, blank=True, help_text=_("ISO 639-1 code, for example en.")
    )
    published = PartialDateField(_("published"))
    accessed_on = models.DateField(_("seen on"), null=True, blank=True)
    archived_url = models.URLField(_("archived copy"), max_length=1000, blank=True)
    is_public = models.BooleanField(_("public"), default=True)
    document = models.CharField(
        _("document (SHA-256)"), max_length=SHA256_LENGTH, blank=True, db_index=True
    )
    document_name = LineField(_("name of the file"), max_length=200, blank=True)
    document_type = LineField(
        _("type of the file"), max_length=40, choices=DocumentType.choices, blank=True
    )
    document_size = models.PositiveIntegerField(
        _("size of the file in bytes"), null=True, blank=True
    )
    document_is_public = models.BooleanField(
        _("The public may download the document"), default=False
    )

    objects = NaturalKeyManager()
    natural_fields = ("slug",)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ("title", "slug")
        constraints = [
            CheckConstraint(condition=Q(kind__in=SourceKind.values), name="source_kind_known"),
            CheckConstraint(
                condition=Q(document="", document_name="", document_type="")
                & Q(document_size__isnull=True, document_is_public=False)
                | ~Q(document="")
                & ~Q(document_name="")
                & Q(document_type__in=DocumentType.values)
                & Q(document_size__gt=0, document_size__lte=document_store.LARGEST),
                name="source_document_is_whole",
                violation_error_message=_("A source without a document has none to show."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """A document that comes, or comes back, has to be in the store."""
        super().clean()
        if self.document and not self._has_it_already():
            refuse_unkept(self.document, self.document_name)

    def _has_it_already(self) -> bool:
        return Source.objects.filter(pk=self.pk, document=self.document).exists()


_CitationManager = NaturalKeyManager.from_queryset(CitationQuerySet)


class CitationManager(_CitationManager["Citation"]):
    def get_by_natural_key(self, *key: object) -> "Citation":
        source, locator, target, *of_claim = key
        claims = cast(NaturalKeyManager[NaturalKey], claimed_by(str(target))._default_manager)
        found = claims.get_by_natural_key(*of_claim)
        return self.get(source__slug=source, locator=locator, **{str(target): found})

    def by_natural_keys(
        self, keys: Iterable[Iterable[object]]
    ) -> dict[tuple[str, ...], "Citation"]:
        """One query for each kind of claim, and one."""
        wanted = {key for key in map(in_texts, keys) if len(key) > 3 and key[2] in TARGETS}
        if not wanted:
            return {}
        sources, under = {key[0] for key in wanted}, self._under(wanted)
        rows = self.filter(under, source__slug__in=sources).select_related(*PARTS_OF_KEY)
        found = ((in_texts(row.natural_key()), row) for row in rows)
        return {key: row for key, row in found if key in wanted}

    def _under(self, keys: Iterable[tuple[str, ...]]) -> Q:
        """Citations of the claims that `keys` name."""
        under = Q(pk__in=[])
        for name in {key[2] for key in keys}:
            found = rows_by_keys(claimed_by(name), (key[3:] for key in keys if key[2] == name))
            under |= Q(**{f"{name}__in": [claim.pk for claim in found.values()]})
        return under


def claimed_by(name: str) -> type[NaturalKey]:
    """The model of the claims that the field `name` of a citation points to."""
    return cast(type[NaturalKey], Citation._meta.get_field(name).related_model)


def _one_target() -> Q:
    condition = Q()
    for name in TARGETS:
        condition |= Q(**{f"{other}__isnull": other != name for other in TARGETS})
    return condition


class Citation(Record):
    """A place in a source (`locator`, for example “P3, P10”) that carries exactly one claim.

    `quote` has the words that stand there, in the language of the source and never translated.
    """

    source = models.ForeignKey(
        Source, models.PROTECT, related_name="citations", verbose_name=_("source")
    )
    locator = LineField(
        _("place in the source"),
        max_length=120,
        blank=True,
        help_text=_("Page, article or paragraph, for example P3, P10."),
    )
    quote = ProseField(
        _("words of the source"),
        blank=True,
        help_text=_(
            "The words that carry the claim, exactly as they are in the source; "
            "each passage on a line of its own."
        ),
    )
    initiative = models.ForeignKey(
        Initiative, models.CASCADE, null=True, blank=True, related_name="citations"
    )
    status_change = models.ForeignKey(
        "StatusChange", models.CASCADE, null=True, blank=True, related_name="citations"
    )
    milestone = models.ForeignKey(
        "Milestone", models.CASCADE, null=True, blank=True, related_name="citations"
    )
    funding = models.ForeignKey(
        "Funding", models.CASCADE, null=True, blank=True, related_name="citations"
    )
    event = models.ForeignKey(
        "Event", models.CASCADE, null=True, blank=True, related_name="citations"
    )
    date_revision = models.ForeignKey(
        "DateRevision", models.CASCADE, null=True, blank=True, related_name="citations"
    )

    objects = CitationManager()
    natural_fields = ("source__slug", "locator")  # what the key begins with; the claim follows

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ("source", "locator", "id")
        constraints = [
            CheckConstraint(
                condition=_one_target(),
                name="citation_of_one_claim",
                violation_error_message=_("A citation belongs to exactly one claim."),
            ),
            *(
                models.UniqueConstraint(
                    fields=["source", "locator", name],
                    condition=Q(**{f"{name}__isnull": False}),
                    name=f"citation_once_per_{name}",
                )
                for name in TARGETS
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}, {self.locator}" if self.locator else str(self.source)

    def natural_key(self) -> tuple[Any, ...]:
        name = next(name for name in TARGETS if getattr(self, f"{name}_id") is not None)
        return (self.source.slug, self.locator, name, *getattr(self, name).natural_key())

    # Django looks for it at the method.
    natural_key.dependencies = [  # type: ignore[attr-defined]  # a function may have it
        f"initiatives.{name}"
        for name in (
            "source",
            "initiative",
            "statuschange",
            "milestone",
            "funding",
            "event",
            "daterevision",
        )
    ]


class ExternalId(Record):
    """The key of an initiative in somebody else's register, and an import key of ours."""

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, related_name="external_ids", verbose_name=_("initiative")
    )
    scheme = LineField(
        _("register"), max_length=40, help_text=_("For example iati, wb, adb, treaty.")
    )
    value = LineField(_("identifier"), max_length=200)

    objects = NaturalKeyManager()
    natural_fields = ("scheme", "value")

    class Meta:
        verbose_name = _("identifier in another register")
        verbose_name_plural = _("identifiers in other registers")
        ordering = ("scheme", "value")
        constraints = [
            models.UniqueConstraint(fields=["scheme", "value"], name="external_id_once"),
            CheckConstraint(
                condition=~Q(scheme="") & ~Q(value=""), name="external_id_is_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"
