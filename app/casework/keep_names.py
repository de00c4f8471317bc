"""Names for search engines: agreed to, changed, taken back. They are kept only while somebody agrees."""

import unicodedata
from dataclasses import replace
from datetime import datetime

from app.casework.actors import Requester
from app.casework.cases import save_moves
from app.casework.errors import NotAllowed
from app.casework.kit import Kit
from app.casework.own_request import load_to_change
from app.casework.own_words import KNOWN
from app.casework.stop_letters import stop_waiting
from app.casework.voices import voice_of, voice_record
from app.domain.notice_words import NoticeKind
from app.domain.trail import Entry, TrailKind
from app.persistence.database import Work
from app.vault.records import lock_record, unlock_record
from app.vault.seal import Purpose

MOST_NAMES, NAME_CHARACTERS = 10, 120
_JOINERS = "\u200c\u200d"
"""Belong to the spelling of names in several scripts. Other signs that cannot be seen do not."""


def read_names(typed: str) -> tuple[str, ...]:
    """One in each line, each once. Only space around and between is put right: they are to be exact."""
    names = (" ".join(line.split()) for line in typed.splitlines())
    return tuple(dict.fromkeys(name for name in names if name))


def name_problem(name: str) -> str:
    """Why this cannot be passed on as a name: a code, or empty when it can."""
    if len(name) > NAME_CHARACTERS:
        return "name_long"
    if any(unicodedata.category(char)[0] == "C" and char not in _JOINERS for char in name):
        return "name_unseen"
    if "://" in name or name.lower().startswith("www."):
        return "name_address"
    return "" if any(char.isalnum() for char in name) else "name_empty"


def keep_names(kit: Kit, actor: Requester, names: tuple[str, ...]) -> None:
    """They agree that exactly these, and no others, may be given to search engines.

    Letters to search engines that wait with other names in them are stopped. Raises NotAllowed for who is
    not known to speak, or for what is no name; NotFound.
    """
    if not names or len(names) > MOST_NAMES or any(map(name_problem, names)):
        raise NotAllowed
    _say(kit, actor, names)


def take_back_names(kit: Kit, actor: Requester) -> None:
    """Nothing is kept of them, and letters to search engines that wait are stopped. What went out cannot be
    called back; reminders of it hold addresses alone. Raises NotAllowed, NotFound."""
    _say(kit, actor, ())


def _say(kit: Kit, actor: Requester, names: tuple[str, ...]) -> None:
    at = kit.clock()
    with kit.database.writing() as work:
        kit.team_key(work)
        own = load_to_change(work, actor, at)
        party = own.party
        if party.standing not in KNOWN:
            raise NotAllowed
        before = voice_of(unlock_record(actor.voice_key, Purpose.STATEMENT, party.id, party.facts_sealed))
        record = voice_record(replace(before, names=names))
        sealed = lock_record(actor.voice_key, Purpose.STATEMENT, party.id, record)
        work.parties.save(replace(party, facts_sealed=sealed))
        if not party.is_revoked:  # whose page is their own alone
            if before.names and before.names != names:
                _stop_named(work, own.request.id, at)
            save_moves(work, work.requests.load(own.request.id))
        work.trail.append(own.request.trail_id, Entry(TrailKind.WISHES_CHANGED, party.id), "requester", at)
        work.commit()


def _stop_named(work: Work, request_id: str, at: datetime) -> None:
    """What waits for search engines was written before this was said."""
    for notice in work.notices.of_request(request_id):
        if notice.kind is NoticeKind.SEARCH:
            stop_waiting(work, notice, at)
