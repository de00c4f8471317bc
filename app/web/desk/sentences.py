"""The kind sentences of the desk: one place, so that no code ever reaches a person."""

from types import MappingProxyType

from app.casework.case_folder import CaseParty
from app.domain.asking import Voice
from app.domain.trail import TrailKind
from app.domain.words import Asker, Outcome, YesNo
from app.i18n.locales import N_
from app.i18n.locales import gettext as _
from app.i18n.words import desk_words

ANSWER = N_("Please look at this again.")

FINDING = MappingProxyType(
    {
        ("kind", "answer_needed"): N_("Please choose what kind of material this is."),
        ("is_child", "answer_needed"): N_("Please answer the first question."),
        ("is_harmed", "answer_needed"): N_("Please answer the second question."),
        ("age_band", "answer_needed"): N_(
            "Please choose an age band. “Age band not known” is an answer too."
        ),
        ("identified", "answer_needed"): N_("Please say whether the police have identified the child."),
        ("ground", "answer_needed"): N_("This kind needs a ground. Please choose a, b or c."),
        ("ground", "csam_has_no_ground"): N_(
            "Child sexual abuse material has no ground. Choose “No ground”."
        ),
        ("ground", "identity_has_no_ground"): N_("Identity and safety has no ground. Choose “No ground”."),
        ("basis", "answer_needed"): N_("Please say who looked at it."),
        ("basis_by", "name_the_body"): N_("Please write the name of the body that assessed it."),
    }
)

FORMS = MappingProxyType(
    {
        "empty": N_("Please fill this in."),
        "message_empty": N_("Please write something first."),
        "message_long": N_("This is too long to send. Please make it shorter."),
        "name_long": N_("This name is too long. Please make it shorter."),
        "choose_places": N_("Please choose at least one place."),
        "choose_reply": N_("Please choose what the provider said."),
        "choose_outcome": N_("Please choose what became of them."),
        "choose_found": N_("Please choose what you found."),
        "choose_case": N_("Please choose a case."),
        "note_empty": N_("Please write why, in a few words."),
        "note_long": N_("This is too long. Please make it shorter."),
        "not_noticed": N_("One of these places has no notice that went out."),
        "not_to_locate": N_("The address of this place cannot be written now."),
        "address_empty": N_("Please write the address that you found."),
        "address_several": N_("Please write one address only."),
        "address_unread": N_(
            "We cannot read this as an address of the open Internet. Please look at it again."
        ),
    }
)

TRAIL = MappingProxyType(
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
    }
)


OUTCOME_HINT = MappingProxyType(
    {
        Outcome.ASKED_AGAIN: N_(
            "We reminded the provider. The place stands as it stood; look again in a few days."
        ),
        Outcome.GONE: N_(
            "Checked in our authorised way, by us or by a partner we trust. Only after the provider’s word, "
            "and at least an hour later."
        ),
        Outcome.BACK: N_("It was gone, or said to be, and is there again. It can then have a new notice."),
        Outcome.REFERRED: N_("The hotline of the provider’s country goes on with it."),
        Outcome.UPSTREAM: N_("We turned to who supplies the provider."),
    }
)

OUTCOME_REFUSED = MappingProxyType(
    {
        Outcome.GONE: N_(
            "“Checked: gone” needs the provider’s word that it is removed, and at least an hour after it. "
            "One of these places does not have that yet."
        ),
        Outcome.BACK: N_("Only a place that is gone, or was said to be, can be back again."),
    }
)


def outcome_hint(outcome: Outcome) -> str:
    """The line under a choice."""
    return _(OUTCOME_HINT[outcome])


def outcome_refused(outcome: Outcome) -> str:
    """Why it cannot be noted of these places now."""
    only_out = N_("This can be noted only of places whose notice is out and that are not said to be removed.")
    return _(OUTCOME_REFUSED.get(outcome, only_out))


def safety_worries(voice: Voice) -> tuple[str, ...]:
    """What somebody said that calls for care, each as a sentence."""
    said: list[str] = []
    match voice.safety.could_guess:
        case YesNo.YES:
            said.append(_("Whoever posted it could guess who asked."))
        case YesNo.UNSURE:
            said.append(_("They are not sure whether whoever posted it could guess who asked."))
    match voice.safety.lives_near:
        case YesNo.YES:
            said.append(_("They live with or near whoever posted it."))
        case YesNo.UNSURE:
            said.append(_("They are not sure whether whoever posted it is near."))
    if voice.about.is_under_18 is YesNo.YES:
        said.append(_("The person shown is under 18 today."))
    if voice.acting.is_unsafe:
        said.append(_("They are not safe with the other parent."))
    if voice.asker is Asker.PARENT:
        said.append(_("A parent asks: whoever posted it may live in the same home."))
    return tuple(said)


def form_sentence(code: str) -> str:
    """What to say when a small form cannot be used as it is."""
    return _(FORMS.get(code, ANSWER))


def finding_sentence(field: str, code: str) -> str:
    """What to say at a field of a finding that does not hold together (FindingError)."""
    return _(FINDING.get((field, code), ANSWER))


def trail_words(kind: str) -> str:
    """What a caseworker reads for a kind of trail line. Raises ValueError for a kind there is not."""
    return _(TRAIL[TrailKind(kind)])


def party_words(party: CaseParty) -> str:
    """Who a party is, in a word or two."""
    return _("The child, with their own access") if party.number > 1 else desk_words(party.voice.asker)


def write_to(party: CaseParty) -> str:
    """The label of a message: it says to whom, so that nothing for a child goes to somebody else."""
    if party.number > 1:
        return _("Write to the child alone")
    if party.voice.asker.is_representative:
        return _("Write to who acts for the child")
    return _("Write to the person")


def who(by: str, my_id: str) -> str:
    """Who stands behind a trail line: roles in words, colleagues by the start of their id, never a name."""
    match by:
        case "requester":
            return _("the person who asked")
        case "courier":
            return _("the courier")
        case "provider":
            return _("the provider")
        case "voucher":
            return _("somebody who was asked to confirm")
        case other if other == my_id:
            return _("you")
        case other:
            return _("colleague %(id)s", id=other[:6])
