"""Every error is a kind page. Nothing of what was typed, and no trace, reaches a log or a page."""

from flask import Flask, got_request_exception, make_response, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from app.casework import errors as casework
from app.i18n import locales
from app.i18n.locales import gettext as _
from app.log import fault_place, log
from app.places.pictures import without_pictures
from app.web.csrf import AskAgain, open_session_for_asking_again
from app.web.forms import clean
from app.web.glue import page

_MOST_FIELDS = 2000  # an assessment of 500 places has two fields for each
_NEVER_BACK = frozenset({"csrf_token", "passphrase", "totp", "code", "second_word"})
_BUSY_SECONDS = 5


def _texts(status: int) -> tuple[str, str, str]:
    """Title, sentence, what now."""
    match status:
        case 403:
            return (
                _("This page is closed to you"),
                _("You may not open this page."),
                _("Go back and try another way."),
            )
        case 404 | 405:
            return (
                _("There is nothing here"),
                _("This page does not exist."),
                _("Check the address, or start again."),
            )
        case 409:
            return (
                _("Someone was faster"),
                _("This changed while you were looking at it."),
                _("Go back, load the page again and look at the newer state. Nothing was lost."),
            )
        case 413:
            return (
                _("That was too much at once"),
                _("We could not take so much text in one go. Nothing was kept."),
                _("Go back: what you wrote should still be there. Send it in two parts."),
            )
        case 411 | 415:
            return (
                _("We only take words and addresses"),
                _("We never take pictures, videos or files. Nothing of it was kept."),
                _("Go back and tell us where it is, in words."),
            )
        case 503:
            return (
                _("Many people are here right now"),
                _("We could not do this yet. Nothing was lost."),
                _("Wait a few seconds, go back and try again."),
            )
        case _ if status < 500:
            return (
                _("We could not read that"),
                _("Something in what your browser sent could not be read."),
                _("Go back and try again. What you wrote should still be there."),
            )
        case _:
            return (
                _("Something went wrong on our side"),
                _("This is our fault, not yours."),
                _("Go back in a few minutes and try again. Sending twice does no harm: we keep it once."),
            )


def error_page(status: int) -> ResponseReturnValue:
    title, sentence, what_now = _texts(status)
    told = {"title": title, "sentence": sentence, "what_now": what_now}
    if _is_for_providers():
        response = make_response(page("provider/error.html", status=status, **told, is_gone=status == 404))
    else:
        back = (url_for("portal.home"), _("To the start page"))
        response = make_response(page("errors/page.html", status=status, **told, back=back))
    if status == 503:
        response.headers["Retry-After"] = str(_BUSY_SECONDS)
    return response


_STATUS: dict[type[casework.CaseworkError], int] = {
    casework.NotFound: 404,
    casework.Recused: 403,
    casework.NotAllowed: 409,
    casework.NotHolding: 409,
    casework.TakenBySomeoneElse: 409,
    casework.Stale: 409,
    casework.SafetyCheckDue: 409,
    casework.PoliceHoldRuns: 409,
    casework.ReferFirst: 409,
    casework.ReferralRefused: 409,
    casework.SecondCaseworkerNeeded: 409,
    casework.Busy: 503,
}


def handle(app: Flask) -> None:
    """Install the handlers."""

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> ResponseReturnValue:
        if error.code is not None and 300 <= error.code < 400:
            return error.get_response()
        return error_page(error.code or 500)

    @app.errorhandler(casework.CaseworkError)
    def refused(error: casework.CaseworkError) -> ResponseReturnValue:
        status = _STATUS.get(type(error), 500)
        if status == 500:
            log().error("refused", code=error.code, route=_route())
        return error_page(status)

    @app.errorhandler(AskAgain)
    def again(_error: AskAgain) -> ResponseReturnValue:
        open_session_for_asking_again()
        kept = [
            (name, without_pictures(clean(value))[0])
            for name, value in list(request.form.items(multi=True))[:_MOST_FIELDS]
            if name not in _NEVER_BACK
        ]
        return page("provider/again.html" if _is_for_providers() else "errors/again.html", kept=kept)

    @app.errorhandler(Exception)
    def broken(error: Exception) -> ResponseReturnValue:
        _log(error)
        return error_page(500)

    @got_request_exception.connect_via(app)
    def outside_a_view(_app: Flask, exception: Exception) -> None:
        """Keeping a session, say. Flask goes on to show the page for 500."""
        _log(exception)

    app.logger.disabled = True  # it would print the error's text and the address


def _is_for_providers() -> bool:
    """Who opened a notice is shown nothing of the rest of the site, which may not speak their language."""
    return request.blueprint == "provider" or locales.current().code not in locales.LOCALES


def _log(error: Exception) -> None:
    log().error("broken", error=type(error).__name__, where=fault_place(error), route=_route())


def _route() -> str:
    """The rule, never the path: a path can carry a secret."""
    return request.url_rule.rule if request.url_rule else ""
