"""What CACHE_URL says is kept, or refused by name with the cure; nothing is passed over."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from redis.connection import parse_url

from tests.test_settings import GOOD, start
from tracker.cache import cache_of

pytestmark = pytest.mark.once


def place_of(address):
    given = cache_of(address, site="example.org")
    (location,) = given["LOCATION"]
    read = parse_url(location) | {"class": parse_url(location).get("connection_class")}
    return [read.get(name) for name in ("host", "port", "db", "username", "password", "path")]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("redis://h", ["h", None, None, None, None, None]),
        ("redis://h:6380/3", ["h", 6380, 3, None, None, None]),
        ("redis://u:p@h/0", ["h", None, 0, "u", "p", None]),
        ("redis://:a%40b%2Fc%2Cd@h/0", ["h", None, 0, None, "a@b/c,d", None]),
        ("rediss://h:6380/1?ssl_ca_certs=/etc/ca.pem", ["h", 6380, 1, None, None, None]),
        ("redis://[2001:db8::1]:6380/0", ["2001:db8::1", 6380, 0, None, None, None]),
        ("unix:///run/redis.sock", [None, None, None, None, None, "/run/redis.sock"]),
        ("unix://:p@/run/r.sock?db=2", [None, None, 2, None, "p", "/run/r.sock"]),
    ],
)
def test_an_address_means_what_it_means_to_the_client_of_redis(address, expected):
    assert place_of(address) == expected


def test_an_answer_is_awaited_for_a_moment_unless_the_address_says_otherwise():
    options = cache_of("redis://h?socket_timeout=2", site="a")["OPTIONS"]
    assert options == {"socket_connect_timeout": 0.25}


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("", "has no scheme; only redis://"),
        ("localhost:6379", "has no scheme"),
        ("locmem://", "To keep answers in the memory of each process remove it"),
        ("http://u:hunter2@h", "begins with 'http'"),
        ("redis://", "names no host"),
        ("redis://:hunter2@/0", "names no host"),
        ("redis://h/cache", "names the database 'cache'; Redis numbers them"),
        ("redis://h/0/1", "names the database '0/1'"),
        ("redis://h/-1", "names the database '-1'"),
        ("redis://h/٣", "names the database"),
        ("redis://h:port/0", "cannot be read as redis://"),
        ("redis://h:0/0", "cannot be read as redis://"),
        ("redis://h:99999/0", "cannot be read as redis://"),
        ("redis://[h/0", "cannot be read as redis://"),
        ("redis://u:hunter2/x@h/0", "In a user name or password write"),
        ("redis://u:hunter2#x@h/0", "In a user name or password write"),
        ("redis://u:hunter2?x@h/0", "In a user name or password write"),
        ("redis://u:hunter2@x@h/0", "In a user name or password write"),
        ("redis://u:hunter2%zz@h/0", "In a user name or password write"),
        ("redis://a:6379,b:6379/0", "of one server"),
        ("redis://a;redis://b", "of one server"),
        ("redis://h/0?db=1", "'db'. "),
        ("redis://h?socket_timout=1", "Did you mean 'socket_timeout'?"),
        ("redis://h?ssl=true", "is not known, 'ssl'"),
        ("redis://h?ssl_ca_certs=/a", "is not known, 'ssl_ca_certs'"),
        ("redis://h?socket_timeout=soon", "no number of seconds above 0"),
        ("redis://h?socket_timeout=0", "no number of seconds above 0"),
        ("redis://h?socket_timeout=", "without a value"),
        ("redis://h?socket_timeout=1&socket_timeout=2", "more than once"),
        ("rediss://h?ssl_cert_reqs=require", "Did you mean required?"),
        ("rediss://h?ssl_check_hostname=perhaps", "Did you mean true, false?"),
        ("unix://run/redis.sock", "names no socket; write unix:///path"),
        ("unix:///", "names no socket"),
        ("unix:///run/redis.sock?db=x", "names the database 'x'"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_the_cure_and_without_the_password(address, message):
    with pytest.raises(ImproperlyConfigured) as refused:
        cache_of(address, site="example.org")
    assert str(refused.value).startswith("CACHE_URL ")
    assert message in str(refused.value)
    assert "hunter2" not in str(refused.value)


def test_a_wrong_address_stops_the_start_of_the_process(tmp_path):
    said = start(tmp_path, **GOOD, CACHE_URL="redis://:hunter2@h/cache")
    assert "ImproperlyConfigured: CACHE_URL names the database 'cache'" in said
    assert "hunter2" not in said


def test_a_right_address_starts_whether_the_server_is_there_or_not(tmp_path):
    assert start(tmp_path, **GOOD, CACHE_URL="redis://127.0.0.1:1/0") == ""
