"""What is typed where places are handed to somebody else. Labels stand in the templates, sentences here."""

import re
from types import MappingProxyType

from wtforms import Field, RadioField, SelectMultipleField, StringField

from app.casework.emergency import EmergencyInput
from app.casework.kit import new_id
from app.casework.move_referral import NEEDS_A_REASON, MoveInput
from app.casework.police_hold import HoldAct, HoldInput
from app.casework.prepare_referral import PrepareInput, Whom
from app.domain.desk_words import ReferralKind, ReferralState
from app.i18n.locales import N_
from app.i18n.locales import gettext as _
from app.web.desk.forms import member_of, refuse
from app.web.forms import CleanText, Form

OTHER, CHASED = "other", "chased"
NAME_CHARACTERS, NOTE_CHARACTERS, LETTER_CHARACTERS = 200, 2000, 8000
_ID = re.compile("[0-9a-f]{32}")

SENTENCES = MappingProxyType(
    {
        "no_places": N_("Please choose at least one place."),
        "withdrawn": N_(
            "One of these places was taken back by the person. Prepare it anew, without that place."
        ),
        "no_address": N_("One of these places has no address yet. Find it first, or leave the place out."),
        "not_assessed": N_(
            "One of these places cannot go to another hotline now: it needs a finding that asks for removal."
        ),
        "other_country": N_("The provider of one of these places is in another country."),
        "under_way": N_(
            "One of these places was handed over, or is about to be. Nobody should get it twice."
        ),
        "no_recipient": N_("Please choose whom it is for."),
        "no_name": N_("Please write whom it is for."),
        "no_words": N_("Please write what they have to know."),
        "no_told": N_("Please say whether the child was told."),
        "no_reason": N_("Please write why, in a few words."),
        "no_move": N_("Please choose what happened."),
        "long": N_("This is too long. Please make it shorter."),
    }
)
_AT = MappingProxyType(
    {"no_recipient": "to", "no_words": "must_leave", "no_reason": "why_not", "other_country": "to"}
)


def refusal(code: str) -> str:
    """What to say where a referral is refused."""
    return _(SENTENCES[code])


def _text(field: Field, most: int, empty: str = "") -> str:
    """What was written; a sentence at the field where it is too long, or empty and may not be."""
    typed = (field.data or "").strip()
    if not typed and empty and not field.errors:
        refuse(field, refusal(empty))
    elif len(typed) > most:
        refuse(field, refusal("long"))
    return typed


class ReferForm(Form):
    """Which places, and whom for: a country, or somebody named by hand."""

    referral_id = StringField()
    location_ids = SelectMultipleField(validate_choice=False)
    to = RadioField(validate_choice=False)
    recipient = StringField()
    way = CleanText()

    def id(self) -> str:
        """Made with the page, so that sending it twice is one referral."""
        typed = self.referral_id.data or ""
        return typed if _ID.fullmatch(typed) else new_id()

    def whom(self) -> Whom:
        """Sentences stand at the fields where it is nobody."""
        to = self.to.data or ""
        if not to:
            refuse(self.to, refusal("no_recipient"))
        if to != OTHER:
            return Whom(country=to)
        name = _text(self.recipient, NAME_CHARACTERS, "no_name")
        return Whom(name=name, way=_text(self.way, NOTE_CHARACTERS))

    def read(self, request_id: str, kind: ReferralKind) -> PrepareInput | None:
        """The referral, or None with a sentence at each field that needs one; so do all forms here."""
        self.validate()
        chosen, whom = tuple(self.location_ids.data or ()), self.whom()
        if not chosen:
            refuse(self.location_ids, refusal("no_places"))
        return None if self.errors else PrepareInput(self.id(), request_id, kind, chosen, whom)

    def refuse(self, code: str) -> None:
        """What only the verb could know, at the field that it is about."""
        field = self[_AT[code]] if _AT.get(code) in self._fields else self.location_ids
        refuse(field, refusal(code))


class EmergencyForm(ReferForm):
    """The same for abuse that goes on now, with what they have to know."""

    must_leave = CleanText()
    told = RadioField(validate_choice=False)
    why_not = CleanText()

    def read_emergency(self, request_id: str) -> EmergencyInput | None:
        self.validate()
        whom = self.whom()
        words = _text(self.must_leave, LETTER_CHARACTERS, "no_words")
        if self.told.data not in ("yes", "no"):
            refuse(self.told, refusal("no_told"))
        why_not = _text(self.why_not, NOTE_CHARACTERS, "no_reason" if self.told.data == "no" else "")
        if self.errors:
            return None
        chosen, is_told = tuple(self.location_ids.data or ()), self.told.data == "yes"
        return EmergencyInput(self.id(), request_id, whom, chosen, words, is_told, why_not)


class MoveForm(Form):
    """What became of a referral. `version` is that of the page."""

    version = StringField()
    to = RadioField(validate_choice=False)
    note = CleanText()

    def read(self, referral_id: str) -> MoveInput | None:
        self.validate()
        to, version = member_of(ReferralState, self.to.data), self.version.data or ""
        if to is None and self.to.data != CHASED:
            refuse(self.to, refusal("no_move"))
        note = _text(self.note, NOTE_CHARACTERS, "no_reason" if to in NEEDS_A_REASON else "")
        if self.errors:
            return None
        seen = int(version) if version.isascii() and version.isdecimal() and len(version) < 10 else 0
        return MoveInput(referral_id, seen, to, note)


class PoliceForm(Form):
    """A police hold: begin it, make it longer, end it; always with who asked, and why."""

    act = StringField()
    reason = CleanText()

    def read(self, request_id: str) -> HoldInput | None:
        self.validate()
        act = member_of(HoldAct, self.act.data)
        reason = _text(self.reason, NOTE_CHARACTERS, "no_reason")
        if act is None or self.errors:
            return None
        return HoldInput(request_id, act, reason)
