"""What caseworkers and admins read for the closed lists of app/domain/desk_words.py."""

from app.domain.desk_words import (
    Behaviour,
    Channel,
    NoteKind,
    ReferralKind,
    ReferralPolicy,
    ReferralState,
    Scope,
    Shelf,
    Step,
    Why,
)
from app.i18n.locales import N_
from app.i18n.spoken_words import Table

HOTLINE: Table = {
    Channel: {
        Channel.PLAIN: N_("Mail in plain text"),
        Channel.PLAIN_XARF: N_("Mail in plain text with an XARF file"),
        Channel.FORM: N_("A form on their website"),
        Channel.PARTNER: N_("By way of a partner"),
    },
    Why: {
        Why.BY_HAND: N_("Put here by a caseworker"),
        Why.DANGER: N_("Danger now"),
        Why.BACK: N_("Back again"),
        Why.THREAT: N_("Threat"),
        Why.IDENTITY: N_("Identity exposed"),
        Why.YOUNGEST: N_("Youngest child 0–8"),
        Why.YOUNG: N_("Youngest child 9–12"),
        Why.STILL_UP: N_("Still up after a notice"),
    },
    NoteKind: {
        NoteKind.NOTE: N_("Note"),
        NoteKind.HOLD: N_("Why it waits"),
        NoteKind.ORDER: N_("Why it stands elsewhere"),
        NoteKind.HAND_OVER: N_("Handed over"),
        NoteKind.NOT_A_REQUEST: N_("Why it is not a request"),
        NoteKind.POLICE_HOLD: N_("Why police asked to wait"),
        NoteKind.BEST_INTERESTS: N_("Best interests of the child"),
        NoteKind.REFERRAL: N_("About a referral"),
        NoteKind.DANGER: N_("About danger"),
    },
    Step: {
        Step.NOTICE: N_("Notice to the provider"),
        Step.HOTLINE: N_("Referral to the hotline of the provider’s country"),
        Step.POLICE: N_("Referral to police"),
        Step.EMERGENCY: N_("Emergency: abuse that goes on now"),
        Step.ASK: N_("Ask the requester"),
        Step.OUTSIDE: N_("Outside what a hotline can do"),
        Step.NOT_A_REQUEST: N_("Not a request"),
    },
    Scope: {
        Scope.CONTENT: N_("Content"),
        Scope.HOSTING: N_("Hosting"),
        Scope.CDN: N_("Content delivery network"),
        Scope.REGISTRAR: N_("Domain registrar"),
        Scope.UPSTREAM: N_("Upstream network"),
        Scope.PAYMENT: N_("Payment"),
        Scope.ADVERTISING: N_("Advertising"),
    },
    Behaviour: {
        Behaviour.PROACTIVE: N_("Proactive: looks by itself"),
        Behaviour.REACTIVE: N_("Reactive: removes when told"),
        Behaviour.RESISTANT: N_("Resistant: debates age or legality"),
        Behaviour.NON_COMPLIANT: N_("Non-compliant: ignores or refuses"),
        Behaviour.COMPLICIT: N_("Complicit: knowingly allows it"),
    },
    ReferralPolicy: {
        ReferralPolicy.REFER_ONLY: N_("Refer only: the hotline there writes the notice"),
        ReferralPolicy.PARALLEL: N_("Refer, and send a notice at the same time"),
        ReferralPolicy.AFTER_HOURS: N_("Refer, and send a notice if nothing happens within some hours"),
    },
    ReferralKind: {
        ReferralKind.HOTLINE: N_("To another hotline"),
        ReferralKind.POLICE: N_("To police"),
        ReferralKind.EMERGENCY: N_("Emergency"),
    },
    ReferralState: {
        ReferralState.PREPARED: N_("Prepared, not handed over"),
        ReferralState.SENT: N_("Handed over"),
        ReferralState.RECEIVED: N_("They have it"),
        ReferralState.ACTED: N_("They acted"),
        ReferralState.DECLINED: N_("They declined"),
        ReferralState.DROPPED: N_("Not handed over"),
    },
    Shelf: {Shelf.SKIPPED: N_("Skipped for now"), Shelf.RECUSED: N_("Stepped back for good")},
}
