"""Laws that a notice may cite, and to whom. The operator's own: none is cited before counsel said so.

The list that comes along is a start for that talk, not advice. Sources: the acts themselves, by their
official numbers.
"""

from dataclasses import dataclass, replace
from enum import StrEnum, unique

from app.domain.notice_words import LawUse, NoticeKind
from app.domain.providers import Provider

EU = "EU"
"""Instead of a country: all the member states."""

EU_COUNTRIES = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()
)


@unique
class LawCode(StrEnum):
    """Which sentence of a letter cites it. The value is what is stored."""

    DSA_16 = "dsa_16"
    TAKE_IT_DOWN = "take_it_down"
    REPORT_ACT = "report_act"
    GDPR_17 = "gdpr_17"
    NATIONAL = "national"


@dataclass(frozen=True)
class Law:
    """One law. `code`: a LawCode. `country`: ISO 3166-1 alpha-2, or "EU". `kinds`: of notices. `citation`:
    as the letter gives it. `is_on`: confirmed with counsel on the day `verified_on` (ISO date)."""

    id: str
    code: str
    country: str
    use: LawUse
    kinds: tuple[NoticeKind, ...]
    citation: str
    is_on: bool
    verified_on: str


def kinds_for(code: str, use: LawUse) -> tuple[NoticeKind, ...]:
    """The kinds of notice in which it may ever be cited.

    No ground in a notice about harmful/abusive images: its grounds a to c never assert that anything is
    against a law. None at all for who supplies a provider: they hold nothing that a law could name.
    """
    match code:
        case LawCode.DSA_16:
            return (NoticeKind.CSAM, NoticeKind.IDENTITY)
        case LawCode.TAKE_IT_DOWN:
            return (NoticeKind.CSAM,)
        case LawCode.GDPR_17:
            return (NoticeKind.IDENTITY, NoticeKind.SEARCH)
        case LawCode.REPORT_ACT:
            return (NoticeKind.CSAM, NoticeKind.HARMFUL)
    if use is LawUse.PRESERVATION:
        return (NoticeKind.CSAM, NoticeKind.HARMFUL, NoticeKind.IDENTITY)
    return (NoticeKind.CSAM, NoticeKind.IDENTITY, NoticeKind.SEARCH)


def is_citable(law: Law, provider: Provider, kind: NoticeKind, *, with_mandate: bool) -> bool:
    """Whether a letter of this kind to this provider cites it.

    The Digital Services Act binds hosts by Article 16, and nobody else. The TAKE IT DOWN Act asks for a
    request that the person shown, or somebody for them, signed, and binds covered platforms alone.
    """
    if not law.is_on or not law.verified_on or kind not in law.kinds:
        return False
    if kind not in kinds_for(law.code, law.use) or not _holds_in(law.country, provider.country):
        return False
    if law.code == LawCode.DSA_16:
        return provider.kind.is_host
    if law.code == LawCode.TAKE_IT_DOWN:
        return with_mandate and provider.is_covered
    return True


def _holds_in(country: str, provider_country: str) -> bool:
    return provider_country in EU_COUNTRIES if country == EU else provider_country == country


def _shipped(
    code: LawCode, country: str, citation: str, *kinds: NoticeKind, use: LawUse = LawUse.GROUND
) -> Law:
    return Law(str(code), code, country, use, kinds, citation, is_on=False, verified_on="")


SHIPPED = (
    _shipped(
        LawCode.DSA_16,
        EU,
        "Regulation (EU) 2022/2065 (Digital Services Act), Article 16",
        NoticeKind.CSAM,
        NoticeKind.IDENTITY,
    ),
    _shipped(
        LawCode.GDPR_17,
        EU,
        "Regulation (EU) 2016/679 (General Data Protection Regulation), Article 17",
        NoticeKind.IDENTITY,
        NoticeKind.SEARCH,
    ),
    _shipped(
        LawCode.TAKE_IT_DOWN,
        "US",
        "TAKE IT DOWN Act, Public Law 119-12, section 3",
        NoticeKind.CSAM,
    ),
    _shipped(
        LawCode.REPORT_ACT,
        "US",
        "REPORT Act, Public Law 118-59; 18 U.S.C. 2258A(h)",
        NoticeKind.CSAM,
        NoticeKind.HARMFUL,
        use=LawUse.PRESERVATION,
    ),
)
"""Off, and kept nowhere until an admin saves one: a new database and an old one offer them alike."""


def with_shipped(kept: tuple[Law, ...]) -> tuple[Law, ...]:
    """What is kept, and what comes along and is not kept yet; by country and citation."""
    ids = {law.id for law in kept}
    every = (*kept, *(law for law in SHIPPED if law.id not in ids))
    return tuple(sorted(every, key=lambda law: (law.country, law.citation, law.id)))


def reworded(law: Law, citation: str, use: LawUse, kinds: tuple[NoticeKind, ...]) -> Law:
    """With other words, uses or notices. What counsel saw is not this any more, so it is off again."""
    fixed = law.use if law.code != LawCode.NATIONAL else use
    allowed = tuple(kind for kind in kinds_for(law.code, fixed) if kind in kinds)
    changed = replace(law, citation=citation, use=fixed, kinds=allowed)
    return law if changed == law else replace(changed, is_on=False, verified_on="")
