"""Asking: one question on each page. Every page can be skipped, read again, or be the last one.

The buttons say what a page is sent for: "on", "review" (read it and send), "back", "more" (another
account), "speak" (the same page in another language). All of them keep what was typed. A form that names
none goes the short way, to the review.
"""

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.casework.keep_contact import contact_is_offered
from app.domain.words import Asker
from app.i18n.locales import LOCALES
from app.web import guards
from app.web.forms import CleanText
from app.web.glue import kit, page, url_in
from app.web.portal import step_forms, wish_forms
from app.web.portal.answers import Answers
from app.web.portal.blueprint import portal
from app.web.portal.drafts import Draft, Sent, keep_answers, read_draft
from app.web.portal.forms import StepForm
from app.web.portal.place_forms import DetailsForm, PlacesForm, details_form, pages_of_details
from app.web.portal.review import page_number, sent_page
from app.web.portal.steps import Step, after, before, steps_for

FORMS: dict[Step, type[StepForm]] = {
    Step.PLACES: PlacesForm,
    Step.DETAILS: DetailsForm,
    Step.WHAT: step_forms.WhatForm,
    Step.WHO: step_forms.WhoForm,
    Step.ACTING: step_forms.ActingForm,
    Step.PERSON: step_forms.PersonForm,
    Step.SAFETY: step_forms.SafetyForm,
    Step.WORDS: wish_forms.WordsForm,
    Step.HEAR: wish_forms.HearForm,
    Step.WISHES: wish_forms.WishesForm,
    Step.CONTACT: wish_forms.ContactForm,
    Step.PROOF: wish_forms.ProofForm,
    Step.WORD: wish_forms.SecondWordForm,
}


@portal.route("/ask", methods=["GET", "POST"])
@guards.anyone
def ask() -> ResponseReturnValue:
    """Where it is: the one question that needs an answer. Looking at it sets no cookie."""
    draft = read_draft()
    if isinstance(draft, Sent):
        return _after_sending(draft)
    if request.method == "POST":
        return _take(Step.PLACES, PlacesForm(), draft.answers if draft else Answers())
    answers = draft.answers if draft else Answers()
    is_lost = "lost" in request.args and draft is None
    return _show(Step.PLACES, PlacesForm.showing(answers), answers, is_lost=is_lost)


@portal.route("/ask/<name>", methods=["GET", "POST"])
@guards.anyone
def step(name: str) -> ResponseReturnValue:
    """One question more. It shows what was kept, so that going back works."""
    here = _step_named(name)
    draft = read_draft()
    if isinstance(draft, Sent):
        return _after_sending(draft)
    if draft is None:
        return _lost(here)
    if request.method == "POST":
        return _take(here, _kind(here, draft.answers)(), draft.answers)
    if here not in steps_for(draft.answers):
        return redirect(_path(after(here, draft.answers)), 303)
    return _show(here, _kind(here, draft.answers).showing(draft.answers), draft.answers)


def _step_named(name: str) -> Step:
    if name not in set(Step) - {Step.PLACES}:
        abort(404)
    return Step(name)


def _kind(here: Step, answers: Answers) -> type[StepForm]:
    if here is not Step.DETAILS:
        return FORMS[here]
    pages = pages_of_details(answers)
    return details_form(pages[min(page_number(), len(pages)) - 1])


def _take(here: Step, form: StepForm, answers: Answers) -> ResponseReturnValue:
    """Keep what was typed and go where the button says."""
    if isinstance(form, PlacesForm) and form.is_empty() and "speak" in request.form:
        return redirect(_way_on(here, answers), 303)  # nothing to keep, and so no cookie
    if form.is_outdated(answers):
        fresh = _kind(here, answers).showing(answers)
        return _show(here, fresh, answers, status=409, is_changed=True)
    changed = form.read(answers)
    if isinstance(form, PlacesForm) and "more" in request.form and not form.has_account():
        form.refuse("app", "account_first")
        changed = None
    if changed is None:
        return _show(here, form, answers, status=422)
    keep_answers(changed)
    return redirect(_way_on(here, changed), 303)


def _way_on(here: Step, answers: Answers) -> str:
    pressed, number = request.form, page_number()
    is_paged = here is Step.DETAILS
    if (code := pressed.get("speak")) in LOCALES:
        return url_in(code) + (f"?page={number}" if is_paged and number > 1 else "")
    if "more" in pressed:
        return url_for("portal.ask", _anchor="app")
    if is_paged and "on" in pressed and number < len(pages_of_details(answers)):
        return url_for("portal.step", name=here, page=number + 1)
    if is_paged and "back" in pressed and number > 1:
        return url_for("portal.step", name=here, page=number - 1 if number > 2 else None)
    if "back" in pressed:
        return _path(before(here, answers))
    return _path(after(here, answers) if "on" in pressed else None)


def _path(where: Step | None) -> str:
    """Of the page of a step; of the review, when there is no step left."""
    if where is None:
        return url_for("portal.review")
    return url_for("portal.ask") if where is Step.PLACES else url_for("portal.step", name=where)


def _show(
    here: Step,
    form: StepForm,
    answers: Answers,
    status: int = 200,
    is_lost: bool = False,
    is_changed: bool = False,
) -> ResponseReturnValue:
    steps, draft = steps_for(answers), read_draft()
    return page(
        f"portal/step_{here}.html" if here is not Step.PLACES else "portal/ask.html",
        status=status,
        form=form,
        answers=answers,
        number=steps.index(here) + 1 if here in steps else len(steps),
        count=len(steps),
        skip_to=_path(after(here, answers)),
        is_self=answers.voice.asker in (Asker.PERSON, Asker.UNSAID),
        is_bystander=answers.voice.asker is Asker.BYSTANDER,
        is_worrying=isinstance(draft, Draft) and draft.is_worrying,
        is_lost=is_lost,
        is_changed=is_changed,
        is_contact_offered=contact_is_offered(kit()),
    )


def _lost(here: Step) -> ResponseReturnValue:
    """The session is over. What was just typed is shown back once, to be copied."""
    if request.method == "GET":
        return redirect(url_for("portal.ask", lost=1), 303)
    form = FORMS[here]()
    typed = [field.data.strip() for field in form if isinstance(field, CleanText) and field.data]
    if not any(typed):
        return redirect(url_for("portal.ask", lost=1), 303)
    return page("portal/lost.html", status=403, texts=[text for text in typed if text])


def _after_sending(draft: Sent) -> ResponseReturnValue:
    """What was sent stays sent: a changed form must not seem to change it."""
    if request.method == "GET":
        return redirect(url_for("portal.sent"), 303)
    return sent_page(draft, already=True, status=409)
