"""The kind sentences of the desk: one place, so that no code ever reaches a person."""

from types import MappingProxyType

from app.domain.trail import TrailKind
from app.i18n.locales import N_
from app.i18n.locales import gettext as _

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
    }
)


def form_sentence(code: str) -> str:
    """What to say when a small form cannot be used as it is."""
    return _(FORMS.get(code, ANSWER))


def finding_sentence(field: str, code: str) -> str:
    """What to say at a field of a finding that does not hold together (FindingError)."""
    return _(FINDING.get((field, code), ANSWER))


def trail_words(kind: str) -> str:
    """What a caseworker reads for a kind of trail line. Raises ValueError for a kind there is not."""
    return _(TRAIL[TrailKind(kind)])


def who(by: str, my_id: str) -> str:
    """Who stands behind a trail line: roles in words, colleagues by the start of their id, never a name."""
    match by:
        case "requester":
            return _("the person who asked")
        case "courier":
            return _("the courier")
        case "provider":
            return _("the provider")
        case other if other == my_id:
            return _("you")
        case other:
            return _("colleague %(id)s", id=other[:6])
