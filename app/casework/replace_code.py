"""A new receipt code in place of one that somebody else may know."""

from dataclasses import dataclass, replace

from app.casework.actors import Requester
from app.casework.case_keys import wrap_under
from app.casework.cases import load_own
from app.casework.errors import CodeProblem, NotAllowed
from app.casework.follow_with_code import derive_secrets
from app.casework.kit import Kit
from app.casework.second_word import check_second_word
from app.domain.trail import Entry, TrailKind
from app.vault.codes import CodeMistyped, read_code
from app.vault.seal import Purpose


@dataclass(frozen=True)
class ReplaceInput:
    """`code` was made by `new_code()`, shown, and noted down before it counts."""

    code: str
    second_word: str = ""

    def __repr__(self) -> str:
        return "ReplaceInput(…)"


def replace_code(kit: Kit, actor: Requester, given: ReplaceInput) -> Requester:
    """The old code opens nothing from now on, and every session it opened has ended.

    Returns the actor with whom this session goes on (pass it to `sign_in_requester`). Raises
    SecondWordNeeded, CodeProblem("mistyped"), Busy, NotFound.
    """
    check_second_word(kit, actor, given.second_word)
    return keep_code(kit, actor, given.code)


def keep_code(kit: Kit, actor: Requester, typed: str, is_first_use: bool = False) -> Requester:
    """`is_first_use`: NotAllowed unless somebody else handed the code over that it replaces."""
    try:
        code = read_code(typed)
    except CodeMistyped:
        raise CodeProblem("mistyped") from None
    secrets = derive_secrets(kit, code)
    with kit.database.writing() as work:
        request, party = load_own(work, actor)
        if is_first_use and not party.is_handed_over:
            raise NotAllowed
        work.parties.save_code(party.id, secrets.lookup_digest)
        # The voice key alone lies under the code; it opens the rest.
        wrap = (secrets.wrapping_key, party.id, Purpose.VOICE_KEY, request.id, party.id, actor.voice_key)
        work.wraps.replace(wrap_under(*wrap))
        entry = Entry(TrailKind.CODE_REPLACED, party.id)
        work.trail.append(request.trail_id, entry, "requester", kit.clock())
        work.commit()
    return replace(actor, generation=party.generation + 1, standing=party.standing)
