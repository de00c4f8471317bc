"""Making a member's keys: pair, passphrase, second factor. The passphrase is generated, never chosen."""

from dataclasses import dataclass
from os import urandom

import pyotp

from app.casework.kit import Kit, new_id
from app.casework.vouching import member_name, vouch
from app.domain.staff import StaffState
from app.domain.words import Role
from app.persistence.database import Work
from app.persistence.staff import Member
from app.vault.pairs import KeyPair, new_pair, seal_to
from app.vault.passphrases import new_passphrase, passphrase_key
from app.vault.seal import Purpose, lock


@dataclass(frozen=True)
class NewMember:
    """What is being enrolled: shown once to the person, then only kept sealed."""

    member_id: str
    name: str
    passphrase: str
    totp_secret: str
    pair: KeyPair

    def __repr__(self) -> str:
        return f"NewMember({self.member_id})"


def draw_member(name: str) -> NewMember:
    """Keys and secrets for a new member; nothing is kept yet."""
    return NewMember(new_id(), name, new_passphrase(), pyotp.random_base32(), new_pair())


def make_member(kit: Kit, drawn: NewMember, role: Role, state: StaffState) -> Member:
    """The row: the pair wrapped under the passphrase (slow), everything else sealed to the pair."""
    salt, pair = urandom(16), drawn.pair
    wrapping = kit.take_turns(kit.sign_ins, lambda: passphrase_key(drawn.passphrase, salt))
    return Member(
        id=drawn.member_id,
        role=role,
        state=state,
        salt=salt,
        public=pair.public,
        public_mac=b"",
        totp_counter=0,
        pair_sealed=lock(wrapping, Purpose.CASEWORKER_KEY, drawn.member_id, pair.seed),
        totp_sealed=seal_to(pair.public, Purpose.TOTP, drawn.member_id, drawn.totp_secret.encode()),
        name_sealed=seal_to(pair.public, Purpose.STAFF_NAME, drawn.member_id, drawn.name.encode()),
    )


def vouched_for(member: Member, team: KeyPair) -> bytes:
    return vouch(team, member_name(member.id), member.public)


def add_grant(work: Work, member: Member, team_key_id: str, team: KeyPair) -> None:
    """The team key, sealed to the member's own. The caller has vouched for the key."""
    sealed = seal_to(member.public, Purpose.TEAM_KEY, member.id, team.seed)
    work.staff.add_grant(member.id, team_key_id, sealed)
