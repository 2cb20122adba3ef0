"""What the words on the site mean, and how to take its data away."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from initiatives import lifecycle
from initiatives.choices import Language
from initiatives.editions import script
from initiatives.exchange import workbook, xlsx_file
from initiatives.exchange.columns import COLUMNS
from initiatives.exchange.columns.forms import form_of
from initiatives.lifecycle import Status
from initiatives.public.pages.linked_data import LICENCE, in_script
from initiatives.public.pages.pages import Page


class StatusDefinitions(Page):
    template_name = "about/statuses.html"

    def get_context_data(
        self, **kwargs: Any
    ) -> "dict[str, StatusDefinitions | list[dict[str, Any]]]":
        return super().get_context_data(
            definitions=[_definition(*row) for row in lifecycle.definitions()], **kwargs
        )


class PrivacyPage(Page):
    """What is stored of whom, and how long."""

    template_name = "about/privacy.html"


def _definition(status: Status, meaning: str, needs: list[str]) -> dict[str, Any]:
    moves = lifecycle.moves_from(status)
    return {
        "status": status,
        "meaning": meaning,
        "needs": needs,
        "moves": [move.label for move in Status if move in moves],
        "iati": lifecycle.iati_status(status),
    }


class DataPage(Page):
    template_name = "about/data.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        formats = _formats()
        dataset = in_script(_dataset(self.request, formats))
        register = self.request.build_absolute_uri(reverse("formats-neutral:register"))
        return super().get_context_data(
            formats=formats,
            dataset=dataset,
            sheets=workbook.SHEETS,
            columns=[(one.name, capfirst(str(one)), form_of(one)) for one in COLUMNS.values()],
            script={"name": script.NAME, "text": script.text(), "register": register},
            **kwargs,
        )


def _formats() -> list[dict[str, Any]]:
    rows = (
        ("initiatives.csv", "text/csv", _("Table of text, UTF-8, one row per initiative")),
        (
            "initiatives.xlsx?for=reading",
            xlsx_file.CONTENT_TYPE,
            _(
                "Spreadsheet for reading: initiatives, money, milestones, moved dates, history and "
                "sources, a sheet for each"
            ),
        ),
        (
            "initiatives.xlsx",
            xlsx_file.CONTENT_TYPE,
            _("Technical spreadsheet, the same columns as CSV, to be changed and imported again"),
        ),
        ("initiatives.json", "application/json", _("Objects, page by page")),
        ("initiatives.iati.xml", "application/xml", _("Activities as IATI 2.03 has them (XML)")),
        ("initiatives.atom", "application/atom+xml", _("Feed with one entry for each change")),
        ("initiatives.ics", "text/calendar", _("Calendar of deadlines and events")),
        ("events.ics", "text/calendar", _("Calendar of all events")),
        ("changes.csv", "text/csv", _("What changed between two days")),
        ("organisations.csv", "text/csv", _("What each organisation pays, gets and takes part in")),
        ("meter.csv", "text/csv", _("What became of the promises of each year")),
        ("slipped.csv", "text/csv", _("Promised dates that moved, by how much and why")),
        ("initiatives.png", "image/png", _("Picture with the shares of the statuses")),
        ("charts/sectors.png", "image/png", _("Chart of sectors by status, as a picture")),
        ("charts/sectors.csv", "text/csv", _("Chart of sectors by status, as a table")),
        (
            "editions.jsonl",
            "application/jsonl",
            _("Register of all public versions, a line for each, as a chain that can be checked"),
        ),
    )
    home = reverse("initiatives:home")
    return [
        {"address": f"{home}{name}", "type": media, "meaning": meaning}
        for name, media, meaning in rows
    ]


def _dataset(request: HttpRequest, formats: list[dict[str, Any]]) -> dict[str, Any]:
    """The data set in schema.org's words, which DCAT readers understand as well."""
    absolute = request.build_absolute_uri
    return {
        "@context": ["https://schema.org/", {"dcat": "http://www.w3.org/ns/dcat#"}],
        "@type": ["Dataset", "dcat:Dataset"],
        "name": _("Cooperation initiatives between countries"),
        "description": _(
            "Initiatives from plan to result: status with date and source, participants, "
            "sectors, money, milestones and events."
        ),
        "url": absolute(request.path),
        "license": LICENCE,
        "isAccessibleForFree": True,
        "inLanguage": Language.values,
        "distribution": [
            {
                "@type": ["DataDownload", "dcat:Distribution"],
                "encodingFormat": row["type"],
                "contentUrl": absolute(row["address"]),
                "description": row["meaning"],
            }
            for row in formats
        ],
    }
