"""What readers follow by mail: the address of each, and nothing else about them."""

import secrets

from django.db import models
from django.db.models import Q
from django.utils import timezone

from initiatives.choices import Language, Rhythm
from initiatives.models.record import NaturalKey, NaturalKeyManager


def new_uid() -> str:
    """What a link of ours names a subscription by; nobody guesses it."""
    return secrets.token_urlsafe(16)


class MailSubscription(NaturalKey):
    """That `email` gets a mail about what `feed` tells, in a language and a rhythm.

    It is asked for, and then confirmed by a link that only the owner of the address gets; one that
    nobody confirms is deleted. `feed` is the address of a feed without a language. All that became
    known before `told_until` was told. A mail may go out on `due_on` or later. From before a mail
    goes out until its server took it, `doubt_since` is the instant since when it tells, and
    `is_ending` is true of the last mail: a run that was killed in between sends it no more, and the
    next mail says that this one may have been lost. `asked_times` counts the mails with a link to
    confirm. `failures` are days on which the mailbox refused, the last of them `failed_on`.

    It is no content and has no history, so that nothing is left of who leaves. It is not registered
    at the desk, where nobody sees an address.
    """

    uid = models.CharField(max_length=32, unique=True, default=new_uid)
    email = models.EmailField()
    feed = models.CharField(max_length=1000)
    language = models.CharField(max_length=2, choices=Language.choices)
    rhythm = models.CharField(max_length=6, choices=Rhythm.choices)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_times = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True)
    told_until = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    doubt_since = models.DateTimeField(null=True)
    is_ending = models.BooleanField(default=False)
    failures = models.PositiveSmallIntegerField(default=0)
    failed_on = models.DateField(null=True)

    objects = NaturalKeyManager()
    natural_fields = ("uid",)

    class Meta:
        ordering = ("pk",)
        indexes = [models.Index(fields=["due_on"], name="mail_subscription_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["email", "feed"],
                condition=Q(confirmed_at=None),
                name="mail_subscription_asked_once",
            ),
            models.UniqueConstraint(
                fields=["email", "feed"],
                condition=Q(confirmed_at__isnull=False),
                name="mail_subscription_once",
            ),
        ]

    def __str__(self) -> str:
        return self.uid
