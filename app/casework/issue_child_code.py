"""A code of their own for a child for whom somebody else asked: made at the desk, handed over safely.

It is shown to the caseworker once. The child chooses a code of their own before anything else, so what
the caseworker knew opens nothing after the first use. The representative never learns of it.
"""

from app.casework.actors import Caseworker
from app.casework.case_keys import CaseKeys, open_case_keys, wrap_for_team, wrap_under
from app.casework.cases import load_held, save_moves
from app.casework.current_team import current_team
from app.casework.errors import NotAllowed
from app.casework.kit import Kit, new_id
from app.casework.reopen_request import trusted
from app.casework.voices import voice_of, voice_record
from app.domain.asking import Voice
from app.domain.trail import Entry, TrailKind
from app.domain.words import Asker, Standing
from app.persistence.database import Work
from app.persistence.parties import Party
from app.vault.codes import CodeSecrets, code_secrets, new_code, read_code
from app.vault.records import lock_record, unlock_record
from app.vault.seal import Purpose, new_key


def issue_child_code(kit: Kit, actor: Caseworker, request_id: str) -> str:
    """The code, as people read it. Asked for again before its first use it replaces the one before.

    Raises NotAllowed when the person asked themselves, or the child already uses their access; NotHolding,
    NotFound, Busy, Stale when the team key was rotated since the actor signed in.
    """
    code = new_code()
    secrets = kit.take_turns(kit.codes, lambda: code_secrets(read_code(code), kit.code_salt))
    at = kit.clock()
    with kit.database.writing() as work:
        team_public = current_team(kit, work, actor)
        request = load_held(work, actor, request_id, kit)
        keys = open_case_keys(work, actor.team, request.id)
        filer, *others = work.parties.of_request(request.id)
        if not _voice(filer, keys).asker.is_representative:
            raise NotAllowed
        if others:
            _replace(work, others[0], secrets, keys)
            child_id = others[0].id
        else:
            child_id = _add(work, filer, secrets, keys, team_public)
        # Who is given an access has a request; and what they write must not show on anybody else's page.
        save_moves(work, trusted(work, request, actor.id, at))
        work.trail.append(request.trail_id, Entry(TrailKind.CHILD_CODE_ISSUED, child_id), actor.id, at)
        work.commit()
    return code


def _voice(party: Party, keys: CaseKeys) -> Voice:
    return voice_of(unlock_record(keys.voices[party.id], Purpose.STATEMENT, party.id, party.facts_sealed))


def _add(work: Work, filer: Party, secrets: CodeSecrets, keys: CaseKeys, team_public: bytes) -> str:
    """Party number 2, with a voice of its own that says nothing yet."""
    party_id, voice_key, request_id = new_id(), new_key(), filer.request_id
    voice = Voice(asker=Asker.PERSON, language=_voice(filer, keys).language)
    child = Party(
        id=party_id,
        request_id=request_id,
        number=2,
        standing=Standing.CHILD,
        generation=1,
        facts_sealed=lock_record(voice_key, Purpose.STATEMENT, party_id, voice_record(voice)),
        is_handed_over=True,
    )
    work.parties.add(child, secrets.lookup_digest)
    work.wraps.add(
        wrap_for_team(team_public, Purpose.VOICE_KEY, request_id, party_id, voice_key),
        wrap_under(secrets.wrapping_key, party_id, Purpose.VOICE_KEY, request_id, party_id, voice_key),
        wrap_under(voice_key, party_id, Purpose.REQUEST_KEY, request_id, request_id, keys.request),
    )
    return party_id


def _replace(work: Work, child: Party, secrets: CodeSecrets, keys: CaseKeys) -> None:
    """The code before opens nothing any more. Only as long as nobody used it: then it is the child's."""
    if not child.is_handed_over or child.is_revoked:
        raise NotAllowed
    work.parties.save_code(child.id, secrets.lookup_digest, is_handed_over=True)
    voice_key = keys.voices[child.id]
    work.wraps.replace(
        wrap_under(secrets.wrapping_key, child.id, Purpose.VOICE_KEY, child.request_id, child.id, voice_key)
    )
