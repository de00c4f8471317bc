"""Answers by mail: what waits for a person, and one mail with what it may mean."""

import re
from collections.abc import Mapping

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.casework.actors import Caseworker
from app.casework.attach_mail import AttachInput, NoSuchNotice, attach_mail, set_mail_aside
from app.casework.errors import NotHolding, TakenBySomeoneElse
from app.casework.settle_mail import SettleMailInput, settle_mail
from app.casework.show_mail import ShownMail, show_mail
from app.casework.take_case import take_case
from app.domain.mails import KEPT_ASIDE, MOST_UNMATCHED
from app.domain.words import Reply
from app.i18n.locales import gettext as _
from app.i18n.words import desk_words
from app.reads.mails import OneMail, read_mail, read_mails
from app.web import guards
from app.web.desk.routes import blueprint
from app.web.forms import clean
from app.web.glue import kit, page

AS_ABOVE, NOTHING = "", "nothing"
_LIVE = re.compile(r"(?i)\bhttp(s?)(?=:)")


@blueprint.get("/mails")
@guards.caseworker
def mails(actor: Caseworker) -> ResponseReturnValue:
    """Without the words of any of them."""
    return page("desk/mails.html", mails=read_mails(kit(), actor), most=MOST_UNMATCHED, days=KEPT_ASIDE.days)


@blueprint.get("/mail/<mail_id>")
@guards.caseworker
def mail(actor: Caseworker, mail_id: str) -> ResponseReturnValue:
    """One mail, its words covered."""
    return _show(actor, read_mail(kit(), actor, mail_id))


@blueprint.post("/mail/<mail_id>")
@guards.caseworker
def change_mail(actor: Caseworker, mail_id: str) -> ResponseReturnValue:
    """`do` is the button: show its words, say what it means, attach it, set it aside."""
    one = read_mail(kit(), actor, mail_id)
    match request.form.get("do", ""):
        case "show":
            return _show(actor, one, shown=show_mail(kit(), actor, mail_id))
        case "settle":
            return _settle(actor, one)
        case "nothing":
            settle_mail(kit(), actor, SettleMailInput(mail_id))
            return _done(_("Noted: this mail says nothing about any place."))
        case "attach":
            return _attach(actor, one)
        case "aside":
            set_mail_aside(kit(), actor, mail_id, is_aside=True)
            return _done(_("The mail is set aside."))
        case "again":
            set_mail_aside(kit(), actor, mail_id, is_aside=False)
            return _done(_("The mail waits again."))
        case _:
            return _show(actor, one, 422, _("Please choose what to do."))


def _settle(actor: Caseworker, one: OneMail) -> ResponseReturnValue:
    replies = _replies(one, request.form)
    if not replies:
        return _again(actor, one, 422, _("Please choose what it says, for all its places or for some."))
    try:
        if "take" in request.form:
            take_case(kit(), actor, one.row.request_id)
        settle_mail(kit(), actor, SettleMailInput(one.row.id, replies))
    except (NotHolding, TakenBySomeoneElse):
        return _again(actor, one, 409, _("Nothing was saved: you do not have this case now. Take it first."))
    return _done(_("What the provider said is saved."))


def _replies(one: OneMail, form: Mapping[str, str]) -> dict[str, Reply]:
    """By place: its own choice before the one for all. What is no choice counts as none."""
    known = {each.value: each for each in Reply}
    for_all = form.get("all", "")
    said = {place.id: form.get(f"place-{place.number}", AS_ABOVE) or for_all for place in one.places}
    return {place: known[value] for place, value in said.items() if value in known}


def _attach(actor: Caseworker, one: OneMail) -> ResponseReturnValue:
    typed = clean(request.form.get("reference", ""))[:100]
    try:
        attach_mail(kit(), actor, AttachInput(one.row.id, typed))
    except NoSuchNotice:
        return _show(actor, one, 422, _("No notice has this reference. It looks like H-7KQ2-M3TD."))
    flash(_("The mail belongs to that notice now. Say what it means."))
    return redirect(url_for("desk.mail", mail_id=one.row.id), 303)


def _done(said: str) -> ResponseReturnValue:
    flash(said)
    return redirect(url_for("desk.mails"), 303)


def _again(actor: Caseworker, one: OneMail, status: int, problem: str) -> ResponseReturnValue:
    """The same page, its words in sight if they were: who goes on reading is counted once."""
    shown = show_mail(kit(), actor, one.row.id) if request.form.get("shown") == "yes" else None
    return _show(actor, one, status, problem, shown)


def _show(
    actor: Caseworker,
    one: OneMail,
    status: int = 200,
    problem: str = "",
    shown: ShownMail | None = None,
) -> ResponseReturnValue:
    replies = tuple((each.value, desk_words(each)) for each in Reply)
    words = shown.words if shown else None
    return page(
        "desk/mail.html",
        status=status,
        one=one,
        row=one.row,
        shown=shown,
        words=words,
        text=_LIVE.sub(r"hxxp\1", words.text) if words else "",
        problem=problem,
        replies=(("", _("Says nothing about all of them")), *replies),
        replies_of_place=((AS_ABOVE, _("As above")), *replies, (NOTHING, _("Says nothing about this one"))),
        form=request.form,
        days=KEPT_ASIDE.days,
    )
