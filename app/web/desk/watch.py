"""Places to be looked at, by who is authorised to look: the list of cases, and noting what was seen.

Nothing here contacts a place, shows an address, or asks a requester to look.
"""

from flask import flash, request
from flask.typing import ResponseReturnValue

from app.casework.actors import Caseworker
from app.casework.errors import NotAllowed
from app.casework.note_signal import Noted, note_signal
from app.i18n.locales import gettext as _
from app.i18n.locales import ngettext
from app.reads.outcome_chart import read_chart
from app.reads.watch_list import read_watch_list
from app.web import guards
from app.web.chart_words import chart_values, year_of
from app.web.desk.case_forms import SignalForm
from app.web.desk.case_page import CaseForms, back_to, show_case
from app.web.desk.forms import refuse
from app.web.desk.queue_words import length_words
from app.web.desk.routes import blueprint
from app.web.desk.sentences import form_sentence
from app.web.glue import kit, page


@blueprint.get("/watch")
@guards.caseworker
def watch(actor: Caseworker) -> ResponseReturnValue:
    """The longest due first. Opens nothing."""
    at = kit().clock()
    return page(
        "desk/watch.html",
        watch=read_watch_list(kit(), actor, request.args.get("after")),
        length=lambda moment: length_words(at - moment),
    )


@blueprint.post("/case/<request_id>/signal")
@guards.caseworker
def signal(actor: Caseworker, request_id: str) -> ResponseReturnValue:
    """Note a word that places are gone, or are there."""
    form = SignalForm()
    given = form.read(request_id)
    if given is None:
        return show_case(actor, request_id, CaseForms(signal=form), 422)
    try:
        noted = note_signal(kit(), actor, given)
    except NotAllowed:
        refuse(form.location_ids, form_sentence("not_to_signal"))
        return show_case(actor, request_id, CaseForms(signal=form), 409)
    for sentence in noted_sentences(noted):
        flash(sentence)
    return back_to(request_id)


def noted_sentences(noted: Noted) -> list[str]:
    """What came of a word, each as a sentence."""
    said = [_("It is noted.")]
    if noted.gone:
        said.append(
            ngettext(
                "%(count)s place is now confirmed gone. It is looked at again tomorrow.",
                "%(count)s places are now confirmed gone. They are looked at again tomorrow.",
                noted.gone,
                count=noted.gone,
            )
        )
    if noted.back:
        said.append(
            ngettext(
                "%(count)s place is back. It stands first and can have a new notice.",
                "%(count)s places are back. They stand first and can have a new notice.",
                noted.back,
                count=noted.back,
            )
        )
    if noted.unmoved and not noted.back:
        said.append(
            ngettext(
                "%(count)s place stands as before: this word alone moves nothing.",
                "%(count)s places stand as before: this word alone moves nothing.",
                noted.unmoved,
                count=noted.unmoved,
            )
        )
    return said


@blueprint.get("/chart")
@guards.supervisor
def chart(actor: Caseworker) -> ResponseReturnValue:
    """How providers answered, in numbers: what auditors see, too."""
    shown = read_chart(kit(), actor, year_of(request.args.get("year", "")))
    return page("desk/chart.html", **chart_values(shown))
