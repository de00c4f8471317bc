"""Signing in at the desk: passphrase, then the code of the second factor. One answer to every fault."""

import hmac
from dataclasses import dataclass

import pyotp

from app.casework.actors import Admin, Caseworker, Staff
from app.casework.errors import Busy, SignInRefused
from app.casework.kit import Kit, lane
from app.casework.staff_names import sign_in_digest
from app.casework.unlock_courier import unlock_courier
from app.domain.words import Role
from app.persistence.staff import Member
from app.vault.derive import digest, mac
from app.vault.pairs import KeyPair, open_with
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
    """Open a member's keys. Wrong tries are slowed, never locked out.

    Raises SignInRefused (unknown name, wrong passphrase, wrong or used code alike) or Busy.
    """
    name_digest = sign_in_digest(kit, typed.name)
    # A stranger who knows a name slows only their own tries at it. Wrong codes are counted for the
    # member, whoever tries: only who has the passphrase comes so far, and six digits could be guessed.
    tries = digest("tries at a name", name_digest + lane.get().encode())
    _wait(kit, tries)
    with kit.database.reading() as work:
        member = work.staff.by_sign_in(name_digest)
    salt = member.salt if member else mac(kit.sign_in_key, "no such member", name_digest)[:16]
    wrapping = kit.take_turns(kit.sign_ins, lambda: passphrase_key(typed.passphrase, salt))
    try:
        if member is None:
            raise SignInRefused
        pair = KeyPair(unlock(wrapping, Purpose.CASEWORKER_KEY, member.id, member.pair_sealed))
    except (NotOpened, SignInRefused):
        kit.slowdown.wrong(tries)
        raise SignInRefused from None
    _wait(kit, name_digest)
    try:
        _use_code(kit, member, pair, typed.totp)
    except (NotOpened, SignInRefused):
        kit.slowdown.wrong(name_digest)
        raise SignInRefused from None
    kit.slowdown.right(tries)
    kit.slowdown.right(name_digest)
    return _actor(kit, member, pair)


def _wait(kit: Kit, tries: bytes) -> None:
    try:
        kit.slowdown.wait(tries)
    except QueueFull:
        raise Busy from None


def _use_code(kit: Kit, member: Member, pair: KeyPair, typed: str) -> None:
    """One time step before and after is accepted; each step only once, and never an older one."""
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
        return Admin(member.id, name)
    with kit.database.reading() as work:
        key_id, _ = kit.team_public(work)
        grant = work.staff.grant(member.id, key_id)
    if grant is None:
        raise SignInRefused
    try:
        team = KeyPair(open_with(pair, Purpose.TEAM_KEY, member.id, grant))
    except NotOpened:
        raise SignInRefused from None
    actor = Caseworker(member.id, name, team)
    unlock_courier(kit, actor)
    return actor
