"""The ladder of one notice, as a caseworker reads it: what was done, what comes next, what is planned.

Plain columns alone. Nothing of a place is opened: it stands here by its number in the case.
"""

from dataclasses import dataclass
from datetime import datetime

from app.casework.actors import Caseworker
from app.casework.cases import load_for
from app.casework.chase_letters import REMINDER
from app.casework.chased_places import chased_places, noticed_since
from app.casework.errors import NotFound
from app.casework.keep_country import country_of
from app.casework.kit import Kit
from app.casework.open_case import handle_of
from app.domain.chasing import LADDER, is_waited_for, step_at, steps_of
from app.domain.desk_words import Channel
from app.domain.notice_words import ChaseStep, NoticeKind
from app.domain.requests import Request
from app.domain.words import LetterState, LocationState, NoticeState, Reply
from app.persistence.countries import Country
from app.persistence.database import Work
from app.persistence.errors import NotThere
from app.persistence.notices import Notice


@dataclass(frozen=True)
class ChaseLetter:
    """The notice itself, or a further letter of its ladder. `has_link`: somebody may still answer by it."""

    id: str
    reference: str
    provider_name: str
    channel: Channel
    state: NoticeState
    sent_at: datetime | None
    has_link: bool

    @property
    def waits_for_hand(self) -> bool:
        return self.state is NoticeState.APPROVED and not self.channel.is_mail


@dataclass(frozen=True)
class ChaseLine:
    """One step: done, next, or to come. `at`: its day by the table, or when it is looked at next. `letter`:
    what became of a reminder. `rungs`: who is written to."""

    step: ChaseStep
    at: datetime
    is_done: bool
    is_next: bool
    is_wanted: bool
    letter: LetterState | None
    rungs: tuple[ChaseLetter, ...]


@dataclass(frozen=True)
class ChasePlace:
    """`is_newest`: this notice is the last word about it. `reply`: of the notice's own recipient."""

    number: int
    state: LocationState
    state_at: datetime
    reply: Reply | None
    is_newest: bool


@dataclass(frozen=True)
class ChasePage:
    """`waits`: nothing goes out, because police or somebody's safety asks to. `country`: of the provider,
    with whom to turn to there; None where nobody wrote anything of it."""

    root: ChaseLetter
    kind: NoticeKind
    request_id: str
    handle: str
    is_held: bool
    is_chased: bool
    waits: bool
    wants: ChaseStep | None
    lines: tuple[ChaseLine, ...]
    places: tuple[ChasePlace, ...]
    country_code: str
    country: Country | None


def root_of(kit: Kit, notice_id: str) -> str:
    """The id of the first notice of its ladder; its own, mostly. Raises NotFound."""
    with kit.database.reading() as work:
        notice = _load(work, notice_id)
        return notice.root_id or notice.id


def read_chase(kit: Kit, actor: Caseworker, root_id: str) -> ChasePage:
    """Raises NotFound, also for a letter that is a step of another one's ladder; Recused."""
    at = kit.clock()
    with kit.database.reading() as work:
        root = _load(work, root_id)
        if not root.is_first:
            raise NotFound
        request = load_for(work, actor, root.request_id)
        rungs = work.notices.rungs_of(root.id)
        providers = {
            one.id: one for one in work.providers.of_ids(each.provider_id for each in (root, *rungs))
        }
        names = {one.id: one.name for one in providers.values()}
        is_chased = _is_chased(work, request, root)
        country_code = providers[root.provider_id].country
        return ChasePage(
            root=_letter(root, names, at),
            kind=root.kind,
            request_id=request.id,
            handle=handle_of(request.id),
            is_held=request.is_held_by(actor.id, at),
            is_chased=is_chased,
            waits=request.is_on_police_hold(at) or not request.may_go_out,
            wants=root.wants,
            lines=_lines(kit, work, root, tuple(_rung(one, names, at) for one in rungs), is_chased),
            places=_places(work, request, root),
            country_code=country_code,
            country=country_of(work, country_code),
        )


def _is_chased(work: Work, request: Request, root: Notice) -> bool:
    """Whether a step is still to come: the courier ends a ladder that nobody waits for when its day comes."""
    known = {one.id: one for one in work.requests.locations_of(request.id)}
    places = chased_places(work, root, known)
    return root.chase_at is not None and any(is_waited_for(root.kind, one) for one in places)


def _load(work: Work, notice_id: str) -> Notice:
    try:
        return work.notices.load(notice_id)
    except NotThere:
        raise NotFound from None


def _letter(notice: Notice, names: dict[str, str], at: datetime) -> ChaseLetter:
    is_out = notice.state in (NoticeState.SENT, NoticeState.ANSWERED)
    return ChaseLetter(
        id=notice.id,
        reference=notice.reference,
        provider_name=names[notice.provider_id],
        channel=notice.channel,
        state=notice.state,
        sent_at=notice.sent_at,
        has_link=is_out and notice.link_ends_at > at,
    )


def _rung(notice: Notice, names: dict[str, str], at: datetime) -> tuple[ChaseStep | None, ChaseLetter]:
    return notice.step, _letter(notice, names, at)


def _lines(
    kit: Kit,
    work: Work,
    root: Notice,
    rungs: tuple[tuple[ChaseStep | None, ChaseLetter], ...],
    is_chased: bool,
) -> tuple[ChaseLine, ...]:
    if root.sent_at is None and root.chase_at is None:
        return ()
    letters = {one.kind: one.state for one in work.letters.of_notice(root.id)}
    lines: list[ChaseLine] = []
    for step in steps_of(root.kind):
        is_done = LADDER.index(step) < root.chase_done
        is_next = not is_done and is_chased and not any(one.is_next for one in lines)
        day = step_at(root.chase, step, kit.settings.times)
        lines.append(
            ChaseLine(
                step=step,
                at=max(day, root.chase_at) if is_next and root.chase_at else day,
                is_done=is_done,
                is_next=is_next,
                is_wanted=root.wants is step,
                letter=letters.get(REMINDER[step]) if step in REMINDER else None,
                rungs=tuple(one for its_step, one in rungs if its_step is step),
            )
        )
    return tuple(lines)


def _places(work: Work, request: Request, root: Notice) -> tuple[ChasePlace, ...]:
    said, newer = work.notices.said(root.id), noticed_since(work, root)
    return tuple(
        ChasePlace(one.number, one.state, one.state_at, said[one.id][0], one.id not in newer)
        for one in work.requests.locations_of(request.id)
        if one.id in said
    )
