"""Laws that notices cite: worded here, and switched on only with the day on which counsel checked them."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.casework.actors import Admin
from app.casework.confirm_law import confirm_law, switch_off_law
from app.casework.errors import Stale
from app.casework.keep_law import add_law, remove_law, word_law
from app.domain.laws import Law, LawCode, kinds_for
from app.domain.notice_words import LawUse, NoticeKind
from app.i18n.locales import country_codes, country_name
from app.i18n.locales import gettext as _
from app.i18n.words import desk_words
from app.reads.laws import KeptLaw, read_law, read_laws
from app.web import guards
from app.web.admin.law_forms import LawCheckForm, LawForm
from app.web.admin.routes import blueprint
from app.web.glue import kit, page


@blueprint.route("/laws", methods=["GET", "POST"])
@guards.admin
def laws(actor: Admin) -> ResponseReturnValue:
    """All of them, and a form for another one. It starts switched off."""
    form = LawForm()
    if not form.is_submitted():
        return _show_all(form)
    words = form.read()
    if words is None:
        return _show_all(form, 422)
    law_id = add_law(kit(), actor, form.country.data or "", words)
    flash(_("The law is in the list. It is off until you switch it on."))
    return redirect(url_for("admin.law", law_id=law_id), 303)


@blueprint.route("/laws/<law_id>", methods=["GET", "POST"])
@guards.admin
def law(actor: Admin, law_id: str) -> ResponseReturnValue:
    """One law: its words, and whether letters cite it. What letters said already, they go on saying."""
    shown = read_law(kit(), law_id)
    form, check = LawForm(), LawCheckForm()
    pressed = request.form.get("do", "save")
    try:
        match pressed if form.is_submitted() else "read":
            case "read":
                return _show(shown, form, check)
            case "confirm":
                if not check.is_whole(kit().clock().date()):
                    return _show(shown, form, check, 422)
                confirm_law(kit(), actor, law_id, check.verified_on.data or "", check.seen.data or "")
                flash(_("It is on. Letters cite it from now on."))
            case "off":
                switch_off_law(kit(), actor, law_id, check.seen.data or "")
                flash(_("It is off. No new letter cites it."))
            case "remove":
                remove_law(kit(), actor, law_id, check.seen.data or "")
                flash(_("Nothing is kept of this law any more."))
            case _:
                words = form.read(shown.law)
                if words is None:
                    return _show(shown, form, check, 422)
                word_law(kit(), actor, law_id, words, form.seen.data or "")
                flash(_("The law is saved."))
    except Stale:
        return _show(read_law(kit(), law_id), form, check, 409)
    gone = pressed in ("off", "remove")
    return redirect(url_for("admin.laws") if gone else url_for("admin.law", law_id=law_id), 303)


def _show_all(form: LawForm, status: int = 200) -> ResponseReturnValue:
    named = sorted((country_name(code), code) for code in country_codes())
    return page(
        "admin/laws.html",
        status=status,
        rows=read_laws(kit()),
        form=form,
        problems=form.problems(),
        all_countries=(("", _("Please choose")), *((code, name) for name, code in named)),
        uses=_uses(),
        kinds=_kinds(*(kinds_for(LawCode.NATIONAL, use) for use in LawUse)),
    )


def _show(shown: KeptLaw, form: LawForm, check: LawCheckForm, status: int = 200) -> ResponseReturnValue:
    """The form that was sent keeps what was typed; the other one shows how it stands."""
    if "citation" not in request.form or status == 200:
        form.show(shown.law, shown.seen)
    else:
        form.seen.data = shown.seen
    check.seen.data = shown.seen
    return page(
        "admin/law.html",
        status=status,
        law=shown.law,
        is_kept=shown.is_kept,
        is_own=shown.law.code == LawCode.NATIONAL,
        reach=_reach(shown.law),
        form=form,
        check=check,
        problems=(*form.problems(), *check.problems()),
        changed_meanwhile=status == 409,
        uses=_uses(),
        kinds=_kinds(*_fitting(shown.law)),
    )


def _fitting(law: Law) -> tuple[tuple[NoticeKind, ...], ...]:
    """The notices that could cite it, by what it is cited for: that can be chosen for an added law."""
    uses = tuple(LawUse) if law.code == LawCode.NATIONAL else (law.use,)
    return tuple(kinds_for(law.code, use) for use in uses)


def _uses() -> tuple[tuple[str, str, str], ...]:
    return (
        (str(LawUse.GROUND), desk_words(LawUse.GROUND), ""),
        (
            str(LawUse.PRESERVATION),
            desk_words(LawUse.PRESERVATION),
            _("It never gives a reason to take something down."),
        ),
    )


def _kinds(*of_uses: tuple[NoticeKind, ...]) -> tuple[tuple[str, str, str], ...]:
    """To choose from, each with what it is not cited for."""
    known = {kind for kinds in of_uses for kind in kinds}
    hints = {
        NoticeKind.HARMFUL: _("Only for keeping records: this notice never says that something is illegal.")
    }
    return tuple((str(kind), desk_words(kind), hints.get(kind, "")) for kind in NoticeKind if kind in known)


def _reach(law: Law) -> str:
    """To whom it is cited, in a sentence."""
    match law.code:
        case LawCode.DSA_16:
            return _("Cited only to hosts and platforms in the European Union.")
        case LawCode.TAKE_IT_DOWN:
            return _(
                "Cited only to covered platforms in the United States, and only where a signed mandate is "
                "noted in the case and a caseworker ticks it. It tells them that somebody asked."
            )
        case LawCode.GDPR_17:
            return _("Cited only to providers in the European Union.")
    return _("Cited only to providers in: %(country)s.", country=country_name(law.country))
