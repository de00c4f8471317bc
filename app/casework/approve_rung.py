"""Approving one more letter of a notice's ladder, from the letter that was read."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.casework.actors import Caseworker
from app.casework.add_notice import begin_approval
from app.casework.case_keys import open_case_keys
from app.casework.cases import load_held, save_moves
from app.casework.current_team import current_team
from app.casework.drafts import Draft, print_of
from app.casework.errors import SafetyCheckDue, Stale
from app.casework.kit import Kit
from app.casework.notice_gate import may_notify
from app.casework.plan_rung import plan_rung
from app.casework.preview_rungs import further_letters, goes_now, load_root
from app.casework.step_second import finders_of, require_second
from app.casework.unlock_courier import unlock_courier
from app.domain.desk_words import Step
from app.domain.locations import Location
from app.persistence.database import Work
from app.persistence.errors import Overtaken
from app.persistence.notices import Notice


@dataclass(frozen=True)
class RungInput:
    """`rung`: which contact of that provider, from 1; `seen`: the print of the letter that was read."""

    root_id: str
    provider_id: str
    rung: int
    seen: str


def approve_rung(kit: Kit, actor: Caseworker, given: RungInput) -> str:
    """Its reference. It goes when its step is due; at once where that was reached already, or by hand of a
    person where no mail leads there. A step that waited for a person waits no more.

    Raises Stale when anything in it is not as it was read, or it was approved meanwhile; SafetyCheckDue,
    SecondCaseworkerNeeded, ReferFirst, PoliceHoldRuns, NotFound, NotHolding, KeyNotTrusted.
    """
    unlock_courier(kit, actor)
    at = kit.clock()
    with kit.database.writing() as work:
        team_public = current_team(kit, work, actor)
        request = load_held(work, actor, load_root(work, given.root_id).request_id, kit)
        root = load_root(work, given.root_id)  # again, now that changes of this case take turns
        keys = open_case_keys(work, actor.team, request.id)
        if not request.may_go_out:
            raise SafetyCheckDue
        draft = _as_read(further_letters(kit, work, actor.team, request, keys, root, at), given)
        ids = tuple(one.id for one in draft.places)
        require_second(work, actor, Step.NOTICE, finders_of(work, request.id, ids))
        may_notify(kit, work, request, draft.provider.country, ids, at)
        approval = begin_approval(work, kit, actor, team_public, at)
        is_due = goes_now(root, draft, at, kit.settings.times)
        notice = plan_rung(approval, request, root, draft, now=is_due)
        save_moves(work, request, *_not_wanted(work, root, draft, at))
        work.commit()
    return notice.reference


def _as_read(possible: tuple[Draft, ...], given: RungInput) -> Draft:
    for draft in possible:
        if (draft.provider.id, draft.rung) == (given.provider_id, given.rung):
            if print_of(draft) != given.seen:
                raise Stale
            return draft
    raise Stale


def _not_wanted(work: Work, root: Notice, draft: Draft, at: datetime) -> tuple[Location, ...]:
    """Nobody is needed for this step any more: its places are due when the next one is."""
    if root.wants is not draft.step:
        return ()
    try:
        work.notices.save(replace(root, wants=None))
    except Overtaken:
        raise Stale from None
    ids = {one.id for one in draft.places}
    if root.chase_at is None or root.chase_at <= at:
        return ()
    return tuple(
        one.due(root.chase_at) for one in work.requests.locations_of(root.request_id) if one.id in ids
    )
