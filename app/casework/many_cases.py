"""One act on several cases that were chosen in the queue: what would happen to each, and doing it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, unique

from app.casework.actors import Caseworker
from app.casework.cases import load_for
from app.casework.doubt_request import DoubtInput, doubt_request, may_be_doubted
from app.casework.errors import CaseworkError, NotAllowed, NotFound, NotHolding, Recused, TakenBySomeoneElse
from app.casework.give_back import give_back
from app.casework.kit import Kit
from app.casework.open_case import handle_of
from app.casework.skip_case import skip_case
from app.casework.take_case import take_case
from app.domain.requests import Request
from app.domain.words import RequestState
from app.persistence.database import Work

MOST_CASES = 100


@unique
class Act(StrEnum):
    TAKE = "take"
    GIVE_BACK = "give_back"
    SKIP = "skip"
    NOT_A_REQUEST = "not_a_request"


@unique
class WhyNot(StrEnum):
    """Why an act does nothing to a case."""

    GONE = "gone"  # not there, or not for this caseworker: they are not told which
    TAKEN = "taken"
    NOT_MINE = "not_mine"
    MINE = "mine"
    DOUBTED = "doubted"
    NOT_SO = "not_so"  # somebody is in danger, a place was judged: it goes its own way


@dataclass(frozen=True)
class ManyInput:
    """`reason`: why these are not requests; nothing else needs one."""

    act: Act
    request_ids: tuple[str, ...]
    reason: str = ""

    def __repr__(self) -> str:
        return f"ManyInput({self.act}, {len(self.request_ids)} cases)"


@dataclass(frozen=True)
class One:
    """What would come, or came, of one case; `why_not` is None where it is done."""

    request_id: str
    why_not: WhyNot | None

    @property
    def handle(self) -> str:
        return handle_of(self.request_id)


def plan_many(kit: Kit, actor: Caseworker, given: ManyInput) -> tuple[One, ...]:
    """What `do_many` would do to each, as things stand. Writes nothing. Raises NotAllowed for too many."""
    at = kit.clock()
    with kit.database.reading() as work:
        return tuple(One(id_, _why_not(work, actor, given.act, id_, at)) for id_ in _chosen(given))


def do_many(kit: Kit, actor: Caseworker, given: ManyInput) -> tuple[One, ...]:
    """Each case in a transaction of its own: one that cannot be done keeps no other from being done.

    Raises NotAllowed for too many, and where a reason is missing.
    """
    if given.act is Act.NOT_A_REQUEST and not given.reason.strip():
        raise NotAllowed
    return tuple(One(id_, _do(kit, actor, given, id_)) for id_ in _chosen(given))


def _chosen(given: ManyInput) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(given.request_ids))
    if len(chosen) > MOST_CASES:
        raise NotAllowed
    return chosen


def _why_not(work: Work, actor: Caseworker, act: Act, request_id: str, at: datetime) -> WhyNot | None:
    try:
        request = load_for(work, actor, request_id)
    except (NotFound, Recused):
        return WhyNot.GONE
    is_mine = request.is_held_by(actor.id, at)
    is_taken = not is_mine and request.lease_until is not None and request.lease_until > at
    match act:
        case Act.TAKE:
            return WhyNot.TAKEN if is_taken else WhyNot.MINE if is_mine else None
        case Act.GIVE_BACK:
            return None if is_mine else WhyNot.NOT_MINE
        case Act.SKIP:
            return None
        case Act.NOT_A_REQUEST:
            return WhyNot.TAKEN if is_taken else _why_no_doubt(work, request)


def _why_no_doubt(work: Work, request: Request) -> WhyNot | None:
    if request.doubted_by is not None or request.state is RequestState.NOT_A_REQUEST:
        return WhyNot.DOUBTED
    return None if may_be_doubted(work, request) else WhyNot.NOT_SO


def _do(kit: Kit, actor: Caseworker, given: ManyInput, request_id: str) -> WhyNot | None:
    """As planned, if it is so still: somebody may have been faster."""
    with kit.database.reading() as work:
        why_not = _why_not(work, actor, given.act, request_id, kit.clock())
    if why_not is not None:
        return why_not
    try:
        match given.act:
            case Act.TAKE:
                take_case(kit, actor, request_id)
            case Act.GIVE_BACK:
                give_back(kit, actor, request_id)
            case Act.SKIP:
                skip_case(kit, actor, request_id)
            case Act.NOT_A_REQUEST:
                _doubt(kit, actor, request_id, given.reason)
    except TakenBySomeoneElse:
        return WhyNot.TAKEN
    except NotHolding:
        return WhyNot.NOT_MINE
    except CaseworkError:
        return WhyNot.GONE
    return None


def _doubt(kit: Kit, actor: Caseworker, request_id: str, reason: str) -> None:
    """Who finds that something is not a request holds it; it is given back with the finding."""
    take_case(kit, actor, request_id)
    try:
        doubt_request(kit, actor, DoubtInput(request_id, reason))
    except NotAllowed:
        give_back(kit, actor, request_id)
        raise
