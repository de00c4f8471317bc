"""The first use of a code that somebody else handed over: a code of one's own comes before all else."""

from app.casework.actors import Requester
from app.casework.kit import Kit
from app.casework.replace_code import keep_code


def take_over_code(kit: Kit, actor: Requester, code: str) -> Requester:
    """As `replace_code`, without a second word: nobody has chosen one yet.

    Until then every other verb of this party answers NotAllowed. Raises NotAllowed when the code is already
    their own, CodeProblem("mistyped"), Busy, NotFound.
    """
    return keep_code(kit, actor, code, is_first_use=True)
