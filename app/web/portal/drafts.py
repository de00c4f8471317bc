"""What a requester has written and not yet sent, kept in the sealed session and nowhere else.

A draft becomes `Sent` the moment the request is filed: then only the code stays, so that a reload
still shows it, and none of the words or places.
"""

import secrets
from dataclasses import dataclass

from flask import session

from app.casework.new_code import new_code
from app.domain.words import Asker
from app.web.portal.answers import Answers, answers_of, answers_record
from app.web.portal.steps import worries

_KEY = "draft"


@dataclass(frozen=True)
class Draft:
    """Answers on their way to be sent.

    `filing_id` makes sending twice the same as sending once. `seen` changes with every change, so
    that what is sent is what the person was shown, in whichever window. `is_worrying` while the last
    answers were the first to sound like danger: the page after them says where help is.
    """

    filing_id: str
    code: str
    seen: str
    answers: Answers
    is_worrying: bool = False

    def __repr__(self) -> str:
        return "Draft(…)"


@dataclass(frozen=True)
class Sent:
    """A request that was filed in this session, until the person says that the code is noted."""

    code: str
    asker: Asker
    will_hear: bool = False  # they left an address to write to

    def __repr__(self) -> str:
        return "Sent(…)"


def read_draft() -> Draft | Sent | None:
    """What this session holds. Sets no cookie where it holds nothing."""
    kept = session.get(_KEY)
    if not kept:
        return None
    if kept["sent"]:
        return Sent(kept["code"], Asker(kept["asker"]), kept["will_hear"])
    answers = answers_of(kept["answers"])
    return Draft(kept["filing_id"], kept["code"], kept["seen"], answers, kept["worrying"])


def keep_answers(answers: Answers) -> None:
    """Keep what was said; the first time also draw the filing's id and its receipt code.

    Pages that are only read through again change nothing, so another window may still send.
    """
    before = read_draft()
    started = before if isinstance(before, Draft) else None
    is_same = started is not None and started.answers == answers
    session[_KEY] = {
        "filing_id": started.filing_id if started else secrets.token_hex(16),
        "code": started.code if started else new_code(),
        "seen": started.seen if started and is_same else secrets.token_hex(8),
        "sent": False,
        "worrying": bool(worries(answers) - (worries(started.answers) if started else frozenset())),
        "answers": answers_record(answers),
    }


def keep_only_the_code(draft: Draft, will_hear: bool) -> None:
    """The request is filed: forget the draft's words and places here."""
    asker = draft.answers.voice.asker.value
    session[_KEY] = {"code": draft.code, "asker": asker, "will_hear": will_hear, "sent": True}


def forget_draft() -> None:
    """The person has noted the code."""
    session.pop(_KEY, None)
