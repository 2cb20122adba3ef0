"""The desk and the public site look alike: one file has their colours, in light and in dark."""

import re
from itertools import product
from pathlib import Path

import django
import pytest

from tests.desk import make_officer, signed_in

ROOT = Path(__file__).resolve().parent.parent
TOKENS = (ROOT / "static/css/tokens.css").read_text(encoding="utf-8")
THEME = (ROOT / "static/admin_desk/theme.css").read_text(encoding="utf-8")
ADMIN = Path(django.__file__).parent / "contrib/admin/static/admin/css/base.css"
DECLARED = re.compile(r"(--[\w-]+):\s*([^;]+);")
LEAST_OF_TEXT, LEAST_OF_CONTROLS = 4.5, 3

# Ink on ground, as desk and public site use them.
PAIRS = [
    *product(("ink", "ink-quiet", "link"), ("ground", "surface", "surface-raised")),
    ("button-ink", "button"), ("button-ink", "button-hover"), ("button-ink", "ink-quiet"),
    ("button-ink", "ink"), ("button-ink", "error"), ("head-ink", "head"), ("head-quiet", "head"),
    ("error", "surface"), ("error", "error-ground"), ("ink", "error-ground"),
    ("ink", "implemented-ground"), ("ink", "suspended-ground"), ("suspended", "suspended-ground"),
    ("ink", "agreed-ground"), ("link", "agreed-ground"),
]  # fmt: skip
EDGES = [
    ("line-strong", "surface"),
    ("focus", "surface"),
    ("focus", "ground"),
    ("head-line", "head"),
]

pytestmark = pytest.mark.once


def block(selector):
    """The variables that the first block of the tokens with this selector declares."""
    start = TOKENS.index(selector)
    return dict(DECLARED.findall(TOKENS[start : TOKENS.index("}", start)]))


SCHEMES = {
    "light": block(":root {"),
    "dark": block(':root:not([data-theme="light"]) {'),
}


def luminance(colour):
    digits = colour.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def contrast(scheme, one, other):
    """WCAG 2.2, relative luminance."""
    light, dark = sorted(luminance(SCHEMES[scheme][f"--{name}"]) for name in (one, other))[::-1]
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_each_ink_can_be_read_on_its_ground(scheme):
    found = {pair: round(contrast(scheme, *pair), 2) for pair in PAIRS}
    assert {pair: ratio for pair, ratio in found.items() if ratio < LEAST_OF_TEXT} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_edges_of_controls_can_be_seen(scheme):
    found = {pair: round(contrast(scheme, *pair), 2) for pair in EDGES}
    assert {pair: ratio for pair, ratio in found.items() if ratio < LEAST_OF_CONTROLS} == {}


def test_dark_is_the_same_whether_the_machine_or_the_officer_wants_it():
    assert block(':root[data-theme="dark"] {') == SCHEMES["dark"]


def test_the_desk_has_no_colour_of_its_own_and_gives_every_variable_of_the_admin_its_value():
    assert re.findall(r"#[0-9a-f]{3,8}\b(?=[;\s])", THEME) == []
    of_the_admin = {name for name, _value in DECLARED.findall(ADMIN.read_text(encoding="utf-8"))}
    assert of_the_admin - {name for name, _value in DECLARED.findall(THEME)} == {"--accent"}


def test_what_the_desk_takes_is_there():
    known = set(SCHEMES["light"]) | {name for name, _value in DECLARED.findall(THEME)}
    assert set(re.findall(r"var\((--[\w-]+)\)", THEME)) <= known
    assert set(SCHEMES["dark"]) <= set(SCHEMES["light"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "page", ["/admin/", "/admin/login/", "/admin/initiatives/source/add/?_popup=1"]
)
def test_pages_of_the_desk_load_the_tokens_of_the_site_behind_the_styles_of_the_admin(client, page):
    asks = client if "login" in page else signed_in(make_officer())
    text = asks.get(page).content.decode()
    order = [
        text.index(name) for name in ("admin/css/dark_mode.css", "css/tokens.css", "theme.css")
    ]
    assert order == sorted(order)
