"""Which exact names may be given to search engines, and to nobody else: agreed to, changed, taken back."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectMultipleField

from app.casework.actors import Requester
from app.casework.errors import NotAllowed
from app.casework.keep_names import MOST_NAMES, keep_names, name_problem, read_names, take_back_names
from app.casework.own_words import KNOWN
from app.domain.words import YesNo
from app.reads.follow import read_follow
from app.web import guards
from app.web.forms import CleanText
from app.web.glue import kit, page
from app.web.portal.blueprint import portal
from app.web.portal.follow_forms import follow_sentence, refuse
from app.web.portal.follow_steps import back_to_request
from app.web.portal.forms import PortalForm


class NamesForm(PortalForm):
    """The names, one in each line, and the tick for exactly these."""

    names = CleanText()
    agree = SelectMultipleField(validate_choice=False)

    def read(self) -> tuple[str, ...] | None:
        """The names agreed to, or None with a sentence at each field that needs one."""
        self.validate()
        names = read_names(self.names.data or "")
        code = next((code for code in map(name_problem, names) if code), "")
        if len(names) > MOST_NAMES:
            code = "names_many"
        if not names and not self.names.errors:
            code = "no_names"
        if code:
            refuse(self.names, follow_sentence(code))
        if "yes" not in (self.agree.data or ()):
            refuse(self.agree, follow_sentence("names_not_agreed"))
        return None if self.all_problems() else names


@portal.route("/follow/names", methods=["GET", "POST"])
@guards.requester
def names(actor: Requester) -> ResponseReturnValue:
    """What a search engine would read, what is agreed to now, and the way to take it back at once."""
    if actor.standing not in KNOWN:  # nobody knows yet that they may speak for the person shown
        return redirect(url_for("portal.request_page"), 303)
    form = NamesForm()
    if not form.is_submitted():
        return _page(actor, form)
    try:
        if request.form.get("do") == "take_back":
            take_back_names(kit(), actor)
            return back_to_request("no_names")
        given = form.read()
        if given is None:
            return _page(actor, form, 422)
        keep_names(kit(), actor, given)
    except NotAllowed:  # their standing changed at this moment
        return redirect(url_for("portal.request_page"), 303)
    return back_to_request("names")


def _page(actor: Requester, form: NamesForm, status: int = 200) -> ResponseReturnValue:
    voice = read_follow(kit(), actor, per_page=1).voice
    if not form.is_submitted():
        form.process(names="\n".join(voice.names))  # the tick is set anew for every change
    is_acting = voice.asker.is_representative
    return page(
        "portal/names.html",
        status=status,
        form=form,
        agreed=voice.names,
        is_acting=is_acting,
        is_young=voice.about.is_under_18 is YesNo.YES and not is_acting,
    )
