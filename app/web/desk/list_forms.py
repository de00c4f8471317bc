"""What is typed when a list is brought, and when one goes on."""

from wtforms import SelectMultipleField

from app.casework.bring_findings_back import BringInput
from app.domain.words import Content
from app.web.desk.case_forms import NOTE_CHARACTERS
from app.web.desk.forms import member_of, refuse
from app.web.desk.list_sentences import list_refused
from app.web.forms import CleanText, Form

_DIGITS = 9


class OwnMotionForm(Form):
    """A request of the hotline's own: why, what is there, and where: `pasted`, or a file."""

    reason = CleanText()
    contents = SelectMultipleField(validate_choice=False)
    pasted = CleanText()

    def chosen_contents(self) -> tuple[Content, ...]:
        found = (member_of(Content, one) for one in self.contents.data or ())
        return tuple(one for one in found if one is not None)

    def is_whole(self) -> bool:
        """False, with a sentence at each field that needs one. The list is looked at after this."""
        self.validate()
        reason = (self.reason.data or "").strip()
        if not reason and not self.reason.errors:
            refuse(self.reason, list_refused("reason_empty"))
        elif len(reason) > NOTE_CHARACTERS:
            refuse(self.reason, list_refused("reason_long"))
        if not self.chosen_contents():
            refuse(self.contents, list_refused("choose_contents"))
        return not self.errors


class BringForm(Form):
    """Findings of one case, pasted or as a file."""

    pasted = CleanText()


class FindingsForm(Form):
    """Which lines go on. `versions` holds "<location id>:<version>" of every place that was on the page."""

    lines = SelectMultipleField(validate_choice=False)
    versions = SelectMultipleField(validate_choice=False)

    def read(self, staged_id: str) -> BringInput | None:
        """The choice, or None with a sentence at the field."""
        self.validate()
        pairs = (one.rpartition(":") for one in self.versions.data or ())
        seen = {place: int(version) for place, _colon, version in pairs if _is_number(version)}
        lines = tuple(int(one) for one in self.lines.data or () if _is_number(one))
        if not lines:
            refuse(self.lines, list_refused("choose_lines"))
            return None
        return BringInput(staged_id, lines, seen)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _DIGITS
