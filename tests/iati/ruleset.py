"""The kinds of rules of IATI's standard ruleset, each as the ruleset's specification has it.

Two need lists of all organisations in the world and are not asked (`idCondition`).
"""

import json
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache

from tests.iati import FOLDER

_ISO = re.compile(r"\d{4}-\d\d-\d\d")


@cache
def _rules():
    return json.loads((FOLDER / "ruleset-standard.json").read_text(encoding="utf-8"))


def broken_rules(tree, severities) -> list[str]:
    found = []
    for context, rules in _rules().items():
        for place in tree.xpath(context):
            found += [say for say, how in _broken(place, rules) if how in severities]
    return found


def _broken(place, rules):
    for kind, body in rules.items():
        for case in body["cases"]:
            if kind == "loop":
                yield from _looped(place, case)
            elif _applies(place, case) and not KINDS[kind](place, case):
                told = case["ruleInfo"]
                yield f"{told['id']} {told['message']}", told["severity"]


def _looped(place, case):
    for value in dict.fromkeys(place.xpath(case["foreach"])):
        text = json.dumps(case["do"]).replace("$1", value)
        yield from _broken(place, json.loads(text))


def _applies(place, case):
    if case.get("idCondition") == "NOT_EXISTING_ORG_ID" and "prefix" in case:
        return False
    return "condition" not in case or place.xpath(f"boolean({case['condition']})")


def _values(place, case):
    return [_text(found) for path in case["paths"] for found in place.xpath(path)]


def _text(found) -> str:
    return str(found) if isinstance(found, str) else "".join(found.itertext())


def _days(place, path):
    if path == "NOW":
        return [datetime.now(UTC).date()]
    return [date.fromisoformat(_ISO.match(value).group()) for value in place.xpath(path)]


def _atleast_one(place, case):
    return any(place.xpath(path) for path in case["paths"])


def _no_more_than_one(place, case):
    return sum(len(place.xpath(path)) for path in case["paths"]) <= 1


def _unique(place, case):
    values = _values(place, case)
    return len(values) == len(set(values))


def _startswith(place, case):
    prefixes = [_text(found) for path in case["prefix"] for found in place.xpath(path)]
    starts = tuple(f"{prefix}{case.get('separator', '')}" for prefix in prefixes)
    return all(value.startswith(starts) for value in _values(place, case))


def _one_or_all(place, case):
    """One at the activity, or each of those below it."""
    everywhere = {
        "lang": "not(.//narrative[not(@xml:lang)])",
        "currency": "not(.//value[not(@currency)])",
        "sector": "not(transaction[not(sector)])",
    }
    return bool(place.xpath(case["one"])) or place.xpath(everywhere[case["all"]])


def _date_now(place, case):
    values = place.xpath(case["date"])
    return all(datetime.fromisoformat(value) <= datetime.now(UTC) for value in values)


def _date_order(place, case):
    more = _days(place, case["more"])
    return all(less <= other for less in _days(place, case["less"]) for other in more)


def _time_limit(place, case):
    ends = _days(place, case["end"])
    return all((end - start).days <= 366 for start in _days(place, case["start"]) for end in ends)


def _regex_matches(place, case):
    return all(re.search(case["regex"], value) for value in _values(place, case))


def _no_spaces(place, case):
    return all(value == value.strip() for value in _values(place, case))


def _strict_sum(place, case):
    return sum(map(Decimal, _values(place, case))) == Decimal(str(case["sum"]))


def _range(place, case):
    low, high = Decimal(str(case["min"])), Decimal(str(case["max"]))
    return all(low <= Decimal(value) <= high for value in _values(place, case))


def _if_then(place, case):
    return not place.xpath(f"boolean({case['if']})") or place.xpath(f"boolean({case['then']})")


KINDS = {
    "atleast_one": _atleast_one,
    "no_more_than_one": _no_more_than_one,
    "unique": _unique,
    "startswith": _startswith,
    "one_or_all": _one_or_all,
    "date_now": _date_now,
    "date_order": _date_order,
    "time_limit": _time_limit,
    "regex_matches": _regex_matches,
    "no_spaces": _no_spaces,
    "strict_sum": _strict_sum,
    "range": _range,
    "if_then": _if_then,
}
