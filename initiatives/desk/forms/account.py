"""The forms of an officer's account: only what has an effect at this desk."""

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
from initiatives.desk.forms.own_password import OwnPassword
from initiatives.desk.forms.record import SeenVersion, show_refusal
from initiatives.text.plain_text import clean_line

MAIL = "mail_language"


def language_of_mail(user: User) -> str:
    """The language of the daily mail of `user`; empty where they get none."""
    members = user.desks.exclude(digest_language="").order_by("pk")
    return members.values_list("digest_language", flat=True).first() or ""


def _shown(value: Any) -> str:
    return {True: str(_("Yes")), False: str(_("No"))}.get(value, str(value or "–"))


class AccountForm(forms.ModelForm, OwnPassword):
    """An account that is stored. `by` is who edits it."""

    by: User | None = None
    asked_for = frozenset({"email", "is_superuser", "is_active"})

    why_password = _(
        "Needed only if you change the email address, a place on a desk, administrator rights, "
        "or whether the account is active."
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
        self.fields["own_password"].help_text = self.why_password
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

    def clean_first_name(self) -> str:
        return clean_line(self.cleaned_data["first_name"])

    def clean_last_name(self) -> str:
        return clean_line(self.cleaned_data["last_name"])

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # the stubs lack it
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

    why_password = _("A new account lets somebody in, so your password is needed.")

    class Meta(AccountForm.Meta):
        fields = ("username", "first_name", "last_name", "email", "is_superuser")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("is_active", None)
        self.fields[MAIL].initial = Language.ENGLISH

    def needs_proof(self) -> bool:
        return True

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
        super()._post_clean()
        password = self.cleaned_data.get("password")
        if password:
            try:
                validate_password(password, self.instance)
            except ValidationError as weak:
                self.add_error("password", weak)
