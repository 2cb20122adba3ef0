"""Forms that say why: a withdrawal, the answer to a request."""

from collections.abc import Callable, Iterator
from typing import Any, cast

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from initiatives import actions
from initiatives.actions.bulk import JUST_SAVED
from initiatives.choices import Language, RequestKind
from initiatives.desk.forms.record import SeenVersion, is_key, show_refusal
from initiatives.fields.whole_text import WholeTextFormField
from initiatives.models import ChangeRequest, Initiative
from initiatives.text.plain_text import clean_line


class DecisionForm(forms.ModelForm):
    """Runs an action; what it refuses is shown in the form, and nothing typed is lost."""

    def run(self, action: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
        try:
            action(*args, **kwargs)
        except ValidationError as refusal:
            show_refusal(self, refusal)
            return False
        except IntegrityError:
            self.add_error(None, JUST_SAVED)
            return False
        return True


class WithdrawalForm(DecisionForm):
    class Meta:
        model = Initiative
        fields = tuple(f"withdrawn_reason_{language}" for language in Language.values)

    def enter(self, *, by: User | None) -> bool:
        reason = {
            language: self.cleaned_data[f"withdrawn_reason_{language}"] or ""
            for language in Language.values
        }
        return self.run(actions.withdraw, self.instance, reason=reason, by=by)


class ChangeDecisionForm(DecisionForm):
    """Approve or reject: the button that was pressed is the verdict.

    `overwrite` lets a request win over what somebody saved after it was made.

    `seen` is the version of the record that the reviewer read, for a record that is to be
    published: what changed behind their back is not what they approve. Comments on single places
    are put behind the comment on all of it, each with its place.

    With the verdict “part” the parts whose numbers are ticked (`part`) are approved; `rest` says
    whether the others go back or wait on.
    """

    RESTS = ("back", "waits")

    verbs: dict[str, Callable[..., Any]] = {
        "approve": actions.approve_request,
        "reject": actions.reject_request,
        "part": actions.approve_parts,
    }
    ABOUT = "about-"  # begins the names of boxes for comments, which go on with the place
    seen = SeenVersion(required=False)
    overwrite = forms.BooleanField(
        required=False, label=_("The request shall win over what was saved meanwhile")
    )

    class Meta:
        model = ChangeRequest
        fields = ("comment",)

    def __init__(self, *args: Any, outdated: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = self._version()
        if not outdated:
            del self.fields["overwrite"]

    def clean_comment(self) -> str:
        comment = self.cleaned_data["comment"]
        return "\n".join(filter(None, (comment, *self._about_places())))

    def _about_places(self) -> Iterator[str]:
        for name in self.data:
            if name.startswith(self.ABOUT) and (text := self.data[name].strip()):
                place = clean_line(name.removeprefix(self.ABOUT))
                yield f"{place}: {WholeTextFormField().clean(text)}"

    def clean(self) -> dict[str, Any]:
        if self.data.get("verdict") not in self.verbs:
            self.add_error(None, _("Approve or reject."))
        elif self.data["verdict"] == "part" and self.rest not in self.RESTS:
            self.add_error(None, _("Say whether the rest goes back or waits on."))
        super().clean()
        publishes = self.instance.kind == RequestKind.PUBLICATION
        approves = self.data.get("verdict") == "approve"
        if publishes and approves and self.data.get("seen") != str(self._version()):
            message = _("The record was changed after you opened this page. Look at it again.")
            self.add_error(None, ValidationError(message, code="conflict"))
        return self.cleaned_data

    def enter(self, *, by: User | None) -> bool:
        verdict, details = self.data["verdict"], {}
        if verdict in ("approve", "part"):
            details["overwrite"] = self.cleaned_data.get("overwrite", False)
        if verdict == "part":
            details |= {"numbers": self.ticked, "rest_waits": self.rest == "waits"}
        comment = self.cleaned_data["comment"]
        if self.run(self.verbs[verdict], self.instance, by=by, comment=comment, **details):
            return True
        self.instance.refresh_from_db(fields=["comment"])  # what was typed is not the decision
        return False

    @property
    def ticked(self) -> set[int]:
        """The numbers of the parts that are ticked; what can be none is the number of none."""
        texts = cast(QueryDict, self.data).getlist("part") if self.is_bound else ()
        return {int(text) if is_key(text) else -1 for text in texts}

    @property
    def rest(self) -> str:
        return self.data.get("rest", "back")

    def _version(self) -> int | str:
        initiative = self.instance.initiative
        return initiative.version if initiative is not None else ""
