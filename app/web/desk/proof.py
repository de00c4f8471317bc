"""Proofs of having been under 18, at the desk: what was given, the three checks, the decision."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField, StringField

from app.casework.actors import Caseworker
from app.casework.case_folder import CaseFolder
from app.casework.decide_proof import DecideInput, decide_proof
from app.casework.errors import NotHolding, Stale, TakenBySomeoneElse
from app.casework.open_case import open_case
from app.casework.open_proof import open_proof
from app.casework.take_case import take_case
from app.domain.proof_words import AgeResult, NumberSource, Shown
from app.domain.proofs import DecisionError
from app.i18n.locales import gettext as _
from app.i18n.words import desk_words
from app.web import guards
from app.web.desk.forms import member_of, problems, refuse
from app.web.desk.routes import blueprint
from app.web.desk.sentences import party_words
from app.web.forms import Form
from app.web.glue import kit, page

CHECKS = ("birth_date", "image_date", "tie")


def decision_sentence(code: str) -> str:
    """What to say at a field of a decision that does not hold together (DecisionError)."""
    match code:
        case "call_first":
            return _("Call back first, and say where the number came from.")
        case "speaks_against":
            return _("One of the checks says no. Then this proof shows nothing: choose “Not shown”.")
        case "word_alone":
            return _("Their word alone is at most “More likely than not under 18”.")
        case "all_three":
            return _("“Confirmed” needs a yes to all three checks.")
        case "choose_result":
            return _("Please choose what follows.")
        case "choose_birth_date":
            return _("Please answer question 1. “Not shown” is an answer too.")
        case "choose_image_date":
            return _("Please answer question 2. “Not shown” is an answer too.")
        case "choose_tie":
            return _("Please answer question 3. “Not shown” is an answer too.")
        case _other:
            return _("Please look at this again.")


class DecideForm(Form):
    """The three checks, each apart, and what follows from them."""

    version = StringField()
    birth_date = RadioField(validate_choice=False)
    image_date = RadioField(validate_choice=False)
    tie = RadioField(validate_choice=False)
    called_back = RadioField(validate_choice=False)
    result = RadioField(validate_choice=False)

    def read(self, request_id: str, proof_id: str) -> DecideInput | None:
        """The decision, or None with a sentence at each field that needs one."""
        self.validate()
        checks = [member_of(Shown, self[name].data) for name in CHECKS]
        for name, check in zip(CHECKS, checks, strict=True):
            if check is None:
                refuse(self[name], decision_sentence(f"choose_{name}"))
        result, typed = member_of(AgeResult, self.result.data), self.version.data or ""
        if result is None:
            refuse(self.result, decision_sentence("choose_result"))
        birth_date, image_date, tie = checks
        if birth_date is None or image_date is None or tie is None or result is None:
            return None
        version = int(typed) if typed.isdecimal() and len(typed) < 10 else 0
        called_back = member_of(NumberSource, self.called_back.data)
        return DecideInput(request_id, proof_id, version, birth_date, image_date, tie, result, called_back)


@blueprint.get("/case/<request_id>/proof")
@guards.caseworker
def proof(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """All of a case, without what lies in them."""
    case = open_case(kit(), actor, request_id)
    return page("desk/proof.html", case=case, parties=_parties(case), party_words=party_words)


@blueprint.route("/case/<request_id>/proof/<proof_id>", methods=["GET", "POST"])
@guards.caseworker
def proof_one(actor: Caseworker, request_id: str, proof_id: str) -> ResponseReturnValue:
    """What lies in one, and the decision. Whatever goes wrong, everything chosen is still there."""
    form = DecideForm()
    if not form.is_submitted():
        return _show(actor, request_id, proof_id, form)
    given = form.read(request_id, proof_id)
    if given is None:
        return _show(actor, request_id, proof_id, form, 422)
    try:
        if "take" in request.form:
            take_case(kit(), actor, request_id)
        decide_proof(kit(), actor, given)
    except DecisionError as error:
        refuse(form[error.field], decision_sentence(error.code))
        return _show(actor, request_id, proof_id, form, 422)
    except Stale:
        return _show(actor, request_id, proof_id, form, 409, "stale")
    except NotHolding:
        return _show(actor, request_id, proof_id, form, 409, "lapsed")
    except TakenBySomeoneElse:
        return _show(actor, request_id, proof_id, form, 409, "taken")
    flash(_("Your decision is saved. The proof itself is destroyed."))
    return redirect(url_for("desk.proof", request_id=request_id), 303)


def _show(
    actor: Caseworker, request_id: str, proof_id: str, form: DecideForm, status: int = 200, trouble: str = ""
) -> ResponseReturnValue:
    opened = open_proof(kit(), actor, request_id, proof_id)
    return page(
        "desk/proof_one.html",
        status=status,
        request_id=request_id,
        opened=opened,
        form=form,
        problems=problems(form),
        trouble=trouble,
        checks=tuple((each.value, desk_words(each), "") for each in Shown),
        results=tuple((each.value, desk_words(each), "") for each in AgeResult),
        sources=tuple((each.value, desk_words(each), "") for each in NumberSource),
    )


def _parties(case: CaseFolder) -> dict[str, object]:
    """By id, to say who gave a proof."""
    return {party.id: party for party in case.parties}
