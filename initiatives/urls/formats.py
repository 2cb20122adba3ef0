"""Addresses of the files: included below the prefix of a language, and once more without one."""

from django.urls import path

from initiatives.public.editions.register import Register, Script
from initiatives.public.pages import formats
from initiatives.public.pages.organisation_table import OrganisationsAsCsv
from initiatives.public.pages.promises_table import CompareAsCsv, MeterAsCsv
from initiatives.public.pages.share_images import RecordImage

app_name = "formats"
urlpatterns = [
    path("initiatives.csv", formats.ListAsCsv.as_view(), name="csv"),
    path("initiatives.xlsx", formats.ListAsXlsx.as_view(), name="xlsx"),
    path("initiatives.json", formats.ListAsJson.as_view(), name="json"),
    path("initiatives.iati.xml", formats.ListAsIati.as_view(), name="iati"),
    path("organisations.csv", OrganisationsAsCsv.as_view(), name="organisations-table"),
    path("meter.csv", MeterAsCsv.as_view(), name="meter-table"),
    path("compare.csv", CompareAsCsv.as_view(), name="compare-table"),
    path("editions.jsonl", Register.as_view(), name="register"),
    path("check_editions.py", Script.as_view(), name="register-script"),
    path("initiatives/<str:code>.json", formats.RecordAsJson.as_view(), name="record-json"),
    path("initiatives/<str:code>.png", RecordImage.as_view(), name="record-image"),
    path("initiatives/<str:code>.iati.xml", formats.RecordAsIati.as_view(), name="record-iati"),
]
