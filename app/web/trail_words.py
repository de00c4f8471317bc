"""The words for lines of the trail: for the desk, where a case has one, and for who audits them all."""

from types import MappingProxyType

from app.domain.trail import TrailKind
from app.i18n.locales import N_
from app.i18n.locales import gettext as _

WORDS = MappingProxyType(
    {
        TrailKind.REQUEST_FILED: N_("Request received"),
        TrailKind.CASE_TAKEN: N_("Case taken"),
        TrailKind.CASE_GIVEN_BACK: N_("Case given back"),
        TrailKind.CASE_OPENED: N_("Case opened"),
        TrailKind.LOCATION_ASSESSED: N_("Place assessed"),
        TrailKind.AUTHORITY_CHECKED: N_("Authority checked"),
        TrailKind.NOTICE_APPROVED: N_("Notice approved"),
        TrailKind.NOTICE_SENT: N_("Notice sent"),
        TrailKind.NOTICE_IN_DOUBT: N_("Letter in doubt"),
        TrailKind.NOTICE_REFUSED: N_("Letter refused by the mail system"),
        TrailKind.NOTICE_SETTLED: N_("Decided about a letter"),
        TrailKind.NOTICE_OPENED: N_("Notice opened through its link"),
        TrailKind.NOTICE_ANSWERED: N_("Notice answered through its link"),
        TrailKind.REPLY_REMOVED: N_("Reply noted: says it is removed"),
        TrailKind.REPLY_NOT_OURS: N_("Reply noted: says it is not theirs"),
        TrailKind.REPLY_ASKS: N_("Reply noted: asks a question"),
        TrailKind.REPLY_REFUSES: N_("Reply noted: refuses to remove it"),
        TrailKind.MESSAGE_WRITTEN: N_("Message written"),
        TrailKind.PLACES_SHOWN: N_("Places shown in full"),
        TrailKind.REQUEST_FORGOTTEN: N_("Request forgotten"),
        TrailKind.FORGETTING_UNDONE: N_("Request brought back"),
        TrailKind.REQUEST_DESTROYED: N_("Request destroyed"),
        TrailKind.PLACES_ADDED: N_("Places added"),
        TrailKind.PLACE_CORRECTED: N_("Place corrected"),
        TrailKind.PLACE_LOCATED: N_("Address of a place found"),
        TrailKind.PLACE_WITHDRAWN: N_("Place withdrawn"),
        TrailKind.SAID_BACK_AGAIN: N_("Said to be back again"),
        TrailKind.OUTCOME_ASKED_AGAIN: N_("Noted: asked again"),
        TrailKind.OUTCOME_GONE: N_("Noted: checked and gone"),
        TrailKind.OUTCOME_BACK: N_("Noted: back again"),
        TrailKind.OUTCOME_REFERRED: N_("Noted: handed to another hotline"),
        TrailKind.OUTCOME_UPSTREAM: N_("Noted: the upstream provider was asked"),
        TrailKind.REPLY_HAS_IT: N_("Reply noted: says that they have it"),
        TrailKind.SAFETY_CLEAR: N_("Safety check made: may go out"),
        TrailKind.SAFETY_HOLD: N_("Safety check made: hold"),
        TrailKind.WISHES_CHANGED: N_("Wishes changed"),
        TrailKind.CODE_REPLACED: N_("Code replaced"),
        TrailKind.FILE_OPENED: N_("Own file opened"),
        TrailKind.CHILD_CODE_ISSUED: N_("Code for the child made"),
        TrailKind.CHILD_VERIFIED: N_("The child’s own access verified"),
        TrailKind.PARTY_REVOKED: N_("Somebody’s access ended"),
        TrailKind.REQUESTS_JOINED: N_("Two requests joined"),
        TrailKind.WORDS_PASSED_ON: N_("Own words passed on in a notice"),
        TrailKind.PROOF_TAKEN_BACK: N_("Proof taken back"),
        TrailKind.PROOF_OPENED: N_("Proof opened"),
        TrailKind.PROOF_GIVEN: N_("Proof given"),
        TrailKind.PROOF_DECIDED: N_("Proof decided"),
        TrailKind.VOUCHER_ASKED: N_("Somebody asked to confirm"),
        TrailKind.VOUCHER_ANSWERED: N_("Somebody confirmed, or did not"),
        TrailKind.CONTACT_CHANGED: N_("Mail address changed"),
        TrailKind.CONTACT_CONFIRMED: N_("Mail address confirmed"),
        TrailKind.CASE_HANDED_OVER: N_("Case handed over"),
        TrailKind.CASE_ON_HOLD: N_("Case put on hold"),
        TrailKind.RECUSED: N_("Stepped back from the case"),
        TrailKind.RECUSAL_LIFTED: N_("May work on the case again"),
        TrailKind.ORDER_CHANGED: N_("Place in the queue changed"),
        TrailKind.NOTE_WRITTEN: N_("Note written"),
        TrailKind.NOT_A_REQUEST_PROPOSED: N_("Said to be no request"),
        TrailKind.NOT_A_REQUEST: N_("Set aside as no request"),
        TrailKind.REQUEST_REOPENED: N_("Request opened again"),
        TrailKind.REQUESTER_ASKED: N_("Asked the person for more"),
        TrailKind.REQUESTER_ANSWERED: N_("The person answered"),
        TrailKind.WORDS_SHOWN: N_("Own words shown"),
        TrailKind.PLACE_LIVE: N_("Exact address of a place handed out"),
        TrailKind.CASE_FOUND: N_("Found by a search"),
        TrailKind.PLACES_TAKEN_OUT: N_("Places taken out as a file"),
        TrailKind.FINDINGS_BROUGHT_BACK: N_("Findings brought back"),
        TrailKind.OWN_MOTION_OPENED: N_("Opened by the hotline itself"),
        TrailKind.SERIES_LINKED: N_("Put into a series"),
        TrailKind.SERIES_UNLINKED: N_("Taken out of a series"),
        TrailKind.SERIES_CHANGED: N_("Series changed"),
        TrailKind.REFERRAL_PREPARED: N_("Referral prepared"),
        TrailKind.REFERRAL_TAKEN_OUT: N_("Referral taken out as a file"),
        TrailKind.REFERRAL_SENT: N_("Referral handed over"),
        TrailKind.REFERRAL_RECEIVED: N_("Referral: they have it"),
        TrailKind.REFERRAL_ACTED: N_("Referral: they acted"),
        TrailKind.REFERRAL_DECLINED: N_("Referral declined"),
        TrailKind.REFERRAL_DROPPED: N_("Referral dropped"),
        TrailKind.REFERRAL_CHASED: N_("Referral: asked again"),
        TrailKind.DANGER_SET: N_("Somebody is in danger now"),
        TrailKind.DANGER_OVER: N_("The danger is over"),
        TrailKind.POLICE_HOLD_STARTED: N_("Police ask to wait"),
        TrailKind.POLICE_HOLD_EXTENDED: N_("Police ask to wait longer"),
        TrailKind.POLICE_HOLD_ENDED: N_("No more waiting for police"),
        TrailKind.NOTICE_REMINDED: N_("Reminder sent"),
        TrailKind.NOTICE_BOUNCED: N_("Letter did not arrive"),
        TrailKind.NOTICE_BY_HAND: N_("Notice handed over by hand"),
        TrailKind.NOTICE_CANCELLED: N_("Notice not needed any more"),
        TrailKind.RUNG_APPROVED: N_("Next letter approved ahead"),
        TrailKind.CHASE_WANTS: N_("A next step waits for a person"),
        TrailKind.CHASE_SETTLED: N_("Next step settled"),
        TrailKind.PLACE_STALLED: N_("Place stalled"),
        TrailKind.PLACE_REVIEWED: N_("Stalled place looked at"),
        TrailKind.PROVIDER_CHOSEN: N_("Provider of a place chosen"),
        TrailKind.LINK_REVOKED: N_("Link of a notice revoked"),
        TrailKind.REPLY_AGE_DOUBT: N_("Reply noted: doubts the age"),
        TrailKind.REPLY_OVER_18: N_("Reply noted: says 18 or older"),
        TrailKind.CLAIM_MADE: N_("Counter-claim made"),
        TrailKind.CLAIM_MOVED: N_("Counter-claim moved on"),
        TrailKind.SIGNAL_NOTED: N_("Word noted: gone or there"),
        TrailKind.PLACE_WATCHED: N_("Looked at again: still gone"),
        TrailKind.MAIL_RECEIVED: N_("Answer received by mail"),
        TrailKind.MAIL_SETTLED: N_("Mail settled"),
        TrailKind.MAIL_SHOWN: N_("Words of a mail shown"),
        TrailKind.NAMES_PASSED_ON: N_("Name passed on to a search engine"),
        TrailKind.MANDATE_NOTED: N_("Signed mandate noted"),
        TrailKind.LAWS_CHANGED: N_("Laws in notices changed"),
        TrailKind.HOTLINE_FOUNDED: N_("Hotline founded"),
        TrailKind.MEMBER_INVITED: N_("Somebody invited"),
        TrailKind.MEMBER_ENROLLED: N_("Somebody joined"),
        TrailKind.GRANT_PROPOSED: N_("Key compared by a first colleague"),
        TrailKind.GRANT_MADE: N_("Team key granted"),
        TrailKind.MEMBER_SUSPENDED: N_("Member suspended"),
        TrailKind.MEMBER_RESUMED: N_("Member let back in"),
        TrailKind.MEMBER_LEFT: N_("Member left"),
        TrailKind.PASSPHRASE_CHANGED: N_("Passphrase changed"),
        TrailKind.FACTOR_CHANGED: N_("Second factor changed"),
        TrailKind.PASSKEY_ADDED: N_("Passkey added"),
        TrailKind.PASSKEY_REMOVED: N_("Passkey removed"),
        TrailKind.ROTATION_PREPARED: N_("New team key prepared"),
        TrailKind.ROTATION_SWITCHED: N_("New team key in use"),
        TrailKind.ROTATION_FINISHED: N_("Old team key destroyed"),
        TrailKind.RECOVERY_USED: N_("Recovery shares used"),
        TrailKind.RECOVERY_DRILLED: N_("Recovery shares tried"),
        TrailKind.BACKUP_MADE: N_("Backup made"),
        TrailKind.BACKUP_RESTORED: N_("Backup restored"),
        TrailKind.COURIER_KEY_WRITTEN: N_("The courier’s key file written"),
        TrailKind.ROLE_CHANGED: N_("Role changed"),
        TrailKind.POLICY_CHANGED: N_("Policy of the desk changed"),
        TrailKind.PROVIDERS_IMPORTED: N_("List of providers brought in"),
        TrailKind.PROVIDER_CHANGED: N_("Provider changed"),
        TrailKind.COUNTRY_CHANGED: N_("Rules of a country changed"),
        TrailKind.REPLIES_CHANGED: N_("Ready-made replies changed"),
        TrailKind.TRAIL_READ: N_("Trail read"),
    }
)


def trail_words(kind: str) -> str:
    """What people read for a kind of line. A kind that nobody knows is shown as it was written: somebody
    other than this program put it there."""
    return _(WORDS[TrailKind(kind)]) if kind in tuple(TrailKind) else kind


def who(by: str, my_id: str) -> str:
    """Who stands behind a line: roles in words, members by the start of their id, never a name."""
    match by:
        case "requester":
            return _("the person who asked")
        case "courier":
            return _("the courier")
        case "provider":
            return _("the provider")
        case "voucher":
            return _("somebody who was asked to confirm")
        case "command":
            return _("a command on the server")
        case other if other == my_id:
            return _("you")
        case other:
            return _("colleague %(id)s", id=other[:6])
