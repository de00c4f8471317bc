"""What a requester has written and not yet sent, kept in the sealed session and nowhere else.

A draft becomes `Sent` the moment the request is filed: then only the code stays, so that a reload
still shows it, and none of the words or places.
"""

import secrets
from dataclasses import dataclass

from flask import session

from app.casework.new_code import new_code
from app.domain.words import Asker, Content

_KEY = "draft"


@dataclass(frozen=True)
class Answers:
    """The form as filled in. `places` is the text as typed: reading it again gives the same places."""

    places: str
    asker: Asker
    contents: tuple[Content, ...]
    words: str
    language: str

    def __repr__(self) -> str:
        return "Answers(…)"


@dataclass(frozen=True)
class Draft:
    """Answers on their way to be sent.

    `filing_id` makes sending twice the same as sending once. `seen` changes with every change, so
    that what is sent is what the person was shown, in whichever window.
    """

    filing_id: str
    code: str
    seen: str
    answers: Answers

    def __repr__(self) -> str:
        return "Draft(…)"


@dataclass(frozen=True)
class Sent:
    """A request that was filed in this session, until the person says that the code is noted."""

    code: str
    asker: Asker

    def __repr__(self) -> str:
        return "Sent(…)"


def read_draft() -> Draft | Sent | None:
    """What this session holds. Sets no cookie where it holds nothing."""
    kept = session.get(_KEY)
    if not kept:
        return None
    asker = Asker(kept["asker"])
    if kept["sent"]:
        return Sent(kept["code"], asker)
    answers = Answers(
        places=kept["places"],
        asker=asker,
        contents=tuple(Content(each) for each in kept["contents"]),
        words=kept["words"],
        language=kept["language"],
    )
    return Draft(kept["filing_id"], kept["code"], kept["seen"], answers)


def keep_answers(answers: Answers) -> None:
    """Keep what was typed; the first time also draw the filing's id and its receipt code."""
    before = read_draft()
    started = before if isinstance(before, Draft) else None
    session[_KEY] = {
        "filing_id": started.filing_id if started else secrets.token_hex(16),
        "code": started.code if started else new_code(),
        "seen": secrets.token_hex(8),
        "sent": False,
        "places": answers.places,
        "asker": answers.asker.value,
        "contents": [each.value for each in answers.contents],
        "words": answers.words,
        "language": answers.language,
    }


def keep_only_the_code(draft: Draft) -> Sent:
    """The request is filed: forget the draft's words and places here."""
    sent = Sent(draft.code, draft.answers.asker)
    session[_KEY] = {"code": sent.code, "asker": sent.asker.value, "sent": True}
    return sent


def forget_draft() -> None:
    """The person has noted the code."""
    session.pop(_KEY, None)
