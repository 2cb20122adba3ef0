"""Which officers are told of a request by a mail of its own, each once."""

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.utils import timezone

from initiatives.choices import RequestState
from initiatives.models import ChangeRequest, DeskMember, RequestMail
from initiatives.publication import publishing

TRIED_FOR = timedelta(days=7)


@publishing()
def note_recipients(request: ChangeRequest) -> None:
    """Store, with the request itself, who wishes to be told of it at once. Whether they may see it
    is asked when the mail is written."""
    wishing = DeskMember.objects.filter(user__is_active=True, user__is_staff=True)
    wishing = wishing.exclude(user__email="").exclude(request_language="")
    keys = set(wishing.values_list("user", flat=True)) - {request.created_by_id}
    mails = [RequestMail(change_request=request, user_id=key) for key in sorted(keys)]
    RequestMail.objects.bulk_create(mails, ignore_conflicts=True)


def noted(*, since: datetime, by: User | None) -> list[RequestMail]:
    """Mails that are to go out about what `by` asked for since that instant."""
    rows = RequestMail.objects.filter(
        sent_at=None, created_at__gte=since, change_request__created_by=by
    )
    return list(rows.select_related("user", "change_request"))


def not_sent() -> list[RequestMail]:
    """Mails that failed not long ago, about requests that still wait."""
    rows = RequestMail.objects.filter(
        sent_at=None,
        created_at__gte=timezone.now() - TRIED_FOR,
        change_request__state=RequestState.WAITING,
    )
    return list(rows.select_related("user", "change_request"))


@publishing()
def claim(mail: RequestMail) -> bool:
    """Whether it is for the caller to send `mail`; nobody else sends it then."""
    unsent = RequestMail.objects.filter(pk=mail.pk, sent_at=None)
    return bool(unsent.update(sent_at=timezone.now()))


@publishing()
def release(mail: RequestMail) -> None:
    """The mail did not go out: it may be tried again."""
    RequestMail.objects.filter(pk=mail.pk).update(sent_at=None)


@publishing()
def forget(mail: RequestMail) -> None:
    """Its officer may not decide that request."""
    RequestMail.objects.filter(pk=mail.pk).delete()
