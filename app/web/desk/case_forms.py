"""What is typed on the pages of one case, beside messages and findings (forms.py)."""

from wtforms import RadioField, SelectMultipleField, StringField

from app.casework.join_requests import JoinInput
from app.casework.locate_place import LocateInput
from app.casework.note_signal import SOURCES, SignalInput
from app.casework.record_outcome import OutcomeInput
from app.casework.record_safety_check import SafetyInput
from app.domain.desk_words import Outcome
from app.domain.notice_words import Seen, SignalSource
from app.domain.words import SafetyState
from app.places.reading import read_places
from app.web.desk.forms import member_of, refuse
from app.web.desk.sentences import form_sentence
from app.web.forms import CleanText, Form

NOTE_CHARACTERS = 8000
FINDINGS = (SafetyState.CLEAR, SafetyState.HOLD)


class SafetyForm(Form):
    """What a safety check found, and why."""

    found = RadioField(validate_choice=False)
    note = CleanText()

    def read(self, request_id: str) -> SafetyInput | None:
        """The check, or None with a sentence at each field that needs one."""
        self.validate()
        found, note = member_of(SafetyState, self.found.data), (self.note.data or "").strip()
        if found not in FINDINGS:
            refuse(self.found, form_sentence("choose_found"))
        if not note and not self.note.errors:
            refuse(self.note, form_sentence("note_empty"))
        elif len(note) > NOTE_CHARACTERS:
            refuse(self.note, form_sentence("note_long"))
        if self.errors or found is None:
            return None
        return SafetyInput(request_id, found, note)


class OutcomeForm(Form):
    """What became of places after their notice."""

    location_ids = SelectMultipleField(validate_choice=False)
    outcome = RadioField(validate_choice=False)

    def read(self, request_id: str) -> OutcomeInput | None:
        """The outcome, or None with a sentence at each field that needs one."""
        self.validate()
        chosen, outcome = tuple(self.location_ids.data or ()), member_of(Outcome, self.outcome.data)
        if not chosen:
            refuse(self.location_ids, form_sentence("choose_places"))
        if outcome is None:
            refuse(self.outcome, form_sentence("choose_outcome"))
        if not chosen or outcome is None:
            return None
        return OutcomeInput(request_id, chosen, outcome)


class SignalForm(Form):
    """A word that places are gone, or are there, and whose it is."""

    location_ids = SelectMultipleField(validate_choice=False)
    seen = RadioField(validate_choice=False)
    source = RadioField(validate_choice=False)

    def read(self, request_id: str) -> SignalInput | None:
        """The word, or None with a sentence at each field that needs one."""
        self.validate()
        chosen = tuple(self.location_ids.data or ())
        seen, source = member_of(Seen, self.seen.data), member_of(SignalSource, self.source.data)
        if not chosen:
            refuse(self.location_ids, form_sentence("choose_places"))
        if seen is None:
            refuse(self.seen, form_sentence("choose_seen"))
        if source not in SOURCES:
            refuse(self.source, form_sentence("choose_source"))
        if self.errors or seen is None or source is None:
            return None
        return SignalInput(request_id, chosen, source, seen)


class LocateForm(Form):
    """The address of a place that was told without one."""

    location_id = StringField()
    address = CleanText()

    def read(self, request_id: str) -> LocateInput | None:
        """The one address that was typed, or None with a sentence at its field."""
        self.validate()
        typed = (self.address.data or "").strip()
        found = read_places(typed)
        if self.address.errors:
            return None
        if not typed:
            refuse(self.address, form_sentence("address_empty"))
        elif len(found.places) > 1:
            refuse(self.address, form_sentence("address_several"))
        elif found.problems or not found.places:
            refuse(self.address, form_sentence("address_unread"))
        else:
            return LocateInput(request_id, self.location_id.data or "", typed)
        return None


class JoinForm(Form):
    """Which other case is the child's own, and whether that is sure."""

    child_request_id = RadioField(validate_choice=False)
    verified = SelectMultipleField(validate_choice=False)

    def read(self, request_id: str) -> JoinInput | None:
        """The two cases, or None with a sentence at the field."""
        self.validate()
        if not self.child_request_id.data:
            refuse(self.child_request_id, form_sentence("choose_case"))
            return None
        return JoinInput(request_id, self.child_request_id.data, "yes" in (self.verified.data or ()))
