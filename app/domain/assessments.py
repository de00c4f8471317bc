"""A finding on one location: the framework's two questions and what follows from them."""

from dataclasses import dataclass

from app.domain.words import AgeBand, Basis, Ground, Kind


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
    whether police confirmed the child's identity; None where nobody knows.
    """

    kind: Kind
    is_child: bool | None
    is_harmed: bool | None
    ground: Ground | None
    age_band: AgeBand | None
    identified: bool | None
    basis: Basis
    basis_by: str = ""

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
        if self.kind is Kind.CSAM and self.ground is not None:
            raise FindingError("ground", "csam_has_no_ground")

    @property
    def asks_removal(self) -> bool:
        """Both questions yes, or identity and safety: the place must go."""
        if self.kind is Kind.IDENTITY:
            return True
        return bool(self.is_child and self.is_harmed)

    @property
    def is_classified_csam(self) -> bool:
        """True only where somebody really looked and classified: the one case for XARF."""
        return self.kind is Kind.CSAM and self.asks_removal and self.basis is not Basis.NOBODY
