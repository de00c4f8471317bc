"""Joining the hotline by an invitation: the last step, after which the person is a member."""

from dataclasses import dataclass, replace

from app.casework.enrol_member import NewMember, add_grant, make_member, vouched_for
from app.casework.errors import KeyNotTrusted, NotFound
from app.casework.hotline_trail import note
from app.casework.invite_member import invitation_key, invitation_lookup
from app.casework.kit import Kit
from app.casework.recovery_codes import keep_recovery_codes
from app.domain.staff import StaffState
from app.domain.trail import TrailKind
from app.domain.words import Role
from app.persistence.database import Work
from app.persistence.invitations import Invitation
from app.vault.pairs import KeyPair, fingerprint_of
from app.vault.seal import NotOpened, Purpose, unlock


@dataclass(frozen=True)
class Joining:
    """Everything that was shown to the person, and the time step of the number they proved it with."""

    drawn: NewMember
    totp_step: int
    recovery_codes: tuple[str, ...]

    def __repr__(self) -> str:
        return f"Joining({self.drawn.member_id})"


@dataclass(frozen=True)
class Joined:
    """The new member; the fingerprint is what a colleague compares by voice."""

    member_id: str
    role: Role
    state: StaffState
    fingerprint: str


def open_invitation(kit: Kit, link: str) -> Invitation:
    """Raises NotFound: wrong, used and ended links are all the same."""
    with kit.database.reading() as work:
        return _open(kit, work, link)


def join_hotline(kit: Kit, link: str, given: Joining) -> Joined:
    """Keep the new member, and use the link up.

    They wait for a colleague's grant, unless the link brings the team key (a hotline's first people) or
    they need none (admins). Raises NotFound, Busy, KeyNotTrusted.
    """
    open_invitation(kit, link)  # before the slow work
    at, drawn = kit.clock(), given.drawn
    member = make_member(kit, drawn, Role.CASEWORKER, StaffState.WAITING)
    with kit.database.writing() as work:
        key = kit.team_key(work)
        invitation = _open(kit, work, link)
        team = _carried(invitation, link, key.public)
        waits = invitation.role.opens_cases and team is None
        state = StaffState.WAITING if waits else StaffState.ACTIVE
        member = replace(member, role=invitation.role, state=state, totp_counter=given.totp_step)
        if team is not None:
            member = replace(member, public_mac=vouched_for(member, team))
        if not work.invitations.drop(invitation.id):
            raise NotFound
        work.staff.add_member(member, invitation.sign_in_digest)
        keep_recovery_codes(work, member.id, given.recovery_codes)
        if team is not None:
            add_grant(work, member, key.id, team)
        note(work, TrailKind.MEMBER_ENROLLED, member.id, at, member.id)
        work.commit()
    return Joined(member.id, member.role, state, fingerprint_of(member.public))


def _open(kit: Kit, work: Work, link: str) -> Invitation:
    invitation = work.invitations.by_link(invitation_lookup(link))
    if invitation is None or invitation.ends_at <= kit.clock():
        raise NotFound
    return invitation


def _carried(invitation: Invitation, link: str, team_public: bytes) -> KeyPair | None:
    """The team key that the link of a first caseworker brings; it must be the one that is pinned."""
    if invitation.team_sealed is None or not invitation.role.opens_cases:
        return None
    try:
        seed = unlock(invitation_key(link), Purpose.TEAM_KEY_INVITED, invitation.id, invitation.team_sealed)
    except NotOpened:
        raise KeyNotTrusted(f"invitation {invitation.id}") from None
    team = KeyPair(seed)
    if team.public != team_public:
        raise KeyNotTrusted(f"invitation {invitation.id}")
    return team
