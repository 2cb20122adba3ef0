"""Whether two public records differ in what the public reads."""

import msgspec

from initiatives.editions.record import Part

# Stamps of the stored row that may move while the public is told the same.
_STAMPS = {"updated_at": "", "version": 1}


def says_the_same(one: Part, other: Part) -> bool:
    """Whether the public would read no difference between two records."""
    return _without_stamps(one) == _without_stamps(other)


def _without_stamps(record: Part) -> Part:
    stamps = {name: value for name, value in _STAMPS.items() if hasattr(record, name)}
    return msgspec.structs.replace(record, **stamps)
