"""The desk from outside: who signs in, and what a browser would send with a form."""

from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from lxml import html

from initiatives.choices import DeskRole
from initiatives.models import Desk
from tests.factories import make_country, make_sector


def make_desk(name="Everything", *, covers_all=None, countries=(), sectors=()):
    """A desk; one for which nothing is named covers everything."""
    covers_all = not (countries or sectors) if covers_all is None else covers_all
    desk, _ = Desk.objects.get_or_create(name=name, defaults={"covers_all": covers_all})
    desk.countries.add(*map(make_country, countries))
    desk.sectors.add(*map(make_sector, sectors))
    return desk


def make_officer(name="aziza", role=DeskRole.PUBLISHER, desk=None, **fields):
    """A member of `desk` (default: of one that covers everything)."""
    officer = get_user_model().objects.create_user(name, password="pw", is_staff=True, **fields)
    (desk or make_desk()).members.create(user=officer, role=role)
    return officer


def make_viewer(name="guest"):
    """A user who may see everything and change nothing."""
    return make_officer(name, DeskRole.VIEWER)


def make_chief(name="chief"):
    return get_user_model().objects.create_superuser(name, password="pw")


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def sign_out(tab):
    """In a browser, by the menu under one's name."""
    tab.click(".desk-account summary")
    tab.click("#logout-form button")


def address(model, page="changelist", *args):
    return reverse(f"admin:initiatives_{model}_{page}", args=args)


def edit(record):
    """The address of the form of `record`."""
    return address(record._meta.model_name, "change", record.pk)


def values_of(response):
    """What a browser would send with the main form of the page if nothing were typed."""
    page = html.fromstring(response.content.decode())
    form = page.xpath("//main//form[not(@class='desk-step')]")[0]
    fields = form.xpath(".//input[@name] | .//textarea[@name] | .//select[@name]")
    return {field.name: _value(field) for field in fields if _is_sent(field)}


def _is_sent(field):
    if field.get("type") in ("submit", "button"):
        return False
    return not getattr(field, "checkable", False) or field.checked


def _value(field):
    if field.tag == "select" and field.multiple:
        return list(field.value)
    # A browser does not count the line break that opens a text area.
    return (field.value or "").removeprefix("\n")


def send(client, url, /, **typed):
    """Open the form at `url`, type into it and save; gives the answer to the POST."""
    return client.post(url, {**values_of(client.get(url)), "_save": "", **typed})


def add_row(values, prefix, **typed):
    """Add a row to the rows called `prefix`, as “Add another” does."""
    index = int(values[f"{prefix}-TOTAL_FORMS"])
    blank = {
        name.replace("__prefix__", str(index)): value
        for name, value in values.items()
        if name.startswith(f"{prefix}-__prefix__-")
    }
    row = {f"{prefix}-{index}-{name}": value for name, value in typed.items()}
    return {**values, f"{prefix}-TOTAL_FORMS": str(index + 1), **blank, **row}


def errors_in(response):
    """All messages of errors on the page."""
    page = html.fromstring(response.content.decode())
    return [
        item.text_content().strip() for item in page.xpath("//ul[contains(@class,'errorlist')]/li")
    ]
