"""What the desk asks of all records at once, in one narrow row beside each of them."""

from django.db import models
from django.db.models import Q

from initiatives.models.initiatives import Initiative


class DeskRow(models.Model):
    """What follows from an initiative and its parts: `publication.desk_rows` keeps it, and nothing
    else writes it.

    What the day decides is stored as the day or instant from which it is counted, so that a row
    stays right while nobody touches it. `code`, `publication`, `desk` and `owner` repeat those of
    the initiative under the same names, and so a condition on these fits both models.
    """

    initiative = models.OneToOneField(
        Initiative, models.CASCADE, primary_key=True, related_name="desk_row"
    )
    code = models.CharField(max_length=20)
    publication = models.CharField(max_length=20)
    desk = models.BigIntegerField(null=True, blank=True)
    owner = models.BigIntegerField(null=True, blank=True)
    is_hidden = models.BooleanField()  # from the public: less urgent than what it reads
    # Only open statuses have these.
    ends = models.DateField(null=True, blank=True)  # the last possible day of the planned end
    check_by = models.DateField(null=True, blank=True)  # the last day before a check is due
    checked_at = models.DateTimeField(null=True, blank=True)
    moved_at = models.DateTimeField(null=True, blank=True)
    # What is so on every day; the names are those of the flags.
    contradiction = models.BooleanField()
    unsourced = models.BooleanField()
    untranslated = models.BooleanField()
    undated = models.BooleanField()

    class Meta:
        # In the order of urgency, in which the queue reads the first few.
        indexes = [
            models.Index(fields=["ends", "code"], name="desk_row_ends"),
            models.Index(fields=["checked_at", "code"], name="desk_row_checked"),
            models.Index(fields=["moved_at", "code"], name="desk_row_moved"),
            *(
                models.Index(
                    fields=["is_hidden", "code"],
                    condition=Q(**{flag: True}),
                    name=f"desk_row_{flag}",
                )
                for flag in ("contradiction", "unsourced", "untranslated", "undated")
            ),
        ]

    def __str__(self) -> str:
        return f"What the desk asks of {self.code}"
