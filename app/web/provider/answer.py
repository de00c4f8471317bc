"""Opening a notice by its link, and answering it, place by place.

The link's secret is the only key, so nothing is kept between two steps: no session, no cookie. A GET
shows no place: programs that follow the links in mail must see nothing.
"""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from app.casework.actors import Provider
from app.casework.answer_notice import answer_notice
from app.i18n.locales import LOCALES, current, use
from app.reads.notice_page import NoticePage, read_notice
from app.web import guards
from app.web.glue import kit, page
from app.web.provider.blueprint import provider
from app.web.provider.forms import AnswerForm, answer_form


@provider.get("/n/<link>")
@guards.anyone
def notice(link: str) -> ResponseReturnValue:
    """The hotline's name and a button, whether or not there is such a notice."""
    return page("provider/notice.html", link=link)


@provider.post("/n/<link>", endpoint="open")
@guards.provider
def show_places(actor: Provider, link: str) -> ResponseReturnValue:
    """The places with their findings, and a form to answer."""
    opened = read_notice(kit(), actor)
    return _open_page(link, opened, answer_form(_numbers(opened)))


@provider.post("/n/<link>/answers")
@guards.provider
def answers(actor: Provider, link: str) -> ResponseReturnValue:
    """Keep the answers and say thank you."""
    opened = read_notice(kit(), actor)
    with use(_language(opened)):
        form = answer_form(_numbers(opened))
        given = form.answers()
        if given is None:
            return _open_page(link, opened, form, status=422)
        answer_notice(kit(), actor, given)
        return page("provider/thanks.html")


@provider.get("/n/<link>/answers")
@guards.anyone
def answers_again(link: str) -> ResponseReturnValue:
    """Where the language links of the answered page lead: back to the button."""
    return redirect(url_for("provider.notice", link=link), 303)


def _open_page(link: str, opened: NoticePage, form: AnswerForm, status: int = 200) -> ResponseReturnValue:
    with use(_language(opened)):
        return page("provider/open.html", status=status, link=link, notice=opened, form=form)


def _language(opened: NoticePage) -> str:
    return opened.language if opened.language in LOCALES else current().code


def _numbers(opened: NoticePage) -> tuple[int, ...]:
    return tuple(place.number for place in opened.places)
