"""One case's places to the hotline's authorised system, and the findings back."""

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.casework.actors import Caseworker
from app.casework.bring_findings_back import require_case, stage_findings
from app.casework.errors import NotAllowed
from app.casework.open_case import open_case
from app.casework.take_places_out import take_places_out
from app.domain.moves import ASSESSABLE
from app.i18n.locales import gettext as _
from app.places.list_files import ListRefused
from app.web import guards
from app.web.desk.forms import problems, refuse
from app.web.desk.list_forms import BringForm
from app.web.desk.list_sentences import list_refused
from app.web.desk.routes import blueprint
from app.web.desk.watch_part import is_due
from app.web.glue import kit, page
from app.web.list_upload import brought_list

FILE_NAME = "list.csv"
"""Says nothing of what it holds: it stands in a list of downloads."""


@blueprint.get("/case/<request_id>/take-out")
@guards.caseworker
def take_out_page(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """What the file is, and what to think of before taking it."""
    return _take_out_page(actor, request_id, 200)


def _take_out_page(actor: Caseworker, request_id: str, status: int) -> ResponseReturnValue:
    """With `only` as "due": the places that are to be looked at now, all of them chosen."""
    case = open_case(kit(), actor, request_id)
    if not case.taken_by_me:
        return redirect(url_for("desk.case", request_id=request_id), 303)
    at = kit().clock()
    due = frozenset(place.id for place in case.places if place.url and is_due(place, at))
    only_due = request.args.get("only") == "due" and bool(due)
    places = tuple(place for place in case.places if place.url and (place.id in due or not only_due))
    new = frozenset(place.id for place in places if place.state in ASSESSABLE and place.finding is None)
    ready = due if only_due else new
    said = (("location_ids", _("Please choose at least one place.")),) if status == 422 else ()
    return page(
        "desk/take_out.html",
        status=status,
        case=case,
        places=places,
        ready=ready,
        due=len(due),
        only_due=only_due,
        problems=said,
    )


@blueprint.post("/case/<request_id>/take-out")
@guards.caseworker
def take_out(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """The file: counted, and written to the trail place by place. By POST alone."""
    chosen = tuple(dict.fromkeys(request.form.getlist("location_ids")))
    if not chosen:
        return _take_out_page(actor, request_id, 422)
    written = take_places_out(kit(), actor, request_id, chosen)
    response = Response(written, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response


@blueprint.route("/case/<request_id>/bring-back", methods=["GET", "POST"])
@guards.caseworker
def bring_findings(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """The findings as a list. What each line would do is shown on a page of its own first."""
    require_case(kit(), actor, request_id)
    form = BringForm()
    if request.method == "GET":
        return _bring_back_page(form, request_id, 200)
    form.validate()
    try:
        with brought_list(form.pasted.data or "") as raw:
            staged = stage_findings(kit(), actor, request_id, raw)
    except ListRefused as refused:
        if not form.pasted.errors:
            refuse(form.pasted, list_refused(refused.code))
    except NotAllowed:
        refuse(form.pasted, list_refused("too_many"))
    else:
        return redirect(url_for("desk.list_one", staged_id=staged.id), 303)
    return _bring_back_page(form, request_id, 422)


def _bring_back_page(form: BringForm, request_id: str, status: int) -> ResponseReturnValue:
    return page(
        "desk/bring_back.html", status=status, form=form, request_id=request_id, problems=problems(form)
    )
