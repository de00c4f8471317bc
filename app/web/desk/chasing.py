"""What comes after a notice: what wants a person, what nobody moves, and the ladder of one notice."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.casework.actors import Caseworker
from app.casework.approve_rung import RungInput
from app.casework.approve_rung import approve_rung as approve_further
from app.casework.errors import CaseworkError, NotAllowed, NotHolding, Stale
from app.casework.preview_rungs import preview_rungs
from app.casework.review_stalled import Review
from app.casework.review_stalled import review_stalled as keep_review
from app.casework.revoke_link import revoke_link as take_back
from app.casework.settle_wanted import settle_wanted as settle
from app.domain.words import Role
from app.i18n.locales import gettext as _
from app.i18n.locales import ngettext
from app.reads.chase import read_chase, root_of
from app.reads.chasing import read_chasing
from app.web import guards
from app.web.desk.chasing_forms import ReviewForm, WantedForm
from app.web.desk.forms import problems
from app.web.desk.routes import blueprint
from app.web.desk.sentences import LETTER_REFUSED, letter_refused
from app.web.glue import kit, page


@blueprint.get("/chasing")
@guards.caseworker
def chasing(actor: Caseworker) -> ResponseReturnValue:
    """All that wants a person, and stalled places; nothing sealed is opened for it."""
    return _list(actor)


@blueprint.post("/case/<request_id>/stalled")
@guards.caseworker
def review_stalled(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """What was decided about stalled places of one case."""
    form = ReviewForm()
    given = form.read(request_id)
    if given is None:
        return _list(actor, 422, request_id, form)
    try:
        keep_review(kit(), actor, given)
    except (NotAllowed, Stale):
        return _list(actor, 409, request_id, form, _("Nothing was saved: it changed meanwhile."))
    count = len(set(given.location_ids))
    if given.review is Review.AGAIN:
        said = ngettext(
            "%(count)s place waits for a new notice.",
            "%(count)s places wait for a new notice.",
            count,
            count=count,
        )
    else:
        said = ngettext(
            "%(count)s place comes back here in a month.",
            "%(count)s places come back here in a month.",
            count,
            count=count,
        )
    flash(said)
    return redirect(url_for("desk.chasing"), 303)


@blueprint.get("/notice/<notice_id>")
@guards.caseworker
def chase(actor: Caseworker, notice_id: str) -> ResponseReturnValue:
    """The ladder of one notice; of a further letter, the ladder that it is a step of."""
    root_id = root_of(kit(), notice_id)
    if root_id != notice_id:
        return redirect(url_for("desk.chase", notice_id=root_id), 303)
    return _show(actor, notice_id)


@blueprint.post("/notice/<notice_id>/further")
@guards.caseworker
def approve_rung(actor: Caseworker, notice_id: str) -> ResponseReturnValue:
    """One more letter, as it was read."""
    rung, seen = request.form.get("rung", ""), request.form.get("seen", "")
    if not (rung.isascii() and rung.isdecimal() and len(rung) < 4):
        return _show(actor, notice_id, 422, _("Please choose one of the letters."))
    given = RungInput(notice_id, request.form.get("provider_id", ""), int(rung), seen)
    try:
        reference = approve_further(kit(), actor, given)
    except NotHolding:
        return _show(actor, notice_id, 409, _("Nothing was saved: please take the case first."))
    except CaseworkError as error:
        if type(error) not in LETTER_REFUSED:
            raise
        return _show(actor, notice_id, 409, letter_refused(_name_of(actor, given), error))
    flash(
        _(
            "Notice %(reference)s is approved. It goes on its day; at once where that has come.",
            reference=reference,
        )
    )
    return redirect(url_for("desk.chase", notice_id=notice_id), 303)


@blueprint.post("/notice/<notice_id>/settle")
@guards.caseworker
def settle_wanted(actor: Caseworker, notice_id: str) -> ResponseReturnValue:
    """What was done about the step that waits; about regulator and police only a supervisor says it."""
    form = WantedForm()
    given = form.read(notice_id)
    if given is None:
        return _show(actor, notice_id, 422, form=form)
    try:
        settle(kit(), actor, given)
    except NotAllowed:
        return _show(
            actor, notice_id, 403, _("Nothing was saved: a supervisor has to settle this step."), form
        )
    except Stale:
        return _show(actor, notice_id, 409, _("Nothing was saved: this step does not wait any more."), form)
    flash(_("Noted. The next step comes on its day."))
    return redirect(url_for("desk.chase", notice_id=notice_id), 303)


@blueprint.post("/notice/<notice_id>/revoke")
@guards.caseworker
def revoke_link(actor: Caseworker, notice_id: str) -> ResponseReturnValue:
    """The link in one letter opens nothing from now on."""
    take_back(kit(), actor, notice_id)
    flash(_("The link is revoked. It opens nothing any more."))
    return redirect(url_for("desk.chase", notice_id=root_of(kit(), notice_id)), 303)


def _list(
    actor: Caseworker, status: int = 200, of_case: str = "", form: ReviewForm | None = None, trouble: str = ""
) -> ResponseReturnValue:
    """`form` belongs to the case `of_case`: what was chosen and typed there is still there."""
    return page(
        "desk/chasing.html",
        status=status,
        shown=read_chasing(kit(), actor),
        of_case=of_case,
        form=form or ReviewForm(formdata=None),
        fresh=ReviewForm(formdata=None),
        problems=problems(form) if form is not None else (),
        trouble=trouble,
    )


def _show(
    actor: Caseworker, notice_id: str, status: int = 200, trouble: str = "", form: WantedForm | None = None
) -> ResponseReturnValue:
    shown = read_chase(kit(), actor, notice_id)
    return page(
        "desk/chase.html",
        status=status,
        shown=shown,
        further=preview_rungs(kit(), actor, notice_id),
        form=form or WantedForm(formdata=None),
        problems=problems(form) if form is not None else (),
        trouble=trouble,
        may_settle=shown.wants is not None
        and (shown.wants.value != "nudge" or actor.role is Role.SUPERVISOR),
    )


def _name_of(actor: Caseworker, given: RungInput) -> str:
    """Of whom the letter was for, as it is now."""
    further = preview_rungs(kit(), actor, given.root_id)
    names = (one.provider_name for one in further if one.provider_id == given.provider_id)
    return next(names, _("a provider"))
