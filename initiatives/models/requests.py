"""What an officer would change and a second person has to decide."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.choices import RequestKind, RequestState
from initiatives.fields import LineField, ProseField
from initiatives.models.checks import CheckConstraint
from initiatives.models.initiatives import Initiative
from initiatives.models.record import NaturalKeyManager, Record, person


class ChangeRequest(Record):
    """Edits that wait for approval, a status among them or not, or the wish to publish a draft.

    `edits` are what the histories would say: a list of `{"model", "key", "action", "fields"}` with
    the meaning that these have in `Change`. `model` and `key` name the record on whose page they
    were made; `initiative` is that record or the one to which it belongs, empty for an event, an
    organisation or a source. A status is the edit that creates its `statuschange`, after those that
    the status needs and before the citation of its source. The row stays after the decision.
    """

    initiative = models.ForeignKey(
        Initiative,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="change_requests",
        verbose_name=_("initiative"),
    )
    model = LineField(_("what"), max_length=60)
    key = models.JSONField(_("key"), encoder=DjangoJSONEncoder)
    kind = LineField(
        _("kind"), max_length=12, choices=RequestKind.choices, default=RequestKind.EDIT
    )
    edits = models.JSONField(_("edits"), default=list, encoder=DjangoJSONEncoder)
    moved_because = LineField(_("why a promised date moves"), max_length=500, blank=True)
    reverts = models.ForeignKey(
        "Change",
        models.CASCADE,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("reverts"),
    )
    batch = models.ForeignKey(
        "ImportBatch",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("import"),
    )
    change_set = models.ForeignKey(
        "ChangeSet",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="change_requests",
        verbose_name=_("joint entry"),
    )
    state = LineField(
        _("state"), max_length=10, choices=RequestState.choices, default=RequestState.WAITING
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, editable=False)
    approver = person(_("decided by"))
    comment = ProseField(_("comment"), blank=True)

    objects = NaturalKeyManager()
    natural_fields = ("id",)

    class Meta:
        verbose_name = _("change that waits for approval")
        verbose_name_plural = _("changes that wait for approval")
        ordering = ("-created_at", "-id")
        indexes = [models.Index(fields=["state", "created_at"], name="change_request_waiting")]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative"],
                condition=Q(state=RequestState.WAITING, kind=RequestKind.PUBLICATION),
                name="one_waiting_publication",
            ),
            models.UniqueConstraint(
                fields=["initiative"],
                condition=Q(state=RequestState.WAITING, kind=RequestKind.STATUS),
                name="one_waiting_status",
            ),
            CheckConstraint(
                condition=Q(state__in=RequestState.values), name="change_request_state_known"
            ),
            CheckConstraint(
                condition=Q(kind__in=RequestKind.values), name="change_request_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {'/'.join(map(str, self.key))}"

    @property
    def waits(self) -> bool:
        return self.state == RequestState.WAITING

    @property
    def to_status(self) -> str:
        """The status that is asked for; empty where none is."""
        entered = (edit for edit in self.edits if edit["model"] == "statuschange")
        return next((edit["fields"]["to_status"][1] for edit in entered), "")


class RequestMail(models.Model):
    """That the officer `user` is told of a request by a mail of its own, and was at `sent_at`.

    It is here before the mail goes out, so that each goes out once, and one that failed again.
    """

    change_request = models.ForeignKey(ChangeRequest, models.CASCADE, related_name="mails")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("created_at", "pk")
        constraints = [
            models.UniqueConstraint(fields=["change_request", "user"], name="request_mail_once")
        ]

    def __str__(self) -> str:
        return f"{self.change_request_id} {self.user_id}"
