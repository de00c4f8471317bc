"""The second word: chosen at filing, asked for before a code is replaced or a request ended.

It protects against somebody who found the code. Its slow digest lies inside the party's sealed voice,
so that neither the database nor a caseworker's screen shows the word.
"""

import hmac
import unicodedata

from app.casework.actors import Requester
from app.casework.errors import Busy, NotFound, SecondWordNeeded
from app.casework.kit import Kit
from app.casework.voices import voice_of
from app.persistence.errors import NotThere
from app.vault.derive import CODE_COST, slow
from app.vault.queue import QueueFull
from app.vault.records import unlock_record
from app.vault.seal import Purpose


def digest_of_word(kit: Kit, word: str, whose: str) -> str:
    """Case, spacing and the ways of writing one letter do not matter. Raises Busy; when the same one comes
    again (`whose` is their id), they go before new ones."""
    folded = " ".join(unicodedata.normalize("NFKC", word).casefold().split())
    ticket = f"second word {whose}".encode()
    stretched = kit.take_turns(kit.codes, lambda: slow(folded.encode(), kit.code_salt, CODE_COST), ticket)
    return stretched.hex()


def has_second_word(kit: Kit, actor: Requester) -> bool:
    """Whether this party has to say one."""
    return bool(_digest_kept(kit, actor))


def check_second_word(kit: Kit, actor: Requester, typed: str) -> None:
    """Silent when it fits, or when none was chosen. Wrong tries are slowed, never a lock-out.

    Raises SecondWordNeeded, Busy. Call it before a transaction: it is slow on purpose.
    """
    kept = _digest_kept(kit, actor)
    if not kept:
        return
    name = f"second word {actor.party_id}".encode()
    try:
        kit.slowdown.wait(name)
    except QueueFull:
        raise Busy from None
    if not hmac.compare_digest(digest_of_word(kit, typed, actor.party_id), kept):
        kit.slowdown.wrong(name)
        raise SecondWordNeeded
    kit.slowdown.right(name)


def _digest_kept(kit: Kit, actor: Requester) -> str:
    with kit.database.reading() as work:
        try:
            party = work.parties.load(actor.party_id)
        except NotThere:  # destroyed while this session was open
            raise NotFound from None
    record = unlock_record(actor.voice_key, Purpose.STATEMENT, party.id, party.facts_sealed)
    return voice_of(record).second_word_digest
