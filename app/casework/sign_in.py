"""Signing in at the desk: passphrase, then a second factor. One answer to every fault."""

from dataclasses import dataclass

from app.casework.actors import Admin, Auditor, Caseworker, Staff
from app.casework.errors import Busy, KeyNotTrusted, SignInRefused
from app.casework.kit import Kit, lane
from app.casework.staff_names import sign_in_digest
from app.casework.sweep_series import sweep_series
from app.casework.unlock_courier import unlock_courier
from app.casework.use_factor import Factor, TypedCode, Used, use_factor
from app.domain.staff import StaffState
from app.domain.words import Role
from app.persistence.errors import NotThere
from app.persistence.staff import Member
from app.vault.derive import digest, mac
from app.vault.pairs import KeyPair, Ring, open_with, ring_of
from app.vault.passphrases import passphrase_key
from app.vault.queue import QueueFull
from app.vault.seal import NotOpened, Purpose, unlock


@dataclass(frozen=True)
class SignIn:
    """What was typed at the desk's door."""

    name: str
    passphrase: str
    totp: str

    def __repr__(self) -> str:
        return "SignIn(…)"


@dataclass(frozen=True)
class HalfSignedIn:
    """Someone whose passphrase was right, before their second factor."""

    member_id: str
    name_digest: bytes
    pair: KeyPair

    def __repr__(self) -> str:
        return f"HalfSignedIn({self.member_id})"


@dataclass(frozen=True)
class SignedIn:
    """Who came in, and by which factor."""

    actor: Staff
    used: Used


def sign_in(kit: Kit, typed: SignIn) -> Staff:
    """Open a member's keys. Wrong tries are slowed, never locked out.

    Raises SignInRefused (unknown name, wrong passphrase, wrong or used code alike) or Busy.
    """
    return finish_sign_in(kit, begin_sign_in(kit, typed), TypedCode(typed.totp)).actor


def begin_sign_in(kit: Kit, typed: SignIn) -> HalfSignedIn:
    """The passphrase alone; the code is not looked at. Raises SignInRefused, Busy."""
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
        if member is None or member.state is not StaffState.ACTIVE:
            raise SignInRefused
        pair = KeyPair(unlock(wrapping, Purpose.CASEWORKER_KEY, member.id, member.pair_sealed))
    except (NotOpened, SignInRefused):
        kit.slowdown.wrong(tries)
        raise SignInRefused from None
    kit.slowdown.right(tries)
    return HalfSignedIn(member.id, name_digest, pair)


def finish_sign_in(kit: Kit, half: HalfSignedIn, factor: Factor) -> SignedIn:
    """The second factor. Raises SignInRefused, Busy."""
    _wait(kit, half.name_digest)
    try:
        with kit.database.reading() as work:
            member = work.staff.member(half.member_id)
        if member.state is not StaffState.ACTIVE:
            raise SignInRefused
        used = use_factor(kit, member, half.pair, factor)
    except (NotThere, NotOpened, SignInRefused):
        kit.slowdown.wrong(half.name_digest)
        raise SignInRefused from None
    kit.slowdown.right(half.name_digest)
    return SignedIn(_actor(kit, member, half.pair), used)


def _wait(kit: Kit, tries: bytes) -> None:
    try:
        kit.slowdown.wait(tries)
    except QueueFull:
        raise Busy from None


def _actor(kit: Kit, member: Member, pair: KeyPair) -> Staff:
    name = open_with(pair, Purpose.STAFF_NAME, member.id, member.name_sealed).decode()
    if member.role is Role.ADMIN:
        return Admin(member.id, name, pair)
    if member.role is Role.AUDITOR:
        return Auditor(member.id, name, pair)
    try:
        actor = Caseworker(member.id, name, pair, open_team(kit, member.id, pair), member.role)
    except NotOpened:
        raise SignInRefused from None
    unlock_courier(kit, actor)
    sweep_series(kit, actor)
    return actor


def open_team(kit: Kit, member_id: str, pair: KeyPair) -> Ring:
    """The team key a member was granted; while a rotation runs, the one before it too.

    Raises NotOpened, and KeyNotTrusted when the grant holds another key than the one that is pinned.
    """
    with kit.database.reading() as work:
        key = kit.team_key(work)
        grant = work.staff.grant(member_id, key.id)
    if grant is None:
        raise NotOpened
    current = KeyPair(open_with(pair, Purpose.TEAM_KEY, member_id, grant))
    if current.public != key.public:  # anybody can seal anything to a member's public key
        raise KeyNotTrusted(f"team key {key.id}")
    if key.before_sealed is None:
        return ring_of(current)
    return ring_of(current, KeyPair(open_with(current, Purpose.TEAM_KEY_BEFORE, key.id, key.before_sealed)))
