"""The directory of providers: list, find, add, change."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.casework.actors import Admin
from app.casework.add_provider import add_provider
from app.casework.change_provider import change_provider, print_of_provider
from app.casework.errors import NotFound, Stale, SuffixTaken, SuppliedInCircle
from app.casework.provider_input import COVERED, Fault, ProviderInput
from app.domain.behaviour import FAST, NOT_FOR_OWN_WORDS, SILENT_AFTER
from app.domain.desk_words import Behaviour, Channel, Scope
from app.domain.notice_words import ProviderKind
from app.i18n.locales import NOTICE_LOCALES
from app.i18n.locales import gettext as _
from app.i18n.words import desk_words
from app.reads.provider_record import read_record
from app.reads.providers import (
    find_providers,
    find_supplier,
    offer_suppliers,
    read_chain,
    read_directory,
    read_names,
    read_provider_row,
)
from app.web import guards
from app.web.admin.forms import ProviderForm
from app.web.admin.routes import blueprint
from app.web.forms import clean
from app.web.glue import kit, page

_MOST_TYPED = 200


@blueprint.get("/")
@guards.admin
def providers(actor: Admin) -> ResponseReturnValue:
    """The directory by name, a page at a time."""
    return page("admin/providers.html", directory=read_directory(kit(), request.args.get("after", "")))


@blueprint.post("/")
@guards.admin
def provider_find(actor: Admin) -> ResponseReturnValue:
    """By name or host. Not in the address of the page: hosts belong in no browser's history."""
    text = " ".join(clean(request.form.get("find", "")).split())[:_MOST_TYPED]
    found = find_providers(kit(), text)
    return page("admin/providers.html", directory=read_directory(kit()), find=text, found=found)


@blueprint.route("/providers/new", methods=["GET", "POST"])
@guards.admin
def provider_new(actor: Admin) -> ResponseReturnValue:
    """Add a provider."""
    form = ProviderForm()
    if not form.is_submitted():
        return _show(actor, form)
    wanted = _wanted(form)
    if wanted is None:
        return _show(actor, form, status=422 if form.problems() else 200)
    try:
        add_provider(kit(), actor, wanted)
    except (SuffixTaken, SuppliedInCircle, NotFound) as error:
        return _refuse(actor, form, error)
    flash(_("%(name)s is in the list.", name=wanted.name))
    return redirect(url_for("admin.providers"), 303)


@blueprint.route("/providers/<provider_id>", methods=["GET", "POST"])
@guards.admin
def provider_edit(actor: Admin, provider_id: str) -> ResponseReturnValue:
    """Change a provider. Letters already approved keep what they said."""
    row = read_provider_row(kit(), provider_id)
    form = ProviderForm()
    if not form.is_submitted():
        form.show(row, print_of_provider(row))
        return _show(actor, form, provider_id=provider_id)
    wanted = _wanted(form)
    if wanted is None:
        return _show(actor, form, status=422 if form.problems() else 200, provider_id=provider_id)
    try:
        change_provider(kit(), actor, provider_id, wanted, form.seen.data or "")
    except Stale:
        form.seen.data = print_of_provider(row)
        return _show(actor, form, status=409, provider_id=provider_id, newer=True)
    except (SuffixTaken, SuppliedInCircle, NotFound) as error:
        return _refuse(actor, form, error, provider_id)
    flash(_("%(name)s is changed.", name=wanted.name))
    return redirect(url_for("admin.providers"), 303)


def _wanted(form: ProviderForm) -> ProviderInput | None:
    """None when a button only rearranged the form, or something in it needs a change."""
    pressed = request.form.get("do", "save")
    if form.rearrange(pressed):
        return None
    text = " ".join(clean(form.upstream.data or "").split())
    found = find_supplier(kit(), text[:_MOST_TYPED]) if text else None
    if found is not None:
        form.supply(found)
    is_typed = bool(request.form.get("upstream", "").strip())  # a picture in it was taken out
    wanted = None if pressed == "supply" else form.read()
    if found is None and (is_typed or pressed == "supply"):
        form.refuse(Fault("upstreams", "not_one"))
        return None
    return wanted


def _refuse(
    actor: Admin, form: ProviderForm, error: Exception, provider_id: str | None = None
) -> ResponseReturnValue:
    match error:
        case SuffixTaken():
            form.refuse(Fault("suffixes", "taken"))
        case SuppliedInCircle():
            form.refuse(Fault("upstreams", "circle"))
        case _:
            form.refuse(Fault("upstreams", "not_one"))
    return _show(actor, form, status=422, provider_id=provider_id)


def _show(
    actor: Admin,
    form: ProviderForm,
    *,
    status: int = 200,
    provider_id: str | None = None,
    newer: bool = False,
) -> ResponseReturnValue:
    return page(
        "admin/provider.html",
        status=status,
        form=form,
        provider_id=provider_id,
        now=read_provider_row(kit(), provider_id) if provider_id and newer else None,
        problems=form.problems(),
        languages=tuple((each.code, each.name, each.code) for each in NOTICE_LOCALES.values()),
        scopes=tuple((each.value, desk_words(each)) for each in Scope),
        kinds=tuple((each.value, desk_words(each), _kind_hint(each)) for each in ProviderKind),
        covered=(
            (
                COVERED,
                _("A covered platform in the sense of the TAKE IT DOWN Act"),
                _("Only as counsel found. It counts in the United States."),
            ),
        ),
        letters_per_hour=kit().settings.letters_per_hour,
        channels=tuple((each.value, desk_words(each)) for each in Channel),
        behaviours=tuple((each.value, desk_words(each), _no_words(each)) for each in Behaviour),
        record=read_record(kit(), actor, provider_id) if provider_id else None,
        hours=int(FAST.total_seconds() // 3600),
        days=SILENT_AFTER.days,
        suppliers=read_names(kit(), tuple(form.upstreams.data or ())),
        chain=read_chain(kit(), provider_id) if provider_id else (),
        offered=offer_suppliers(kit()),
    )


def _kind_hint(kind: ProviderKind) -> str:
    match kind:
        case ProviderKind.HOST:
            return _("It keeps what others put there: hosting, files, images.")
        case ProviderKind.PLATFORM:
            return _("A host that shows it to many people: social media, forums, video.")
        case ProviderKind.SEARCH:
            return _("It only finds what lies elsewhere. It can take addresses out of its results.")
        case ProviderKind.SUPPLIER:
            return _("It supplies others: names, networks, delivery, payment, advertising. It holds nothing.")


def _no_words(behaviour: Behaviour) -> str:
    return _("Nobody's own words go to them.") if behaviour in NOT_FOR_OWN_WORDS else ""
