"""The trail: append-only, one hash chain per case, random ids and kinds, never content."""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, unique
from hashlib import sha256

START = b"\x00" * 32
HOTLINE = "0" * 32
"""Id of the trail about people and keys, which belongs to no case."""


@unique
class TrailKind(StrEnum):
    """What happened. The names are stored for decades: never reuse one."""

    REQUEST_FILED = "request_filed"
    CASE_TAKEN = "case_taken"
    CASE_GIVEN_BACK = "case_given_back"
    CASE_OPENED = "case_opened"
    LOCATION_ASSESSED = "location_assessed"
    AUTHORITY_CHECKED = "authority_checked"
    NOTICE_APPROVED = "notice_approved"
    NOTICE_SENT = "notice_sent"
    NOTICE_IN_DOUBT = "notice_in_doubt"
    NOTICE_REFUSED = "notice_refused"
    NOTICE_SETTLED = "notice_settled"
    NOTICE_OPENED = "notice_opened"
    NOTICE_ANSWERED = "notice_answered"
    REPLY_REMOVED = "reply_removed"
    REPLY_NOT_OURS = "reply_not_ours"
    REPLY_ASKS = "reply_asks"
    REPLY_REFUSES = "reply_refuses"
    MESSAGE_WRITTEN = "message_written"
    PLACES_SHOWN = "places_shown"
    REQUEST_FORGOTTEN = "request_forgotten"
    FORGETTING_UNDONE = "forgetting_undone"
    REQUEST_DESTROYED = "request_destroyed"
    PLACES_ADDED = "places_added"
    PLACE_CORRECTED = "place_corrected"
    PLACE_LOCATED = "place_located"
    PLACE_WITHDRAWN = "place_withdrawn"
    SAID_BACK_AGAIN = "said_back_again"
    OUTCOME_ASKED_AGAIN = "outcome_asked_again"
    OUTCOME_GONE = "outcome_gone"
    OUTCOME_BACK = "outcome_back"
    OUTCOME_REFERRED = "outcome_referred"
    OUTCOME_UPSTREAM = "outcome_upstream"
    REPLY_HAS_IT = "reply_has_it"
    SAFETY_CLEAR = "safety_clear"
    SAFETY_HOLD = "safety_hold"
    WISHES_CHANGED = "wishes_changed"
    CODE_REPLACED = "code_replaced"
    FILE_OPENED = "file_opened"
    CHILD_CODE_ISSUED = "child_code_issued"
    CHILD_VERIFIED = "child_verified"
    PARTY_REVOKED = "party_revoked"
    REQUESTS_JOINED = "requests_joined"
    WORDS_PASSED_ON = "words_passed_on"
    PROOF_GIVEN = "proof_given"
    PROOF_TAKEN_BACK = "proof_taken_back"
    PROOF_OPENED = "proof_opened"
    PROOF_DECIDED = "proof_decided"
    VOUCHER_ASKED = "voucher_asked"
    VOUCHER_ANSWERED = "voucher_answered"
    CONTACT_CHANGED = "contact_changed"
    CONTACT_CONFIRMED = "contact_confirmed"
    CASE_HANDED_OVER = "case_handed_over"
    CASE_ON_HOLD = "case_on_hold"
    RECUSED = "recused"
    RECUSAL_LIFTED = "recusal_lifted"
    ORDER_CHANGED = "order_changed"
    NOTE_WRITTEN = "note_written"
    NOT_A_REQUEST_PROPOSED = "not_a_request_proposed"
    NOT_A_REQUEST = "not_a_request"
    REQUEST_REOPENED = "request_reopened"
    REQUESTER_ASKED = "requester_asked"
    REQUESTER_ANSWERED = "requester_answered"
    WORDS_SHOWN = "words_shown"
    PLACE_LIVE = "place_live"
    CASE_FOUND = "case_found"
    PLACES_TAKEN_OUT = "places_taken_out"
    FINDINGS_BROUGHT_BACK = "findings_brought_back"
    OWN_MOTION_OPENED = "own_motion_opened"
    SERIES_LINKED = "series_linked"
    SERIES_UNLINKED = "series_unlinked"
    SERIES_CHANGED = "series_changed"
    REFERRAL_PREPARED = "referral_prepared"
    REFERRAL_TAKEN_OUT = "referral_taken_out"
    REFERRAL_SENT = "referral_sent"
    REFERRAL_RECEIVED = "referral_received"
    REFERRAL_ACTED = "referral_acted"
    REFERRAL_DECLINED = "referral_declined"
    REFERRAL_DROPPED = "referral_dropped"
    REFERRAL_CHASED = "referral_chased"
    DANGER_SET = "danger_set"
    DANGER_OVER = "danger_over"
    POLICE_HOLD_STARTED = "police_hold_started"
    POLICE_HOLD_EXTENDED = "police_hold_extended"
    POLICE_HOLD_ENDED = "police_hold_ended"
    NOTICE_REMINDED = "notice_reminded"
    NOTICE_BOUNCED = "notice_bounced"
    NOTICE_BY_HAND = "notice_by_hand"
    NOTICE_CANCELLED = "notice_cancelled"
    RUNG_APPROVED = "rung_approved"
    CHASE_WANTS = "chase_wants"
    CHASE_SETTLED = "chase_settled"
    PLACE_STALLED = "place_stalled"
    PLACE_REVIEWED = "place_reviewed"
    PROVIDER_CHOSEN = "provider_chosen"
    LINK_REVOKED = "link_revoked"
    REPLY_AGE_DOUBT = "reply_age_doubt"
    REPLY_OVER_18 = "reply_over_18"
    CLAIM_MADE = "claim_made"
    CLAIM_MOVED = "claim_moved"
    SIGNAL_NOTED = "signal_noted"
    PLACE_WATCHED = "place_watched"
    MAIL_RECEIVED = "mail_received"
    MAIL_SETTLED = "mail_settled"
    MAIL_SHOWN = "mail_shown"
    NAMES_PASSED_ON = "names_passed_on"
    MANDATE_NOTED = "mandate_noted"
    # On the hotline's own trail (HOTLINE), about people and keys:
    HOTLINE_FOUNDED = "hotline_founded"
    MEMBER_INVITED = "member_invited"
    MEMBER_ENROLLED = "member_enrolled"
    GRANT_PROPOSED = "grant_proposed"
    GRANT_MADE = "grant_made"
    MEMBER_SUSPENDED = "member_suspended"
    MEMBER_RESUMED = "member_resumed"
    MEMBER_LEFT = "member_left"
    PASSPHRASE_CHANGED = "passphrase_changed"  # noqa: S105, a kind of entry
    FACTOR_CHANGED = "factor_changed"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    ROTATION_PREPARED = "rotation_prepared"
    ROTATION_SWITCHED = "rotation_switched"
    ROTATION_FINISHED = "rotation_finished"
    RECOVERY_USED = "recovery_used"
    RECOVERY_DRILLED = "recovery_drilled"
    BACKUP_MADE = "backup_made"
    BACKUP_RESTORED = "backup_restored"
    COURIER_KEY_WRITTEN = "courier_key_written"
    ROLE_CHANGED = "role_changed"
    POLICY_CHANGED = "policy_changed"
    PROVIDERS_IMPORTED = "providers_imported"
    PROVIDER_CHANGED = "provider_changed"
    COUNTRY_CHANGED = "country_changed"
    REPLIES_CHANGED = "replies_changed"
    TRAIL_READ = "trail_read"
    LAWS_CHANGED = "laws_changed"


@dataclass(frozen=True)
class Entry:
    """One thing that happened to one subject (an id, or empty for the case itself)."""

    kind: TrailKind
    subject: str = ""


@dataclass(frozen=True)
class Line:
    """An entry in its chain."""

    trail_id: str
    position: int
    at: datetime
    by: str
    entry: Entry
    previous_digest: bytes

    @property
    def digest(self) -> bytes:
        """Covers every field and the line before: a changed, removed or inserted line shows."""
        fields = [
            self.trail_id,
            self.position,
            int(self.at.timestamp()),
            self.by,
            self.entry.kind,
            self.entry.subject,
        ]
        return sha256(self.previous_digest + json.dumps(fields, separators=(",", ":")).encode()).digest()


def first_break(lines: list[tuple[Line, bytes]]) -> int | None:
    """Position of the first line whose stored digest, number or link does not fit; None when whole."""
    previous = START
    for position, (line, stored) in enumerate(lines):
        if line.position != position or line.previous_digest != previous or line.digest != stored:
            return position
        previous = stored
    return None
