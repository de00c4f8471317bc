"""Countries: the hotline there, what was agreed with it, police, and what the law asks."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.casework.actors import Admin
from app.casework.errors import NotFound, Stale
from app.casework.keep_country import CountryInput, keep_country, remove_country
from app.domain.desk_words import ReferralPolicy
from app.i18n.locales import country_codes, country_name
from app.i18n.locales import gettext as _
from app.i18n.words import desk_words
from app.reads.countries import read_countries, read_country
from app.web import guards
from app.web.admin.country_forms import CountryForm
from app.web.admin.routes import blueprint
from app.web.glue import kit, page


@blueprint.get("/countries")
@guards.admin
def countries(actor: Admin) -> ResponseReturnValue:
    """Those that are kept, and those of providers."""
    named = sorted((country_name(code), code) for code in country_codes())
    return page(
        "admin/countries.html",
        rows=read_countries(kit()),
        all_countries=(("", _("Please choose")), *((code, name) for name, code in named)),
    )


@blueprint.post("/countries")
@guards.admin
def country_choose(actor: Admin) -> ResponseReturnValue:
    """On to one of all the countries there are."""
    chosen = request.form.get("code", "")
    if chosen not in country_codes():
        return redirect(url_for("admin.countries"), 303)
    return redirect(url_for("admin.country", code=chosen), 303)


@blueprint.route("/countries/<code>", methods=["GET", "POST"])
@guards.admin
def country(actor: Admin, code: str) -> ResponseReturnValue:
    """One country. Saving is for what is decided from now on."""
    if code not in country_codes():
        raise NotFound
    form = CountryForm()
    if not form.is_submitted():
        form.show(read_country(kit(), code))
        return _show(form, code)
    try:
        if request.form.get("do") == "remove":
            remove_country(kit(), actor, code, form.seen.data or "")
            flash(_("Nothing is kept of %(country)s any more.", country=country_name(code)))
            return redirect(url_for("admin.countries"), 303)
        if not form.is_whole(kit().clock().date()):
            return _show(form, code, 422)
        keep_country(kit(), actor, _given(form, code))
    except Stale:
        form.seen.data = read_country(kit(), code).seen
        return _show(form, code, 409)
    flash(_("%(country)s is saved.", country=country_name(code)))
    return redirect(url_for("admin.countries"), 303)


def _given(form: CountryForm, code: str) -> CountryInput:
    return CountryInput(
        code=code,
        hotline_name=form.line("hotline_name"),
        hotline_way=form.text("hotline_way"),
        policy=ReferralPolicy(form.policy.data) if form.line("hotline_name") else ReferralPolicy.REFER_ONLY,
        policy_hours=form.hours,
        police_name=form.line("police_name"),
        police_way=form.text("police_way"),
        regulator_name=form.line("regulator_name"),
        regulator_way=form.text("regulator_way"),
        legal_note=form.text("legal_note"),
        verified_on=form.line("verified_on"),
        seen=form.seen.data or "",
    )


def _show(form: CountryForm, code: str, status: int = 200) -> ResponseReturnValue:
    kept = read_country(kit(), code).country
    return page(
        "admin/country.html",
        status=status,
        form=form,
        code=code,
        kept=kept,
        now=kept if status == 409 else None,
        changed_meanwhile=status == 409,
        problems=form.problems(),
        policies=tuple((each.value, desk_words(each), "") for each in ReferralPolicy),
    )
