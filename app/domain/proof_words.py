"""Closed lists of proof and of mail contact, as enums. Their values are what is stored: see words.py."""

from enum import StrEnum, unique


@unique
class Tier(StrEnum):
    """How it was shown that the person was under 18. A wallet credential is not taken yet."""

    DECLARED = "declared"  # their word
    VOUCHED = "vouched"  # somebody who knows, called back through a public number
    RECORD = "record"  # found by a caseworker: police file, court docket, series
    CREDENTIAL = "credential"
    DOCUMENT = "document"


@unique
class ProofState(StrEnum):
    AWAITED = "awaited"  # somebody else was asked to confirm
    GIVEN = "given"  # a caseworker has to look at it
    DECIDED = "decided"  # tier and date are kept; the proof is destroyed


@unique
class VoucherRole(StrEnum):
    """Who may confirm from their work that a person was under 18."""

    POLICE = "police"
    LAWYER = "lawyer"
    DOCTOR = "doctor"
    SOCIAL_WORKER = "social_worker"
    ADVOCACY_CENTRE = "advocacy_centre"
    HOTLINE = "hotline"


@unique
class Shown(StrEnum):
    """What a proof says of one of the three things that a caseworker checks apart."""

    YES = "yes"
    NO = "no"
    NOT_SHOWN = "not_shown"


@unique
class NumberSource(StrEnum):
    """Where the number came from by which somebody who confirms was called back. Never from themselves."""

    DIRECTORY = "directory"  # a public directory or telephone book
    OFFICIAL_SITE = "official_site"  # the website of the body they work for
    KNOWN = "known"  # the hotline had it before


@unique
class AgeResult(StrEnum):
    """What a caseworker decided about a proof."""

    CONFIRMED = "confirmed"  # confirmed under 18
    LIKELY = "likely"  # more likely than not under 18
    NOT_SHOWN = "not_shown"  # no adverse decision: the places go on all the same


@unique
class ContactState(StrEnum):
    """Of a mail address somebody left so that they can be told that there is news."""

    UNCONFIRMED = "unconfirmed"
    CONFIRMED = "confirmed"
    UNDELIVERABLE = "undeliverable"  # the mail system refused a mail for good
