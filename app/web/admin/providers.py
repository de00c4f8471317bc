"""The directory of providers: list, add, change."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.casework.actors import Admin
from app.casework.add_provider import add_provider
from app.casework.change_provider import change_provider
from app.casework.errors import NotFound, SuffixTaken
from app.domain.words import Channel
from app.i18n.locales import LOCALES
from app.i18n.locales import gettext as _
from app.i18n.words import desk_words
from app.reads.providers import list_providers
from app.web import guards
from app.web.admin.forms import ProviderForm
from app.web.admin.routes import blueprint
from app.web.glue import kit, page


@blueprint.get("/")
@guards.admin
def providers(actor: Admin) -> ResponseReturnValue:
    """Every provider of the directory."""
    return page("admin/providers.html", providers=list_providers(kit()))


@blueprint.route("/providers/new", methods=["GET", "POST"])
@guards.admin
def provider_new(actor: Admin) -> ResponseReturnValue:
    """Add a provider."""
    form = ProviderForm()
    if not form.is_submitted():
        return _show(form)
    wanted = form.read()
    if wanted is None:
        return _show(form, status=422)
    try:
        add_provider(kit(), actor, wanted)
    except SuffixTaken:
        form.refuse_hosts()
        return _show(form, status=422)
    flash(_("%(name)s is in the list now.", name=wanted.name))
    return redirect(url_for("admin.providers"), 303)


@blueprint.route("/providers/<provider_id>", methods=["GET", "POST"])
@guards.admin
def provider_edit(actor: Admin, provider_id: str) -> ResponseReturnValue:
    """Change a provider. Letters already approved keep what they said."""
    form = ProviderForm()
    if not form.is_submitted():
        row = next((row for row in list_providers(kit()) if row.id == provider_id), None)
        if row is None:
            raise NotFound
        form.show(row)
        return _show(form, provider_id=provider_id)
    wanted = form.read()
    if wanted is None:
        return _show(form, status=422, provider_id=provider_id)
    try:
        change_provider(kit(), actor, provider_id, wanted)
    except SuffixTaken:
        form.refuse_hosts()
        return _show(form, status=422, provider_id=provider_id)
    flash(_("%(name)s is changed.", name=wanted.name))
    return redirect(url_for("admin.providers"), 303)


def _show(form: ProviderForm, *, status: int = 200, provider_id: str | None = None) -> ResponseReturnValue:
    return page(
        "admin/provider.html",
        status=status,
        form=form,
        provider_id=provider_id,
        problems=form.problems(),
        languages=tuple((each.code, each.name, each.code) for each in LOCALES.values()),
        channels=tuple((each.value, desk_words(each), "") for each in Channel),
    )
