"""The files of deploy/ that no program of this machine can run are held against the project."""

import json
import re
import subprocess
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands
from django.urls import get_resolver
from jsonschema import Draft201909Validator

from deploy import healthcheck
from initiatives import document_store
from initiatives.desk.forms import sending
from initiatives.middleware.request_bodies import _AROUND_A_FILE
from initiatives.public.pages import readiness
from tests.proxy import program

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"
UNITS = DEPLOY / "systemd"
SERVICES = ("tracker.service", "tracker-job@.service")
MIB = 1024 * 1024
NGINX, CADDY = (DEPLOY / "nginx.conf").read_text(), (DEPLOY / "Caddyfile").read_text()
CONTAINER = (DEPLOY / "Containerfile").read_text()
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
README = (ROOT / "README.md").read_text()

pytestmark = pytest.mark.once


def unit(name):
    """{section: {key: [value, …]}}: a key may stand there more than once."""
    found, section = {}, ""
    for line in (UNITS / name).read_text().splitlines():
        if line.startswith("["):
            section = found.setdefault(line.strip("[]"), {})
        elif line and not line.startswith("#"):
            key, _, value = line.partition("=")
            section.setdefault(key, []).append(value)
    return found


def _analyze(what):
    return program("systemd-analyze", "systemd"), what


# --- systemd ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SERVICES)
def test_what_the_services_can_reach_is_little(name):
    done = subprocess.run(
        [*_analyze("security"), "--offline=true", "--threshold=20", str(UNITS / name)],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    exposure = re.search(r"exposure level for \S+: ([\d.]+)", done.stdout)
    assert float(exposure[1]) <= 2.0


@pytest.mark.parametrize("name", sorted(path.name for path in UNITS.glob("*.*") if path.is_file()))
def test_the_units_are_understood(name, tmp_path):
    """With programs of this machine in place of those of a server."""
    for path in UNITS.glob("*.*"):
        if path.is_file():
            text = re.sub(r"^(Exec\w+)=\S+", r"\1=/bin/true", path.read_text(), flags=re.M)
            (tmp_path / path.name).write_text(text)
    done = subprocess.run(
        [*_analyze("verify"), "--man=no", str(tmp_path / name.replace("@.", "@verify."))],
        env={"SYSTEMD_UNIT_PATH": f"{tmp_path}:", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, str(tmp_path) in done.stderr) == (0, False), done.stderr


def test_each_command_is_as_guarded_as_the_site():
    site, command = (unit(name)["Service"] for name in SERVICES)
    guards = [key for key in site if re.match(r"Private|Protect|Restrict|SystemCall|Cap|Lock", key)]
    assert len(guards) > 20
    assert {key: command.get(key) for key in guards} == {key: site[key] for key in guards}


def test_each_timer_starts_a_command_that_is_there():
    timers = sorted(path.name for path in UNITS.glob("*.timer"))
    assert len(timers) >= 5
    for name in timers:
        timer = unit(name)["Timer"]
        command = name.removeprefix("tracker-").removesuffix(".timer")
        assert timer["Unit"] == [f"tracker-job@{command}.service"]
        assert command in get_commands()
        calendar = [*_analyze("calendar"), *timer["OnCalendar"]]
        assert subprocess.run(calendar, capture_output=True).returncode == 0


def test_the_socket_is_the_one_that_the_proxies_ask():
    (path,) = unit("tracker.socket")["Socket"]["ListenStream"]
    assert f"server unix:{path} " in NGINX
    assert f"reverse_proxy unix/{path} " in CADDY
    assert f'"unix:{path}"' in CONTAINER
    assert f'"deploy/healthcheck.py", "{path}"' in CONTAINER


# --- Bounds of the proxies --------------------------------------------------------------------


def test_the_bounds_of_bodies_are_those_of_the_site():
    allowed = [settings.DATA_UPLOAD_MAX_MEMORY_SIZE]
    # A file that is a little too large still reaches the form, which says so beside its field.
    allowed += [largest + _AROUND_A_FILE for largest in (sending.LARGEST, document_store.LARGEST)]
    megabytes = [-(-one // MIB) for one in allowed]
    assert [int(n) for n in re.findall(r"client_max_body_size (\d+)m;", NGINX)] == megabytes
    assert sorted(int(n) for n in re.findall(r"max_size (\d+)MiB", CADDY)) == sorted(megabytes)


def test_the_addresses_that_take_files_are_those_of_the_desk():
    for text in (NGINX, CADDY):
        assert "/admin/initiatives/importbatch/send/" in text
        assert re.search(r"\^/admin/initiatives/source/\((\?:)?add\|\[0-9\]\+/change\)/\$", text)


def _with_token(resolver, before="/"):
    for one in resolver.url_patterns:
        path = before + str(one.pattern)
        if hasattr(one, "url_patterns"):
            yield from _with_token(one, path)
        elif "token>" in path:
            yield re.sub(r"<[^>]*>", "KEY", path)


def test_nginx_writes_no_link_that_lets_somebody_in():
    known = re.search(r'"~(\^\(\?)<(tracker_known>\S+)"', NGINX).expand(r"\1P<\2")
    paths = set(_with_token(get_resolver()))
    assert {"/admin/password/KEY/KEY/", "/en/mail/manage/KEY/"} <= paths
    assert [path for path in paths if not re.match(known, path)] == []
    assert {"KEY" in re.match(known, path)["tracker_known"] for path in paths} == {False}


# --- The image --------------------------------------------------------------------------------


def test_the_image_is_pinned_and_runs_as_nobody():
    assert re.search(r"^ARG DEBIAN=\S+:bookworm-\d{8}-slim$", CONTAINER, re.M)
    assert set(re.findall(r"^FROM (\S+)", CONTAINER, re.M)) == {"${DEBIAN}", "site"}
    users = re.findall(r"^USER (\S+)$", CONTAINER, re.M)
    assert users == ["10001:10001", "root", "10001:10001"]
    assert "--require-hashes --only-binary :all:" in CONTAINER
    assert "\nHEALTHCHECK --interval" in CONTAINER


def test_all_that_is_copied_exists_and_nothing_that_the_site_needs_is_left_out():
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", CONTAINER, re.M)
    names = " ".join(copied).split()
    assert [name for name in names if not (ROOT / name).exists()] == []
    ignored = (DEPLOY / "Containerfile.dockerignore").read_text().splitlines()
    assert {name.split("/")[0] for name in names} <= {i[1:] for i in ignored if i[0] == "!"}
    needed = {"tracker", "initiatives", "templates", "static", "locale", "manage.py"}
    assert needed <= set(names)


def test_no_language_is_thrown_away_that_the_site_speaks():
    (spoken,) = re.findall("spoken='(.+)'", (DEPLOY / "slim.sh").read_text())
    assert spoken.split("|") == [code for code, _name in settings.LANGUAGES]


# --- compose ----------------------------------------------------------------------------------


def test_the_compose_file_says_only_what_the_specification_knows():
    schema = json.loads((ROOT / "tests/data/compose/compose-spec.json").read_text())
    told = dict(COMPOSE)
    assert told.pop("name") == "tracker"  # younger than the schema
    found = Draft201909Validator(schema).iter_errors(told)
    assert [(list(error.path), error.message) for error in found] == []


def test_each_service_is_bounded():
    for name, service in COMPOSE["services"].items():
        assert re.fullmatch(r"\d+[mg]", service["mem_limit"]), name
        assert service["pids_limit"] <= 256, name
        assert service["logging"]["options"]["max-size"], name


def test_every_variable_of_the_compose_file_is_asked_for():
    """By the settings of the site, or by the image of another program."""
    settings_of = "".join(path.read_text() for path in (ROOT / "tracker").rglob("*.py"))
    settings_of += (DEPLOY / "gunicorn.conf.py").read_text()
    of_others = {"POSTGRES_DB", "POSTGRES_USER", "POSTGRES_PASSWORD", "SITE_NAME"}
    named = {name for one in COMPOSE["services"].values() for name in one.get("environment", {})}
    assert {"ALLOWED_HOSTS", "DATABASE_URL", "CACHE_URL", "MEDIA_ROOT"} <= named
    assert [n for n in named - of_others if f'"{n}"' not in settings_of] == []
    given = set(re.findall(r"^#?([A-Z_]+)=", (DEPLOY / "env.example").read_text(), re.M))
    assert [name for name in given - of_others if f'"{name}"' not in settings_of] == []


def test_services_start_again_and_can_do_little():
    assert set(COMPOSE["services"]) == {"site", "manage", "database", "redis", "nginx", "caddy"}
    for name, service in COMPOSE["services"].items():
        assert service["restart"] == ("no" if name == "manage" else "unless-stopped"), name
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["tmpfs"], name


def test_each_has_a_look_at_its_health():
    for name, service in COMPOSE["services"].items():
        assert name in ("site", "manage") or "healthcheck" in service  # theirs is in the image
        for other in service.get("depends_on", {}).values():
            assert other == {"condition": "service_healthy"}


def test_only_the_proxies_are_reached_from_outside():
    open_ones = {name for name, one in COMPOSE["services"].items() if "ports" in one}
    assert open_ones == {"nginx", "caddy"}
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    for name in ("database", "redis"):
        assert COMPOSE["services"][name]["networks"] == ["inside"]


def test_images_of_others_are_pinned_and_files_exist():
    for name, service in COMPOSE["services"].items():
        if "build" in service:
            assert f"AS {service['build']['target']}\n" in CONTAINER
        else:
            assert re.search(r":\d+\.\d+(\.\d+)?-\w+$", service["image"]), name
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            if source.startswith("./") and source != "./certificates":
                assert (DEPLOY / source).is_file(), source
            assert source.startswith("./") or source in COMPOSE["volumes"]


def test_pg_dump_is_of_the_version_of_the_server():
    (client,) = re.findall(r"postgresql-client-(\d+)", CONTAINER)
    assert f"/postgres:{client}." in COMPOSE["services"]["database"]["image"]


def test_every_setting_of_the_example_is_one_and_no_secret_is_given():
    text = (DEPLOY / "env.example").read_text()
    given = dict(re.findall(r"^#?([A-Z_]+)=(.*)$", text, re.M))
    known = set(re.findall(r"^\| `([A-Z_]+)` \|", README, re.M))
    assert set(given) <= known | {"SITE_NAME", "POSTGRES_PASSWORD", "WEB_CONCURRENCY"}
    assert given["SECRET_KEY"] == given["POSTGRES_PASSWORD"] == ""
    asked = set(re.findall(r"\$\{([A-Z_]+):\?\}", (DEPLOY / "compose.yaml").read_text()))
    assert asked <= set(given)
    made = set(COMPOSE["services"]["site"]["environment"])
    assert made <= known


def test_secrets_reach_only_those_who_need_them():
    with_all = {name for name, one in COMPOSE["services"].items() if "env_file" in one}
    assert with_all == {"site", "manage"}


# --- The look of a container at itself --------------------------------------------------------


@pytest.mark.parametrize(
    ("allowed", "name"),
    [("a.org,b.org", "a.org"), (".a.org", "a.org"), ("*", "localhost"), ("", "localhost")],
)
def test_it_asks_by_a_name_that_is_let_in(allowed, name):
    assert healthcheck.name_of_site(allowed) == name


def test_a_site_that_is_away_is_unwell(tmp_path):
    with pytest.raises(OSError, match="No such file"):
        healthcheck.status_of(f"{tmp_path}/none.sock")


# --- What an administrator reads --------------------------------------------------------------


def test_each_reason_for_which_the_site_is_not_ready_has_its_cure():
    manual = (ROOT / "docs/operations.md").read_text()
    reasons = [readiness._NO_ANSWER, readiness._NOT_BUILT, readiness._CANNOT_BUILD]
    for reason in [*reasons, "migrations are not applied", "the body at position"]:
        assert f"| `/readyz`: {reason}" in manual


def test_each_step_of_the_manual_is_a_unit_or_a_command():
    manual = (ROOT / "docs/operations.md").read_text()
    started = set(re.findall(r"tracker-job@([a-z_]+)", manual))
    started |= set(re.findall(r"manage ([a-z_]+)(?= |`)", manual))
    assert started <= set(get_commands())
    assert {"migrate", "restore", "verify", "refold", "axes_reset_username"} <= started


def test_who_stops_the_site_stops_its_socket_first():
    """Else systemd starts it for the next reader, while tables change."""
    for file in ("docs/operations.md", "README.md", "CHANGELOG.md"):
        assert "systemctl stop tracker.service" not in (ROOT / file).read_text(), file
    manual = (ROOT / "docs/operations.md").read_text()
    assert manual.count("systemctl stop tracker.socket tracker.service") == 2
