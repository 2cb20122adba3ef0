"""What happened, in words: status changes, moved dates, money, milestones and events as entries.

The same entries are the timeline of a page, a feed, and the list of changes. An entry is told in
the language that is active when it is made.
"""

from initiatives.editions.spoken import text_and_language
from initiatives.notation import date_in_words
from initiatives.timeline.edits import Line, Wording, heading, lines, names_of
from initiatives.timeline.entry import TAG_YEAR, Entry, Kind, page_of, tag_uri
from initiatives.timeline.life import Timeline, of_initiative
from initiatives.timeline.newest import (
    ChangeInWords,
    Find,
    Recent,
    changes_of,
    entries_of,
    recent,
    recent_events,
)
from initiatives.timeline.sentences import milestone_in_words, step_in_words
from initiatives.timeline.stands import StandsPart, stands_in_words
from initiatives.timeline.translations import outdated_in_rows, outdated_translations
from initiatives.timeline.words import (
    amount_in_words,
    funding_in_words,
    place_in_words,
    told,
)

__all__ = [
    "TAG_YEAR",
    "ChangeInWords",
    "Entry",
    "Find",
    "Kind",
    "Line",
    "Recent",
    "StandsPart",
    "Timeline",
    "Wording",
    "amount_in_words",
    "changes_of",
    "date_in_words",
    "entries_of",
    "funding_in_words",
    "heading",
    "lines",
    "milestone_in_words",
    "names_of",
    "of_initiative",
    "outdated_in_rows",
    "outdated_translations",
    "page_of",
    "place_in_words",
    "recent",
    "recent_events",
    "stands_in_words",
    "step_in_words",
    "tag_uri",
    "text_and_language",
    "told",
]
