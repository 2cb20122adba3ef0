"""Names that everybody knows who knows the site are no password of it."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import override

from initiatives.actions.accounts.site_words import SiteWordsValidator

pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def _host(settings):
    settings.ALLOWED_HOSTS = ["tracker.mift.example.org", "127.0.0.1"]


@pytest.mark.parametrize(
    "password",
    [
        "Tracker-2026!",
        "trackerTRACKER",
        "mift-example-2026",
        "Uzbekistan2026",
        "O'zbekiston_2026",
        "oʻzbekiston2026",
        "УЗБЕКИСТАН-Казахстан",
        "Қазақстан2030",
        "publisher_desk_1",
        "министерство99",
        "tracker2026abc",
    ],
)
def test_names_of_the_site_with_figures_are_no_password(password):
    with override("en"), pytest.raises(ValidationError, match="names that belong to the site"):
        validate_password(password)


@pytest.mark.parametrize(
    "password",
    ["tracker-of-the-river-lamp", "uzbekistan beside pianos", "long-enough-4-us", "Xk7#mQ2p9"],
)
def test_they_may_stand_in_a_longer_one(password):
    validate_password(password)


@pytest.mark.parametrize("password", ["", "1" * 9, "😀" * 9, "\x00" * 9, "ʻʻʻʻʻʻʻʻʻ", "é" * 5000])
def test_no_input_makes_it_fail(password):
    SiteWordsValidator().validate(password)
