"""What is typed at the desk. Labels and hints stand in the templates; sentences in sentences.py."""

from enum import StrEnum
from typing import TypeVar

from wtforms import Field, PasswordField, RadioField, SelectMultipleField, StringField

from app.casework.record_reply import ReplyInput
from app.casework.sign_in import SignIn
from app.domain.assessments import Finding, FindingError
from app.domain.desk_words import Step
from app.domain.words import AgeBand, Basis, Ground, Kind, Reply
from app.web.desk.sentences import finding_sentence, form_sentence
from app.web.forms import CleanText, Form

MESSAGE_CHARACTERS, NAME_CHARACTERS = 8000, 200
YES_OR_NO = {"yes": True, "no": False}
IDENTIFIED = {**YES_OR_NO, "unknown": None}
QUESTIONS = ("is_child", "is_harmed", "age_band", "identified")
Member = TypeVar("Member", bound=StrEnum)


def member_of(kind: type[Member], value: str | None) -> Member | None:
    """The member of a closed list behind what a form sent; None for anything else."""
    try:
        return kind(value or "")
    except ValueError:
        return None


def refuse(field: Field, sentence: str) -> None:
    """One more sentence at a field."""
    field.errors = [*field.errors, sentence]


def problems(*forms: Form) -> tuple[tuple[str, str], ...]:
    """(field, sentence) for the list of what needs a change at the top of a page."""
    return tuple((name, said[0]) for form in forms for name, said in form.errors.items())


class SignInForm(Form):
    """Only emptiness is said at a field: every other cause of refusal must look the same."""

    name = StringField()
    passphrase = PasswordField()
    totp = StringField()

    def is_whole(self) -> bool:
        """False, with a sentence at each field that was left empty. Without a number it is asked for next."""
        for field in (self.name, self.passphrase):
            if not (field.data or "").strip():
                refuse(field, form_sentence("empty"))
        return not self.errors

    def as_typed(self) -> SignIn:
        """What was typed, without the spaces that paper and phones add."""
        return SignIn(
            name=(self.name.data or "").strip(),
            passphrase=(self.passphrase.data or "").strip(),
            totp="".join((self.totp.data or "").split()),
        )


class MessageForm(Form):
    """A message to the person who asked."""

    text = CleanText()

    def validate(self, extra_validators: object = None) -> bool:
        """Pictures are refused by CleanText; an empty or very long message here."""
        good = super().validate()
        text = self.text.data or ""
        if good and not text.strip():
            refuse(self.text, form_sentence("message_empty"))
        elif good and len(text) > MESSAGE_CHARACTERS:
            refuse(self.text, form_sentence("message_long"))
        return not self.text.errors

    def put_in(self, more: str) -> None:
        """A ready-made reply, after what is there."""
        typed = (self.text.data or "").rstrip()
        self.text.data = f"{typed}\n\n{more}" if typed else more


class ReplyForm(Form):
    """A provider's reply, for the places it speaks of."""

    location_ids = SelectMultipleField(validate_choice=False)
    reply = RadioField(validate_choice=False)

    def read(self, request_id: str) -> ReplyInput | None:
        """The reply, or None with a sentence at each field that needs one."""
        self.validate()
        chosen, reply = tuple(self.location_ids.data or ()), member_of(Reply, self.reply.data)
        if not chosen:
            refuse(self.location_ids, form_sentence("choose_places"))
        if reply is None:
            refuse(self.reply, form_sentence("choose_reply"))
        if not chosen or reply is None:
            return None
        return ReplyInput(request_id=request_id, location_ids=chosen, reply=reply)


class AssessForm(Form):
    """One finding, for as many places as it is true of, and what happens next.

    `versions` holds "<location id>:<version>" for every place that was on the page, so that a
    place which changed meanwhile is noticed. For a whole series `location_ids` are not asked for: the page
    that shows desk/assess_form.html calls `finding(of_places=False)`.
    """

    location_ids = SelectMultipleField(validate_choice=False)
    versions = SelectMultipleField(validate_choice=False)
    kind = RadioField(validate_choice=False)
    is_child = RadioField(validate_choice=False)
    is_harmed = RadioField(validate_choice=False)
    ground = RadioField(validate_choice=False)
    age_band = RadioField(validate_choice=False)
    identified = RadioField(validate_choice=False)
    basis = RadioField(validate_choice=False)
    basis_by = CleanText()
    next_step = RadioField(validate_choice=False)

    def step(self) -> Step:
        """What happens next; the letter, where nobody chose."""
        return member_of(Step, self.next_step.data) or Step.NOTICE

    def versions_seen(self) -> dict[str, int]:
        """Location id to the version that was on the page; what cannot be read is left out."""
        pairs = (one.rpartition(":") for one in self.versions.data or ())
        return {place: int(seen) for place, _colon, seen in pairs if seen.isdecimal() and len(seen) < 10}

    def finding(self, of_places: bool = True) -> Finding | None:
        """The finding as chosen, or None with a sentence at each field that needs one."""
        good = self.validate()
        kind, basis = member_of(Kind, self.kind.data), member_of(Basis, self.basis.data)
        if of_places and not self.location_ids.data:
            refuse(self.location_ids, form_sentence("choose_places"))
        if len(self.basis_by.data or "") > NAME_CHARACTERS:
            refuse(self.basis_by, form_sentence("name_long"))
        asked = ["kind", "basis"] if kind is Kind.IDENTITY else ["kind", "basis", *QUESTIONS]
        for name in asked:
            if not self[name].data:
                refuse(self[name], finding_sentence(name, "answer_needed"))
        if kind is None or basis is None or not good or self.errors:
            return None
        try:
            return self._finding_of(kind, basis).whole()
        except FindingError as error:
            refuse(self[error.field], finding_sentence(error.field, error.code))
            return None

    def _finding_of(self, kind: Kind, basis: Basis) -> Finding:
        # Identity and safety has no child test: an answer left over from before is not kept.
        tested = kind is not Kind.IDENTITY
        return Finding(
            kind=kind,
            is_child=YES_OR_NO.get(self.is_child.data) if tested else None,
            is_harmed=YES_OR_NO.get(self.is_harmed.data) if tested else None,
            ground=member_of(Ground, self.ground.data) if tested else None,
            age_band=member_of(AgeBand, self.age_band.data) if tested else None,
            identified=IDENTIFIED.get(self.identified.data) if tested else None,
            basis=basis,
            basis_by=(self.basis_by.data or "").strip() if basis is Basis.OTHER else "",
            is_outside=self.step() is Step.OUTSIDE,
        )
