"""The session itself: what kind, when, where, between whom, and which protocol tells of it."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from initiatives.choices import EventKind, Language, SourceKind
from initiatives.desk.forms.session.countries import CountryNames
from initiatives.desk.forms.short_names import free_slug
from initiatives.fields.date_forms import PartialDateFormField
from initiatives.fields.whole_text import WholeAddressFormField, WholeTextFormField
from initiatives.models import Country, Event, Source
from initiatives.rights import Rights
from initiatives.text.titles import title_key, title_keys
from initiatives.translatable import Translatable

_NAMED = 5  # events that a message names
_TITLES = [f"title_{language}" for language in Language.values]


def reader_language() -> str:
    """The language in which the officer reads the desk, as far as texts are kept in it."""
    code = (get_language() or "en").split("-")[0]
    return code if code in Language.values else Language.ENGLISH


class SessionFactsForm(forms.Form):
    """`another` confirms that it is another session than one that is stored already."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=EventKind.choices, initial=EventKind.COMMISSION
    )
    title = WholeTextFormField(label=_("Title"), max_length=250, help_text="")
    start = PartialDateFormField(label=_("Date"))
    place = WholeTextFormField(label=_("Place"), required=False, max_length=200, help_text="")
    sides = WholeTextFormField(
        label=_("Sides"),
        help_text=_("Names or codes with commas between them: Uzbekistan, Kazakhstan."),
    )
    source = WholeTextFormField(
        label=_("Protocol, the source of every point"),
        max_length=300,
        help_text=_("The title of a stored source, or of a new one that is made here."),
    )
    source_url = WholeAddressFormField(
        label=_("Address of the protocol"),
        required=False,
        max_length=1000,
        assume_scheme="https",
        widget=forms.TextInput,
    )
    source_is_public = forms.ChoiceField(
        label=_("The protocol is seen by"),
        choices=[("yes", _("everybody")), ("no", _("the desk only"))],
        initial="yes",
    )
    language = forms.ChoiceField(
        label=_("Language of the texts"), choices=Language.choices, initial=reader_language
    )
    another = forms.BooleanField(
        label=_("This is a different session, not the stored one"), required=False
    )

    def __init__(self, *args: Any, rights: Rights, countries: CountryNames, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rights, self.countries = rights, countries
        self.asks_another = False
        self.stored_source: Source | None = None

    def clean_sides(self) -> list[Country]:
        return self.countries.sides(self.cleaned_data["sides"])

    def clean_source(self) -> str:
        """A stored source of this title, short name or address is taken; of two none is."""
        text = self.cleaned_data["source"]
        same = Q(title__iexact=text) | Q(title=text) | Q(slug=text) | Q(url=text)
        found = [
            one
            for one in self.rights.to_choose(Source).filter(same).order_by("pk")[: _NAMED + 1]
            if text in (one.slug, one.url) or title_key(one.title) == title_key(text)
        ]
        if len(found) > 1:
            names = ", ".join(one.slug for one in found)
            message = _("Several sources have this title: write the short name of one: %(names)s.")
            raise ValidationError(message, code="several", params={"names": names})
        self.stored_source = found[0] if found else None
        return text

    def clean(self) -> dict[str, Any] | None:
        super().clean()
        cleaned = self.cleaned_data
        self._tell_same(cleaned)
        if self.stored_source is not None:
            self._tell_other_than_stored(self.stored_source, cleaned)
        return cleaned

    def _tell_other_than_stored(self, source: Source, cleaned: dict[str, Any]) -> None:
        """A stored source stays as it is; what is typed of it besides would be lost."""
        message = _("The stored source says “%(stored)s”. Edit it there, or give the same here.")
        other: dict[str, Translatable] = {}
        if cleaned.get("source_url") not in ("", None, source.url):
            other["source_url"] = source.url or "–"
        if cleaned.get("source_is_public") == "no" and source.is_public:
            other["source_is_public"] = _("everybody")
        for name, stored in other.items():
            params = {"stored": stored}
            self.add_error(name, ValidationError(message, code="stored", params=params))

    def _tell_same(self, cleaned: dict[str, Any]) -> None:
        """There may be two sessions on one day, so a word of the officer is enough."""
        title, start = cleaned.get("title"), cleaned.get("start")
        if not title or not start:
            return
        rows = self.rights.to_choose(Event).filter(start=start).order_by("pk")
        wanted = title_key(title)
        same = [
            one
            for one in rows[:200]
            if wanted in title_keys(getattr(one, name) for name in _TITLES)
        ]
        self.asks_another = bool(same)
        if same and not cleaned.get("another"):
            links = format_html_join(", ", '<a href="{}">{}</a>', _named(same))
            told = _(
                "This session is stored already: %(records)s. Edit that one, or confirm below "
                "that this is another one."
            )
            message = format_html(str(told).replace("%(records)s", "{}"), links)
            self.add_error("title", ValidationError(message, code="same_event"))

    @property
    def countries_taking_part(self) -> list[Country]:
        """As far as they were understood."""
        return getattr(self, "cleaned_data", {}).get("sides") or []

    def event(self) -> Event:
        """The new event, not stored yet."""
        cleaned = self.cleaned_data
        language, title = cleaned["language"], cleaned["title"]
        texts = {f"title_{language}": title, f"place_{language}": cleaned["place"]}
        slug = free_slug(Event, title, str(cleaned["start"]), "session")
        return Event(kind=cleaned["kind"], start=cleaned["start"], slug=slug, **texts)

    def protocol(self) -> Source:
        """The stored source, or a new one, not stored yet."""
        if self.stored_source is not None:
            return self.stored_source
        cleaned = self.cleaned_data
        return Source(
            title=cleaned["source"],
            slug=free_slug(Source, cleaned["source"], "", "protocol"),
            kind=SourceKind.PROTOCOL,
            url=cleaned["source_url"],
            language=cleaned["language"],
            published=cleaned["start"],
            is_public=cleaned["source_is_public"] == "yes",
        )


class StoredSessionForm(SessionFactsForm):
    """Of an event that is stored only the protocol and its language are asked for."""

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored = event
        for name in ("kind", "title", "start", "place", "sides", "another"):
            del self.fields[name]
        visible = self.rights.to_choose(Source).filter(citations__event=event)
        cited = list(visible.distinct()[:2])
        if len(cited) == 1:
            self.fields["source"].initial = cited[0].slug
            self.fields["source_is_public"].initial = "yes" if cited[0].is_public else "no"
        written = (code for code in Language.values if getattr(event, f"title_{code}"))
        self.fields["language"].initial = next(written, reader_language())

    @property
    def countries_taking_part(self) -> list[Country]:
        return list(self.stored.countries.all())

    def event(self) -> Event:
        return self.stored

    def protocol(self) -> Source:
        self.cleaned_data["start"] = self.stored.start
        return super().protocol()


def _named(events: Iterable[Event]) -> Iterator[tuple[str, Event]]:
    for one in list(events)[:_NAMED]:
        yield reverse("admin:initiatives_event_change", args=[one.pk]), one
