"""What every editable row and every append-only row has in common."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, NoReturn, TypeVar, cast

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _

from initiatives.translatable import Translatable

Keyed = TypeVar("Keyed", bound="NaturalKey", covariant=True)
Kept = TypeVar("Kept", bound="AppendOnly", covariant=True)
LONGEST_NUMBER = 9  # digits; what has more is no number of a row, and a database may fail on it


def person(label: Translatable, **kwargs: Any) -> "models.ForeignKey[Any, Any]":
    """A reference to the user who did something; an account that has history is never deleted."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=label,
        **kwargs,
    )


class NaturalKeyManager(models.Manager[Keyed]):
    """Finds a row by the fields that the model names in `natural_fields`.

    A field may reach through relations (`initiative__code`); the key is the flat tuple of values.
    """

    def get_by_natural_key(self, *key: object) -> Keyed:
        return self.get(**dict(zip(self.model.natural_fields, key, strict=True)))

    def by_natural_keys(self, keys: Iterable[Iterable[object]]) -> dict[tuple[str, ...], Keyed]:
        """Key, as texts → row, for those of `keys` that are there. One query, however many."""
        wanted = {key for key in map(in_texts, keys) if self._may_be(key)}
        if not wanted:
            return {}
        paths = self.model.natural_fields
        columns = zip(paths, map(set, zip(*wanted, strict=True)), strict=True)
        # Keys of several parts: rows may lie between them that nobody wants.
        rows = self.filter(**{f"{path}__in": texts for path, texts in columns})
        if reached := [path.rpartition("__")[0] for path in paths if "__" in path]:
            rows = rows.select_related(*reached)
        found = ((in_texts(row.natural_key()), row) for row in rows)
        return {key: row for key, row in found if key in wanted}

    def _may_be(self, key: Sequence[str]) -> bool:
        paths = self.model.natural_fields
        numbers = [text for path, text in zip(paths, key, strict=False) if self._is_number(path)]
        return len(key) == len(paths) and all(
            text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER for text in numbers
        )

    def _is_number(self, path: str) -> bool:
        return isinstance(self.model._meta.get_field(path.split("__")[0]), models.IntegerField)


def in_texts(key: Iterable[object]) -> tuple[str, ...]:
    """A natural key as histories and addresses write it."""
    return tuple(map(str, key))


class NaturalKey(models.Model):
    """A row that people and files can name without knowing its id."""

    natural_fields: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def natural_key(self) -> tuple[Any, ...]:
        return tuple(follow(self) for follow in _followed(self.natural_fields))

    def _get_FIELD_display(self, field: "models.Field[Any, Any]") -> Any:
        """As Django has it, but for the hash of each label, for which it translates all of them."""
        value = getattr(self, field.attname)
        return force_str(dict(field.flatchoices).get(value, value), strings_only=True)


@cache
def _followed(paths: tuple[str, ...]) -> tuple[Callable[[models.Model], Any], ...]:
    return tuple(attrgetter(path.replace("__", ".")) for path in paths)


def hung_at(row: models.Model) -> dict[str, Any]:
    """What was fetched before and hangs at `row`, by relation: Django's cache of prefetches."""
    found: dict[str, Any] = row.__dict__.setdefault("_prefetched_objects_cache", {})
    return found


def rows_by_keys(
    model: type[models.Model], keys: Iterable[Iterable[object]]
) -> dict[tuple[str, ...], Any]:
    """Key, as texts → row of `model`, which has natural keys, for those that are there."""
    return cast(NaturalKeyManager[Any], model._default_manager).by_natural_keys(keys)


class Record(NaturalKey):
    """An editable row: `version` rises with every save and guards against overwriting."""

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    created_by = person(_("created by"))
    updated_at = models.DateTimeField(_("updated at"), default=timezone.now, editable=False)
    updated_by = person(_("updated by"))

    class Meta:
        abstract = True


class AppendOnlyError(TypeError):
    """Somebody tried to rewrite history."""


class AppendOnlyQuerySet(models.QuerySet[Kept]):
    def update(self, **kwargs: object) -> NoReturn:
        raise AppendOnlyError(f"{self.model.__name__} rows are never changed; add a correction.")

    def delete(self) -> NoReturn:
        raise AppendOnlyError(f"{self.model.__name__} rows are never deleted; add a correction.")

    def bulk_update(
        self, objs: Iterable[Kept], fields: Iterable[str], batch_size: int | None = None
    ) -> NoReturn:
        self.update()


class AppendOnly(NaturalKey):
    """A row of history. It is written once; triggers of the database hold to that as well."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError(f"{type(self).__name__} rows are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        raise AppendOnlyError(f"{type(self).__name__} rows are never deleted.")


AppendOnlyManager = NaturalKeyManager.from_queryset(AppendOnlyQuerySet, "AppendOnlyManager")
