"""What somebody said of their wishes and of the person shown: read back, and changed one question at a time.

The questions are those of asking, with the same forms.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.casework.actors import Requester
from app.casework.change_voice import VoiceInput, change_voice
from app.casework.errors import Stale
from app.domain.asking import Voice
from app.domain.words import Content
from app.reads.follow import read_follow
from app.web import guards
from app.web.glue import kit, page
from app.web.portal.answers import Answers
from app.web.portal.blueprint import portal
from app.web.portal.follow_forms import ChildForm, LanguageForm
from app.web.portal.follow_steps import back_to_request
from app.web.portal.forms import StepForm
from app.web.portal.read_back import read_back
from app.web.portal.step_forms import PersonForm, SafetyForm
from app.web.portal.steps import Step
from app.web.portal.wish_forms import HearForm, WishesForm, WordsForm, is_agreed, print_of


@dataclass(frozen=True)
class Question:
    """One page of this part: its form, and what its answers change. `shown` are the steps it reads back."""

    form: type[StepForm]
    change: Callable[[Answers], VoiceInput]
    shown: tuple[Step, ...]


def _heard(said: Answers) -> VoiceInput:
    """Agreed to, or not, for the very words that were on the page."""
    return VoiceInput(may_provider_hear=is_agreed(said), words_shown=said.voice.words)


def _worded(said: Answers) -> VoiceInput:
    """A yes to passing them on is given on the next page, where the very words stand."""
    return VoiceInput(words=said.voice.words, may_provider_hear=None if said.may_hear else False)


_QUESTIONS = {
    "wishes": Question(WishesForm, lambda said: VoiceInput(wishes=said.voice.wishes), (Step.WISHES,)),
    "words": Question(WordsForm, _worded, (Step.WORDS, Step.HEAR)),
    "hear": Question(HearForm, _heard, ()),
    "person": Question(PersonForm, lambda said: VoiceInput(about=said.voice.about), (Step.PERSON,)),
    "safety": Question(SafetyForm, lambda said: VoiceInput(safety=said.voice.safety), (Step.SAFETY,)),
    "child": Question(ChildForm, lambda said: VoiceInput(child_wants=said.voice.acting.child_wants), ()),
    "language": Question(LanguageForm, lambda said: VoiceInput(language=said.voice.language), ()),
}


def as_answered(voice: Voice, contents: tuple[Content, ...] = ()) -> Answers:
    """What was sent, as the forms of asking know it."""
    agreed_to = print_of(voice.words) if voice.may_provider_hear else ""
    return Answers(contents=contents, voice=voice, may_hear=voice.may_provider_hear, agreed_to=agreed_to)


@portal.get("/follow/wishes")
@guards.requester
def wishes(actor: Requester) -> ResponseReturnValue:
    """Everything that can be changed, as it is now."""
    voice = read_follow(kit(), actor).voice
    said = {each.step: each for each in read_back(as_answered(voice))}
    listed = [
        (name, [said[step] for step in question.shown if step in said])
        for name, question in _QUESTIONS.items()
        if question.shown
    ]
    return page("portal/wishes.html", listed=listed, voice=voice, is_acting=voice.asker.is_representative)


@portal.route("/follow/wishes/<question>", methods=["GET", "POST"])
@guards.requester
def wish(actor: Requester, question: str) -> ResponseReturnValue:
    """One question, with what was answered before."""
    asked = _QUESTIONS.get(question)
    shown = read_follow(kit(), actor)
    voice = shown.voice
    if asked is None or (question == "child" and not voice.asker.is_representative):
        abort(404)
    answers = as_answered(voice)
    if question == "hear":
        if not voice.words:
            return redirect(url_for("portal.wish", question="words"), 303)
        answers = replace(answers, may_hear=True)
    if request.method == "GET":
        return _page(question, asked.form.showing(answers), answers)
    form = asked.form()
    if form.is_outdated(answers):
        return _page(question, asked.form.showing(answers), answers, 409)
    changed = form.read(answers)
    if changed is None:
        return _page(question, form, answers, 422)
    try:
        change_voice(kit(), actor, asked.change(changed))
    except Stale:
        return _page(question, asked.form.showing(answers), answers, 409)
    if question == "words" and changed.voice.words and changed.may_hear:
        return redirect(url_for("portal.wish", question="hear"), 303)
    is_mail_over = shown.contact is not None and read_follow(kit(), actor).contact is None
    return back_to_request("no_mail" if is_mail_over else "saved")


def _page(question: str, form: StepForm, answers: Answers, status: int = 200) -> ResponseReturnValue:
    return page(
        f"portal/step_{question}.html",
        status=status,
        is_later=True,
        is_changed=status == 409,
        form=form,
        answers=answers,
        is_self=not answers.voice.asker.is_representative,
        is_bystander=False,
        words_path=url_for("portal.wish", question="words"),
    )
