"""Closed lists about notices and what comes after them. Their values are what is stored: see words.py."""

from enum import StrEnum, unique


@unique
class NoticeKind(StrEnum):
    """Which whole letter is written. The first three are the framework's kinds, with its own third."""

    CSAM = "csam"
    HARMFUL = "harmful"  # harmful/abusive images, with a ground
    IDENTITY = "identity"  # identity and safety
    SEARCH = "search"  # to a search engine: take addresses, and a name's tie to them, out of the results
    UPSTREAM = "upstream"  # to who supplies a provider: host and reference, no place

    @property
    def names_places(self) -> bool:
        """Whether whole addresses stand in it."""
        return self is not NoticeKind.UPSTREAM


@unique
class LetterKind(StrEnum):
    """What a letter in the outbox is, within the thread of its notice."""

    FIRST = "first"
    REMINDER_1 = "reminder_1"
    REMINDER_2 = "reminder_2"


@unique
class ChaseStep(StrEnum):
    """What comes after a first notice, in this order. See domain/chasing.py."""

    REMINDER_1 = "reminder_1"
    REMINDER_2 = "reminder_2"
    SECOND_WAY = "second_way"  # another contact of the same provider
    UPSTREAM = "upstream"  # who supplies the provider
    NUDGE = "nudge"  # a supervisor turns to the regulator or the police
    STALLED = "stalled"  # nobody moves: looked at again every month, never closed


@unique
class ProviderKind(StrEnum):
    """What a provider is in the sense of the law and of the ladder."""

    HOST = "host"  # stores what others put there: hosting, file and image hosts
    PLATFORM = "platform"  # a host that also spreads it among the public: social media, forums, video
    SEARCH = "search"  # a search engine
    SUPPLIER = "supplier"  # names, transit, delivery, payment, advertising: holds nothing itself

    @property
    def is_host(self) -> bool:
        """Whether it hosts in the sense of Regulation (EU) 2022/2065, Article 3(g)(iii)."""
        return self in (ProviderKind.HOST, ProviderKind.PLATFORM)


@unique
class SignalSource(StrEnum):
    """On whose word it rests that a place is gone, or is there."""

    PROVIDER = "provider"
    REQUESTER = "requester"  # volunteered: nobody is ever asked to look
    US = "us"  # the hotline's own lawful check
    PARTNER = "partner"  # a partner's lawful check

    @property
    def is_lawful_check(self) -> bool:
        return self in (SignalSource.US, SignalSource.PARTNER)


@unique
class Seen(StrEnum):
    GONE = "gone"
    THERE = "there"


@unique
class MailKind(StrEnum):
    """What the courier takes a received mail for. A caseworker sets what it means."""

    ANSWER = "answer"
    TICKET = "ticket"  # an automatic receipt with a number
    AWAY = "away"  # out of office, and other robots
    BOUNCE = "bounce"  # RFC 3464: it did not arrive
    DELAY = "delay"  # RFC 3464: not yet


@unique
class ClaimState(StrEnum):
    """A counter-claim: somebody says the person shown was 18 or older. Nothing is restored meanwhile."""

    OPEN = "open"
    PROOF_ASKED = "proof_asked"
    REJECTED = "rejected"  # no verifiable proof, or it does not hold
    UPHELD = "upheld"  # verifiable proof was checked by two caseworkers


@unique
class LawUse(StrEnum):
    """What a law is cited for in a notice."""

    GROUND = "ground"
    PRESERVATION = "preservation"  # asks to keep records for police; no ground for removal


@unique
class AgeTier(StrEnum):
    """On what a notice says that the child is under 18 stands, strongest first. It never names a proof."""

    CONFIRMED = "confirmed"  # age confirmed by the hotline
    IDENTIFIED = "identified"  # the child is identified by police
    ASSESSED = "assessed"  # more likely than not, as assessed
    NOT_ASSESSED = "not_assessed"
