"""One's own lists that wait: what was read of each, going on with it, dropping it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Response, abort, flash, redirect, request, stream_template, url_for
from flask.typing import ResponseReturnValue

from app.casework.actors import Caseworker
from app.casework.bring_findings_back import bring_findings_back, preview_findings
from app.casework.errors import CaseworkError, NotAllowed, NotFound, NotHolding, Stale
from app.casework.import_own_motion import Progress, import_own_motion
from app.casework.stage_own_motion import listed_places
from app.casework.staged_lists import ListKind, Staged, forget_staged, load_staged, staged_of
from app.casework.take_case import take_case
from app.domain.locations import MOST_PLACES
from app.domain.words import Content
from app.i18n import locales
from app.i18n.locales import gettext as _
from app.i18n.locales import ngettext
from app.log import fault_place, log
from app.web import guards
from app.web.desk.forms import problems
from app.web.desk.list_forms import FindingsForm
from app.web.desk.list_sentences import bad_lines, broken_at, list_kind
from app.web.desk.routes import blueprint
from app.web.glue import kit, page

_MOST_HOSTS = 50
_DESK_KINDS = (ListKind.OWN_MOTION, ListKind.FINDINGS)


@blueprint.get("/lists")
@guards.caseworker
def lists(actor: Caseworker) -> ResponseReturnValue:
    """What waits for who is signed in, and for nobody else."""
    waiting = tuple(one for one in staged_of(kit(), actor) if one.kind in _DESK_KINDS)
    return page("desk/lists.html", waiting=waiting, list_kind=list_kind)


@blueprint.get("/list/<staged_id>")
@guards.caseworker
def list_one(actor: Caseworker, staged_id: str) -> ResponseReturnValue:
    """What was read: each bad line by its number, and what the good ones would do."""
    staged = _own(actor, staged_id)
    if staged is None:
        flash(_("This list is gone: it was used or dropped, or its day is over."))
        return redirect(url_for("desk.lists"), 303)
    if staged.kind is ListKind.FINDINGS:
        return _show_findings(actor, staged_id, FindingsForm(formdata=None))
    return _show_own_motion(staged)


@blueprint.post("/list/<staged_id>")
@guards.caseworker
def list_go_on(actor: Caseworker, staged_id: str) -> ResponseReturnValue:
    """Do what the page before said, all of it or nothing."""
    staged = _own(actor, staged_id)
    if staged is None:
        flash(_("This list is gone: it was used or dropped, or its day is over."))
        return redirect(url_for("desk.lists"), 303)
    if staged.kind is ListKind.FINDINGS:
        return _bring_back(actor, staged_id)
    return _import(actor, staged)


@blueprint.post("/list/<staged_id>/drop")
@guards.caseworker
def list_drop(actor: Caseworker, staged_id: str) -> ResponseReturnValue:
    """Destroy it unused."""
    forget_staged(kit(), actor, staged_id)
    flash(_("The list is dropped. Nothing of it is kept."))
    return redirect(url_for("desk.lists"), 303)


def _own(actor: Caseworker, staged_id: str) -> Staged | None:
    """None for a list that is not there, or somebody else's, or not of the desk."""
    try:
        staged = load_staged(kit(), actor, staged_id)
    except NotFound:
        return None
    return staged if staged.kind in _DESK_KINDS else None


def _show_own_motion(staged: Staged) -> ResponseReturnValue:
    places = listed_places(staged).places
    hosts = Counter(place.host for place in places)
    return page(
        "desk/list_preview.html",
        staged=staged,
        count=len(places),
        number=locales.format_number,
        requests=-(-len(places) // MOST_PLACES),
        most=MOST_PLACES,
        repeats=staged.more["repeats"],
        hosts=hosts.most_common(_MOST_HOSTS),
        other_hosts=max(0, len(hosts) - _MOST_HOSTS),
        contents=tuple(Content(one) for one in staged.more["contents"]),
        bad=bad_lines(staged.rows.problems),
        broken_at=broken_at(staged.rows.problems),
    )


def _show_findings(
    actor: Caseworker, staged_id: str, form: FindingsForm, status: int = 200, trouble: str = ""
) -> ResponseReturnValue:
    """With the newer state of what moved meanwhile; what was ticked stays so."""
    shown = preview_findings(kit(), actor, staged_id)
    fresh = {str(one.line) for one in shown.lines if one.is_open and not one.is_stale}
    chosen = set(form.lines.data or ()) if form.is_submitted() else fresh
    return page(
        "desk/findings_preview.html",
        status=status,
        shown=shown,
        form=form,
        chosen=chosen,
        trouble=trouble,
        bad=bad_lines(shown.problems),
        broken_at=broken_at(shown.problems),
        problems=problems(form),
    )


def _bring_back(actor: Caseworker, staged_id: str) -> ResponseReturnValue:
    form = FindingsForm()
    given = form.read(staged_id)
    if given is None:
        return _show_findings(actor, staged_id, form, 422)
    request_id = str(load_staged(kit(), actor, staged_id).more["request_id"])
    try:
        if "take" in request.form:
            take_case(kit(), actor, request_id)
        count = bring_findings_back(kit(), actor, given)
    except (Stale, NotAllowed):
        return _show_findings(actor, staged_id, form, 409, "stale")
    except NotHolding:
        return _show_findings(actor, staged_id, form, 409, "lapsed")
    flash(
        ngettext(
            "The finding of %(count)s place is saved.",
            "The findings of %(count)s places are saved.",
            count,
            count=count,
        )
    )
    return redirect(url_for("desk.case", request_id=request_id), 303)


@dataclass(frozen=True)
class Told:
    """One line of the page that shows how far it is. `trouble`: it stopped, and nothing was written."""

    sealed: int
    in_all: int
    request_ids: tuple[str, ...] = ()
    trouble: str = ""


def _import(actor: Caseworker, staged: Staged) -> ResponseReturnValue:
    """A page that grows while the work goes on, without a script. Closing it half-way changes nothing."""
    if not staged.rows.rows:
        abort(404)
    steps = import_own_motion(kit(), actor, staged.id)
    pieces = stream_template("desk/list_progress.html", steps=_told(steps), number=locales.format_number)
    response = Response(_in_language(pieces, locales.current().code), mimetype="text/html")
    response.headers["X-Accel-Buffering"] = "no"  # nginx would keep it back until the end
    return response


def _told(steps: Iterator[Progress]) -> Iterator[Told]:
    """A fault cannot become a page of its own any more: it is told on this one, and logged without values."""
    try:
        for one in steps:
            yield Told(one.sealed, one.in_all, one.request_ids)
    except NotFound:
        yield Told(0, 0, trouble="gone")
    except CaseworkError as error:
        log().error("refused", code=error.code, route="desk.list_go_on")
        yield Told(0, 0, trouble="failed")
    except Exception as error:  # noqa: BLE001, whatever it is: the page says that nothing was written
        log().error("broken", error=type(error).__name__, where=fault_place(error), route="desk.list_go_on")
        yield Told(0, 0, trouble="failed")


def _in_language(pieces: Iterator[str], code: str) -> Iterator[str]:
    """The language is set for one piece at a time: by now the request that set it is answered."""
    try:
        while True:
            with locales.use(code):
                piece = next(pieces, None)
            if piece is None:
                return
            yield piece
    finally:
        getattr(pieces, "close", lambda: None)()
