"""What is typed where a case is held, handed on or noted. Labels stand in the template, sentences here."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from wtforms import Field, RadioField, SelectField, StringField

from app.casework.doubt_request import DoubtInput
from app.casework.hand_over_case import HandOverInput
from app.casework.hold_case import HoldInput
from app.casework.put_in_order import Order, OrderInput
from app.casework.set_danger import DangerInput
from app.casework.write_note import NoteInput
from app.i18n.locales import gettext as _
from app.web.desk.case_forms import NOTE_CHARACTERS
from app.web.desk.forms import member_of, refuse
from app.web.forms import CleanText, Form


def _text(field: Field, sentence: str) -> str:
    """What was written, with a sentence at the field where it is empty, or too long. Says nothing of a
    picture: that was said."""
    typed = (field.data or "").strip()
    if not typed and sentence and not field.errors:
        refuse(field, sentence)
    elif len(typed) > NOTE_CHARACTERS:
        refuse(field, _("This is too long. Please make it shorter."))
    return typed


def _why(field: Field) -> str:
    return _text(field, _("Please write why. A colleague may read it next week."))


class HandOverForm(Form):
    """To whom, and a word to go with it."""

    hand_to = SelectField(validate_choice=False, choices=())
    hand_note = CleanText()

    def read(self, request_id: str) -> HandOverInput | None:
        """What to do, or None with a sentence at each field that needs one; so do all forms here."""
        self.validate()
        note = _text(self.hand_note, "")
        if not self.hand_to.data:
            refuse(self.hand_to, _("Please choose a colleague."))
        if self.errors:
            return None
        return HandOverInput(request_id, self.hand_to.data, note)

    def refuse_colleague(self) -> None:
        """They left meanwhile, or cannot take this case. Why, is nobody's business."""
        refuse(self.hand_to, _("This colleague cannot take the case. Please choose another one."))


class HoldForm(Form):
    """Until which day a case waits, and why."""

    hold_day = StringField()
    hold_reason = CleanText()

    def read(self, request_id: str) -> HoldInput | None:
        self.validate()
        until, reason = _day(self.hold_day.data), _why(self.hold_reason)
        if until is None:
            refuse(self.hold_day, _("Please choose a day."))
        if self.errors or until is None:
            return None
        return HoldInput(request_id, until, reason)

    def refuse_day(self) -> None:
        refuse(self.hold_day, _("Please choose a day after today, at most 14 days away."))


def _day(typed: str | None) -> date | None:
    try:
        return date.fromisoformat((typed or "").strip())
    except ValueError:
        return None


class OrderForm(Form):
    """Where a case is to stand in the queue, and why. `seen`: where somebody had put it."""

    where = RadioField(validate_choice=False)
    seen = StringField()
    order_reason = CleanText()

    def read(self, request_id: str) -> OrderInput | None:
        self.validate()
        where, reason = member_of(Order, self.where.data), _why(self.order_reason)
        if where is None:
            refuse(self.where, _("Please choose where it is to stand."))
        if self.errors or where is None:
            return None
        return OrderInput(request_id, where, reason, _moment(self.seen.data))

    def refuse_stale(self) -> None:
        refuse(self.where, _("A colleague put this case elsewhere meanwhile. Their reason is in the notes."))


def seen_of(put_at: datetime | None) -> str:
    """As a form carries it."""
    return "" if put_at is None else str(int(put_at.timestamp()))


def _moment(sent: str | None) -> datetime | None:
    sent = sent or ""
    if not (sent.isascii() and sent.isdigit() and len(sent) < 12):
        return None
    return datetime.fromtimestamp(int(sent), UTC)


class NoteForm(Form):
    """A note for colleagues."""

    desk_note = CleanText()

    def read(self, request_id: str) -> NoteInput | None:
        self.validate()
        text = _text(self.desk_note, _("Please write something first."))
        return None if self.errors else NoteInput(request_id, text)


class DangerForm(Form):
    """Whether somebody is in danger now, and how one knows."""

    danger = RadioField(validate_choice=False)
    danger_reason = CleanText()

    def read(self, request_id: str) -> DangerInput | None:
        self.validate()
        reason = _why(self.danger_reason)
        if self.danger.data not in ("now", "over"):
            refuse(self.danger, _("Please choose one."))
        if self.errors:
            return None
        return DangerInput(request_id, self.danger.data == "now", reason)

    def refuse_stale(self) -> None:
        refuse(self.danger, _("A colleague noted the same meanwhile. Their reason is in the notes."))


class DoubtForm(Form):
    """Why it is not a request."""

    doubt_reason = CleanText()

    def read(self, request_id: str) -> DoubtInput | None:
        self.validate()
        reason = _why(self.doubt_reason)
        return None if self.errors else DoubtInput(request_id, reason)

    def refuse_now(self) -> None:
        refuse(
            self.doubt_reason,
            _("This cannot be said of this case now: a place was judged, or somebody may be in danger."),
        )


@dataclass(frozen=True)
class HoldingForms:
    """One of each; the one that was refused comes back with what was typed in it."""

    hand_over: HandOverForm = field(default_factory=lambda: HandOverForm(formdata=None))
    hold: HoldForm = field(default_factory=lambda: HoldForm(formdata=None))
    order: OrderForm = field(default_factory=lambda: OrderForm(formdata=None))
    note: NoteForm = field(default_factory=lambda: NoteForm(formdata=None))
    danger: DangerForm = field(default_factory=lambda: DangerForm(formdata=None))
    doubt: DoubtForm = field(default_factory=lambda: DoubtForm(formdata=None))

    @property
    def all(self) -> tuple[Form, ...]:
        return self.hand_over, self.hold, self.order, self.note, self.danger, self.doubt
