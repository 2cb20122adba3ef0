"""What is kept of accounts, apart from their histories."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AccountAct(TextChoices):
    """What happened to an account, or what somebody did there."""

    SIGNED_IN = "signed_in", _("Signed in")
    SIGNED_OUT = "signed_out", _("Signed out")
    WRONG_PASSWORD = "wrong_password", _("Wrong password")
    WRONG_CODE = "wrong_code", _("Wrong code")
    WRONG_PASSKEY = "wrong_passkey", _("Wrong passkey")
    PASSKEY_COPIED = "passkey_copied", _("Passkey refused: its counter went back")
    SHUT = "shut", _("Locked after too many attempts")
    SESSION_ENDED = "session_ended", _("Session ended from another one")
    STEP_SET_UP = "step_set_up", _("Second step set up")
    STEP_REMOVED = "step_removed", _("Second step removed")
    PASSKEY_ADDED = "passkey_added", _("Passkey added")
    PASSKEY_REMOVED = "passkey_removed", _("Passkey removed")
    CODES_MADE = "codes_made", _("New recovery codes")
    PASSWORD_SET = "password_set", _("Password set")
    CREATED = "created", _("Account created")
    DEACTIVATED = "deactivated", _("Account deactivated")
    ACTIVATED = "activated", _("Account activated again")
    CHANGED = "changed", _("Account changed")
    ROLE = "role", _("Role on a desk changed")
    DESK = "desk", _("What a desk covers changed")
