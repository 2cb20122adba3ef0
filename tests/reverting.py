"""Rows of every kind that were written once, to be taken back."""

import pytest
from django.contrib.auth import get_user_model

from initiatives import actions
from initiatives.models import (
    Change,
    Citation,
    ExternalId,
    Initiative,
    InitiativeCountry,
    InitiativeEvent,
    InitiativeOrganisation,
    InitiativeSector,
    Milestone,
)
from initiatives.partial_dates import PartialDate
from tests import factories as make


@pytest.fixture
def officer():
    return get_user_model().objects.create_user("aziza")


@pytest.fixture
def other():
    return get_user_model().objects.create_user("bek")


@pytest.fixture
def initiative(officer):
    dates = {"planned_end": "2027", "first_planned_end": "2027"}
    made = make.make_initiative(parties=["UZ", "TJ"], title_en="Bridge", **dates)
    return Initiative.objects.get(pk=made.pk)


def never_public(initiative):
    """As a draft, so that its milestones may still be deleted."""
    Initiative.objects.filter(pk=initiative.pk).update(publication="draft")


def last(**fields):
    return Change.objects.filter(**fields).order_by("-pk").first()


def changed(row, by, **fields):
    for name, value in fields.items():
        setattr(row, name, value)
    actions.save(row, by=by, reason="Floods")
    return last(model=row._meta.model_name)


def milestone(of):
    return Milestone(initiative=of, title_en="Pillars", planned=PartialDate.parse("2026-05"))


def country(of):
    return InitiativeCountry(initiative=of, country=make.make_country("KZ"), role="host")


def sector(of):
    return InitiativeSector(initiative=of, sector=make.make_sector("water"), percent="40")


def organisation(of):
    return InitiativeOrganisation(initiative=of, organisation=make.make_organisation(), role="4")


def event_link(of):
    event = make.make_event("talks")
    return InitiativeEvent(initiative=of, event=event, relation="agreed", decision_en="Agreed so")


def citation(of):
    return Citation(initiative=of, source=make.make_source(), locator="P3")


def external_id(of):
    return ExternalId(initiative=of, scheme="wb", value="P1/2")
