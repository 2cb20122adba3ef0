"""What a search of the public register looks into; both tables follow from editions."""

from django.db import models

from initiatives.models.editions import Edition


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
