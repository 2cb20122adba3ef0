"""What a search looks into: that of the public register, and that of the working rows."""

from django.db import models

from initiatives.models.editions import Edition
from initiatives.models.initiatives import Initiative


class SearchDocument(models.Model):
    """What an edition of an initiative is found by; see `editions.search.documents`.

    The triggers of the migration keep the text index of the database and `SearchTerm` beside these
    rows, and take a row away when the body of its edition is emptied.
    """

    edition = models.OneToOneField(
        Edition, models.CASCADE, primary_key=True, related_name="search_document"
    )
    terms = models.TextField()

    def __str__(self) -> str:
        return f"Terms of the edition at position {self.edition_id}"


class SearchTerm(models.Model):
    """A word of some edition, maybe one that nobody may see; `position` is that of the first."""

    term = models.TextField(primary_key=True)
    position = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return self.term


class DeskDocument(models.Model):
    """What an initiative is found by at the desk: the terms of its folded text.

    `publication.desk_rows` keeps it. The triggers of the migration keep the text index of the
    database and `DeskTerm` beside it.
    """

    initiative = models.OneToOneField(
        Initiative, models.CASCADE, primary_key=True, related_name="desk_document"
    )
    terms = models.TextField()

    def __str__(self) -> str:
        return f"Terms of the initiative with the key {self.initiative_id}"


class DeskTerm(models.Model):
    """A word of some initiative, or one that nobody has any more until `manage.py refold`."""

    term = models.TextField(primary_key=True)

    def __str__(self) -> str:
        return self.term
