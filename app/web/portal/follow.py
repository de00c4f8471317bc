"""Coming back with the code: what happened at each place."""

from flask import make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.casework.actors import Requester
from app.casework.errors import Busy, CodeProblem
from app.casework.follow_with_code import follow_with_code
from app.casework.own_words import KNOWN
from app.domain.words import Standing
from app.i18n.words import next_words
from app.reads.follow import PAGE, read_follow
from app.web import guards
from app.web.glue import kit, page
from app.web.portal.blueprint import portal
from app.web.portal.follow_forms import CodeForm, follow_sentence
from app.web.portal.follow_ledger import FEW, cut, grouped, whole_number
from app.web.portal.follow_steps import BUSY_SECONDS, what_was_done
from app.web.sessions import sign_in_requester


@portal.route("/follow", methods=["GET", "POST"])
@guards.anyone
def follow() -> ResponseReturnValue:
    """Type the code. Every code that opens nothing, for whatever reason, gets the same answer."""
    form = CodeForm()
    if request.method == "GET":
        return page("portal/follow.html", form=form, busy=False)
    typed = form.code.data or ""
    if not typed.strip():
        form.refuse(follow_sentence("code_empty"), keep_typed=False)
        return page("portal/follow.html", status=422, form=form, busy=False)
    try:
        actor = follow_with_code(kit(), typed)
    except CodeProblem as problem:
        # A slip of one letter is put right in place; any other code does not come back on the page.
        form.refuse(follow_sentence(f"code_{problem.code}"), keep_typed=problem.code == "mistyped")
        return page("portal/follow.html", status=422, form=form, busy=False)
    except Busy:
        form.code.data = ""
        response = make_response(page("portal/follow.html", status=503, form=form, busy=True))
        response.headers["Retry-After"] = str(BUSY_SECONDS)
        return response
    sign_in_requester(actor)
    return redirect(url_for("portal.request_page"), 303)


@portal.get("/follow/request")
@guards.requester
def request_page(actor: Requester) -> ResponseReturnValue:
    """The ledger, the newest message, and the ways to everything else."""
    shown = read_follow(kit(), actor, whole_number(request.args.get("page", "")))
    if shown.standing is Standing.BYSTANDER:
        return page("portal/thanks.html")
    first = (shown.page - 1) * PAGE + 1
    return page(
        "portal/request.html",
        follow=shown,
        groups=[] if shown.is_set_aside else grouped(shown.places, kit().clock()),
        first=first,
        last=first + len(shown.places) - 1,
        newest=shown.messages[-1] if shown.messages else None,
        done=what_was_done(),
        next_words=next_words,
        cut=cut,
        is_few=len(shown.places) <= FEW,
        is_unchecked=shown.standing is Standing.UNCHECKED,
        may_give_names=shown.standing in KNOWN,
        is_child=shown.standing is Standing.CHILD,
    )
