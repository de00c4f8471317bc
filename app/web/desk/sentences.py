"""The kind sentences of the desk: one place, so that no code ever reaches a person."""

from types import MappingProxyType

from app.casework.case_folder import CaseParty
from app.casework.errors import (
    CaseworkError,
    NotAllowed,
    NotFound,
    PoliceHoldRuns,
    ReferFirst,
    SafetyCheckDue,
    SecondCaseworkerNeeded,
    Stale,
)
from app.domain.asking import Voice
from app.domain.desk_words import Outcome, Step
from app.domain.words import Asker, Standing, YesNo
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
        ("ground", "answer_needed"): N_("Please choose one of the three principles."),
        ("ground", "identity_has_no_ground"): N_("Identity and safety has no principle. Leave it open."),
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
        "ask_empty": N_("Please write a question to at least one person."),
        "choose_letters": N_("Please choose at least one letter."),
        "find_short": N_("Please write at least three letters or numbers."),
        "find_long": N_("This is too long to look for. Please make it shorter."),
        "title_empty": N_("Please write a short title."),
        "title_long": N_("This title is too long. Please make it shorter."),
        "choose_language": N_("Please choose a language."),
        "choose_canned": N_("Please choose a ready-made reply first."),
        "choose_reply": N_("Please choose what the provider said."),
        "choose_outcome": N_("Please choose what we did."),
        "no_such_provider": N_("The directory has nobody of this name, and nobody with this host."),
        "choose_provider": N_("Several fit. Please choose one of them."),
        "take_first": N_("Nothing was saved: your time with this case ran out. Please take it again."),
        "not_to_choose": N_("One of these places has a notice under way. Please look at the case again."),
        "choose_seen": N_("Please choose what was seen."),
        "choose_source": N_("Please choose whose word it is."),
        "not_to_signal": N_("About one of these places no notice went out, or it was taken back."),
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

STEP_HINT = MappingProxyType(
    {
        Step.NOTICE: N_("When every place has its finding, you read the letters and approve them."),
        Step.HOTLINE: N_("Where the provider’s country has a hotline that takes it on."),
        Step.POLICE: N_("Above all what police may not have seen: it goes to the national database."),
        Step.EMERGENCY: N_("Somebody is in danger now. Go on at once, even if the finding is not ready."),
        Step.ASK: N_("A finding comes after the answer: nothing of it is saved now."),
        Step.OUTSIDE: N_(
            "No hotline can have it taken down. Nothing is decided before the person has been heard."
        ),
    }
)

LETTER_REFUSED: MappingProxyType[type[CaseworkError], str] = MappingProxyType(
    {
        Stale: N_("something in it changed while you were reading. Please read it again."),
        NotFound: N_("something in it changed while you were reading. Please read it again."),
        NotAllowed: N_("something in it changed while you were reading. Please read it again."),
        SafetyCheckDue: N_("the safety check comes first."),
        SecondCaseworkerNeeded: N_("who assessed a place cannot approve its letter. A colleague has to."),
        ReferFirst: N_("a referral to the hotline of that country comes first."),
        PoliceHoldRuns: N_("police asked to wait with notices."),
    }
)
"""Why a letter stays: goes on after "To <provider>: "."""


OUTCOME_HINT = MappingProxyType(
    {
        Outcome.ASKED_AGAIN: N_(
            "We reminded the provider. The place stands as it stood; look again in a few days."
        ),
        Outcome.UPSTREAM: N_("We turned to who supplies the provider."),
    }
)


def step_hint(step: Step) -> str:
    """The line under a next step."""
    return _(STEP_HINT[step])


def letter_refused(provider: str, error: CaseworkError) -> str:
    """Which letter was not approved, and why. Raises KeyError for an error that is no refusal of a letter."""
    return _("Not approved, to %(provider)s: %(why)s", provider=provider, why=_(LETTER_REFUSED[type(error)]))


def outcome_hint(outcome: Outcome) -> str:
    """The line under a choice."""
    return _(OUTCOME_HINT[outcome])


def outcome_refused() -> str:
    """Why it cannot be noted of these places now."""
    return _("This can be noted only of places whose notice is out and that are not said to be removed.")


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


def party_words(party: CaseParty) -> str:
    """Who a party is, in a word or two."""
    if party.standing is Standing.HOTLINE:
        return _("The hotline itself")
    return _("The child, with their own access") if party.number > 1 else desk_words(party.voice.asker)


def write_to(party: CaseParty) -> str:
    """The label of a message: it says to whom, so that nothing for a child goes to somebody else."""
    if party.number > 1:
        return _("Write to the child alone")
    if party.voice.asker.is_representative:
        return _("Write to who acts for the child")
    return _("Write to the person")
