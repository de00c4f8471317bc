"""Counter-claims: all that wait for somebody, and one of them with what was said and what is done."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField, StringField

from app.casework.actors import Caseworker
from app.casework.errors import CaseworkError, NotAllowed, SecondCaseworkerNeeded, Stale
from app.casework.move_claim import ClaimInput, move_claim
from app.casework.open_case import open_case
from app.domain.claims import ClaimMove
from app.domain.desk_words import NoteKind
from app.domain.notice_words import ClaimState
from app.domain.words import Reply
from app.i18n.locales import gettext as _
from app.reads.claims import read_claim, read_claims
from app.web import guards
from app.web.desk.forms import member_of, problems, refuse
from app.web.desk.routes import blueprint
from app.web.forms import CleanText, Form
from app.web.glue import kit, page
from app.web.trail_words import who

NOTE_CHARACTERS = 2000
_REFUSED = (Stale, NotAllowed, SecondCaseworkerNeeded)


class ClaimForm(Form):
    """What is done about a claim. `version` is that of the page."""

    version = StringField()
    move = RadioField(validate_choice=False)
    claim_note = CleanText()

    def read(self, claim_id: str) -> ClaimInput | None:
        """None, with a sentence at each field that needs one."""
        self.validate()
        move, note = member_of(ClaimMove, self.move.data), (self.claim_note.data or "").strip()
        if move is None:
            refuse(self.move, _("Please choose what you do."))
        if not note and not self.claim_note.errors:
            refuse(self.claim_note, _("Please write it in a few words."))
        elif len(note) > NOTE_CHARACTERS:
            refuse(self.claim_note, _("This is too long. Please make it shorter."))
        if move is None or self.errors:
            return None
        version = self.version.data or ""
        seen = int(version) if version.isascii() and version.isdecimal() and len(version) < 10 else 0
        return ClaimInput(claim_id, seen, move, note)


@blueprint.get("/claims")
@guards.caseworker
def claims(actor: Caseworker) -> ResponseReturnValue:
    """All that are open, the oldest first; nothing sealed is opened for it."""
    return page("desk/claims.html", shown=read_claims(kit(), actor, request.args.get("after")))


@blueprint.get("/claim/<claim_id>")
@guards.caseworker
def claim(actor: Caseworker, claim_id: str) -> ResponseReturnValue:
    """One of them. Opening its case is written to the trail, by the verb."""
    return _show(actor, claim_id, ClaimForm(formdata=None))


@blueprint.post("/claim/<claim_id>", endpoint="claim_move")
@guards.caseworker
def move(actor: Caseworker, claim_id: str) -> ResponseReturnValue:
    """Ask for proof, reject, or find that the proof holds."""
    form = ClaimForm()
    given = form.read(claim_id)
    if given is None:
        return _show(actor, claim_id, form, 422)
    try:
        moved = move_claim(kit(), actor, given)
    except _REFUSED as refused:
        return _show(actor, claim_id, form, 409, _why_not(refused))
    if moved.state is ClaimState.UPHELD:
        flash(_("It is noted. The place now waits for a hearing. Nothing was restored."))
    elif moved.proposed_by is not None:
        flash(_("It is noted. A second caseworker has to find the same."))
    else:
        flash(_("It is noted."))
    return redirect(url_for("desk.claim", claim_id=claim_id), 303)


def _why_not(refused: CaseworkError) -> str:
    match refused:
        case SecondCaseworkerNeeded():
            return _("You found first that the proof holds. A colleague has to find the same.")
        case NotAllowed():
            return _("Nothing was saved: this claim is over.")
        case _:
            return _("Nothing was saved: it changed while you were reading. This is how it stands now.")


def _show(
    actor: Caseworker, claim_id: str, form: ClaimForm, status: int = 200, trouble: str = ""
) -> ResponseReturnValue:
    one = read_claim(kit(), actor, claim_id)
    case = open_case(kit(), actor, one.request_id)
    [place] = [place for place in case.places if place.id == one.claim.location_id]
    return page(
        "desk/claim.html",
        status=status,
        one=one,
        case=case,
        place=place,
        answers=[
            answer
            for answer in case.answers
            if (answer.notice_reference, answer.number, answer.reply)
            == (one.reference, one.number, Reply.OVER_18)
        ],
        notes=[note for note in case.notes if note.kind is NoteKind.CLAIM],
        is_mine=one.claim.proposed_by == actor.id,
        form=form,
        moves=_moves(one.claim.proposed_by is not None),
        problems=problems(form),
        trouble=trouble,
        who=lambda by: who(by, actor.id),
    )


def _moves(is_second: bool) -> list[tuple[str, str, str]]:
    uphold = (
        _("You checked it yourself, after a colleague found the same.")
        if is_second
        else _("You checked it with who can confirm it. A second caseworker has to find the same.")
    )
    return [
        (ClaimMove.ASK, _("Proof was asked for"), _("You wrote to them. Note what you asked for.")),
        (ClaimMove.REJECT, _("There is no proof that holds"), _("Note why. Removal stands.")),
        (ClaimMove.UPHOLD, _("The proof holds: 18 or older"), uphold),
    ]
