"""People at the hotline: by handle and state, never by name; and what one member sees of themselves."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.casework.actors import Staff
from app.casework.kit import Kit
from app.casework.member_moves import is_last_caseworker
from app.casework.passkey_party import has_passkeys
from app.domain.sessions import ALWAYS, IDLE, STAFF
from app.domain.staff import StaffState
from app.domain.words import Role
from app.persistence.errors import NotThere
from app.persistence.staff import Member
from app.vault.pairs import fingerprint_of, open_with
from app.vault.seal import Purpose

HANDLE = 6
_ORDER = tuple(StaffState)


@dataclass(frozen=True)
class MemberRow:
    """`proposed`: one of two colleagues has compared their key; `proposed_by_me`: it was the reader."""

    id: str
    handle: str
    role: Role
    state: StaffState
    is_me: bool
    proposed: bool
    proposed_by_me: bool
    is_last_caseworker: bool


@dataclass(frozen=True)
class People:
    """Those who wait come first, those who left last."""

    members: tuple[MemberRow, ...]
    waiting: int
    invited: int


@dataclass(frozen=True)
class PasskeyRow:
    id: str
    label: str
    added_at: datetime


@dataclass(frozen=True)
class Me:
    """One's own access."""

    handle: str
    fingerprint: str
    idle: timedelta
    always: timedelta
    codes_left: int
    has_passkeys: bool
    passkeys: tuple[PasskeyRow, ...]


def handle_of_member(member_id: str) -> str:
    """How colleagues are called, here and in the trail: a name is nobody's business."""
    return member_id[:HANDLE]


def read_people(kit: Kit, actor: Staff) -> People:
    with kit.database.reading() as work:
        found = sorted(work.staff.members(), key=lambda one: (_ORDER.index(one.state), one.id))
        by = {one.id: work.staff.proposal(one.id) for one in found if one.state is StaffState.WAITING}
        last = {one.id for one in found if is_last_caseworker(kit, work, one)}
        invited = work.invitations.count_open(kit.clock())
    rows = tuple(
        MemberRow(
            id=one.id,
            handle=handle_of_member(one.id),
            role=one.role,
            state=one.state,
            is_me=one.id == actor.id,
            proposed=(proposal := by.get(one.id)) is not None,
            proposed_by_me=proposal is not None and proposal.proposed_by == actor.id,
            is_last_caseworker=one.id in last,
        )
        for one in found
    )
    return People(rows, sum(_waits(one) for one in found), invited)


def _waits(member: Member) -> bool:
    return member.role.opens_cases and member.state is StaffState.WAITING


def read_me(kit: Kit, actor: Staff) -> Me:
    with kit.database.reading() as work:
        codes_left = work.staff.count_factor_codes(actor.id)
        passkeys = work.passkeys.of(actor.id)
    return Me(
        handle=handle_of_member(actor.id),
        fingerprint=fingerprint_of(actor.pair.public),
        idle=IDLE[STAFF],
        always=ALWAYS[STAFF],
        codes_left=codes_left,
        has_passkeys=has_passkeys(kit),
        passkeys=tuple(
            PasskeyRow(
                one.id,
                open_with(actor.pair, Purpose.PASSKEY_LABEL, one.id, one.label_sealed).decode(),
                one.added_at,
            )
            for one in passkeys
        ),
    )


def is_member(kit: Kit, actor: Staff) -> bool:
    """Whether this person may (still) act: asked at every request, so that suspending works at once."""
    with kit.database.reading() as work:
        try:
            member = work.staff.member(actor.id)
        except NotThere:
            return False
    return member.state is StaffState.ACTIVE and member.role is actor.role
