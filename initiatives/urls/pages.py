"""Addresses of the public pages, below the prefix of a language."""

from django.urls import path

from initiatives.following.reports import ReportPage
from initiatives.public.editions.pages import EditionList, EditionPage
from initiatives.public.pages.about import DataPage, PrivacyPage, StatusDefinitions
from initiatives.public.pages.changes import Changes
from initiatives.public.pages.compare import Compare
from initiatives.public.pages.detail import InitiativeDetail
from initiatives.public.pages.embed import EmbeddedList, EmbeddedRecord
from initiatives.public.pages.events import EventIndex, EventPage
from initiatives.public.pages.home import Home
from initiatives.public.pages.listing import InitiativeList
from initiatives.public.pages.organisation_index import OrganisationIndex
from initiatives.public.pages.organisations import OrganisationPage
from initiatives.public.pages.pairs import PairPage
from initiatives.public.pages.places import (
    CountryIndex,
    CountryPage,
    SectorIndex,
    SectorPage,
)
from initiatives.public.pages.preview import PreviewPage
from initiatives.public.pages.promises import Meter
from initiatives.public.pages.slipped import Slipped
from initiatives.urls import keys as _keys  # noqa: F401 - the converter `key`

app_name = "initiatives"
urlpatterns = [
    path("", Home.as_view(), name="home"),
    path("initiatives/", InitiativeList.as_view(), name="list"),
    path("initiatives/<key:code>/", InitiativeDetail.as_view(), name="detail"),
    path("initiatives/<key:code>/report/", ReportPage.as_view(), name="report"),
    path("initiatives/<key:code>/editions/", EditionList.as_view(), name="editions"),
    path("initiatives/<key:code>/editions/<key:number>/", EditionPage.as_view(), name="edition"),
    path("embed/initiatives/", EmbeddedList.as_view(), name="embed-list"),
    path("embed/initiatives/<key:code>/", EmbeddedRecord.as_view(), name="embed"),
    path("preview/<key:token>/", PreviewPage.as_view(), name="preview"),
    path("countries/", CountryIndex.as_view(), name="countries"),
    path("countries/<key:iso2>/", CountryPage.as_view(), name="country"),
    path("sectors/", SectorIndex.as_view(), name="sectors"),
    path("sectors/<key:slug>/", SectorPage.as_view(), name="sector"),
    path("organisations/", OrganisationIndex.as_view(), name="organisations"),
    path("organisations/<key:slug>/", OrganisationPage.as_view(), name="organisation"),
    path("pairs/<key:first>-<key:second>/", PairPage.as_view(), name="pair"),
    path("events/", EventIndex.as_view(), name="events"),
    path("events/<key:slug>/", EventPage.as_view(), name="event"),
    path("changes/", Changes.as_view(), name="changes"),
    path("meter/", Meter.as_view(), name="meter"),
    path("compare/", Compare.as_view(), name="compare"),
    path("slipped/", Slipped.as_view(), name="slipped"),
    path("about/statuses/", StatusDefinitions.as_view(), name="about-statuses"),
    path("about/data/", DataPage.as_view(), name="about-data"),
    path("about/privacy/", PrivacyPage.as_view(), name="about-privacy"),
]
