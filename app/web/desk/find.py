"""Looking for something within the cases one holds. What is looked for is never in an address or a log."""

from flask import request
from flask.typing import ResponseReturnValue

from app.casework.actors import Caseworker
from app.casework.find_in_cases import LONGEST, MOST_CASES, SHORTEST, Hit, Where, find_in_cases
from app.i18n.locales import gettext as _
from app.web import guards
from app.web.desk.forms import problems, refuse
from app.web.desk.routes import blueprint
from app.web.desk.sentences import form_sentence
from app.web.forms import CleanText, Form
from app.web.glue import kit, page


class FindForm(Form):
    """`words`: what to look for."""

    words = CleanText()

    def read(self) -> str | None:
        """What was typed, or None with a sentence at its field."""
        self.validate()
        typed = " ".join((self.words.data or "").split())
        if len(typed) < SHORTEST and not self.words.errors:
            refuse(self.words, form_sentence("find_short"))
        elif len(typed) > LONGEST:
            refuse(self.words, form_sentence("find_long"))
        return None if self.errors else typed


@blueprint.route("/find", methods=["GET", "POST"])
@guards.caseworker
def find(actor: Caseworker) -> ResponseReturnValue:
    """The cases are opened in memory, one by one; each has a line about it in its trail."""
    form = FindForm()
    if request.method == "GET":
        return _page(form, None)
    typed = form.read()
    if typed is None:
        return _page(form, None, 422)
    return _page(form, find_in_cases(kit(), actor, typed))


def _page(form: FindForm, found: object, status: int = 200) -> ResponseReturnValue:
    return page(
        "desk/find.html",
        status=status,
        form=form,
        found=found,
        most=MOST_CASES,
        problems=problems(form),
        where=_where,
    )


def _where(hit: Hit) -> str:
    """Which part of the case, in words."""
    match hit.where:
        case Where.PLACE:
            return _("place %(number)s", number=hit.number)
        case Where.LABEL:
            return _("what they call place %(number)s", number=hit.number)
        case Where.WORDS:
            return _("what they said")
        case Where.MESSAGE:
            return _("a message")
        case Where.NOTE:
            return _("a note of the desk")
        case Where.REFERENCE:
            return _("the name of the case, or of a notice")
