"""Inviting one person: a link that works once, for seven days."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe

from app.casework.actors import Staff
from app.casework.errors import NotAllowed, SignInTaken
from app.casework.hotline_trail import note
from app.casework.kit import Kit, new_id
from app.casework.staff_names import sign_in_digest
from app.domain.trail import TrailKind
from app.domain.words import Role
from app.persistence.database import Work
from app.persistence.errors import AlreadyThere
from app.persistence.invitations import Invitation
from app.vault.derive import hkdf, key_from
from app.vault.pairs import KeyPair
from app.vault.seal import Purpose, SecretKey, lock

GOOD_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Invite:
    """Who is invited: as what, and the name they will sign in with."""

    role: Role
    sign_in: str

    def __repr__(self) -> str:
        return f"Invite({self.role})"


def invite_member(kit: Kit, by: Staff, given: Invite, team: KeyPair | None = None) -> str:
    """The secret of the link; it is kept nowhere.

    With `team`, the invited caseworker gets the team key from the link itself: for first people alone,
    whom no colleague can grant it. Raises SignInTaken, NotAllowed when the name is empty.
    """
    with kit.database.writing() as work:
        secret = put_invitation(kit, work, by.id, given, team, kit.clock())
        work.commit()
    return secret


def put_invitation(kit: Kit, work: Work, by: str, given: Invite, team: KeyPair | None, at: datetime) -> str:
    """The same within a transaction. `by` is a member's id, or "command"."""
    if not given.sign_in.strip():
        raise NotAllowed
    name_digest = sign_in_digest(kit, given.sign_in)
    work.invitations.sweep(at)
    if work.staff.by_sign_in(name_digest) is not None or work.invitations.is_invited(name_digest):
        raise SignInTaken
    invitation_id, secret = new_id(), token_urlsafe(32)
    carried = team if given.role.opens_cases else None
    invitation = Invitation(
        id=invitation_id,
        role=given.role,
        made_by=by,
        ends_at=at + GOOD_FOR,
        sign_in_digest=name_digest,
        team_sealed=None
        if carried is None
        else lock(invitation_key(secret), Purpose.TEAM_KEY_INVITED, invitation_id, carried.seed),
    )
    try:
        work.invitations.add(invitation, invitation_lookup(secret))
    except AlreadyThere:
        raise SignInTaken from None
    note(work, TrailKind.MEMBER_INVITED, by, at, invitation_id)
    return secret


def invitation_lookup(secret: str) -> bytes:
    """The digest under which an invitation is found."""
    return hkdf(secret.encode(), "invitation lookup")


def invitation_key(secret: str) -> SecretKey:
    """What opens the team key that a first invitation carries."""
    return key_from(secret.encode(), "invitation")


def invitation_link(kit: Kit, secret: str) -> str:
    return f"{kit.settings.base_url}/desk/join/{secret}"
