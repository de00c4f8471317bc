"""Closed lists that only the hotline meets: what orders its queue, whom it turns to, how it decides.

Their values are what is stored; they never change meaning.
"""

from enum import StrEnum, unique


@unique
class Why(StrEnum):
    """Why a case stands where it stands in the queue. See domain/queue_order.py for the rules."""

    BY_HAND = "by_hand"  # a caseworker chose its place, with a reason
    DANGER = "danger"  # somebody is in danger now
    BACK = "back"  # it was gone, and is there again
    THREAT = "threat"  # somebody threatens to post it, or more of it
    IDENTITY = "identity"  # name, whereabouts or family are shown
    YOUNGEST = "youngest"  # prepubescent
    YOUNG = "young"  # pubescent
    STILL_UP = "still_up"  # a notice went out, and it is not known to be gone


@unique
class NoteKind(StrEnum):
    """What a note of the desk is about. It is sealed with the note."""

    NOTE = "note"
    HOLD = "hold"
    ORDER = "order"
    HAND_OVER = "hand_over"
    NOT_A_REQUEST = "not_a_request"
    POLICE_HOLD = "police_hold"
    BEST_INTERESTS = "best_interests"
    REFERRAL = "referral"
    DANGER = "danger"
    MANDATE = "mandate"
    NUDGE = "nudge"
    CLAIM = "claim"


@unique
class Step(StrEnum):
    """What an assessment leads to. A policy of the hotline may ask for a second caseworker at each."""

    NOTICE = "notice"
    HOTLINE = "hotline"  # referral to the hotline of the provider's country
    POLICE = "police"
    EMERGENCY = "emergency"  # abuse that goes on now
    ASK = "ask"  # needs to know more from the requester
    OUTSIDE = "outside"  # outside what a hotline can do: opens the hearing
    NOT_A_REQUEST = "not_a_request"  # no readable place, spam: always two caseworkers


@unique
class Scope(StrEnum):
    """What a contact of a provider answers for: the rungs of the ladder, in the order one climbs them."""

    CONTENT = "content"
    HOSTING = "hosting"
    CDN = "cdn"
    REGISTRAR = "registrar"
    UPSTREAM = "upstream"
    PAYMENT = "payment"
    ADVERTISING = "advertising"


@unique
class Behaviour(StrEnum):
    """How a provider answers notices, in the framework's five kinds. Several may hold."""

    PROACTIVE = "proactive"  # looks by itself
    REACTIVE = "reactive"  # removes when told
    RESISTANT = "resistant"  # debates age or legality
    NON_COMPLIANT = "non_compliant"  # ignores or refuses
    COMPLICIT = "complicit"  # knowingly allows


@unique
class ReferralPolicy(StrEnum):
    """What happens where the provider's country has a hotline."""

    REFER_ONLY = "refer_only"  # that hotline issues the notice
    PARALLEL = "parallel"  # a notice goes out beside the referral
    AFTER_HOURS = "after_hours"  # a notice goes out when nothing happened within some hours


@unique
class ReferralKind(StrEnum):
    HOTLINE = "hotline"
    POLICE = "police"
    EMERGENCY = "emergency"  # police or child protection, for abuse that goes on now


@unique
class ReferralState(StrEnum):
    """Where a referral stands. PREPARED waits for who hands it over, a second caseworker where so set."""

    PREPARED = "prepared"
    SENT = "sent"  # handed over by a person, outside of this program
    RECEIVED = "received"  # they said that they have it
    ACTED = "acted"  # they did what they can
    DECLINED = "declined"
    DROPPED = "dropped"  # taken back before it was sent


@unique
class Shelf(StrEnum):
    """Why a case is out of a caseworker's sight: they stepped aside."""

    SKIPPED = "skipped"  # for some hours, without a reason
    RECUSED = "recused"  # "I know this person": for good, without a reason


@unique
class Channel(StrEnum):
    PLAIN = "plain"
    PLAIN_XARF = "plain_xarf"
    FORM = "form"  # a page of theirs, filled in by a person
    PARTNER = "partner"  # a partner takes it there

    @property
    def is_mail(self) -> bool:
        return self in (Channel.PLAIN, Channel.PLAIN_XARF)


@unique
class Outcome(StrEnum):
    """Whom the hotline turned to after a notice, as a caseworker records it. What was seen of a place is a
    signal (domain/signals.py); that another hotline has it is a referral (domain/referrals.py)."""

    ASKED_AGAIN = "asked_again"
    UPSTREAM = "upstream"
