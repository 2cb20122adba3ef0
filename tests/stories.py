"""An initiative to which everything has happened that the site can tell."""

from datetime import time

from tests import factories as make


def revise(initiative, field="planned_end", old="2027", new="2028-H1", **fields):
    """A promised date of `initiative` that moved."""
    number = initiative.date_revisions.count() + 1
    return initiative.date_revisions.create(number=number, field=field, old=old, new=new, **fields)


def tell_story(initiative):
    """Two statuses, and one row of every other kind; gives the initiative back."""
    make.cite(make.make_status_change(initiative, "planned", effective="2023"))
    make.cite(make.make_status_change(initiative, "agreed", effective="2024-05-14"))
    revise(initiative)
    make.make_funding(initiative, provider=make.make_organisation("adb"))
    make.make_milestone(initiative, actual="2025-03")
    make.link_event(
        initiative, make.make_event(f"event-of-{initiative.code.lower()}", start="2024-05")
    )
    return initiative


HOSTILE = "\x0b\x1f\ufffe]]><script>&amp;\r\nBEGIN:VEVENT\nX:1\x85\u2028=1+1 ;,\\ \U0001f7e0"


def tell_hostile_story(code, monkeypatch):
    """A story in which every text is hostile, as if nothing had cleaned it on its way in."""
    for name in ("clean", "clean_line"):
        monkeypatch.setattr(f"initiatives.fields.text.{name}", lambda text: text)
    make.make_country("UZ", name_en=HOSTILE)
    make.make_sector("energy", name_en=HOSTILE)
    bank = make.make_organisation("bank", name_en=HOSTILE)
    source = make.make_source("hostile", title=HOSTILE, url=f"https://example.org/{HOSTILE}")
    made = make.make_initiative(code, title_en=HOSTILE, summary_en=HOSTILE, planned_end="2027")
    make.cite(make.make_status_change(made, reason_en=HOSTILE), source, HOSTILE)
    make.make_funding(made, provider=bank, note_en=HOSTILE)
    step = make.make_milestone(made, HOSTILE, planned="2027-05", protocol_reference=HOSTILE)
    make.make_milestone(made, HOSTILE, planned="2027-05", dropped_reason_en=HOSTILE)
    revise(made, "planned", milestone=step, reason_en=HOSTILE)
    texts = {"title_en": HOSTILE, "place_en": HOSTILE, "outcome_en": HOSTILE}
    event = make.make_event("hostile", time_zone=HOSTILE[:9], start_time=time(9), **texts)
    make.link_event(made, event, decision_en=HOSTILE, protocol_reference=HOSTILE)
    return made
