"""The password of who saves a form, for what opens a way into an account or gives rights."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class OwnPassword(forms.Form):
    """Part of a form. `proves` says whether a password that was typed is theirs, and `gives_roles`
    whether the rows below the form give a place on a desk, change one or take it away.

    Whoever takes over a page that is open shall not turn the way into an account to themselves,
    keep its owner out, nor give rights.
    """

    proves: Callable[[str], bool] | None = None
    gives_roles: Callable[[], bool] | None = None
    asked_for: frozenset[str] = frozenset()  # the fields that are changed with it alone

    own_password = forms.CharField(
        label=_("Your password"),
        required=False,
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "own_password"])

    def clean_own_password(self) -> str:
        """Checked last, since each try is counted; what is wrong elsewhere is told first."""
        typed = self.cleaned_data["own_password"]
        if not self.errors and self.needs_proof():
            if not typed:
                message = _(
                    "Type your own password: this changes who gets in, or what they may do."
                )
                raise ValidationError(message, code="required")
            if self.proves is not None and not self.proves(typed):
                raise ValidationError(_("The password is not right."), code="wrong")
        return ""

    def needs_proof(self) -> bool:
        """Whether what was typed may be saved with the password alone."""
        if self.asked_for & set(self.changed_data):
            return True
        return self.gives_roles is not None and self.gives_roles()
