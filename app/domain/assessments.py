"""A finding on one location: the framework's two questions and what follows from them."""

from dataclasses import dataclass, replace

from app.domain.notice_words import AgeTier
from app.domain.proof_words import Tier
from app.domain.words import AgeBand, Basis, Ground, Kind

PRINCIPLES = {Ground.ABUSIVE_INCIDENT: 1, Ground.SEXUALISED: 2, Ground.PHYSICAL_ABUSE: 3}
"""The framework's three principles of what must go are, one to one, the grounds of a notice."""


class FindingError(ValueError):
    """A finding that does not hold together. `field` names the form field, `code` the reason."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(f"{field}: {code}")
        self.field, self.code = field, code


@dataclass(frozen=True)
class Finding:
    """What a caseworker found on one location, more likely than not.

    is_child and is_harmed are the framework's two questions; None for an identity and safety
    finding, which has no child test. The age band is that of the youngest child. `identified` is
    whether police confirmed the child's identity; None where nobody knows. `is_outside`: no hotline
    can have it removed, whatever the answers: it opens a hearing, as a "no" does.

    `proof_tier` is the best proof that the case had at that time, None without any; `age_confirmed`
    whether the hotline had confirmed by it that the person was under 18.
    """

    kind: Kind
    is_child: bool | None
    is_harmed: bool | None
    ground: Ground | None
    age_band: AgeBand | None
    identified: bool | None
    basis: Basis
    basis_by: str = ""
    is_outside: bool = False
    proof_tier: Tier | None = None
    age_confirmed: bool = False

    def __post_init__(self) -> None:
        if self.basis is Basis.OTHER and not self.basis_by.strip():
            raise FindingError("basis_by", "name_the_body")
        if self.kind is Kind.IDENTITY:
            if self.ground is not None:
                raise FindingError("ground", "identity_has_no_ground")
            return
        if self.is_child is None:
            raise FindingError("is_child", "answer_needed")
        if self.is_harmed is None:
            raise FindingError("is_harmed", "answer_needed")
        if self.age_band is None:
            raise FindingError("age_band", "answer_needed")
        if self.kind is Kind.HARMFUL and self.asks_removal and self.ground is None:
            raise FindingError("ground", "answer_needed")

    def whole(self) -> "Finding":
        """This finding, as one that is made now: every image that must go has a principle.

        Those made before have none where they are of CSAM, so it is no rule of the value itself.
        Raises FindingError.
        """
        if self.kind is not Kind.IDENTITY and self.asks_removal and self.ground is None:
            raise FindingError("ground", "answer_needed")
        return self

    def for_notice(self) -> "Finding":
        """What of it may leave the hotline: that it confirmed the age, never by which proof, which would tell
        of somebody who gave it. CSAM needs no ground."""
        ground = self.ground if self.kind is Kind.HARMFUL else None
        return replace(self, ground=ground, proof_tier=None)

    @property
    def asks_removal(self) -> bool:
        """Both questions yes, or identity and safety: the place must go, and a hotline can ask for it."""
        if self.is_outside:
            return False
        if self.kind is Kind.IDENTITY:
            return True
        return bool(self.is_child and self.is_harmed)

    @property
    def age_stands_on(self) -> AgeTier | None:
        """On what "under 18" stands, as a notice says it. None for identity and safety."""
        if self.kind is Kind.IDENTITY:
            return None
        if self.age_confirmed:
            return AgeTier.CONFIRMED
        if self.identified:
            return AgeTier.IDENTIFIED
        return AgeTier.NOT_ASSESSED if self.basis is Basis.NOBODY else AgeTier.ASSESSED

    @property
    def principle(self) -> int | None:
        """1, 2 or 3 of the framework's principles; None for identity and safety, or where nobody said."""
        return None if self.ground is None else PRINCIPLES[self.ground]

    @property
    def is_classified_csam(self) -> bool:
        """True only where somebody really looked and classified: the one case for XARF."""
        return self.kind is Kind.CSAM and self.asks_removal and self.basis is not Basis.NOBODY
