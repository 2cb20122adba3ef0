"""Sources, languages and how a file writes its texts."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SourceKind(TextChoices):
    TREATY = "treaty", _("Treaty")
    OFFICIAL = "official", _("Official statement")
    PROTOCOL = "protocol", _("Protocol")
    BANK = "bank", _("Bank document")
    COMPANY = "company", _("Company statement")
    MEDIA = "media", _("Media")
    LETTER = "letter", _("Letter")


class Language(TextChoices):
    """Languages of the content; a source may be in others, see `Source.language`."""

    ENGLISH = "en", _("English")
    RUSSIAN = "ru", _("Russian")
    UZBEK = "uz", _("Uzbek")
    KAZAKH = "kk", _("Kazakh")


# What is said beside a text that is not in the reader's language.
IN_LANGUAGE = {
    "en": _("in English"),
    "ru": _("in Russian"),
    "uz": _("in Uzbek"),
    "kk": _("in Kazakh"),
}


class TextEncoding(TextChoices):
    """In what a text file may be: Python's codec, and the name that people know it by."""

    UTF_8 = "utf-8-sig", "UTF-8"
    UTF_16 = "utf-16", "UTF-16"
    WINDOWS_1251 = "cp1251", "Windows-1251"
    WINDOWS_1252 = "cp1252", "Windows-1252"
    WINDOWS_1254 = "cp1254", "Windows-1254"
    KOI8_R = "koi8_r", "KOI8-R"
    CP866 = "cp866", "CP866"
    ISO_8859_5 = "iso8859_5", "ISO-8859-5"
    MAC_CYRILLIC = "mac_cyrillic", "Mac-Cyrillic"
