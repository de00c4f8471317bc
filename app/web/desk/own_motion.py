"""Opening a request for children who cannot ask, from a list or by hand."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.casework.actors import Caseworker
from app.casework.errors import NotAllowed
from app.casework.stage_own_motion import OwnMotionInput, stage_own_motion
from app.domain.words import Content
from app.i18n.words import words
from app.places.list_files import ListRefused
from app.web import guards
from app.web.desk.forms import problems, refuse
from app.web.desk.list_forms import OwnMotionForm
from app.web.desk.list_sentences import list_refused
from app.web.desk.routes import blueprint
from app.web.glue import kit, page
from app.web.list_upload import brought_list


@blueprint.route("/own-motion", methods=["GET", "POST"])
@guards.caseworker
def own_motion(actor: Caseworker) -> ResponseReturnValue:
    """Why, what and where. What was read is shown on a page of its own before anything is opened."""
    form = OwnMotionForm()
    if request.method == "GET":
        return _show(form, 200)
    if not form.is_whole():
        return _show(form, 422)
    try:
        with brought_list(form.pasted.data or "") as raw:
            reason = (form.reason.data or "").strip()
            given = OwnMotionInput(raw, reason, form.chosen_contents())
            staged = stage_own_motion(kit(), actor, given)
    except ListRefused as refused:
        refuse(form.pasted, list_refused(refused.code))
    except NotAllowed:
        refuse(form.pasted, list_refused("too_many"))
    else:
        return redirect(url_for("desk.list_one", staged_id=staged.id), 303)
    return _show(form, 422)


def _show(form: OwnMotionForm, status: int) -> ResponseReturnValue:
    contents = tuple((one.value, words(one), "") for one in Content)
    return page("desk/own_motion.html", status=status, form=form, contents=contents, problems=problems(form))
