"""Series: cases that show the same person, put together by a caseworker, seen at the desk only."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.casework.actors import Caseworker
from app.casework.assess_series import SeriesAssessed, assess_series
from app.casework.change_series import change_series
from app.casework.errors import NotAllowed, NotFound, NotHolding, Recused, Stale
from app.casework.link_series import LinkInput, link_series
from app.casework.series import cases_called, open_series
from app.casework.series_to_assess import read_series_to_assess
from app.casework.unlink_series import unlink_series
from app.domain.assessments import Finding
from app.i18n.locales import gettext as _
from app.i18n.locales import ngettext
from app.web import guards
from app.web.desk.assess_part import question_values
from app.web.desk.case_page import CaseForms, back_to, show_case
from app.web.desk.forms import problems
from app.web.desk.routes import blueprint
from app.web.desk.series_forms import LinkForm, SeriesAssessForm, SeriesForm
from app.web.glue import kit, page
from app.web.trail_words import who


@blueprint.post("/case/<request_id>/series")
@guards.caseworker
def link(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """Put this case and another one into one series. Whatever is wrong with the other is one answer."""
    form = LinkForm()
    typed = form.read()
    if typed is None:
        return _refused(actor, request_id, form)
    found = cases_called(kit(), actor, typed)
    if len(found) != 1:
        return _refused(actor, request_id, form, "case_several" if found else "case_none")
    try:
        link_series(kit(), actor, LinkInput(request_id, found[0]))
    except NotAllowed:
        return _refused(actor, request_id, form, "case_itself")
    except (NotFound, Recused):
        return _refused(actor, request_id, form, "case_none")
    except NotHolding:
        return _refused(actor, request_id, form, "lapsed", 409)
    except Stale:
        return _refused(actor, request_id, form, "moved", 409)
    flash(_("The two cases are in one series. Nobody who asks is shown anything of it."))
    return back_to(request_id)


def _refused(
    actor: Caseworker, request_id: str, form: LinkForm, code: str = "", status: int = 422
) -> ResponseReturnValue:
    if code:
        form.refuse(code)
    return show_case(actor, request_id, CaseForms(series=form), status)


@blueprint.post("/case/<request_id>/series/leave")
@guards.caseworker
def unlink(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """Take a case out of its series."""
    try:
        unlink_series(kit(), actor, request_id)
    except NotAllowed:
        flash(_("Nothing was changed: this case is in no series."))
    else:
        flash(_("This case is no longer in the series."))
    return back_to(request_id)


@blueprint.get("/series/<series_id>")
@guards.caseworker
def series(actor: Caseworker, series_id: str) -> ResponseReturnValue:
    """Its cases, by what the queue shows of them, and what police know it by."""
    return _show(actor, series_id)


@blueprint.post("/series/<series_id>")
@guards.caseworker
def series_change(actor: Caseworker, series_id: str) -> ResponseReturnValue:
    """What police know it by, and the note. Where somebody was first, theirs stands beside what was typed."""
    form = SeriesForm()
    given = form.read(series_id)
    if given is None:
        return _show(actor, series_id, form, 422)
    try:
        change_series(kit(), actor, given)
    except Stale:
        return _show(actor, series_id, form, 409, "stale")
    except NotHolding:
        return _show(actor, series_id, form, 409, "lapsed")
    flash(_("It is saved."))
    return redirect(url_for("desk.series", series_id=series_id), 303)


def _show(
    actor: Caseworker, series_id: str, form: SeriesForm | None = None, status: int = 200, trouble: str = ""
) -> ResponseReturnValue:
    folder = open_series(kit(), actor, series_id)
    if form is None:
        form = SeriesForm(formdata=None)
        form.show(folder.series)
    return page(
        "desk/series.html",
        status=status,
        folder=folder,
        form=form,
        problems=problems(form),
        trouble=trouble,
        who=lambda by: who(by, actor.id),
    )


@blueprint.route("/series/<series_id>/assess", methods=["GET", "POST"])
@guards.caseworker
def series_assess(actor: Caseworker, series_id: str) -> ResponseReturnValue:
    """What a finding would be about, the questions, and the finding for all of it."""
    form = SeriesAssessForm()
    if not form.is_submitted():
        return _show_assess(actor, series_id, form)
    finding = form.finding(of_places=False)
    if finding is None:
        return _show_assess(actor, series_id, form, 422)
    try:
        result = assess_series(kit(), actor, form.given(series_id, finding))
    except Stale:
        return _show_assess(actor, series_id, form, 409, "stale")
    except NotFound:
        return _show_assess(actor, series_id, form, 409, "nothing")
    _say(result, finding)
    return redirect(url_for("desk.series", series_id=series_id), 303)


def _show_assess(
    actor: Caseworker, series_id: str, form: SeriesAssessForm, status: int = 200, trouble: str = ""
) -> ResponseReturnValue:
    return page(
        "desk/series_assess.html",
        status=status,
        folder=open_series(kit(), actor, series_id),
        found=read_series_to_assess(kit(), actor, series_id),
        form=form,
        problems=problems(form),
        trouble=trouble,
        **question_values(),
    )


def _say(result: SeriesAssessed, finding: Finding) -> None:
    """What was done, and what was left alone."""
    places = ngettext("%(count)s place", "%(count)s places", result.in_all, count=result.in_all)
    cases = ngettext("%(count)s case", "%(count)s cases", len(result.counts), count=len(result.counts))
    flash(_("The finding is saved: %(places)s in %(cases)s, which you hold now.", places=places, cases=cases))
    if result.held:
        left = len(result.held)
        flash(
            ngettext(
                "%(count)s case was left alone: a colleague has it.",
                "%(count)s cases were left alone: colleagues have them.",
                left,
                count=left,
            )
        )
    if result.left_out:
        left = result.left_out
        flash(
            ngettext(
                "%(count)s case was left alone: you stepped back from it.",
                "%(count)s cases were left alone: you stepped back from them.",
                left,
                count=left,
            )
        )
    if result.for_second:
        flash(_("A colleague has to find the same before a hearing begins."))
    elif not finding.asks_removal:
        flash(_("Nothing is decided before the person has been heard."))
