"""What is noted of the addresses of sources, and what officers make of it."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.actions.errors import Refused
from initiatives.actions.initiatives import save
from initiatives.choices import AddressState
from initiatives.models import Source, SourceCheck
from initiatives.publication import publishing
from initiatives.web_addresses import Answer, Heard

ROUNDS_UNTIL_DEAD = {Heard.GONE: 2, Heard.SILENT: 5}
BETWEEN_ROUNDS = timedelta(hours=20)  # a bad hour of a server is one round, however often we ask
_NOT_THERE = (Heard.GONE, Heard.SILENT)


@publishing()
def note_answer(source: Source, answer: Answer) -> SourceCheck | None:
    """Store what the address of `source` said; the record itself is not touched.

    None where the source was deleted while its address was asked.
    """
    if not Source.objects.select_for_update().filter(pk=source.pk).exists():
        return None
    now = timezone.now()
    stored = SourceCheck.objects.select_for_update().filter(source=source).first()
    check = stored or SourceCheck(source=source)
    if check.address != source.url:
        check.failures, check.failed_since = 0, None
        check.archived_copy = check.settled_state = check.state = ""
    if answer.moved_to and check.new_address not in ("", answer.moved_to[:1000]):
        check.settled_state = ""  # what an officer let be was another move
    check.address, check.status, check.checked_at = source.url, answer.status, now
    check.new_address, check.ask_after = answer.moved_to[:1000], None
    if answer.heard is Heard.LATER:
        check.ask_after = now + timedelta(seconds=answer.later)
        check.state = check.state or AddressState.HERE
    elif answer.heard is Heard.REFUSED:
        check.state = AddressState.NOT_ASKED
    elif answer.heard in _NOT_THERE:
        check.failures += 1
        check.failed_since = check.failed_since or now
        is_dead = check.failures >= ROUNDS_UNTIL_DEAD[answer.heard]
        check.state = AddressState.DEAD if is_dead else AddressState.DOUBTFUL
        check.ask_after = None if is_dead else now + BETWEEN_ROUNDS
    else:
        check.failures, check.failed_since = 0, None
        if check.state == AddressState.DEAD:
            check.settled_state = ""
        moved = bool(answer.moved_to) and len(answer.moved_to) <= 1000
        check.state = AddressState.MOVED if moved else AddressState.HERE
    check.save()
    return check


@publishing()
def note_archived_copy(check: SourceCheck, copy: str) -> None:
    """Store the copy that an archive offers in the place of a dead address."""
    check.archived_copy = copy
    check.save(update_fields=["archived_copy"])


@publishing()
def accept_archived_copy(source: Source, *, by: User | None) -> Source:
    """Let the source name the copy that the archive offers, beside its address."""
    locked, check = _checked(source)
    if not check.archived_copy:
        raise Refused(_("The archive offers no copy of this address."), code="none")
    locked.archived_url = check.archived_copy
    save(locked, by=by)
    return locked


@publishing()
def accept_new_address(source: Source, *, by: User | None) -> Source:
    """Let the source have the address to which its own one has moved."""
    locked, check = _checked(source)
    if not check.new_address:
        raise Refused(_("The address has not moved."), code="none")
    locked.url = check.new_address
    save(locked, by=by)
    return locked


@publishing()
def keep_address(source: Source, *, by: User | None) -> Source:
    """The officer has looked: the address stays as it is, until it says something else."""
    locked, check = _checked(source)
    check.settled_state = check.state
    check.save(update_fields=["settled_state"])
    return locked


def _checked(source: Source) -> tuple[Source, SourceCheck]:
    locked = Source.objects.select_for_update().get(pk=source.pk)
    check = SourceCheck.objects.of_today().filter(source=locked).first()
    if check is None:
        message = _("The address was changed meanwhile; look at the source first.")
        raise Refused(message, code="outdated")
    return locked, check
