"""Where it is, and what can be said of each place."""

from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

from wtforms import Field, HiddenField, SelectField, SelectMultipleField, StringField

from app.domain.asking import PlaceNote
from app.domain.words import Since, YesNo
from app.i18n.words import words
from app.places.reading import Reading, read_places
from app.web.forms import CleanText
from app.web.portal.answers import Answers
from app.web.portal.forms import CleanTexts, StepForm, seen_text
from app.web.portal.said_places import SaidPlace, read_said
from app.web.portal.sentences import place_sentence

PROBLEMS_SAID = 10  # more sentences at once help nobody; the rest come up when these are put right
ACCOUNT_CHARACTERS = 200
UNSURE_CHARACTERS = 4_000
LABEL_CHARACTERS = 100
MOST_ACCOUNTS = 50
PLACES_PER_PAGE = 3  # a page that carries secrets is not compressed, and fits into 14 kB all the same


class PlacesForm(StepForm):
    """The first page. One of its three ways to name a place needs an answer."""

    places = CleanText()
    app = CleanTexts()
    account = CleanTexts()
    unsure = CleanText()

    @classmethod
    def kept(cls, answers: Answers) -> dict[str, Any]:
        return {
            "places": answers.places,
            "app": [app for app, _account in answers.accounts],
            "account": [account for _app, account in answers.accounts],
            "unsure": answers.unsure,
        }

    def change(self, answers: Answers) -> Answers:
        unsure = self.text("unsure", UNSURE_CHARACTERS)
        accounts = self._accounts()
        if not self.places.errors:  # else it held a picture, and may be cut in two anywhere
            is_needed = not unsure and not accounts and not self.all_problems()
            self._check(read_places(self.places.data or ""), is_needed)
        changed = replace(answers, places=self.places.data or "", accounts=accounts, unsure=unsure)
        kept = {place.key for place in read_said(changed).places} if changed.notes else set()
        return replace(changed, notes={key: note for key, note in changed.notes.items() if key in kept})

    def is_empty(self) -> bool:
        """Whether nothing at all was typed."""
        texts = (self.places.data or "", self.unsure.data or "", *map("".join, self._pairs()))
        return not any(map(seen_text, texts))

    def has_account(self) -> bool:
        """Whether an account was named: before that there is none to add another to."""
        return any(map(any, self._pairs()))

    def rows(self) -> list[tuple[str, str]]:
        """The app and the account of each pair of fields to show: those filled in, and an empty one."""
        return [*(pair for pair in self._pairs() if any(pair)), ("", "")]

    def _pairs(self) -> list[tuple[str, str]]:
        apps, accounts = (
            [seen_text(text) for text in field.data or ()] for field in (self.app, self.account)
        )
        longest = max(len(apps), len(accounts))
        apps, accounts = (texts + [""] * (longest - len(texts)) for texts in (apps, accounts))
        return list(zip(apps, accounts, strict=True))

    def _accounts(self) -> tuple[tuple[str, str], ...]:
        pairs = tuple(dict.fromkeys(pair for pair in self._pairs() if any(pair)))
        if len(pairs) > MOST_ACCOUNTS:
            self.refuse("app", "too_many_accounts")
        if not all(app for app, _account in pairs):
            self.refuse("app", "account_alone")
        if not all(account for _app, account in pairs):
            self.refuse("account", "app_alone")
        for name, texts in zip(("app", "account"), zip(*pairs, strict=True), strict=False):
            if max(map(len, texts)) > ACCOUNT_CHARACTERS:
                self.refuse_length(name, ACCOUNT_CHARACTERS)
        return pairs

    def _check(self, reading: Reading, is_needed: bool) -> None:
        for problem in reading.problems[:PROBLEMS_SAID]:
            self.say("places", place_sentence(problem))
        if is_needed and not reading.places and not reading.problems:
            self.refuse("places", "places_empty")


class DetailsForm(StepForm):
    """What can be said of some places. Made by `details_form`, with label_1, since_1, threat_1, on_1 and so
    on for the numbers of those places; `shown` says which places the page was about."""

    said: tuple[SaidPlace, ...] = ()
    shown = HiddenField()

    @classmethod
    def kept(cls, answers: Answers) -> dict[str, Any]:
        fields: dict[str, Any] = {"shown": _print_of(cls.said)}
        for place in cls.said:
            note = answers.notes.get(place.key, PlaceNote())
            fields[f"label_{place.number}"] = note.label
            fields[f"since_{place.number}"] = note.since
            fields[f"threat_{place.number}"] = ["yes"] if note.threat is YesNo.YES else []
            fields[f"on_{place.number}"] = note.threat_on.isoformat() if note.threat_on else ""
        return fields

    def is_outdated(self, answers: Answers) -> bool:
        return bool(self.shown.data != _print_of(self.said))

    def change(self, answers: Answers) -> Answers:
        said = {place.key: self._note(place.number) for place in self.said}
        notes = {key: note for key, note in ({**answers.notes} | said).items() if not note.is_empty}
        return replace(answers, notes=notes)

    def of(self, number: int) -> tuple[Field, Field, Field, Field]:
        """The four fields of one place."""
        label, since, threat, on = (self[f"{name}_{number}"] for name in ("label", "since", "threat", "on"))
        return label, since, threat, on

    def _note(self, number: int) -> PlaceNote:
        on = self._day(f"on_{number}")
        is_threat = self.is_ticked(f"threat_{number}") or on is not None
        return PlaceNote(
            label=self.text(f"label_{number}", LABEL_CHARACTERS),
            since=self.one(f"since_{number}", Since),
            threat=YesNo.YES if is_threat else None,
            threat_on=on,
        )

    def _day(self, name: str) -> date | None:
        typed = (self[name].data or "").strip()
        try:
            return date.fromisoformat(typed) if typed else None
        except ValueError:
            self.refuse(name, "no_day")
            return None

    @staticmethod
    def since_options() -> list[tuple[str, str]]:
        """(value, words) of each choice; the first takes an answer back."""
        return [("", "–"), *((each.value, words(each)) for each in Since)]


def pages_of_details(answers: Answers) -> list[tuple[SaidPlace, ...]]:
    """The places of each page."""
    places = read_said(answers).places
    return [places[start : start + PLACES_PER_PAGE] for start in range(0, len(places), PLACES_PER_PAGE)]


def details_form(said: tuple[SaidPlace, ...]) -> type[DetailsForm]:
    """The form for these places."""
    fields: dict[str, object] = {"said": said}
    for place in said:
        fields[f"label_{place.number}"] = CleanText()
        fields[f"since_{place.number}"] = SelectField(validate_choice=False)
        fields[f"threat_{place.number}"] = SelectMultipleField(validate_choice=False)
        fields[f"on_{place.number}"] = StringField()
    return type("PlaceDetailsForm", (DetailsForm,), fields)


def _print_of(said: tuple[SaidPlace, ...]) -> str:
    return sha256("\n\n".join(f"{place.number} {place.key}" for place in said).encode()).hexdigest()[:16]
