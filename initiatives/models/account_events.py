"""What accounts went through: sign-ins and their failures, second steps, passwords and rights."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.choices import AccountAct
from initiatives.fields import LineField
from initiatives.models.record import AppendOnly, AppendOnlyQuerySet, NaturalKeyManager, person

# The triggers let go what is older than 365 days; one more, for clocks differ.
KEPT_FOR = timedelta(days=366)


class AccountEventQuerySet(AppendOnlyQuerySet["AccountEvent"]):
    def forget_old(self) -> None:
        """Delete what is older than KEPT_FOR; the database refuses it for anything younger."""
        models.QuerySet.delete(self.filter(recorded_at__lt=timezone.now() - KEPT_FOR))


class AccountEvent(AppendOnly):
    """One thing that happened to `account`, or that somebody did there; None where the name that
    was typed is that of no account, for it may be a password.

    `by` is who did it where it is somebody else. `address` and `device` are what the request told.
    """

    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)
    act = LineField(_("what"), max_length=20, choices=AccountAct.choices)
    account = person(_("account"))
    by = person(_("by"))
    address = models.CharField(_("address"), max_length=45, blank=True)
    device = LineField(_("device"), max_length=60, blank=True)
    detail = LineField(_("detail"), max_length=200, blank=True)

    objects = NaturalKeyManager.from_queryset(AccountEventQuerySet, "AccountEventManager")()
    natural_fields = ("id",)

    class Meta:
        verbose_name = _("sign-in or right")
        verbose_name_plural = _("sign-ins and rights")
        ordering = ("-recorded_at", "-id")
        indexes = [models.Index(fields=["recorded_at"], name="account_event_at")]

    def __str__(self) -> str:
        return f"{self.get_act_display()}: {self.account or '–'}"
