"""What the assessment needs wherever it stands: on a page of its own, in the page of a case, for a series."""

from typing import Any

from app.casework.case_folder import CaseFolder, CasePlace
from app.casework.findings import best_proof
from app.domain.desk_words import Step
from app.domain.words import AgeBand, Kind, LocationState
from app.i18n.words import desk_words
from app.web.desk.forms import AssessForm
from app.web.desk.sentences import step_hint

NOT_YET = (LocationState.RECEIVED, LocationState.ASSESSING)
OPEN_TO_A_FINDING = (
    *NOT_YET,
    LocationState.ASKED,
    LocationState.ASSESSED,
    LocationState.HEARING_DUE,
    LocationState.REFUSED,
    LocationState.BACK,
)
STEPS = (Step.NOTICE, Step.HOTLINE, Step.POLICE, Step.EMERGENCY, Step.ASK, Step.OUTSIDE)


def question_values() -> dict[str, Any]:
    """For desk/assess_form.html: what may be chosen."""
    return {"kinds": Kind, "bands": tuple((band.value, desk_words(band), "") for band in AgeBand)}


def case_values(case: CaseFolder, form: AssessForm, places: tuple[CasePlace, ...]) -> dict[str, Any]:
    """For the assessment of one case: beside the questions its places, its proof, and what happens next."""
    return question_values() | {
        "form": form,
        "places": places,
        "chosen": _chosen(form, places),
        "changed": _changed(form, places) if _is_sent(form) else frozenset(),
        "steps": tuple((each.value, desk_words(each), step_hint(each)) for each in STEPS),
        "proof": best_proof(case.proofs),
    }


def open_places(case: CaseFolder) -> tuple[CasePlace, ...]:
    """Those for which a finding may be made, or made anew."""
    return tuple(place for place in case.places if place.state in OPEN_TO_A_FINDING)


def unassessed_places(case: CaseFolder) -> tuple[CasePlace, ...]:
    """Those that nobody has assessed yet."""
    return tuple(place for place in case.places if place.state in NOT_YET)


def _is_sent(form: AssessForm) -> bool:
    """Not by the method: the page of a case answers to other forms, too."""
    return bool(form.versions.data)


def _chosen(form: AssessForm, places: tuple[CasePlace, ...]) -> frozenset[str]:
    """What was ticked; on a fresh page every place that has no finding yet."""
    if _is_sent(form):
        return frozenset(form.location_ids.data or ())
    return frozenset(place.id for place in places if place.state in NOT_YET)


def _changed(form: AssessForm, places: tuple[CasePlace, ...]) -> frozenset[str]:
    seen = form.versions_seen()
    return frozenset(place.id for place in places if seen.get(place.id) != place.version)
