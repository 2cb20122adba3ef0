"""The records of the rows of a session: what was found, what was chosen, what may be edited."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from initiatives.actions.bulk import NOT_ALLOWED
from initiatives.choices import DeskRole
from initiatives.desk.forms.session.matching import Candidate, Records
from initiatives.desk.forms.session.point_form import NEW, NONE, PointForm
from initiatives.models import Country, Initiative
from initiatives.rights import Rights


class FoundRecords:
    """Asks the database as often for many rows as for one."""

    def __init__(self, rights: Rights, sides: list[Country]) -> None:
        self.rights, self.sides = rights, sides
        self._records = Records(rights)
        self._chosen: dict[int, Initiative] = {}

    def match(self, forms: list[PointForm]) -> bool:
        """Offer each row its candidates. True where something was guessed, and not chosen."""
        by_text = self._records.for_texts(form.typed("initiative") for form in forms)
        vocabulary = self._records.of_sides(self.sides)
        guessed = [
            self._by_text(form, by_text.get(form.typed("initiative"), []))
            if form.typed("initiative")
            else self._by_decision(form, vocabulary.near(form.typed("decision")))
            for form in forms
        ]
        keys = [form.typed("choice") for form in forms]
        self._chosen = self._records.chosen(int(key) for key in keys if key.isdecimal())
        return any(guessed)

    def _by_text(self, form: Any, candidates: list[Candidate]) -> bool:
        if self._keep(form, candidates):
            return False
        exact = [one for one in candidates if one.exact]
        if len(exact) == 1:
            form.offer(candidates, chosen=str(exact[0].pk))
            return False
        if candidates:
            form.note = _("Several records may be meant: choose one.")
            form.offer(candidates, chosen="")
        else:
            form.note = _("No record was found by these words: a new one will be created.")
            form.offer(candidates, chosen=NEW)
        return True

    def _by_decision(self, form: Any, near: Any) -> bool:
        candidates = [one for one, _clear in near]
        if self._keep(form, candidates):
            return False
        clear = [one for one, is_clear in near if is_clear]
        if clear:
            form.put("initiative", clear[0].code)
            form.note = _("Found by the words of the decision.")
            form.offer(candidates, chosen=str(clear[0].pk))
        elif candidates:
            form.note = _("There is a similar record: choose it, a new one, or none.")
            form.offer(candidates, chosen="")
        else:
            form.offer(candidates, chosen=NONE)
        return True

    def _keep(self, form: Any, candidates: list[Candidate]) -> bool:
        """Leave what the officer chose for this same text."""
        choice = form.typed("choice")
        offered = {str(one.pk) for one in candidates} | {NEW, NONE}
        known = form.add_prefix("found_for") in form.data
        if not known or form.typed("found_for") != form.typed("initiative"):
            return False
        if choice and choice not in offered:
            return False
        form.offer(candidates, chosen=choice)
        return True

    def check(self, forms: list[PointForm]) -> None:
        """Say at each row whose record is not chosen yet, or is not the officer's to edit."""
        mine = self.rights.initiatives(DeskRole.EDITOR).filter(pk__in=self._chosen)
        editable = set(mine.values_list("pk", flat=True)) if self._chosen else set()
        for form in forms:
            choice = form.typed("choice")
            if not choice:
                form.add_error("choice", _("Choose the record, a new one, or none."))
            elif choice == NEW and not form.typed("initiative"):
                form.add_error("initiative", _("Write the title of the new record."))
            elif choice.isdecimal() and int(choice) not in editable:
                form.add_error("choice", NOT_ALLOWED)

    def record_of(self, form: PointForm) -> Initiative | None:
        """The stored record of the row, None where it has none or a new one."""
        choice = form.typed("choice")
        return self._chosen.get(int(choice)) if choice.isdecimal() else None
