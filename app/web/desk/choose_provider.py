"""Saying whose a place is: where the directory does not know, or a provider said that it is not theirs."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectMultipleField, StringField

from app.casework.actors import Caseworker
from app.casework.choose_provider import CHOOSABLE, ChooseInput, find_providers
from app.casework.choose_provider import choose_provider as keep_provider
from app.casework.errors import NotAllowed, NotHolding
from app.casework.open_case import open_case
from app.domain.providers import Provider
from app.domain.words import LocationState
from app.i18n.locales import gettext as _
from app.web import guards
from app.web.desk.case_page import back_to
from app.web.desk.forms import problems, refuse
from app.web.desk.routes import blueprint
from app.web.desk.sentences import form_sentence
from app.web.forms import CleanText, Form
from app.web.glue import kit, page

DIRECTORY = "directory"
"""The choice that takes a choice back: whoever the directory has for the host."""


class ChooseForm(Form):
    """`provider_name`: a name or a host, as it was typed; `provider_id`: one of those that fit it."""

    location_ids = SelectMultipleField(validate_choice=False)
    provider_name = CleanText()
    provider_id = StringField()

    def read(self, request_id: str) -> tuple[ChooseInput | None, tuple[Provider, ...]]:
        """What was chosen, or None with a sentence at each field that needs one; and those that fit what was
        typed, where one of them has to be chosen."""
        self.validate()
        ids, provider_id = tuple(self.location_ids.data or ()), self.provider_id.data or ""
        if not ids:
            refuse(self.location_ids, form_sentence("choose_places"))
        fitting: tuple[Provider, ...] = ()
        if not provider_id and not self.provider_name.errors:
            fitting = find_providers(kit(), self.provider_name.data or "")
            if not fitting:
                refuse(self.provider_name, form_sentence("no_such_provider"))
            elif len(fitting) > 1:
                refuse(self.provider_id, form_sentence("choose_provider"))
            else:
                provider_id = fitting[0].id
        if self.errors:
            return None, fitting
        return ChooseInput(request_id, ids, "" if provider_id == DIRECTORY else provider_id), ()


@blueprint.route("/case/<request_id>/provider", methods=["GET", "POST"])
@guards.caseworker
def choose_provider(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """Places before their notice, and those whose notice came to nothing, which then wait for a new one."""
    if request.method == "GET":
        return _show(actor, request_id, ChooseForm(formdata=None))
    form = ChooseForm()
    given, fitting = form.read(request_id)
    if given is None:
        return _show(actor, request_id, form, 422, fitting)
    try:
        keep_provider(kit(), actor, given)
    except NotAllowed:
        refuse(form.location_ids, form_sentence("not_to_choose"))
        return _show(actor, request_id, form, 409)
    except NotHolding:
        refuse(form.location_ids, form_sentence("take_first"))
        return _show(actor, request_id, form, 409)
    flash(_("It is noted whose these places are."))
    return back_to(request_id)


def _show(
    actor: Caseworker,
    request_id: str,
    form: ChooseForm,
    status: int = 200,
    fitting: tuple[Provider, ...] = (),
) -> ResponseReturnValue:
    case = open_case(kit(), actor, request_id)
    if not case.taken_by_me and request.method == "GET":
        return redirect(url_for("desk.case", request_id=request_id), 303)
    places = tuple(one for one in case.places if one.state in CHOOSABLE)
    first = tuple(one.id for one in places if one.state in (LocationState.MOVED, LocationState.BOUNCED))
    return page(
        "desk/choose_provider.html",
        status=status,
        case=case,
        places=places,
        chosen=tuple(form.location_ids.data or ()) if request.method == "POST" else first,
        form=form,
        fitting=fitting,
        directory=DIRECTORY,
        problems=problems(form),
    )
