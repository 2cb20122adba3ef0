"""Filters that officers keep. They are no content: they leave no Change and touch no record."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from initiatives.actions.errors import Refused
from initiatives.models import SavedFilter

MOST = 30  # of one officer


@transaction.atomic
def save_filter(user: User, *, name: str, query: str) -> SavedFilter:
    """Keep the `query` of the list under `name` for `user`.

    Raises ValidationError where the name is missing, too long or taken, and Refused where the
    officer has MOST already.
    """
    # Locked, so that two clicks at once do not go over the bound.
    get_user_model().objects.select_for_update(no_key=True).get(pk=user.pk)
    if not query:
        raise Refused(_("Choose a filter, a search or an order first; then save it."))
    if SavedFilter.objects.filter(user=user).count() >= MOST:
        text = _("You have %(most)s saved filters, and no more can be kept. Delete one first.")
        raise Refused(text % {"most": MOST})
    kept = SavedFilter(user=user, name=name, query=query)
    kept.full_clean()
    kept.save()
    return kept


def delete_filter(kept: SavedFilter) -> None:
    """Forget a filter that its officer kept."""
    kept.delete()
