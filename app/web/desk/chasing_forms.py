"""What is typed where a ladder waits for a person. Labels stand in the templates, sentences here."""

from wtforms import Field, RadioField, SelectMultipleField, StringField

from app.casework.review_stalled import Review, ReviewInput
from app.casework.settle_wanted import WantedInput
from app.domain.notice_words import ChaseStep
from app.i18n.locales import gettext as _
from app.web.desk.case_forms import NOTE_CHARACTERS
from app.web.desk.forms import member_of, refuse
from app.web.desk.sentences import form_sentence
from app.web.forms import CleanText, Form


def _note(field: Field, *, may_be_empty: bool) -> str:
    """What was written, with a sentence at the field where it is empty, or too long."""
    typed = (field.data or "").strip()
    if not typed and not may_be_empty and not field.errors:
        refuse(field, _("Please write what you did. A colleague may read it next month."))
    elif len(typed) > NOTE_CHARACTERS:
        refuse(field, form_sentence("note_long"))
    return typed


class WantedForm(Form):
    """What was done about a step."""

    step = StringField()
    note = CleanText()

    def read(self, notice_id: str) -> WantedInput | None:
        """What to do, or None with a sentence at each field that needs one."""
        self.validate()
        step, note = member_of(ChaseStep, self.step.data), _note(self.note, may_be_empty=False)
        if self.errors or step is None:
            return None
        return WantedInput(notice_id, step, note)


class ReviewForm(Form):
    """What was decided about stalled places."""

    location_ids = SelectMultipleField(validate_choice=False)
    review = RadioField(validate_choice=False)
    note = CleanText()

    def read(self, request_id: str) -> ReviewInput | None:
        """What to do, or None with a sentence at each field that needs one."""
        self.validate()
        review, note = member_of(Review, self.review.data), _note(self.note, may_be_empty=True)
        if not self.location_ids.data:
            refuse(self.location_ids, form_sentence("choose_places"))
        if review is None:
            refuse(self.review, _("Please choose what to do with them."))
        if self.errors or review is None:
            return None
        return ReviewInput(request_id, tuple(self.location_ids.data), review, note)
