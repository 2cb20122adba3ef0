"""What the public may see, and since when."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.actions.approvals import asking
from initiatives.actions.errors import Refused
from initiatives.actions.recording import LANGUAGES, in_languages, save_record
from initiatives.choices import ChangeAction, EditionCause, Publication, RequestKind, RequestState
from initiatives.models import Change, ChangeRequest, Citation, Initiative
from initiatives.publication import publishing
from initiatives.translatable import Translatable

# What is left by an error is rolled back with it.
_ERASING = {
    "postgresql": (
        "SET LOCAL initiatives.erasing = 'on'",
        "SET LOCAL initiatives.erasing = 'off'",
    ),
    "sqlite": ("INSERT INTO initiatives_erasing VALUES (1)", "DELETE FROM initiatives_erasing"),
}


def publishing_lacks(initiative: Initiative) -> Sequence[tuple[str, Translatable]]:
    """What a record lacks before it may be published, as (field, message) pairs."""
    lacks = []
    if not any(getattr(initiative, f"title_{code}") for code in LANGUAGES):
        lacks.append(("title_en", _("Give a title in one language at least.")))
    if not any(getattr(initiative, f"summary_{code}") for code in LANGUAGES):
        lacks.append(("summary_en", _("Give a summary in one language at least.")))
    if not initiative.status_changes.exists():
        lacks.append(("status", _("Record the first status with its source.")))
    if not _is_sourced(initiative):
        lacks.append(("citations", _("Cite a source that the public can see.")))
    return lacks


@publishing()
def submit_for_review(initiative: Initiative, *, by: User | None) -> Initiative:
    """Hand a draft to a reviewer. Raises Refused with all that is missing to publish it."""
    _lock(initiative)
    _demand_completeness(initiative)
    _publish_as(initiative, Publication.IN_REVIEW, {Publication.DRAFT}, by)
    asking.ask(initiative, kind=RequestKind.PUBLICATION, by=by)
    return initiative


@publishing(EditionCause.PUBLICATION)
def publish(initiative: Initiative, *, by: User | None, comment: str = "") -> Initiative:
    """Show the record to the public. Raises Refused with all that is missing."""
    _lock(initiative)
    _demand_completeness(initiative)
    allowed = {Publication.DRAFT, Publication.IN_REVIEW, Publication.WITHDRAWN}
    _publish_as(initiative, Publication.PUBLISHED, allowed, by)
    for request in _waiting(initiative):
        asking.close(request, RequestState.APPROVED, by=by, comment=comment)
    return initiative


@publishing()
def return_to_draft(initiative: Initiative, *, by: User | None, comment: str = "") -> Initiative:
    """Give a record that waits for review back to the officer, who reads the comment."""
    _lock(initiative)
    _publish_as(initiative, Publication.DRAFT, {Publication.IN_REVIEW}, by)
    for request in _waiting(initiative):
        asking.reject(request, by=by, comment=comment)
    return initiative


@publishing(EditionCause.WITHDRAWAL)
def withdraw(
    initiative: Initiative, *, reason: Mapping[str, str | None] | str, by: User | None
) -> Initiative:
    """Take a published record away; its address then answers with the public `reason` (410).

    `reason` is a text in the reader's language or a mapping of language to text.
    """
    reasons = in_languages(reason)
    if not any(text.strip() for text in reasons.values()):
        message = _("Give the reason; the public will read it.")
        raise Refused({"withdrawn_reason": ValidationError(message, code="required")})
    _lock(initiative)
    for language, text in reasons.items():
        setattr(initiative, f"withdrawn_reason_{language}", text)
    return _publish_as(initiative, Publication.WITHDRAWN, {Publication.PUBLISHED}, by)


@publishing()
def erase_draft(initiative: Initiative, *, by: User | None) -> None:
    """Delete a record that was never public, with everything that belongs to it.

    A record that was public once can only be withdrawn: links to it exist.
    """
    initiative = Initiative.objects.select_for_update().get(pk=initiative.pk)
    if initiative.published_at is not None:
        raise Refused(_("A record that was public is withdrawn, not deleted."), code="was_public")
    _erased(initiative.code, by).save()
    with _erasing():
        initiative.delete()


@publishing()
def erase_drafts(initiatives: list[Initiative], *, by: User | None) -> None:
    """Delete many drafts that were never public, as `erase_draft` deletes one.

    Those that are part of another of them go with it.
    """
    keys = [initiative.pk for initiative in initiatives]
    rows = Initiative.objects.select_for_update().filter(pk__in=keys, published_at=None)
    codes = list(rows.values_list("code", flat=True))
    if len(codes) != len(keys):
        raise Refused(_("A record that was public is withdrawn, not deleted."), code="was_public")
    if not codes:
        return
    Change.objects.bulk_create([_erased(code, by) for code in codes])
    Initiative.objects.filter(parent__in=keys).update(parent=None)
    with _erasing():
        Initiative.objects.filter(pk__in=keys).delete()


def _erased(code: str, by: User | None) -> Change:
    return Change(model="initiative", key=[code], action=ChangeAction.DELETED, recorded_by=by)


def _lock(initiative: Initiative) -> None:
    """Lock it, then read it: what the caller has in hand may have been changed by others since."""
    initiative.refresh_from_db(from_queryset=Initiative.objects.select_for_update())


def _demand_completeness(initiative: Initiative) -> None:
    if lacks := publishing_lacks(initiative):
        raise Refused([ValidationError(text, code=field) for field, text in lacks])


def _waiting(initiative: Initiative) -> QuerySet[ChangeRequest]:
    """The request to publish it, locked; at most one waits."""
    return initiative.change_requests.select_for_update().filter(
        kind=RequestKind.PUBLICATION, state=RequestState.WAITING
    )


def _is_sourced(initiative: Initiative) -> bool:
    cited = Citation.objects.public()
    return (
        cited.filter(initiative=initiative).exists()
        or cited.filter(status_change__initiative=initiative).exists()
    )


def _publish_as(
    initiative: Initiative, publication: Publication, allowed: set[Publication], by: User | None
) -> Initiative:
    if initiative.publication not in allowed:
        raise Refused(
            _("A record that is “%(now)s” cannot become “%(new)s”."),
            code="publication",
            params={"now": initiative.get_publication_display(), "new": publication.label},
        )
    initiative.publication = publication
    if publication == Publication.PUBLISHED and initiative.published_at is None:
        initiative.published_at = timezone.now()
    return save_record(initiative, by=by)


@contextmanager
def _erasing() -> Iterator[None]:
    """Tell the triggers of histories that rows may be deleted inside, in this transaction."""
    begin, end = _ERASING[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(begin)
    yield
    with connection.cursor() as cursor:
        cursor.execute(end)
