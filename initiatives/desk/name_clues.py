"""What the name of an organisation tells of its kind, in the four languages and in Cyrillic Uzbek.

It is a guess that an officer sees and may change; a name that tells nothing has none.
"""

from initiatives.choices import OrganisationKind

# How a word begins, in small letters with a plain apostrophe. The first that fits tells.
KINDS: dict[str, str] = {
    beginning: kind.value
    for kind, beginnings in {
        OrganisationKind.ACADEMIC: "universit университет akadem академи academ институт institut",
        OrganisationKind.GOVERNMENT: (
            "ministr министер vazirli вазирли министрлі government правительств hukumat ҳукумат "
            "үкімет hokimiyat ҳокимият akimat акимат әкімді"
        ),
        OrganisationKind.COMPANY: (
            "llc ltd gmbh jsc ооо оао mchj мчж жшс aksiyador compan компан kompani"
        ),
    }.items()
    for beginning in beginnings.split()
}
# Also where a longer word ends so: Eximbank, Агробанк.
BANK = ("bank", "банк")


def kind_of(name: str) -> str:
    """The kind of the organisation that is called `name`, or nothing."""
    words = name.casefold().replace("ʻ", "'").replace("’", "'").split()
    for word in words:
        if any(bank in word for bank in BANK):
            return OrganisationKind.BANK.value
    for word in words:
        for beginning, kind in KINDS.items():
            if word.startswith(beginning):
                return kind
    return ""
