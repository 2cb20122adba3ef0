"""The page of a session from outside: what a browser would send with it."""

from lxml import html

from tests.desk import values_of

PAGE = "/admin/initiatives/event/session/"
FACTS = {
    "title": "Fourth session of the joint commission",
    "start": "2025-11-20",
    "place": "Tashkent",
    "sides": "Uzbekistan, KZ",
    "source": "Protocol No. 4",
}


def press(client, button, page=None, **typed):
    """Type into the page as it stands, by default a new one, and press a button of it."""
    page = page or client.get(PAGE)
    return client.post(PAGE, {**values_of(page), **typed, button: "1"})


def pasted(client, text, **typed):
    """The page after the rows were made of a list."""
    return press(client, "rows", **{**FACTS, "paste": text, **typed})


def save(client, page, **typed):
    return press(client, "_save", page, **typed)


def rows_of(page):
    """The boxes of each row, by their names."""
    found = {}
    for name, value in values_of(page).items():
        if name.startswith("points-") and name.count("-") == 2:
            _points, row, box = name.split("-")
            found.setdefault(int(row), {})[box] = value
    return [found[row] for row in sorted(found)]


def at_row(page, number):
    """What is said in the row with this place on the page, as one text."""
    rows = html.fromstring(page.content.decode()).xpath("//li[contains(@class,'session-row')]")
    said = rows[number].xpath(".//ul[contains(@class,'errorlist')]/li")
    return " ".join(item.text_content().strip() for item in said)
