"""Opening a notice by its link, and answering it, place by place.

The link's secret is the only key, so nothing is kept between two steps: no session, no cookie. A GET
shows no place: programs that follow the links in mail must see nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from app.casework.acknowledge_notice import acknowledge_notice
from app.casework.actors import Provider
from app.casework.answer_notice import AnswerInput, answer_notice
from app.casework.errors import NotAllowed
from app.domain.words import Reply
from app.i18n.locales import NOTICE_LOCALES, current, use
from app.i18n.provider_words import age_words, basis_words, identified_words, reply_words
from app.reads.notice_page import NoticePage, read_notice
from app.web import guards
from app.web.glue import kit, page
from app.web.languages import chosen
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
    with _spoken(opened):
        return _open_page(link, opened, _form(opened))


@provider.post("/n/<link>/answers")
@guards.provider
def answers(actor: Provider, link: str) -> ResponseReturnValue:
    """Keep the answers, and say thank you with what follows from them."""
    opened = read_notice(kit(), actor)
    with _spoken(opened):
        form = _form(opened)
        given = form.answers()
        if given is None:
            return _open_page(link, opened, form, status=422)
        try:
            answer_notice(kit(), actor, given)
        except NotAllowed:
            return _open_page(link, opened, form, status=409, is_full=True)
        return _thanks(link, opened, given)


@provider.post("/n/<link>/acknowledge")
@guards.provider
def acknowledge(actor: Provider, link: str) -> ResponseReturnValue:
    """They have it: one press, for all places without an answer."""
    opened = read_notice(kit(), actor)
    with _spoken(opened):
        try:
            acknowledge_notice(kit(), actor)
        except NotAllowed:
            return _open_page(link, opened, _form(opened), status=409, is_full=True)
        return _thanks(link, opened, AnswerInput(()))


@provider.get("/n/<link>/answers")
@guards.anyone
def answers_again(link: str) -> ResponseReturnValue:
    """Where the language links of the answered page lead: back to the button."""
    return redirect(url_for("provider.notice", link=link), 303)


@provider.get("/n/<link>/acknowledge")
@guards.anyone
def acknowledge_again(link: str) -> ResponseReturnValue:
    """The same, of the page that says that it was received."""
    return redirect(url_for("provider.notice", link=link), 303)


def _form(opened: NoticePage) -> AnswerForm:
    return answer_form(opened.kind, tuple(place.number for place in opened.places), opened.count)


def _open_page(
    link: str, opened: NoticePage, form: AnswerForm, status: int = 200, is_full: bool = False
) -> ResponseReturnValue:
    return page(
        "provider/open.html",
        status=status,
        link=link,
        notice=opened,
        form=form,
        is_full=is_full,
        said=lambda reply: reply_words(opened.kind, reply),
        age=lambda finding: age_words(finding, opened.hotline.name),
        basis=lambda finding: basis_words(finding, opened.hotline.name),
        identified=identified_words,
    )


def _thanks(link: str, opened: NoticePage, given: AnswerInput) -> ResponseReturnValue:
    said = {number: reply for number, reply, _words in given.answers}
    findings = {place.number: place.finding for place in opened.places}
    doubted = [number for number, reply in said.items() if reply is Reply.AGE_DOUBT and number in findings]
    return page(
        "provider/thanks.html",
        link=link,
        notice=opened,
        replies=frozenset(said.values()),
        doubted=[(number, age_words(findings[number], opened.hotline.name)) for number in doubted],
    )


@contextmanager
def _spoken(opened: NoticePage) -> Iterator[None]:
    """In the language that the path names; without one in that of the notice."""
    own = opened.language if opened.language in NOTICE_LOCALES else current().code
    with use(chosen() or own):
        yield
