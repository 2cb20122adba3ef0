"""What is stored of the records that a chunk of rows means: the same queries for every chunk."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Prefetch, prefetch_related_objects

from initiatives.choices import DeskRole, Publication
from initiatives.exchange.working_rows import with_columns
from initiatives.imports.planning.base import rewound
from initiatives.imports.planning.edited import HandEdit, edits_by_hand
from initiatives.imports.planning.parts import RELATIONS
from initiatives.models import (
    Citation,
    DateRevision,
    ExternalId,
    Initiative,
    StatusChange,
)
from initiatives.models.queries import InitiativeQuerySet
from initiatives.rights import Rights

Pair = tuple[str, str]


@dataclass
class Stored:
    """`editable` and `direct` are keys of records on which the officer is an editor, or one whose
    changes need no second person; `edited` is what people changed of a record since the last
    import that had it.
    """

    by_code: dict[str, Initiative] = field(default_factory=dict)
    owners: dict[Pair, str] = field(default_factory=dict)
    parents: dict[str, Initiative] = field(default_factory=dict)
    editable: set[int] = field(default_factory=set)
    direct: set[int] = field(default_factory=set)
    edited: dict[int, list[HandEdit]] = field(default_factory=dict)

    @classmethod
    def fetch(
        cls, codes: set[str], pairs: set[Pair], parents: set[str], rights: Rights
    ) -> "Stored":
        owners = _owners(pairs)
        found = _complete(Initiative.objects.filter(code__in=codes | set(owners.values())))
        keys = [row.pk for row in found]
        editable = set(
            rights.initiatives(DeskRole.EDITOR).filter(pk__in=keys).values_list("pk", flat=True)
        )
        return cls(
            by_code={row.code: row for row in found},
            owners=owners,
            parents=_parents(parents, rights),
            editable=editable,
            direct=_direct(found, rights),
            edited=edits_by_hand(keys),
        )

    def fetch_citations(self) -> None:
        """The sources that each record cites for itself, for the files that speak of them."""
        cited = Prefetch("citations", Citation.objects.select_related("source"))
        prefetch_related_objects(list(self.by_code.values()), cited)

    def fetch_parts(self) -> None:
        """What belongs to each record and has no column, for the files that bring such rows."""
        prefetch_related_objects(list(self.by_code.values()), *RELATIONS.values())


def _complete(initiatives: InitiativeQuerySet) -> list[Initiative]:
    """With all that the columns of a table say."""
    moved = Exists(DateRevision.objects.filter(initiative=OuterRef("pk")))
    rows = initiatives.defer("internal_note", "search_text").annotate(has_moved=moved)
    return list(with_columns(rows, Initiative.objects.published()))


def fetch_before(versions: dict[int, int]) -> dict[int, Initiative]:
    """The records by key, each as it was in the version that `versions` names."""
    if not versions:
        return {}
    return rewound(_complete(Initiative.objects.filter(pk__in=versions)), versions)


def fetch_for_status(initiatives: list[Initiative]) -> None:
    """What the rules of a status ask of those records whose status differs."""
    cited = Prefetch("citations", Citation.objects.select_related("source"))
    changes = StatusChange.objects.prefetch_related(cited).order_by("number")
    prefetch_related_objects(
        initiatives, Prefetch("status_changes", changes), "milestones", "events__event"
    )


def fetch_evidence(initiatives: list[Initiative]) -> None:
    """The sources that are cited for the money of records whose money differs."""
    cited = Citation.objects.select_related("source")
    prefetch_related_objects(initiatives, Prefetch("funding__citations", cited))


def _owners(pairs: set[Pair]) -> dict[Pair, str]:
    if not pairs:
        return {}
    values = {value for _scheme, value in pairs}
    rows = ExternalId.objects.filter(value__in=values)
    found = rows.values_list("scheme", "value", "initiative__code")
    return {(scheme, value): code for scheme, value, code in found if (scheme, value) in pairs}


def _parents(names: set[str], rights: Rights) -> dict[str, Initiative]:
    """Those that the officer may see, by code and by identifier."""
    if not names:
        return {}
    parted = (name.partition(":") for name in names if ":" in name)
    pairs = {(scheme, value) for scheme, _colon, value in parted}
    owners = {":".join(pair): code for pair, code in _owners(pairs).items()}
    codes = {*owners.values(), *(name for name in names if ":" not in name)}
    rows = rights.initiatives(DeskRole.VIEWER).filter(code__in=codes).only("code")
    found = {row.code: row for row in rows}
    by_identifier = {name: found[code] for name, code in owners.items() if code in found}
    return found | by_identifier


def _direct(found: list[Initiative], rights: Rights) -> set[int]:
    public = [row.pk for row in found if row.publication == Publication.PUBLISHED]
    drafts = {row.pk for row in found}.difference(public)
    publishing = rights.initiatives(DeskRole.PUBLISHER).filter(pk__in=public)
    return drafts.union(publishing.values_list("pk", flat=True))
