"""Who may see a view. Every view carries exactly one guard; the app refuses to start otherwise."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from flask import Flask, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.casework.errors import NotFound
from app.casework.follow_with_code import party_of
from app.casework.open_notice import open_notice
from app.domain.words import Role, Standing
from app.persistence.parties import Party
from app.places.pictures import has_picture
from app.reads.people import is_member
from app.web import sessions, steps
from app.web.forms import clean

View = Callable[..., ResponseReturnValue]
GUARD = "heard_guard"
_TYPED = frozenset(
    {"text", "basis_by", "name", "email", "suffixes", "terms_clause", "note", "address"}
    | {"places", "app", "account", "unsure", "words", "how_known", "police_which", "child_wants"}
    | {
        "proof_words",
        "notes",
        "upstream",
        "hotline_name",
        "hotline_way",
        "police_name",
        "police_way",
        "legal_note",
        "citation",
        "reference",
        "names",
        "mandate_where",
        "regulator_name",
        "regulator_way",
        "police_file",
        "docket",
        "series",
    }
    | {"hand_note", "hold_reason", "order_reason", "desk_note", "danger_reason", "doubt_reason"}
    | {"claim_note"}
    | {"reason", "pasted", "title", "other", "police_reference"}
    | {"provider_name", "recipient", "way", "must_leave", "why_not"}
)
"""Fields of guarded forms that hold what a person typed, as against ids and choices."""
_NUMBERED = "label_"
"""So begin the names of those that a page shows several times."""


class Unguarded(RuntimeError):
    """A view without a guard: a fault of the programmer, found at start."""


def _marked(view: View, name: str) -> View:
    setattr(view, GUARD, name)
    return view


def anyone(view: View) -> View:
    """No sign-in asked."""
    return _marked(view, "anyone")


def requester(view: View) -> View:
    """Whoever opened a request with its code in this session. The view gets the actor first.

    Who merely came across a place reaches one page, and so does a code that somebody else handed over: it
    is replaced before it opens anything.
    """

    @wraps(view)
    def guarded(*args: Any, **values: Any) -> ResponseReturnValue:
        actor = sessions.read_requester()
        if actor is None:
            return _come_back("portal.follow")
        party = party_of(sessions.kit_of_app(), actor)
        if party is None:
            sessions.end()
            return _come_back("portal.follow")
        only = _only_page(party)
        if only is not None and request.endpoint != only:
            return redirect(url_for(only), 303)
        return view(replace(actor, standing=party.standing), *args, **values)

    return _marked(guarded, "requester")


def _only_page(party: Party) -> str | None:
    if party.is_handed_over:
        return "portal.new_code"
    return "portal.request_page" if party.standing is Standing.BYSTANDER else None


def _come_back(door: str) -> ResponseReturnValue:
    """To the door; but what was just typed into a form is shown back first, so that it is not lost."""
    shown = typed_now()
    if not shown:
        return redirect(url_for(door), 303)
    return render_template("errors/ended.html", texts=shown, door=url_for(door)), 403


def typed_now() -> list[str]:
    """What was typed into the form that is being answered: for pages that cannot go on, and give it back."""
    fields = request.form.items(multi=True)
    typed = [clean(value) for name, value in fields if name in _TYPED or name.startswith(_NUMBERED)]
    return [text for text in typed if text.strip() and not has_picture(text)]


def _staff(*roles: Role, name: str) -> Callable[[View], View]:
    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **values: Any) -> ResponseReturnValue:
            if not current_user.is_authenticated:
                return _come_back("desk.sign_in")
            actor = current_user.actor
            # Suspended, gone, or of another role, since signing in.
            if not is_member(sessions.kit_of_app(), actor):
                sessions.end()
                return _come_back("desk.sign_in")
            if actor.role not in roles:
                abort(403)
            return view(actor, *args, **values)

        return _marked(guarded, name)

    return guard


caseworker = _staff(Role.CASEWORKER, Role.SUPERVISOR, name="caseworker")
supervisor = _staff(Role.SUPERVISOR, name="supervisor")
admin = _staff(Role.ADMIN, name="admin")
auditor = _staff(Role.AUDITOR, name="auditor")
staff = _staff(*Role, name="staff")


def ask_factor() -> ResponseReturnValue:
    """For views that may not go on an old second factor: `if not steps.is_fresh(): return ask_factor()`.

    The person shows another one, and comes back to the page they wanted with what they had typed.
    """
    steps.keep_way()
    return redirect(url_for("desk.confirm"), 303)


def provider(view: View) -> View:
    """Whoever holds a notice's link. The view gets the actor first, and the link still by name."""

    @wraps(view)
    def guarded(*args: Any, link: str, **values: Any) -> ResponseReturnValue:
        try:
            actor = open_notice(sessions.kit_of_app(), link)
        except NotFound:
            abort(404)
        return view(actor, *args, link=link, **values)

    return _marked(guarded, "provider")


def refuse_unguarded(app: Flask) -> None:
    """Raises Unguarded, naming the views."""
    naked = sorted(name for name, view in app.view_functions.items() if not hasattr(view, GUARD))
    if naked:
        raise Unguarded(f"views without a guard: {', '.join(naked)}")
