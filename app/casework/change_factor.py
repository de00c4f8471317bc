"""A new second factor: another secret for the numbers, and ten new recovery codes."""

from dataclasses import dataclass, replace

from app.casework.actors import Staff
from app.casework.errors import NotAllowed, SignInRefused
from app.casework.hotline_trail import note
from app.casework.kit import Kit
from app.casework.recovery_codes import draw_recovery_codes, keep_recovery_codes
from app.casework.totp import totp_step
from app.domain.staff import StaffState
from app.domain.trail import TrailKind
from app.persistence.errors import Overtaken
from app.vault.pairs import seal_to
from app.vault.seal import Purpose


@dataclass(frozen=True)
class NewFactor:
    """The secret that was shown, and the number the person typed back."""

    secret: str
    typed: str

    def __repr__(self) -> str:
        return "NewFactor(…)"


def change_factor(kit: Kit, actor: Staff, given: NewFactor) -> tuple[str, ...]:
    """The new recovery codes, to be shown once. The old secret and the old codes are dead.

    Ends the sessions of this member: the one that asks goes on under a new token. Raises SignInRefused
    (the number does not fit), NotAllowed.
    """
    at = kit.clock()
    step = totp_step(given.secret, given.typed, at)
    if step is None:
        raise SignInRefused
    codes = draw_recovery_codes()
    sealed = seal_to(actor.pair.public, Purpose.TOTP, actor.id, given.secret.encode())
    with kit.database.writing() as work:
        member = work.staff.member(actor.id)
        if member.state is not StaffState.ACTIVE or member.public != actor.pair.public:
            raise NotAllowed
        try:
            work.staff.save(replace(member, totp_sealed=sealed), member.state)
        except Overtaken:
            raise NotAllowed from None
        work.staff.use_totp(member.id, step)  # false where a later step was used: this one is dead too
        keep_recovery_codes(work, member.id, codes)
        work.sessions.end_of_staff(member.id)
        note(work, TrailKind.FACTOR_CHANGED, member.id, at, member.id)
        work.commit()
    return codes
