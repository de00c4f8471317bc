"""Other services, and whom each of them suits: shipped with the program, or the operator's own list.

The shipped ones say what the services said of themselves on public pages. Nobody has checked them for
this hotline, and the page says so; an operator's own list (doors.toml) says when it was checked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.i18n.listed import Entry, day_of, is_text, problems_with_reach, text_of
from app.i18n.locales import LOCALES, N_, SOURCE, current, gettext

_FIELDS = ("web", "phone", "verified_on")
_WORDS = ("name", "whom", "what")


@dataclass(frozen=True)
class DoorWords:
    """What is said of a service: its name, whom it suits, what it does and asks for."""

    name: str
    whom: str
    what: str


@dataclass(frozen=True)
class OwnDoor:
    """A service as the operator describes it, in English and perhaps other languages."""

    words: Mapping[str, DoorWords]
    web: str
    phone: str
    verified_on: date


@dataclass(frozen=True)
class Door:
    """A service as it is shown. `language` is that of its words; `verified_on` is None while unchecked."""

    words: DoorWords
    language: str
    web: str
    phone: str
    verified_on: date | None


_SHIPPED = (
    (
        "https://takeitdown.ncmec.org",
        DoorWords(
            "Take It Down",
            N_("You were under 18 in the picture or film, and you have it on your phone or computer."),
            N_(
                "Your own device turns it into a number, like a fingerprint. "
                "The picture stays with you. Some big sites use the number to find it and take it down. "
                "You need no name. Please do not save a picture just for this."
            ),
        ),
    ),
    (
        "https://www.childline.org.uk",
        DoorWords(
            "Report Remove",
            N_("You are under 18 today, and you live in the United Kingdom."),
            N_(
                "You make an account with Childline. It does not need your real name. "
                "Then you show them the picture, or say where it is. You can talk to someone there too."
            ),
        ),
    ),
    (
        "https://stopncii.org",
        DoorWords(
            "StopNCII",
            N_("You were 18 or older in the picture or film, and you have it with you."),
            N_(
                "It works with a fingerprint, too. The picture stays with you. "
                "You get a number and a PIN, and can look how far it is."
            ),
        ),
    ),
    (
        "",
        DoorWords(
            N_("The police"),
            N_("You want somebody to look for the person who did it. Or you are afraid of someone."),
            N_(
                "You can go to them and ask here as well. You do not have to go to them to ask here. "
                "Take someone with you whom you trust, if you can."
            ),
        ),
    ),
)


def shown(own: tuple[OwnDoor, ...]) -> tuple[Door, ...]:
    """The doors in the current language: the operator's, or the shipped ones where they have no list."""
    if own:
        return tuple(map(_in_language, own))
    code = current().code
    return tuple(
        Door(
            DoorWords(gettext(words.name), gettext(words.whom), gettext(words.what)),
            code,
            web,
            phone="",
            verified_on=None,
        )
        for web, words in _SHIPPED
    )


def _in_language(door: OwnDoor) -> Door:
    code = current().code
    language = code if code in door.words else SOURCE
    return Door(door.words[language], language, door.web, door.phone, door.verified_on)


def door_of(entry: Entry) -> OwnDoor:
    """A door from an entry without problems."""
    words = {}
    for code in LOCALES:
        said = entry.get(code)
        if isinstance(said, dict):
            words[code] = DoorWords(*(text_of(said, field) for field in _WORDS))
    return OwnDoor(words, text_of(entry, "web"), text_of(entry, "phone"), day_of(entry))


def door_problems(entry: Entry) -> list[str]:
    """What is wrong with one door, each in a sentence that follows "door 2: "."""
    problems = [f"“{field}” is not a field we know" for field in entry if field not in (*_FIELDS, *LOCALES)]
    if SOURCE not in entry:
        problems.append(f"please say it in English: [door.{SOURCE}] with name, whom and what")
    for code in LOCALES:
        said = entry.get(code, dict.fromkeys(_WORDS, "x"))
        if not isinstance(said, dict) or not all(is_text(said.get(field)) for field in _WORDS):
            problems.append(f"[door.{code}] needs name, whom and what")
        elif set(said) - set(_WORDS):
            problems.append(f"[door.{code}] knows name, whom and what alone")
    return problems + problems_with_reach(entry, reach_needed=False)
