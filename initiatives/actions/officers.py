"""Accounts of the desk."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import transaction

# What an officer may do with each model; real rights by desk come on top of these.
EDITED = (
    "initiative",
    "initiativecountry",
    "initiativesector",
    "initiativeorganisation",
    "initiativeevent",
    "milestone",
    "funding",
    "event",
    "source",
    "citation",
    "externalid",
    "organisation",
)
ROWS_OF_AN_INITIATIVE = (
    "initiativecountry",
    "initiativesector",
    "initiativeorganisation",
    "initiativeevent",
    "milestone",
    "funding",
    "citation",
    "externalid",
)
SEEN = ("country", "sector", "statuschange", "statusrequest", "daterevision", "change", "desk")


@transaction.atomic
def create_desk_group():
    """The group “Desk officers” with the rights to edit, without the right to delete records."""
    group, _ = Group.objects.get_or_create(name="Desk officers")
    names = [f"{verb}_{model}" for model in EDITED for verb in ("view", "add", "change")]
    names += [f"delete_{model}" for model in ROWS_OF_AN_INITIATIVE]
    names += [f"view_{model}" for model in SEEN]
    group.permissions.set(
        Permission.objects.filter(content_type__app_label="initiatives", codename__in=names)
    )
    return group


@transaction.atomic
def create_demo_officer(*, password, username="officer"):
    """An officer for a local run; never called in production."""
    officer = get_user_model().objects.create_user(username, password=password, is_staff=True)
    officer.groups.add(create_desk_group())
    return officer
