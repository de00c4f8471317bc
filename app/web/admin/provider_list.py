"""The directory as a list: in with a preview, out as a table."""

from flask import Response, flash, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import TextAreaField

from app.casework.actors import Admin
from app.casework.errors import NotAllowed, NotFound, Stale
from app.casework.export_providers import export_providers
from app.casework.import_providers import ImportInput, import_providers, preview_providers
from app.casework.provider_lines import COLUMNS, EXAMPLE, NEEDED, ways
from app.casework.staged_lists import ListKind, StageInput, forget_staged, stage_list, staged_of
from app.domain.desk_words import Behaviour, Scope
from app.domain.notice_words import ProviderKind
from app.i18n.locales import NOTICE_LOCALES
from app.i18n.locales import gettext as _
from app.i18n.words import desk_words
from app.places.list_files import ListRefused
from app.web import guards, steps
from app.web.admin.provider_words import done_sentence, line_sentence, list_refused
from app.web.admin.routes import blueprint
from app.web.forms import Form
from app.web.glue import kit, page
from app.web.list_upload import brought_list

FILE_NAME = "providers.csv"


class ProviderListForm(Form):
    """Lines that were pasted; a file stands beside them."""

    pasted = TextAreaField()


@blueprint.route("/providers/list", methods=["GET", "POST"])
@guards.admin
def provider_list(actor: Admin) -> ResponseReturnValue:
    """Bring a list. What it would do stands on a page of its own, and nothing is done before."""
    form = ProviderListForm()
    if not form.is_submitted():
        return _show(actor, form)
    try:
        with brought_list(form.pasted.data or "") as raw:
            staged = stage_list(kit(), actor, StageInput(ListKind.PROVIDERS, raw))
    except ListRefused as refused:
        if refused.code == "picture":
            form.pasted.data = ""
        form.pasted.errors = [list_refused(refused.code)]
        return _show(actor, form, 422)
    except NotAllowed:
        form.pasted.errors = [list_refused("too_many")]
        return _show(actor, form, 422)
    return redirect(url_for("admin.provider_preview", list_id=staged.id), 303)


@blueprint.route("/providers/list/<list_id>", methods=["GET", "POST"])
@guards.admin
def provider_preview(actor: Admin, list_id: str) -> ResponseReturnValue:
    """What the list would do: new, changed, not to be taken. Then all its good lines at once, or none."""
    try:
        return _preview(actor, list_id) if request.method == "GET" else _go_on(actor, list_id)
    except NotFound:
        flash(_("This list is gone: it was used or dropped, or its day is over."))
        return redirect(url_for("admin.provider_list"), 303)


def _go_on(actor: Admin, list_id: str) -> ResponseReturnValue:
    if "drop" in request.form:
        forget_staged(kit(), actor, list_id)
        flash(_("The list is dropped. Nothing was changed."))
        return redirect(url_for("admin.providers"), 303)
    if not steps.is_fresh():  # it says where letters with whole addresses go
        return guards.ask_factor()
    try:
        added, changed = import_providers(kit(), actor, ImportInput(list_id, request.form.get("seen", "")))
    except Stale:
        return _preview(actor, list_id, 409)
    flash(done_sentence(added, changed))
    return redirect(url_for("admin.providers"), 303)


@blueprint.post("/providers/file")
@guards.admin
def provider_export(actor: Admin) -> ResponseReturnValue:
    """The whole directory, to keep or to pass on."""
    answer: Response = make_response(export_providers(kit(), actor))
    answer.mimetype = "text/csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return answer


def _show(actor: Admin, form: ProviderListForm, status: int = 200) -> ResponseReturnValue:
    return page(
        "admin/provider_list.html",
        status=status,
        form=form,
        problems=tuple((name, said[0]) for name, said in form.errors.items()),
        columns=COLUMNS,
        needed=NEEDED,
        example=EXAMPLE,
        ways=ways(),
        scopes=tuple((each.value, desk_words(each)) for each in Scope),
        kinds=tuple((each.value, desk_words(each)) for each in ProviderKind),
        behaviours=tuple((each.value, desk_words(each)) for each in Behaviour),
        languages=tuple(NOTICE_LOCALES),
        waiting=tuple(one for one in staged_of(kit(), actor) if one.kind is ListKind.PROVIDERS),
    )


def _preview(actor: Admin, list_id: str, status: int = 200) -> ResponseReturnValue:
    shown = preview_providers(kit(), actor, list_id)
    return page(
        "admin/provider_preview.html",
        status=status,
        shown=shown,
        changed_meanwhile=status == 409,
        line_sentence=line_sentence,
    )
