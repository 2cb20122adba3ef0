"""The same as the index, computed plainly over the decoded bodies of a small register."""

from collections import Counter
from datetime import datetime
from decimal import Decimal
from types import SimpleNamespace

from django.utils import timezone

from initiatives import rules, totals
from initiatives.choices import PARTICIPANT_ROLES, PARTY_ROLES
from initiatives.editions.facts import facts_of
from initiatives.editions.index.options import organisations_of
from initiatives.editions.index.orders import COMPARED_MONEY
from initiatives.lifecycle import Status
from initiatives.partial_dates import PartialDate

ALWAYS = ("updated", "status")


def public_lines(lines, at, now):
    """Those that hold at the instant `at`, of what is not withdrawn at `now`."""
    shown = {line.key for line in _holding(lines, now) if line.record}
    return [line for line in _holding(lines, at) if line.record and line.key in shown]


def _holding(lines, at):
    """The last one of each key that has begun: their numbers rise with their positions."""
    return {line.key: line for line in lines if line.since <= at}.values()


class Plain:
    """The rows of a register at an instant, with what it takes to compare them."""

    def __init__(self, lines, *, at, now, day, parents, checks=()) -> None:
        self.rows, self.day = public_lines(lines, at, now), day
        self.parents, self.checks = parents, {}
        for check in sorted(checks, key=lambda check: check.recorded_at):
            if check.recorded_at <= at:
                self.checks[check.key] = check

    def values(self, name, row):
        """The values of a facet by which a row is found."""
        record = row.record
        match name:
            case "status" | "kind":
                return {getattr(record, name)}
            case "sector":
                own = {share.slug for share in record.sectors}
                return own | {self.parents[slug] for slug in own if slug in self.parents}
            case "country" | "party":
                roles = PARTICIPANT_ROLES if name == "country" else PARTY_ROLES
                return {link.iso2 for link in record.countries if link.role in roles}
            case "organisation":
                return organisations_of(record)
            case "year":
                return set(filter(lambda year: _is_active(record, year), range(2020, 2030)))
            case "funded":
                return {"yes" if record.funding else "no"}
            case "currency":
                return {line.currency for line in record.funding} - {""}
            case "flag":
                return flags_of(record, self.day, self.checks.get(row.key))

    def find(self, selection, left_out=""):
        if selection.refused - {left_out}:
            return []
        return [row for row in self.rows if self._is_chosen(row, selection, left_out)]

    def _is_chosen(self, row, selection, left_out):
        for name in selection.chosen:
            wanted = getattr(selection, name)
            if name == left_out:
                continue
            if name == "updated_since":
                if datetime.fromisoformat(row.record.updated_at) < wanted:
                    return False
            elif name == "matching":
                if row.position not in wanted:
                    return False
            else:
                has = [value in self.values(name, row) for value in wanted]
                every = selection.all_countries and name in ("country", "party")
                if not (all(has) if every else any(has)):
                    return False
        return True

    def tally(self, selection, name):
        """How many rows would be found if each value were chosen."""
        every = selection.all_countries and name in ("country", "party")
        left_out = "" if every and name not in selection.refused else name
        rows = self.find(selection, left_out)
        return Counter(value for row in rows for value in self.values(name, row))

    def ordered(self, selection, order, languages, key=lambda title: title):
        """The positions in an order. `key` says how titles are compared."""
        name, rows = order.removeprefix("-"), self.find(selection)
        values = {row.position: _value(row.record, name, languages, key) for row in rows}
        rows = sorted(rows, key=lambda row: row.key)
        known = [row for row in rows if values[row.position] is not None]
        known.sort(key=lambda row: values[row.position], reverse=order.startswith("-"))
        if order.startswith("-"):  # a reversed sort keeps the order of equals
            known.sort(key=lambda row: values[row.position], reverse=True)
        unknown = [row for row in rows if values[row.position] is None]
        return [row.position for row in (*known, *unknown)]

    def money(self, selection, **sides):
        lines = [
            SimpleNamespace(
                initiative_id=row.key,
                type=line.type,
                currency=line.currency,
                amount=line.amount and Decimal(line.amount),
                amount_max=line.amount_max and Decimal(line.amount_max),
                amount_kind=line.amount_kind,
            )
            for row in self.find(selection)
            for line in row.record.funding
            if all(getattr(line, side) == slug for side, slug in sides.items())
        ]
        parents = {row.key: row.record.parent for row in self.rows}
        return totals.of_lines(lines, parents)


def _is_active(record, year):
    start, end = (
        getattr(record, f"actual_{side}") or getattr(record, f"planned_{side}")
        for side in ("start", "end")
    )
    if start is None:
        return end is not None and int(end[:4]) == year
    return int(start[:4]) <= year and (end is None or year <= int(end[:4]))


def _value(record, name, languages, key):
    match name:
        case "updated":
            return record.updated_at
        case "status":
            return Status.values.index(record.status)
        case "start" | "end":
            text = getattr(record, f"actual_{name}") or getattr(record, f"planned_{name}")
            return text and PartialDate.parse(text)
        case "amount":
            return max(
                filter(lambda amount: amount is not None, map(_dollars, record.funding)),
                default=None,
            )
        case "title":
            texts = (getattr(record.title, code) for code in languages)
            title = next(filter(None, texts), None)
            return title and key(title)


def _dollars(line):
    if line.amount is None or line.type not in COMPARED_MONEY:
        return None
    if line.currency == "USD":
        return float(Decimal(line.amount) * 1000)
    return float(Decimal(line.amount) * 1000) * float(line.usd_rate) if line.usd_rate else None


def flags_of(record, day, check) -> set[rules.Flag]:
    """The flags of a record that `check`, if it is not None, says when to look at again."""
    known = {}
    if check:
        since = check.checked_at or datetime.fromisoformat(record.created_at)
        every = (check.due_on - timezone.localdate(since)).days
        known = {"checked_at": check.checked_at, "review_every_days": every}
    return set(rules.flags(facts_of(record, today=day, **known)))
