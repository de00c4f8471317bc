"""Coming back with a receipt code. A hit and a miss do the same work and say nothing of each other."""

from app.casework.actors import Requester
from app.casework.errors import CodeProblem
from app.casework.kit import Kit
from app.domain.words import Standing
from app.persistence.requests import Party
from app.vault.codes import CodeMistyped, CodeSecrets, code_secrets, read_code
from app.vault.seal import NotOpened, Purpose, SecretKey, lock, unlock

_NOBODY = Party(id="0" * 32, request_id="0" * 32, standing=Standing.OWN, generation=0, facts_sealed=b"")


def follow_with_code(kit: Kit, typed: str) -> Requester:
    """Open the keys that a code opens.

    Raises CodeProblem("mistyped") when the checksum fails (no slow work done), CodeProblem("unknown")
    for a code that opens nothing, Busy when too many wait.
    """
    try:
        code = read_code(typed)
    except CodeMistyped:
        raise CodeProblem("mistyped") from None
    secrets = kit.take_turns(kit.codes, lambda: code_secrets(code, kit.code_salt))
    with kit.database.reading() as work:
        party = work.requests.party_by_code(secrets.lookup_digest) or _NOBODY
        wraps = work.wraps.of(party.request_id, party.id)
    request_key = _open(
        secrets, Purpose.REQUEST_KEY, party.request_id, wraps.get(("request", party.request_id))
    )
    voice_key = _open(secrets, Purpose.VOICE_KEY, party.id, wraps.get(("voice", party.id)))
    if party is _NOBODY or request_key is None or voice_key is None:
        raise CodeProblem("unknown")
    return Requester(party.request_id, party.id, party.generation, party.standing, request_key, voice_key)


def _open(secrets: CodeSecrets, purpose: Purpose, owner_id: str, sealed: bytes | None) -> SecretKey | None:
    """Opens a stand-in where there is nothing, so that a miss costs what a hit costs."""
    stand_in = lock(secrets.wrapping_key, purpose, owner_id, bytes(32))
    try:
        opened = SecretKey(unlock(secrets.wrapping_key, purpose, owner_id, sealed or stand_in))
    except NotOpened:
        return None
    return opened if sealed else None


def is_current(kit: Kit, actor: Requester) -> bool:
    """Whether the code this session was opened with is still the party's code."""
    with kit.database.reading() as work:
        parties = work.requests.parties_of(actor.request_id)
    return any(p.id == actor.party_id and p.generation == actor.generation for p in parties)
