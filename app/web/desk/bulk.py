"""One act on several cases of the queue: a page says what will happen to which, then it is done."""

from collections import Counter
from collections.abc import Iterable

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectMultipleField, StringField

from app.casework.actors import Caseworker
from app.casework.many_cases import MOST_CASES, Act, ManyInput, One, WhyNot, do_many, plan_many
from app.i18n.locales import gettext as _
from app.web import guards
from app.web.desk.case_forms import NOTE_CHARACTERS
from app.web.desk.forms import member_of, problems, refuse
from app.web.desk.queue import show_queue
from app.web.desk.queue_words import act_means, act_question, act_words, done_words, why_not_words
from app.web.desk.routes import blueprint
from app.web.desk.sentences import form_sentence
from app.web.forms import CleanText, Form
from app.web.glue import kit, page


class BulkForm(Form):
    """The cases that were ticked, and the button that was pressed; `note` says why they are not requests."""

    request_ids = SelectMultipleField(validate_choice=False)
    act = StringField()
    note = CleanText()

    def cases(self) -> tuple[str, ...]:
        """Ids that could be; what else was sent is left out."""
        sent = (str(one) for one in self.request_ids.data or ())
        return tuple(one for one in sent if one.isascii() and one.isalnum() and len(one) <= 32)

    def read(self) -> ManyInput | None:
        """What to do with which; None, with a sentence, where that cannot be known."""
        act = member_of(Act, self.act.data)
        if not self.cases():
            refuse(self.request_ids, form_sentence("choose_case"))
        elif len(self.cases()) > MOST_CASES or act is None:
            refuse(self.request_ids, form_sentence("again"))
        if act is None or self.request_ids.errors:
            return None
        return ManyInput(act, self.cases())

    def read_reason(self, act: Act) -> str | None:
        """None, with a sentence, where a reason is needed and there is none."""
        note = (self.note.data or "").strip()
        if act is Act.NOT_A_REQUEST and not note and not self.note.errors:
            refuse(self.note, form_sentence("note_empty"))
        elif len(note) > NOTE_CHARACTERS:
            refuse(self.note, form_sentence("note_long"))
        return None if self.note.errors else note


@blueprint.post("/cases")
@guards.caseworker
def bulk(actor: Caseworker) -> ResponseReturnValue:
    """What would happen. Nothing is written."""
    form = BulkForm()
    form.validate()
    given = form.read()
    return _ask_anew(actor, form) if given is None else _preview(actor, form, given)


@blueprint.post("/cases/do")
@guards.caseworker
def bulk_do(actor: Caseworker) -> ResponseReturnValue:
    """Do it, to each case that it can be done to, and say how many those were."""
    form = BulkForm()
    form.validate()
    given = form.read()
    if given is None:
        return _ask_anew(actor, form)
    reason = form.read_reason(given.act)
    if reason is None:
        return _preview(actor, form, given, 422)
    for said in _said(given.act, do_many(kit(), actor, ManyInput(given.act, given.request_ids, reason))):
        flash(said)
    return redirect(url_for("desk.queue", which="mine" if given.act is Act.TAKE else "free"), 303)


def _ask_anew(actor: Caseworker, form: BulkForm) -> ResponseReturnValue:
    wanted, after = request.form.get("which", ""), request.form.get("after", "")
    return show_queue(actor, wanted, after, form.cases(), str(form.request_ids.errors[0]))


def _preview(actor: Caseworker, form: BulkForm, given: ManyInput, status: int = 200) -> ResponseReturnValue:
    planned = plan_many(kit(), actor, given)
    done = tuple(one for one in planned if one.why_not is None)
    return page(
        "desk/bulk.html",
        status=status,
        act=given.act,
        title=act_question(given.act),
        means=act_means(given.act),
        button=act_words(given.act),
        done=done,
        not_done=tuple(one for one in planned if one.why_not is not None),
        why_not_words=why_not_words,
        asks_reason=given.act is Act.NOT_A_REQUEST,
        form=form,
        problems=problems(form),
    )


def _said(act: Act, came: Iterable[One]) -> Iterable[str]:
    """How many it was done to; of the others, how many for which reason."""
    counted: Counter[WhyNot | None] = Counter(one.why_not for one in came)
    if counted[None]:
        yield done_words(act, counted[None])
    for why_not in WhyNot:
        if counted[why_not]:
            yield _("%(count)s not: %(reason)s", count=counted[why_not], reason=why_not_words(why_not))
