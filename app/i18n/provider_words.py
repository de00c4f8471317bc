"""What providers read for the closed lists that their pages show: kinds, grounds, ages, their own answers.

They are translated into every language in which a provider is written to, so they stand in a file of their
own (see catalogues.py). Caseworkers read the same terms.
"""

from enum import StrEnum

from app.domain.assessments import Finding
from app.domain.notice_words import AgeTier, NoticeKind
from app.domain.words import AgeBand, Basis, Ground, Kind, Reply
from app.i18n.locales import N_, gettext

KINDS: dict[StrEnum, str] = {
    Kind.CSAM: N_("Child sexual abuse material (CSAM)"),
    Kind.HARMFUL: N_("Harmful/abusive images of a child"),
    Kind.IDENTITY: N_("Identity and safety"),
}
GROUNDS: dict[StrEnum, str] = {
    Ground.ABUSIVE_INCIDENT: N_("Recorded in the course of an abusive incident"),
    Ground.SEXUALISED: N_("Nude, partly nude or clothed, and sexualised"),
    Ground.PHYSICAL_ABUSE: N_("Physical abuse, torture or restraint"),
}
AGE_BANDS: dict[StrEnum, str] = {
    AgeBand.PREPUBESCENT: N_("prepubescent (0–8)"),
    AgeBand.PUBESCENT: N_("pubescent (9–12)"),
    AgeBand.POST_PUBESCENT: N_("post-pubescent (13–17)"),
    AgeBand.UNKNOWN: N_("age band not known"),
}
# In the provider's own voice: it is the provider who chooses among these.
REPLIES: dict[StrEnum, str] = {
    Reply.HAS_IT: N_("We have it and are working on it"),
    Reply.REMOVED: N_("We have removed it"),
    Reply.NOT_OURS: N_("It is not on our service"),
    Reply.ASKS: N_("We have a question"),
    Reply.AGE_DOUBT: N_("We doubt that a child is shown"),
    Reply.OVER_18: N_("We are told that the person was 18 or older"),
    Reply.REFUSES: N_("We will not remove it"),
}
_OF_SEARCH: dict[StrEnum, str] = {
    Reply.REMOVED: N_("It is taken out of our results"),
    Reply.NOT_OURS: N_("It is not in our results"),
    Reply.REFUSES: N_("We will not take it out"),
}
_OF_SUPPLIER: dict[StrEnum, str] = {
    Reply.HAS_IT: N_("We have the notice and are working on it"),
    Reply.REMOVED: N_("Our customer has removed it"),
    Reply.NOT_OURS: N_("They are not our customer"),
    Reply.REFUSES: N_("We will do nothing about it"),
}
_ORDER = (
    Reply.HAS_IT,
    Reply.REMOVED,
    Reply.NOT_OURS,
    Reply.ASKS,
    Reply.AGE_DOUBT,
    Reply.OVER_18,
    Reply.REFUSES,
)
_NO_AGE = frozenset({NoticeKind.IDENTITY, NoticeKind.UPSTREAM})
"""Age plays no part there, or is not for the recipient to say."""
_TIERS = {
    AgeTier.CONFIRMED: N_("Age confirmed by %(name)s: under 18"),
    AgeTier.IDENTIFIED: N_("Under 18: the child is identified by police"),
    AgeTier.ASSESSED: N_("More likely than not under 18, as assessed"),
    AgeTier.NOT_ASSESSED: N_("Believed to be under 18, more likely than not; not assessed by %(name)s"),
}


def replies_to(kind: NoticeKind) -> tuple[tuple[Reply, str], ...]:
    """Each answer that a notice of this kind takes, with its words."""
    left_out = {Reply.AGE_DOUBT, Reply.OVER_18} if kind in _NO_AGE else set[Reply]()
    return tuple((reply, reply_words(kind, reply)) for reply in _ORDER if reply not in left_out)


def reply_words(kind: NoticeKind, reply: Reply) -> str:
    """An answer in the words of who gets such a notice."""
    own = {NoticeKind.SEARCH: _OF_SEARCH, NoticeKind.UPSTREAM: _OF_SUPPLIER}.get(kind, {})
    return gettext((REPLIES | own)[reply])


def age_words(finding: Finding, hotline: str) -> str:
    """On what "under 18" stands, as the notice says it; empty where the finding rests on no age."""
    tier = finding.age_stands_on
    return "" if tier is None else gettext(_TIERS[tier], name=hotline)


def basis_words(finding: Finding, hotline: str) -> str:
    """Who assessed it."""
    if finding.basis is Basis.NOBODY:
        return gettext(N_("Not assessed by %(name)s"), name=hotline)
    return gettext(N_("Assessed by %(name)s"), name=finding.basis_by or hotline)


def identified_words(finding: Finding) -> str:
    """Whether police know the child, as far as the hotline knows."""
    if finding.identified is None:
        return gettext(N_("Not known"))
    return gettext(N_("Yes")) if finding.identified else gettext(N_("No"))
