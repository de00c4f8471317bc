"""Which laws a notice cites: those an admin switched on after counsel confirmed them, and no other."""

from app.domain.laws import is_citable
from app.domain.notice_words import NoticeKind
from app.domain.notices import CitedLaw
from app.domain.providers import Provider
from app.persistence.database import Work


def laws_for(
    work: Work, provider: Provider, kind: NoticeKind, *, with_mandate: bool = False
) -> tuple[CitedLaw, ...]:
    """Those that hold where the provider is, for a notice of this kind.

    `with_mandate`: a signed mandate is noted in the case, and a caseworker chose to say so to this provider
    (TAKE IT DOWN Act). Never True by itself: citing it tells the provider that somebody asked.
    """
    return tuple(
        CitedLaw(law.code, law.use, law.citation)
        for law in work.laws.all()
        if is_citable(law, provider, kind, with_mandate=with_mandate)
    )
