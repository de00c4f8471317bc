"""Setting a hotline up: team key, courier key, first members. Run once, by command."""

from dataclasses import dataclass
from os import urandom

import pyotp

from app.casework.kit import Kit, new_id
from app.casework.staff_names import sign_in_digest
from app.domain.words import Role
from app.persistence.staff import CourierKey, Member
from app.vault.derive import key_from, mac
from app.vault.pairs import KeyPair, new_pair, seal_to
from app.vault.passphrases import new_passphrase, passphrase_key
from app.vault.seal import Purpose, lock


@dataclass(frozen=True)
class Enrolled:
    """What a new member is shown once. Never stored."""

    name: str
    sign_in: str
    passphrase: str
    totp_secret: str

    def __repr__(self) -> str:
        return "Enrolled(…)"


def found_hotline(kit: Kit, team: KeyPair) -> None:
    """Keep the public half of the team key and a fresh courier key, sealed to the team."""
    courier, courier_id = new_pair(), new_id()
    key = CourierKey(
        id=courier_id,
        public=courier.public,
        public_mac=mac(key_from(team.seed, "vouching"), "courier key", courier.public),
        pair_sealed=seal_to(team.public, Purpose.COURIER_KEY, courier_id, courier.seed),
    )
    with kit.database.writing() as work:
        work.staff.add_team_key(new_id(), team.public, kit.clock())
        work.courier_keys.add(key)
        work.commit()


def enrol_member(kit: Kit, team: KeyPair, role: Role, name: str, sign_in: str) -> Enrolled:
    """Make a member's keys and, for a caseworker, the grant of the team key."""
    passphrase, totp_secret, salt = new_passphrase(), pyotp.random_base32(), urandom(16)
    wrapping = kit.take_turns(kit.sign_ins, lambda: passphrase_key(passphrase, salt))
    pair, member_id = new_pair(), new_id()
    member = Member(
        id=member_id,
        role=role,
        salt=salt,
        public=pair.public,
        public_mac=mac(key_from(team.seed, "vouching"), f"member {member_id}", pair.public),
        totp_counter=0,
        pair_sealed=lock(wrapping, Purpose.CASEWORKER_KEY, member_id, pair.seed),
        totp_sealed=seal_to(pair.public, Purpose.TOTP, member_id, totp_secret.encode()),
        name_sealed=seal_to(pair.public, Purpose.STAFF_NAME, member_id, name.encode()),
    )
    with kit.database.writing() as work:
        key_id, team_public = kit.team_public(work)
        if team_public != team.public:
            raise ValueError("this is not the team key in use")
        work.staff.add_member(member, sign_in_digest(kit, sign_in))
        if role is Role.CASEWORKER:
            work.staff.add_grant(
                member_id, key_id, seal_to(pair.public, Purpose.TEAM_KEY, member_id, team.seed)
            )
        work.commit()
    return Enrolled(name, sign_in, passphrase, totp_secret)
