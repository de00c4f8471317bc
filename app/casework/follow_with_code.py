"""Coming back with a receipt code. A hit and a miss do the same work and say nothing of each other."""

from app.casework.actors import Requester
from app.casework.errors import CodeProblem
from app.casework.kit import Kit
from app.domain.words import Standing
from app.persistence.parties import Party
from app.vault.codes import CodeMistyped, CodeSecrets, code_secrets, read_code
from app.vault.derive import digest
from app.vault.seal import NotOpened, Purpose, SecretKey, lock, unlock

_NOBODY = Party("0" * 32, "0" * 32, number=1, standing=Standing.OWN, generation=0, facts_sealed=b"")


def follow_with_code(kit: Kit, typed: str) -> Requester:
    """Open the keys that a code opens.

    Raises CodeProblem("mistyped") when the checksum fails (no slow work done), CodeProblem("unknown")
    for a code that opens nothing, Busy when too many wait.
    """
    try:
        code = read_code(typed)
    except CodeMistyped:
        raise CodeProblem("mistyped") from None
    secrets = derive_secrets(kit, code)
    with kit.database.reading() as work:
        party = work.parties.by_code(secrets.lookup_digest) or _NOBODY
        wraps = work.wraps.of(party.request_id, party.id)
    voice_key = _open(
        secrets.wrapping_key, Purpose.VOICE_KEY, party.id, wraps.get(("voice", party.id)), secrets
    )
    request_key = _open(
        voice_key, Purpose.REQUEST_KEY, party.request_id, wraps.get(("request", party.request_id)), secrets
    )
    if party is _NOBODY or request_key is None or voice_key is None:
        raise CodeProblem("unknown")
    return Requester(party.request_id, party.id, party.generation, party.standing, request_key, voice_key)


def derive_secrets(kit: Kit, code: str) -> CodeSecrets:
    """The slow step for a code that `read_code` read. Raises Busy: then it goes before new ones."""
    ticket = digest("queue for codes", code.encode())
    return kit.take_turns(kit.codes, lambda: code_secrets(code, kit.code_salt), ticket)


def _open(
    key: SecretKey | None, purpose: Purpose, owner_id: str, sealed: bytes | None, secrets: CodeSecrets
) -> SecretKey | None:
    """Opens a stand-in where there is nothing, so that a miss costs what a hit costs."""
    stand_in = lock(secrets.wrapping_key, purpose, owner_id, bytes(32))
    is_there = key is not None and sealed is not None
    try:
        opened = unlock(
            key or secrets.wrapping_key, purpose, owner_id, sealed if is_there and sealed else stand_in
        )
    except NotOpened:
        return None
    return SecretKey(opened) if is_there else None


def party_of(kit: Kit, actor: Requester) -> Party | None:
    """The party of an open session, read anew; None once the code that opened it is no longer theirs."""
    with kit.database.reading() as work:
        parties = work.parties.of_request(actor.request_id)
    return next((p for p in parties if p.id == actor.party_id and p.generation == actor.generation), None)


def is_current(kit: Kit, actor: Requester) -> bool:
    """Whether the code this session was opened with is still the party's code."""
    return party_of(kit, actor) is not None
