"""Forms that say why: a withdrawal, the answer to a request."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from initiatives import actions
from initiatives.choices import Language
from initiatives.forms.record import show_refusal
from initiatives.models import Initiative, StatusRequest

VERDICTS = {"approve": actions.approve_status, "reject": actions.reject_status}


class DecisionForm(forms.ModelForm):
    """Runs an action; what it refuses is shown in the form, and nothing typed is lost."""

    def run(self, action, *args, **kwargs) -> bool:
        try:
            action(*args, **kwargs)
        except ValidationError as refusal:
            show_refusal(self, refusal)
            return False
        return True


class WithdrawalForm(DecisionForm):
    class Meta:
        model = Initiative
        fields = tuple(f"withdrawn_reason_{language}" for language in Language.values)

    def enter(self, *, by) -> bool:
        reason = {
            language: self.cleaned_data[f"withdrawn_reason_{language}"] or ""
            for language in Language.values
        }
        return self.run(actions.withdraw, self.instance, reason=reason, by=by)


class RequestDecisionForm(DecisionForm):
    class Meta:
        model = StatusRequest
        fields = ("comment",)

    def clean(self):
        if self.data.get("verdict") not in VERDICTS:
            self.add_error(None, _("Approve or reject."))
        return super().clean()

    def enter(self, *, by) -> bool:
        verb = VERDICTS[self.data["verdict"]]
        if self.run(verb, self.instance, by=by, comment=self.cleaned_data["comment"]):
            return True
        self.instance.refresh_from_db(fields=["comment"])  # what was typed is not the decision
        return False
