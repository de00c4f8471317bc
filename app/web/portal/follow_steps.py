"""What the pages of somebody who came back share: a word of what was just done, steps with a second word."""

from collections.abc import Callable
from typing import TypeVar

from flask import make_response, redirect, session, url_for
from flask.typing import ResponseReturnValue

from app.casework.errors import Busy, SecondWordNeeded
from app.i18n.locales import gettext as _
from app.web.portal.follow_forms import WordForm

T = TypeVar("T")
BUSY_SECONDS = 5
_KEY = "done"


def back_to_request(done: str) -> ResponseReturnValue:
    """To the first page, which says once what was done. No address tells of it: a history keeps addresses."""
    session[_KEY] = done
    return redirect(url_for("portal.request_page"), 303)


def what_was_done() -> str:
    """The sentence for what was just done, once; empty when there is nothing to tell."""
    match session.pop(_KEY, ""):
        case "added":
            return _("We have your new places. A caseworker looks at them.")
        case "known":
            return _("You told us about these places before. We keep each of them once.")
        case "back":
            return _("Thank you for telling us. We ask for it to be taken down again.")
        case "withdrawn":
            return _("We no longer ask for the places you took back.")
        case "asked":
            return _("We have your wish. A caseworker reads it and answers you here.")
        case "saved":
            return _("We have saved this.")
        case "names":
            return _("We have saved the names. A caseworker decides if it helps to use them.")
        case "no_names":
            return _("You took it back. We keep no name of yours for search engines any more.")
        case "no_mail":
            return _("We have saved this. We write you no more mail, and your address is gone.")
        case "code":
            return _("Your new code works now. The old one opens nothing any more.")
        case "own_code":
            return _("This code is yours now. Nobody else knows it.")
        case "ended":
            return _("From now on they see nothing new. They are not told.")
        case _nothing:
            return ""


def with_word(form: WordForm, act: Callable[[], T]) -> T | int:
    """What `act` returned, or the status of the page to show again, with its sentence at the second word."""
    try:
        return act()
    except SecondWordNeeded:
        form.refuse_word("word_needed")
        return 422
    except Busy:
        form.refuse_word("busy")
        return 503


def again_soon(page: ResponseReturnValue, status: int) -> ResponseReturnValue:
    """`page`, with the time to wait where too many people are here."""
    response = make_response(page)
    if status == 503:
        response.headers["Retry-After"] = str(BUSY_SECONDS)
    return response
