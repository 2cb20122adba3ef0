"""The forms of an officer's account: only what has an effect at this desk."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.forms import UsernameField
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from initiatives.actions import Refused
from initiatives.actions.accounts.officers import check_account
from initiatives.choices import Language
from initiatives.desk.forms.record import SeenVersion, show_refusal
from initiatives.text.plain_text import clean_line

MAIL = "mail_language"


def language_of_mail(user: User) -> str:
    """The language of the daily mail of `user`; empty where they get none."""
    members = user.desks.exclude(digest_language="").order_by("pk")
    return members.values_list("digest_language", flat=True).first() or ""


def _shown(value: Any) -> str:
    return {True: str(_("Yes")), False: str(_("No"))}.get(value, str(value or "–"))


class AccountForm(forms.ModelForm):
    """An account that is stored. `by` is who edits it, and `proves` says whether a password that
    was typed is theirs.

    Whoever takes over a page that is open shall not turn the way back into an account to
    themselves, nor make administrators.
    """

    by: User | None = None
    proves: Callable[[str], bool] | None = None

    own_password = forms.CharField(
        label=_("Your password"),
        required=False,
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=_("Only to change the mail address, or who is an administrator."),
    )
    seen = SeenVersion(required=False)
    first_name = forms.CharField(label=_("First name"), max_length=150, required=False)
    last_name = forms.CharField(label=_("Last name"), max_length=150, required=False)
    email = forms.EmailField(
        label=_("Email address"),
        required=False,
        help_text=_("For the daily mail and for links that set a password."),
    )
    mail_language = forms.ChoiceField(
        label=_("Language of mail"),
        required=False,
        choices=[("", _("No daily mail")), *Language.choices],
        help_text=_("What waits for the officer on any desk, once a day."),
    )
    is_superuser = forms.BooleanField(
        label=_("Administrator"),
        required=False,
        help_text=_("May do everything on every desk, and gives accounts and roles."),
    )
    is_active = forms.BooleanField(
        label=_("Active"),
        required=False,
        help_text=_(
            "Without the tick the officer is signed out at once, cannot sign in and gets no mail. "
            "What they did stays under their name."
        ),
    )

    class Meta:
        model = get_user_model()
        fields = ("first_name", "last_name", "email", "is_superuser", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if MAIL in self.fields and self.instance.pk:
            self.fields[MAIL].initial = language_of_mail(self.instance)
        self.order_fields([name for name in self.fields if name != "own_password"])
        self._stored = {name: self.initial.get(name) for name in self.Meta.fields}
        self.fields["seen"].initial = self._state()

    def _state(self) -> str:
        """What stands for the stored values: an account has no version."""
        return sha256(repr(sorted(self._stored.items())).encode()).hexdigest()[:16]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.instance.pk is None or self.data.get("seen") == self._state():
            return cleaned
        other = [name for name in self.changed_data if name in self._stored]
        if other:
            self.data = {name: self.data.get(name) for name in self.data}
            self.data |= {"seen": self._state()}
            stored = [f"{self.fields[name].label}: {_shown(self._stored[name])}" for name in other]
            message = _(
                "Somebody saved this account after you had opened it. Stored is now: %(stored)s. "
                "Save again to keep what you typed."
            )
            params = {"stored": "; ".join(stored)}
            raise ValidationError(message, code="conflict", params=params)
        return cleaned

    def clean_own_password(self) -> str:
        """Checked last, since each try is counted; what is wrong elsewhere is told first."""
        typed = self.cleaned_data["own_password"]
        if self._needs_proof() and not self.errors:
            if not typed:
                message = _("Type your own password: this changes who gets into the account.")
                raise ValidationError(message, code="required")
            if self.proves is not None and not self.proves(typed):
                raise ValidationError(_("The password is not right."), code="wrong")
        return ""

    def _needs_proof(self) -> bool:
        if self.instance.pk is None:
            return bool(self.cleaned_data.get("is_superuser"))
        return bool({"email", "is_superuser"} & set(self.changed_data))

    def clean_first_name(self) -> str:
        return clean_line(self.cleaned_data["first_name"])

    def clean_last_name(self) -> str:
        return clean_line(self.cleaned_data["last_name"])

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.instance.pk is None or "is_active" not in self.fields:
            return
        try:
            check_account(self.instance, by=self.by)
        except Refused as refusal:
            show_refusal(self, refusal)


class NewAccountForm(AccountForm):
    """A new account, whose first password is typed here or set with a link that is mailed."""

    username = UsernameField(
        label=_("Sign-in name"),
        max_length=150,
        help_text=_(
            "Letters, digits and @ . + - _ only. It stays: histories know the officer by it."
        ),
    )
    password = forms.CharField(
        label=_("First password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Empty: the officer gets a mail with a link and sets it."),
    )

    class Meta(AccountForm.Meta):
        fields = ("username", "first_name", "last_name", "email", "is_superuser")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("is_active", None)
        self.fields[MAIL].initial = Language.ENGLISH

    def clean_username(self) -> str:
        name = self.cleaned_data["username"]
        get_user_model().username_validator(name)
        if get_user_model().objects.filter(username__iexact=name).exists():
            raise ValidationError(_("An officer has this sign-in name already."), code="unique")
        return name

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if not cleaned.get("password") and not cleaned.get("email") and "email" not in self.errors:
            message = _("Give a mail address for the link, or type a first password below.")
            self.add_error("email", ValidationError(message, code="required"))
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        password = self.cleaned_data.get("password")
        if password:
            try:
                validate_password(password, self.instance)
            except ValidationError as weak:
                self.add_error("password", weak)
