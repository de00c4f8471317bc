"""Signing in at the desk: passphrase, then the code of the second factor. One answer to every fault."""

import hmac
from dataclasses import dataclass

import pyotp

from app.casework.actors import Admin, Caseworker, Staff
from app.casework.errors import Busy, SignInRefused
from app.casework.kit import Kit
from app.casework.recovery_codes import use_recovery_code
from app.casework.staff_names import sign_in_digest
from app.casework.unlock_courier import unlock_courier
from app.domain.staff import StaffState
from app.domain.words import Role
from app.persistence.staff import Member
from app.vault.derive import mac
from app.vault.pairs import KeyPair, Ring, open_with, ring_of
from app.vault.passphrases import passphrase_key
from app.vault.queue import QueueFull
from app.vault.seal import NotOpened, Purpose, unlock

_STEP_S = 30


@dataclass(frozen=True)
class SignIn:
    """What was typed at the desk's door."""

    name: str
    passphrase: str
    totp: str

    def __repr__(self) -> str:
        return "SignIn(…)"


def sign_in(kit: Kit, typed: SignIn) -> Staff:
    """Open a member's keys. Wrong tries are slowed per name, never locked out.

    Raises SignInRefused (unknown name, wrong passphrase, wrong or used code alike) or Busy.
    """
    name_digest = sign_in_digest(kit, typed.name)
    try:
        kit.slowdown.wait(name_digest)
    except QueueFull:
        raise Busy from None
    with kit.database.reading() as work:
        member = work.staff.by_sign_in(name_digest)
    salt = member.salt if member else mac(kit.sign_in_key, "no such member", name_digest)[:16]
    wrapping = kit.take_turns(kit.sign_ins, lambda: passphrase_key(typed.passphrase, salt))
    try:
        if member is None or member.state is not StaffState.ACTIVE:
            raise SignInRefused
        pair = KeyPair(unlock(wrapping, Purpose.CASEWORKER_KEY, member.id, member.pair_sealed))
        use_code(kit, member, pair, typed.totp)
    except (NotOpened, SignInRefused):
        kit.slowdown.wrong(name_digest)
        raise SignInRefused from None
    kit.slowdown.right(name_digest)
    return _actor(kit, member, pair)


def use_code(kit: Kit, member: Member, pair: KeyPair, typed: str) -> None:
    """One time step before and after is accepted; each step only once, and never an older one.

    A recovery code (longer than a TOTP code) works in its place, once.
    """
    if use_recovery_code(kit, member.id, typed):
        return
    secret = open_with(pair, Purpose.TOTP, member.id, member.totp_sealed).decode()
    digits = "".join(typed[:20].split()).encode()
    totp, step = pyotp.TOTP(secret), int(kit.clock().timestamp()) // _STEP_S
    counter = next(
        (c for c in (step, step - 1, step + 1) if hmac.compare_digest(totp.generate_otp(c).encode(), digits)),
        None,
    )
    if counter is None:
        raise SignInRefused
    with kit.database.writing() as work:
        if not work.staff.use_totp(member.id, counter):
            raise SignInRefused
        work.commit()


def _actor(kit: Kit, member: Member, pair: KeyPair) -> Staff:
    name = open_with(pair, Purpose.STAFF_NAME, member.id, member.name_sealed).decode()
    if member.role is Role.ADMIN:
        return Admin(member.id, name, pair)
    try:
        actor = Caseworker(member.id, name, pair, open_team(kit, member.id, pair))
    except NotOpened:
        raise SignInRefused from None
    unlock_courier(kit, actor)
    return actor


def open_team(kit: Kit, member_id: str, pair: KeyPair) -> Ring:
    """The team key a member was granted; while a rotation runs, the one before it too. Raises NotOpened."""
    with kit.database.reading() as work:
        key = kit.team_key(work)
        grant = work.staff.grant(member_id, key.id)
    if grant is None:
        raise NotOpened
    current = KeyPair(open_with(pair, Purpose.TEAM_KEY, member_id, grant))
    if key.before_sealed is None:
        return ring_of(current)
    return ring_of(current, KeyPair(open_with(current, Purpose.TEAM_KEY_BEFORE, key.id, key.before_sealed)))
