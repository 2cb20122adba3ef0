"""What Mozilla's HTTP Observatory would count of a site: its published rules, over answers.

https://developer.mozilla.org/observatory/docs/tests_and_scoring, as far as answers tell; that a
name is on the preload list of browsers, worth five more, is never counted.
"""

from http.cookies import SimpleCookie

PRIVATE = ("no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin")
HALF_A_YEAR = 15_768_000
BONUS_FROM = 90


def score(headers, *, redirect) -> int:
    """`headers`: pairs of the answer by TLS; `redirect`: status and Location of the one without."""
    found = {name.lower(): value for name, value in headers}
    points = [
        _policy(found.get("content-security-policy")),
        _cookies([value for name, value in headers if name.lower() == "set-cookie"]),
        _transport(found.get("strict-transport-security")),
        0 if redirect[0] in (301, 308) and redirect[1].startswith("https://") else -20,
        _referrer(found.get("referrer-policy")),
        0 if found.get("x-content-type-options") == "nosniff" else -5,
        _frames(found),
        10 if found.get("cross-origin-resource-policy") in ("same-origin", "same-site") else 0,
        -50 if found.get("access-control-allow-credentials") else 0,
    ]
    without = 100 + sum(point for point in points if point < 0)
    return without + sum(p for p in points if p > 0) if without >= BONUS_FROM else without


def directives(policy: str) -> dict[str, list[str]]:
    parts = [part.split() for part in policy.split(";") if part.split()]
    return {name: values for name, *values in parts}


def _policy(policy: str | None) -> int:
    if policy is None:
        return -25
    rules = directives(policy)
    if "default-src" not in rules or any("'unsafe-eval'" in v for v in rules.values()):
        return -20
    scripts = rules.get("script-src", rules["default-src"])
    if {"'unsafe-inline'", "data:", "https:", "*"} & {*scripts}:
        return -20
    if {"'unsafe-inline'", "https:", "*"} & {*rules.get("style-src", rules["default-src"])}:
        return 0
    return 10 if rules["default-src"] == ["'none'"] else 5


def _cookies(lines: list[str]) -> int:
    """None: 0. All of them for TLS, sessions not for scripts, no foreign origin: 5."""
    points = 5 if lines else 0
    for line in lines:
        for name, cookie in SimpleCookie(line).items():
            if not cookie["secure"]:
                return -20
            if "session" in name and not cookie["httponly"]:
                return -30
            if cookie["samesite"].lower() not in ("strict", "lax"):
                points = -20 if "csrf" in name else 0
    return points


def _transport(value: str | None) -> int:
    if value is None:
        return -20
    age = dict(part.strip().partition("=")[::2] for part in value.split(";"))["max-age"]
    return 0 if int(age) >= HALF_A_YEAR else -10


def _referrer(value: str | None) -> int:
    return 0 if value is None else 5 if value in PRIVATE else -5


def _frames(found: dict[str, str]) -> int:
    if "frame-ancestors" in directives(found.get("content-security-policy", "")):
        return 5
    return 0 if found.get("x-frame-options", "").upper() in ("DENY", "SAMEORIGIN") else -20
