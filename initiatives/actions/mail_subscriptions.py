"""What readers follow by mail. It is no content: it leaves no Change, and nothing of who leaves."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet, Sum
from django.utils import timezone

from initiatives.choices import Rhythm
from initiatives.models import MailSubscription

CONFIRMED_WITHIN = timedelta(days=7)
MOST_UNANSWERED = 3  # mails to confirm to one mailbox, within that time
MOST_FOLLOWED = 50  # by one address
MOST_FAILURES = 5  # days on which a mailbox refused, one after the other; then it is forgotten


@transaction.atomic
def ask(*, email: str, feed: str, rhythm: str, language: str) -> MailSubscription | None:
    """Keep the wish until it is confirmed, and count the mail that is to go out about it; None
    where the mailbox has had enough of them, or the address follows enough.

    Asked for again, it is the same wish with what was chosen last. What is followed already goes on
    unchanged meanwhile.
    """
    now, known = timezone.now(), MailSubscription.objects.filter(email=email)
    waiting = MailSubscription.objects.filter(_same_mailbox(email), confirmed_at=None)
    waiting = waiting.filter(asked_at__gt=now - CONFIRMED_WITHIN)
    if (waiting.aggregate(sent=Sum("asked_times"))["sent"] or 0) >= MOST_UNANSWERED:
        return None
    if known.exclude(feed=feed).exclude(confirmed_at=None).count() >= MOST_FOLLOWED:
        return None
    wished = {"rhythm": rhythm, "language": language, "asked_at": now}
    row, _is_new = MailSubscription.objects.update_or_create(
        email=email, feed=feed, confirmed_at=None, defaults=wished
    )
    _count_mail(row, 1)
    return row


def not_asked(row: MailSubscription) -> None:
    """The mail to confirm it did not go out, so it does not count."""
    _count_mail(row, -1)


def _count_mail(row: MailSubscription, number: int) -> None:
    rows = MailSubscription.objects.filter(pk=row.pk)
    rows.update(asked_times=F("asked_times") + number)


def _same_mailbox(email: str) -> Q:
    """Many servers put a+anything@… into the mailbox a@…"""
    name, _at, domain = email.rpartition("@")
    name = name.partition("+")[0]
    return Q(email=f"{name}@{domain}") | Q(
        email__startswith=f"{name}+", email__endswith=f"@{domain}"
    )


@transaction.atomic
def confirm(uid: str) -> MailSubscription | None:
    """Begin to send; gives what is followed now, or None where nothing of that name waits.

    Confirmed twice it is the same. Who follows it already changes rhythm and language by it.
    """
    row = MailSubscription.objects.select_for_update().filter(uid=uid).first()
    if row is None or row.confirmed_at:
        return row
    others = MailSubscription.objects.filter(email=row.email, feed=row.feed)
    known = others.exclude(confirmed_at=None).select_for_update().first()
    if known is not None:
        known.rhythm, known.language = row.rhythm, row.language
        row.delete()
        known.save(update_fields=["rhythm", "language"])
        return known
    now = timezone.now()
    row.confirmed_at, row.told_until = now, now
    row.due_on = timezone.localdate(now) + timedelta(days=Rhythm(row.rhythm).days)
    row.save()
    return row


def choose_rhythm(row: MailSubscription, rhythm: Rhythm) -> None:
    """The next mail goes out at the latest after that many days."""
    soonest = timezone.localdate() + timedelta(days=rhythm.days)
    due_on = min(row.due_on, soonest) if row.due_on else soonest
    MailSubscription.objects.filter(pk=row.pk).update(rhythm=rhythm, due_on=due_on)


def leave(uid: str) -> None:
    """Delete what is followed by that name, address and all; nothing where it is gone already."""
    MailSubscription.objects.filter(uid=uid).delete()


def leave_all(email: str) -> None:
    """Delete all that this address follows, or asked to."""
    MailSubscription.objects.filter(email=email).delete()


def forget_unconfirmed() -> int:
    """Delete wishes that nobody confirmed in time; gives how many."""
    before = timezone.now() - CONFIRMED_WITHIN
    return MailSubscription.objects.filter(confirmed_at=None, asked_at__lt=before).delete()[0]


def pass_over_until_now() -> int:
    """Tell nobody what became known up to now, as after a restored backup; gives how many follow
    something."""
    rows = MailSubscription.objects.exclude(confirmed_at=None)
    return rows.update(told_until=timezone.now(), doubt_since=None, is_ending=False)


def nothing_to_tell(row: MailSubscription, today: date, until: datetime) -> None:
    """No mail goes out today, since nothing became known before `until`."""
    _due(row, today).update(due_on=_next_day(row, today), told_until=until)


def claim(row: MailSubscription, today: date, until: datetime, *, is_last: bool = False) -> bool:
    """Whether it is for the caller to send the mail of `row`, about what became known before
    `until`; nobody else sends it then, also where the caller is killed."""
    return bool(
        _due(row, today).update(
            due_on=_next_day(row, today),
            told_until=until,
            doubt_since=row.doubt_since or row.told_until,
            is_ending=is_last,
        )
    )


def sent(row: MailSubscription) -> None:
    """The server of mail took what was claimed."""
    rows = MailSubscription.objects.filter(pk=row.pk)
    rows.update(doubt_since=None, failures=0, failed_on=None)


def failed(row: MailSubscription, today: date, *, is_refused: bool) -> bool:
    """The mail of `row`, as it was before it was claimed, did not go out: the next run tries it
    again. Whether the address is forgotten, since its mailbox refused on so many days; errors of
    our own server do not count (`is_refused`)."""
    counts = is_refused and row.failed_on != today
    if counts and row.failures + 1 >= MOST_FAILURES:
        leave(row.uid)
        return True
    state: dict[str, object] = {name: getattr(row, name) for name in _CLAIMED}
    if counts:
        state |= {"failures": row.failures + 1, "failed_on": today}
    MailSubscription.objects.filter(pk=row.pk).update(**state)
    return False


_CLAIMED = ("due_on", "told_until", "doubt_since", "is_ending")


def _due(row: MailSubscription, today: date) -> QuerySet[MailSubscription]:
    return MailSubscription.objects.filter(pk=row.pk, due_on__lte=today)


def _next_day(row: MailSubscription, today: date) -> date:
    return today + timedelta(days=Rhythm(row.rhythm).days)
