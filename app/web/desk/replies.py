"""Ready-made replies, per language: supervisors write them, everybody at the desk can use them."""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField, SelectMultipleField

from app.casework.actors import Caseworker
from app.casework.canned_replies import (
    TEXT_CHARACTERS,
    TITLE_CHARACTERS,
    ReplyText,
    keep_canned_reply,
    read_canned_replies,
    remove_canned_reply,
)
from app.i18n.locales import LOCALES
from app.i18n.locales import gettext as _
from app.web import guards
from app.web.desk.forms import problems, refuse
from app.web.desk.routes import blueprint
from app.web.desk.sentences import form_sentence
from app.web.forms import CleanText, Form
from app.web.glue import kit, page


class CannedForm(Form):
    """One ready-made reply."""

    language = SelectField(choices=list(LOCALES), validate_choice=False)
    title = CleanText()
    text = CleanText()
    meant = SelectMultipleField(validate_choice=False)

    def read(self, reply_id: str = "") -> ReplyText | None:
        """The reply as typed, or None with a sentence at each field that needs one."""
        self.validate()
        title, text = " ".join((self.title.data or "").split()), (self.text.data or "").strip()
        if self.language.data not in LOCALES:
            refuse(self.language, form_sentence("choose_language"))
        if not title and not self.title.errors:
            refuse(self.title, form_sentence("title_empty"))
        elif len(title) > TITLE_CHARACTERS:
            refuse(self.title, form_sentence("title_long"))
        if not text and not self.text.errors:
            refuse(self.text, form_sentence("message_empty"))
        elif len(text) > TEXT_CHARACTERS:
            refuse(self.text, form_sentence("message_long"))
        return None if self.errors else ReplyText(self.language.data, title, text, reply_id)


@blueprint.route("/replies", methods=["GET", "POST"])
@guards.supervisor
def replies(actor: Caseworker) -> ResponseReturnValue:
    """All of them, and a form for a new one."""
    form = CannedForm()
    if request.method == "GET":
        return _page(form)
    given = form.read()
    if given is None:
        return _page(form, status=422)
    keep_canned_reply(kit(), actor, given)
    flash(_("The ready-made reply is saved."))
    return redirect(url_for("desk.replies"), 303)


@blueprint.route("/replies/<reply_id>", methods=["GET", "POST"])
@guards.supervisor
def canned_reply(actor: Caseworker, reply_id: str) -> ResponseReturnValue:
    """Change one, or take it away."""
    kept = next((one for one in read_canned_replies(kit()) if one.id == reply_id), None)
    if kept is None:
        abort(404)
    form = CannedForm(obj=kept)
    if request.method == "GET":
        return _page(form, reply_id)
    if "yes" in (form.meant.data or ()):
        remove_canned_reply(kit(), actor, reply_id)
        flash(_("The ready-made reply is gone."))
        return redirect(url_for("desk.replies"), 303)
    given = form.read(reply_id)
    if given is None:
        return _page(form, reply_id, 422)
    keep_canned_reply(kit(), actor, given)
    flash(_("The ready-made reply is saved."))
    return redirect(url_for("desk.replies"), 303)


def _page(form: CannedForm, reply_id: str = "", status: int = 200) -> ResponseReturnValue:
    languages = tuple((code, locale.name, code) for code, locale in LOCALES.items())
    return page(
        "desk/replies.html",
        status=status,
        form=form,
        reply_id=reply_id,
        canned=() if reply_id else read_canned_replies(kit()),
        languages=languages,
        problems=problems(form),
    )
