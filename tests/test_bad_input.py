"""No address makes a page fail: what cannot be understood is refused in words."""

from urllib.parse import quote_from_bytes

import pytest
from django.contrib.auth.models import User
from django.http import QueryDict
from django.utils.translation import gettext, override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from initiatives.public.filtersets import InitiativeFilterSet
from tests.factories import make_initiative, make_status_change
from tests.listing import codes

pytestmark = pytest.mark.django_db

PATHS = ["/en/", "/kk/initiatives/", "/en/initiatives/CI-2025-0001/", "/admin/login/"]
NAMES = [*InitiativeFilterSet.base_filters, "page", "page_size", "next", "flag", "as_of", "%00"]
NASTY = [
    *("", "%00", "a%00b", "%FF%FE", "%ED%A0%80", "%", "%zz", "%F0%9F%92%A9", "%0A", "%0B", "+"),
    *("0", "-1", "1e9", "2147483648", "9223372036854775808", "9" * 20, "1" * 5000, "2025.5", "²"),
    *("planned", "UZ", "uz", "energy", "all", "-title", "country__password", "2025", "yes", "USD"),
    *("0001-01-01", "9999-12-31", "2025-02-30", "2025-01-01T00:00:00 05:00", "2025-W01-1"),
    *("'--", "<script>", "../", "{{7*7}}", "%25", "_", "x" * 300, "%D2%9A" * 100),
]
raw = st.sampled_from(NASTY) | st.binary(max_size=12).map(quote_from_bytes)
queries = st.lists(st.tuples(st.sampled_from(NAMES) | raw, raw), max_size=8).map(
    lambda pairs: "&".join(f"{name}={value}" for name, value in pairs)
)


@pytest.mark.slow
@given(queries)
@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@pytest.mark.parametrize("path", PATHS)
def test_no_query_string_makes_a_page_fail(client, path, query):
    if not User.objects.exists():
        User.objects.create_user("reader")
        make_status_change(make_initiative("CI-2025-0001"))
    client.raise_request_exception = False
    assert client.get(f"{path}?{query}").status_code in (200, 302, 400, 404)


@pytest.mark.once
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("parameter", ["status=planned", "year=2025", "q={0}", "x{0}=1", "a"])
def test_ten_thousand_parameters_are_refused_in_words(client, path, parameter):
    make_initiative("CI-2025-0001")
    query = "&".join(parameter.format(number) for number in range(10_000))
    response = client.get(f"{path}?{query}")
    assert response.status_code == (400 if path.startswith("/admin/") else 200)
    language = "kk" if path.startswith("/kk/") else "en"
    with override(language):
        assert gettext("The address has too many parameters.") in response.content.decode()
    assert path != "/kk/initiatives/" or b"data-code" not in response.content


@pytest.mark.once
@pytest.mark.parametrize("path", ["/initiatives.csv", "/events.ics", "/api/v1/", "/healthz"])
def test_machines_are_told_of_too_many_parameters_as_of_an_unknown_one(client, path):
    response = client.get(path + "?" + "&".join(f"x{number}=1" for number in range(10_000)))
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert "too many parameters" in response.content.decode()


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("q=%00", "q"),
        ("q=a%FFb", "q"),
        ("q=" + "x" * 70_000, "q"),
        ("q=" + "+".join(map(str, range(11))), "q"),
        ("status=draft", "status"),
        ("status=planned&status=zzz", "status"),
        ("&".join(f"status={number}" for number in range(60)), "status"),
        ("kind=a%00", "kind"),
        ("sector=space", "sector"),
        ("country=XX", "country"),
        ("country=%C3%9F", "country"),
        ("party=9", "party"),
        ("country_match=some", "country_match"),
        ("organisation=secret", "organisation"),
        ("year=0", "year"),
        ("year=999", "year"),
        ("year=10000", "year"),
        ("year=%D9%A2%D9%A0%D9%A2%D9%A5", "year"),
        ("year=" + "9" * 20, "year"),
        ("funded=maybe", "funded"),
        ("currency=XYZ", "currency"),
        ("updated_since=yesterday", "updated_since"),
        ("updated_since=0001-01-01", "updated_since"),
        ("updated_since=9999-12-31T23:59:59-12:00", "updated_since"),
        ("sort=country__password", "sort"),
    ],
)
def test_what_is_not_known_is_an_error_of_its_field_and_shows_nothing(client, query, field):
    make_initiative()
    make_initiative(publication="draft", organisations=["secret"])
    filterset = InitiativeFilterSet(QueryDict(query))
    assert set(filterset.errors) == {field}
    assert codes(filterset) == []
    page = client.get(f"/en/initiatives/?{query}").content.decode()
    assert f'id="filter-{field}-error"' in page
    assert "data-code" not in page


@pytest.mark.parametrize("name", ["q", "updated_since", "status", "country_match", "x"])
def test_control_characters_never_come_back(client, name):
    page = client.get(f"/en/initiatives/?{name}=a%00%0b%1bb").content.decode()
    assert not set("\x00\x0b\x1b") & set(page)


@pytest.mark.once
@pytest.mark.parametrize("size", ["0", "-1", "101", "abc", "9" * 20, "%00", "1.5"])
def test_a_page_size_that_is_none_shows_nothing(client, size):
    make_initiative()
    page = client.get(f"/en/initiatives/?page_size={size}").content.decode()
    assert 'id="filter-page_size-error"' in page
    assert "data-code" not in page


@pytest.mark.once
@pytest.mark.parametrize("page", ["0", "-1", "abc", "1.0", "²", "%00"])
def test_what_is_no_page_number_is_an_error_and_shows_no_rows(client, page):
    make_initiative()
    answer = client.get(f"/en/initiatives/?page={page}")
    assert answer.status_code == 200
    assert 'id="filter-page"' in answer.content.decode()
    assert "data-code" not in answer.content.decode()


@pytest.mark.once
@pytest.mark.parametrize("page", ["2", "999999999", "9223372036854775808"])
def test_a_page_that_is_not_there_is_not_found(client, page):
    make_initiative()
    assert client.get(f"/en/initiatives/?page={page}").status_code == 404


@pytest.mark.parametrize(
    "path", ["/en/initiatives/%00/", "/%00", "/admin/%00/", "/static/%00", "/healthz%00"]
)
def test_a_nul_byte_in_a_path_is_refused(client, path):
    assert client.get(path).status_code == 400


@pytest.mark.parametrize("code", ["%FF", "%ED%A0%80", "9" * 3000, "%2e%2e%2f", "CI-2025-0001%0A"])
def test_a_code_that_is_none_is_not_found(client, code):
    assert client.get(f"/en/initiatives/{code}/").status_code == 404


@pytest.mark.parametrize("name", ["sessionid", "django_language", "csrftoken", "other"])
@pytest.mark.parametrize("path", ["/", "/en/initiatives/", "/admin/"])
def test_a_nul_byte_in_a_cookie_is_refused(client, name, path):
    assert client.get(path, headers={"cookie": rf'{name}="a\000b"'}).status_code == 400


@pytest.mark.parametrize("header", ["accept-language", "referer", "user-agent", "if-none-match"])
@pytest.mark.parametrize("value", ["\x00", "\xff\xfe", "x" * 10_000, "en;q=9" * 500])
def test_a_broken_header_harms_nobody(client, header, value):
    assert client.get("/en/initiatives/", headers={header: value}).status_code == 200


@pytest.mark.parametrize("query", ["q=%00", "username__exact=%00", "%00=1", "o=1&p=%00"])
def test_the_admin_refuses_a_nul_byte_in_a_parameter(admin_client, query):
    assert admin_client.get(f"/admin/auth/user/?{query}").status_code == 400


@pytest.mark.parametrize(
    "name", ["q", "status", "sector", "country", "party", "organisation", "kind"]
)
@pytest.mark.parametrize("value", ["%00", "x%00y", "%ED%A0%80"])
def test_broken_text_in_a_filter_is_an_error_beside_it(client, name, value):
    make_initiative(organisations=("bank",))
    answer = client.get(f"/en/initiatives/?{name}={value}")
    assert answer.status_code == 200
    assert 'data-total="0"' in answer.content.decode()


@pytest.mark.once
@pytest.mark.parametrize("host", ["evil.example", "a b", "[::1"])
def test_a_host_that_is_not_ours_is_refused(client, host):
    assert client.get("/en/", headers={"host": host}).status_code == 400


@pytest.mark.once
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize(
    "address", ["/", "/en/", "/en/initiatives/", "/initiatives.json", "/sitemap.xml"]
)
def test_the_public_site_can_only_be_read(client, method, address):
    assert getattr(client, method)(address).status_code == 405
