"""One draft in the making: its rows, and the changes that tell of them."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.actions.imports.known import Known
from initiatives.actions.imports.moves import effective_of, is_elsewhere
from initiatives.actions.initiatives import NOT_DELIVERED
from initiatives.actions.recording import LANGUAGES, AnyRecord, differences, recorded
from initiatives.bulk_rows import new_row, set_foreign_key
from initiatives.choices import PARTY_ROLES, ChangeAction, Origin
from initiatives.lifecycle import StatusFacts
from initiatives.models import (
    Change,
    Citation,
    Country,
    ImportRow,
    Initiative,
    Source,
    StatusChange,
)
from initiatives.models.changes import Edit
from initiatives.models.record import Record
from initiatives.models.texts import put_text


class DraftBuilder:
    """`rows` belong to `initiative`, in the order in which they would have been saved."""

    def __init__(self, row: ImportRow, known: Known, *, by: User | None, now: datetime) -> None:
        self.row, self.known, self.by, self.now = row, known, by, now
        if not row.edits:
            raise ValidationError(_("The row says nothing of the initiative."))
        own, *others = row.edits
        self.initiative = self._stamped(new_row(Initiative, at=self.now))
        self._put(self.initiative, own)
        self.initiative.first_planned_end = self.initiative.planned_end
        self.begun = differences(None, self.initiative)  # before its status is entered
        self.rows = [self._part(edit) for edit in others]
        self.move: StatusChange | None = None
        self.source: Source | None = None
        if row.move:
            self._enter(row.move)

    def _stamped(self, record: AnyRecord) -> AnyRecord:
        if self.by is not None:
            set_foreign_key(record, "created_by", self.by)
            set_foreign_key(record, "updated_by", self.by)
        record.created_at = record.updated_at = self.now
        return record

    def _part(self, edit: Edit) -> Record:
        model = apps.get_model("initiatives", edit["model"])
        record = self._stamped(new_row(model, at=self.now))
        set_foreign_key(record, "initiative", self.initiative)
        self._put(record, edit)
        return record

    def _put(self, record: Record, edit: Edit) -> None:
        for name, (_old, text) in edit["fields"].items():
            if name == "initiative":
                continue
            if not put_text(record, name, text, find=self.known.find):
                told = {"key": text}
                raise ValidationError(_("“%(key)s” no longer exists."), params=told)

    def _enter(self, move: dict[str, Any]) -> None:
        find, given = self.known.demand, move["reason"]
        self.source = find(Source, move["source"]) if move["source"] else None
        entered = self.move = new_row(StatusChange, at=self.now)
        entered.initiative, entered.number = self.initiative, 1
        entered.to_status, entered.effective = move["to"], effective_of(move)
        side = move["decided_by"]
        entered.decided_by = find(Country, side) if side else None
        entered.origin = Origin.IMPORT
        entered.recorded_at, entered.recorded_by = self.now, self.by
        for language in LANGUAGES:
            setattr(entered, f"reason_{language}", given.get(language, ""))
        self.initiative.status, self.initiative.status_since = move["to"], entered.effective

    def lacks(self, missing: Callable[..., Any]) -> list:
        """What the status needs and the draft does not have."""
        return [] if self.move is None else missing(self.move.to_status, self._facts(self.move))

    def _facts(self, move: StatusChange) -> StatusFacts:
        of: dict[str, list[Any]] = {
            name: [row for row in self.rows if row._meta.model_name == name] for name in _PARTS
        }
        initiative, source = self.initiative, self.source
        return StatusFacts.of(
            today=timezone.localdate(),
            effective=move.effective,
            reasons=[getattr(move, f"reason_{code}") for code in LANGUAGES],
            source=source,
            main_sectors=sum(row.is_main for row in of["initiativesector"]),
            parties=len({r.country_id for r in of["initiativecountry"] if r.role in PARTY_ROLES}),
            organisations=len(of["initiativeorganisation"]),
            start=initiative.actual_start,
            end=initiative.actual_end,
            outcomes=[getattr(initiative, f"outcome_{code}") for code in LANGUAGES],
            delivered=initiative.delivered,
            not_delivered=[getattr(initiative, name) for name in NOT_DELIVERED],
            decided_by=move.decided_by.iso2 if move.decided_by else "",
            imported=True,
            elsewhere=is_elsewhere(self.row.move),
        )

    def finish(self) -> None:
        """Cite the source of the status, and count the saves."""
        if self.source is not None:
            cited = self._stamped(new_row(Citation, at=self.now))
            set_foreign_key(cited, "source", self.source)
            set_foreign_key(cited, "status_change", self.move)
            self.rows.append(cited)
        parts = sum(not _is_of_status(record) for record in self.rows)
        version = 1 + parts + (self.move is not None)
        self.initiative.version = self.initiative.public_version = version

    def changes(self) -> Iterator[Change]:
        """The history of the draft, as saving one after the other would have written it."""
        version = 1
        fields = {"code": [None, self.initiative.code]} | self.begun
        yield self._change(self.initiative, fields, version)
        for record in self.rows:
            version += not _is_of_status(record)
            yield self._change(record, differences(None, record), version)
        if self.move is not None:
            yield self._status_change(self.move, version + 1)

    def _change(self, record: Record, fields: dict[str, list[str | None]], version: int) -> Change:
        of_status = _is_of_status(record)
        return recorded(
            record,
            action=ChangeAction.CREATED,
            fields=fields,
            by=self.by,
            initiative=None if of_status else self.initiative,
            version=1 if of_status else version,
            at=self.now,
        )

    def _status_change(self, move: StatusChange, version: int) -> Change:
        before = self.begun["status"][1]
        since = str(move.effective) if move.effective else None
        return recorded(
            self.initiative,
            action=ChangeAction.CHANGED,
            fields={"status": [before, move.to_status], "status_since": [None, since]},
            by=self.by,
            initiative=self.initiative,
            version=version,
            at=self.now,
        )


def _is_of_status(record: Record) -> bool:
    """A citation of the status belongs to that, and not to the initiative itself."""
    return isinstance(record, Citation) and record.status_change is not None


_PARTS = ("initiativecountry", "initiativesector", "initiativeorganisation")
