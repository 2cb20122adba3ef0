"""The fields of the form of an initiative by its sections."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from initiatives.desk.admin.records import DATE_FORMS, in_four
from initiatives.desk.admin.sections import FOLDED

if TYPE_CHECKING:
    from django.contrib.admin.options import _FieldsetSpec as Fieldsets

FIELDSETS: "Fieldsets" = (
    (
        None,
        {
            "classes": ("texts",),
            "fields": (
                *in_four("title", "summary", "description", "outcome", "not_delivered"),
                ("code", "kind", "parent", "delivered"),
            ),
        },
    ),
    (
        None,
        {
            "classes": ("when",),
            "description": DATE_FORMS,
            "fields": (
                ("planned_start", "planned_end", "first_planned_end"),
                "moved_because",
            ),
        },
    ),
    (
        _("Begun or ended already"),
        {"classes": ("when", FOLDED), "fields": (("actual_start", "actual_end"),)},
    ),
    (None, {"classes": ("sources",), "fields": (("cite_everything", "cite_place"),)}),
    (
        _("What the sources leave open"),
        {"classes": ("sources", FOLDED), "fields": ("nothing_stated",)},
    ),
    (
        None,
        {
            "classes": ("desk",),
            "fields": (("desk", "owner", "review_every_days", "embargo_until"),),
        },
    ),
    (_("Internal note"), {"classes": ("desk", FOLDED), "fields": ("internal_note",)}),
)
# What a record that is not stored yet cannot have.
_OUTCOMES = in_four("outcome")[0]
# What only a record can have that is implemented.
DELIVERED = ("delivered", *in_four("not_delivered")[0])
NOT_YET = ("code", "first_planned_end", "moved_because", *_OUTCOMES, *DELIVERED)


def replaced(fields: Any, other: Any) -> Any:
    """The `fields` of a form with those that `other` names replaced, or left out for None."""
    shown = (
        replaced(field, other) if isinstance(field, tuple) else other.get(field, field)
        for field in fields
    )
    return tuple(field for field in shown if field)
