"""What no password may be: AUTH_PASSWORD_VALIDATORS."""

_OF_DJANGO = "UserAttributeSimilarity MinimumLength CommonPassword NumericPassword".split()
_OURS = "initiatives.actions.accounts"


def validators_with(breached: str) -> list[dict[str, object]]:
    """`breached` is the file of breached passwords; without one Django's list of common ones is
    asked alone, which the former includes."""
    made: list[dict[str, object]] = [
        {"NAME": f"django.contrib.auth.password_validation.{name}Validator"}
        for name in _OF_DJANGO
        if not (breached and name == "CommonPassword")
    ]
    made.append({"NAME": f"{_OURS}.site_words.SiteWordsValidator"})
    if breached:
        name = f"{_OURS}.breached.BreachedPasswordsValidator"
        made.append({"NAME": name, "OPTIONS": {"path": breached}})
    return made
