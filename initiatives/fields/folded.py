"""The column that search looks into."""

from collections.abc import Sequence
from typing import Any

from django.db import models

from initiatives.text.folding import searchable


class _Folded:
    """Computes the text whenever it is read, so that no road of saving can leave it stale.

    `loaddata` saves without calling `pre_save`; a value that is computed on reading is right there
    too.
    """

    def __init__(self, name: str, sources: tuple[str, ...]) -> None:
        self.name, self.sources = name, sources

    def __get__(
        self, instance: models.Model | None, owner: type[models.Model] | None = None
    ) -> "str | _Folded":
        if instance is None:
            return self
        deferred = instance.get_deferred_fields()
        known = [name for name in self.sources if name not in deferred]
        return searchable(*(getattr(instance, name) for name in known))

    def __set__(self, instance: models.Model, value: str) -> None:
        """Keep the name known, else Django takes the column for one that was not loaded."""
        instance.__dict__[self.name] = value


class FoldedTextField(models.TextField):
    """The folded text of the fields named in `sources`; written with them, never by hand."""

    def __init__(self, *args: Any, sources: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.sources = tuple(sources)
        super().__init__(*args, **{**kwargs, "editable": False, "serialize": False})

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "sources": self.sources}

    def contribute_to_class(
        self, cls: type[models.Model], name: str, private_only: bool = False
    ) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _Folded(self.attname, self.sources))
