"""The second factor: a number, a recovery code in its place, or a passkey. None of them works twice."""

from dataclasses import dataclass
from enum import StrEnum, unique

from app.casework.errors import NotAllowed, SignInRefused
from app.casework.kit import Kit
from app.casework.passkey_party import has_passkeys, passkey_party
from app.casework.recovery_codes import use_recovery_code
from app.casework.totp import totp_step
from app.persistence.staff import Member
from app.vault.pairs import KeyPair, open_with
from app.vault.passkeys import PasskeyRefused, Question, ask_for_known, credential_in, read_proof
from app.vault.seal import Purpose


@unique
class Used(StrEnum):
    """Which factor it was. After a recovery code the person should set a new one."""

    NUMBER = "number"
    RECOVERY = "recovery"
    PASSKEY = "passkey"


@dataclass(frozen=True)
class TypedCode:
    """A number, or a recovery code, as it was typed."""

    typed: str

    def __repr__(self) -> str:
        return "TypedCode(…)"


@dataclass(frozen=True)
class PasskeyAnswer:
    """What the browser answered to the question with this challenge."""

    challenge: bytes
    answer: str

    def __repr__(self) -> str:
        return "PasskeyAnswer(…)"


Factor = TypedCode | PasskeyAnswer


def use_factor(kit: Kit, member: Member, pair: KeyPair, factor: Factor) -> Used:
    """Use it up. Raises SignInRefused."""
    match factor:
        case TypedCode(typed):
            return _use_code(kit, member, pair, typed)
        case PasskeyAnswer():
            return _use_passkey(kit, member, factor)


def ask_for_passkey(kit: Kit, member_id: str) -> Question | None:
    """What to ask the browser of somebody who has passkeys; None without any, or where none can be."""
    if not has_passkeys(kit):
        return None
    with kit.database.reading() as work:
        known = tuple(one.credential_id for one in work.passkeys.of(member_id))
    return ask_for_known(passkey_party(kit), known) if known else None


def _use_code(kit: Kit, member: Member, pair: KeyPair, typed: str) -> Used:
    """One time step before and after is accepted; each step only once, and never an older one."""
    if use_recovery_code(kit, member.id, typed):
        return Used.RECOVERY
    secret = open_with(pair, Purpose.TOTP, member.id, member.totp_sealed).decode()
    step = totp_step(secret, typed, kit.clock())
    if step is None:
        raise SignInRefused
    with kit.database.writing() as work:
        if not work.staff.use_totp(member.id, step):
            raise SignInRefused
        work.commit()
    return Used.NUMBER


def _use_passkey(kit: Kit, member: Member, given: PasskeyAnswer) -> Used:
    with kit.database.reading() as work:
        theirs = {one.credential_id: one for one in work.passkeys.of(member.id)}
    try:
        passkey = theirs.get(credential_in(given.answer))
        if passkey is None:
            raise SignInRefused
        party = passkey_party(kit)
        count = read_proof(party, given.challenge, given.answer, passkey.public, passkey.sign_count)
    except (PasskeyRefused, NotAllowed):
        raise SignInRefused from None
    with kit.database.writing() as work:
        if not work.passkeys.use(passkey, count):
            raise SignInRefused
        work.commit()
    return Used.PASSKEY
