"""Recovery codes: ten one-time stand-ins for the second factor, shown once, kept as digests."""

from app.casework.kit import Kit
from app.persistence.database import Work
from app.vault.codes import new_short_code, read_short_code
from app.vault.derive import digest

HOW_MANY = 10


def draw_recovery_codes() -> tuple[str, ...]:
    """Codes for a person to write down; nothing is kept yet."""
    return tuple(new_short_code() for _ in range(HOW_MANY))


def keep_recovery_codes(work: Work, member_id: str, codes: tuple[str, ...]) -> None:
    """These in place of all earlier ones. The caller commits."""
    work.staff.replace_factor_codes(member_id, tuple(_digest(member_id, code) for code in codes))


def use_recovery_code(kit: Kit, member_id: str, typed: str) -> bool:
    """Whether `typed` is one of the member's codes; it is then used up."""
    code = read_short_code(typed)
    if code is None:
        return False
    with kit.database.writing() as work:
        was_there = work.staff.use_factor_code(member_id, _digest(member_id, code))
        work.commit()
    return was_there


def _digest(member_id: str, code: str) -> bytes:
    plain = code.replace("-", "")
    return digest("recovery code", f"{member_id} {plain}".encode())  # 80 random bits need no slow hash
