"""Whether two titles are one, however they were typed."""

import unicodedata
from collections.abc import Iterable

# Small letters of Cyrillic and Greek for which a Latin one is often typed, since they or their
# capitals look alike; and the apostrophes of Uzbek, which are written in many ways.
_PAIRS = (
    "аa вb еe кk мm нh оo рp сc тt уy хx іi јj ѕs ԛq ԝw үy ӏl һh αa βb εe ιi κk νv οo ρp τt υy χx"
)
_LIKE = str.maketrans({pair[0]: pair[1] for pair in _PAIRS.split()} | dict.fromkeys("ʻʼʹ", ""))


def title_key(title: str) -> str:
    """The same for titles that differ in case, spaces, signs or look-alike letters alone."""
    like = unicodedata.normalize("NFKC", title).casefold().translate(_LIKE)
    return "".join(filter(str.isalnum, like)) or title.strip()


def title_keys(titles: Iterable[str | None]) -> set[str]:
    """One for each of `titles` that is not empty."""
    return {title_key(title) for title in titles if title and title.strip()}
