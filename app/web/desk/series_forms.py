"""What is typed about series: which other case, what police know, one finding for all of it."""

import re
from types import MappingProxyType

from wtforms import IntegerField, RadioField, SelectMultipleField, StringField

from app.casework.assess_series import SeriesFinding
from app.casework.change_series import ChangeInput
from app.domain.assessments import Finding
from app.domain.series import PoliceFile, Series
from app.i18n.locales import N_, country_codes
from app.i18n.locales import gettext as _
from app.web.desk.forms import AssessForm, refuse
from app.web.desk.sentences import form_sentence
from app.web.forms import CleanText, Form

REFERENCE_CHARACTERS, NOTE_CHARACTERS = 200, 2000
CASE_NUMBER = re.compile(r"[0-9a-f]{8,32}")
YES_NO = {"yes": True, "no": False}

SENTENCES = MappingProxyType(
    {
        "case_empty": N_("Please write the number of the other case."),
        "case_form": N_("A case number has 8 to 32 of these: 0 to 9 and a to f."),
        "case_none": N_("There is no such case, or it is not for you. Please look at the number again."),
        "case_several": N_("Several cases begin like this. Please write more of the number."),
        "case_itself": N_("This is the number of this case. Please write that of the other one."),
        "lapsed": N_("Your time with this case ran out. Nothing was saved. Take it again, then go on here."),
        "moved": N_("Somebody changed a series at this very moment. Nothing was saved. Please try again."),
        "is_known": N_("Please say whether police know this series."),
        "is_known_yes": N_("There is a reference of the police below. Please choose “Yes”, or take it out."),
        "reference_long": N_("This reference is too long. Please make it shorter."),
        "country": N_("Please write the two letters of the country, such as CA."),
    }
)


def series_sentence(code: str) -> str:
    return _(SENTENCES[code])


class LinkForm(Form):
    """The other case, by its number: all of it, or the beginning that the desk shows."""

    other = StringField()

    def read(self) -> str | None:
        """The number as it is kept, or None with a sentence at the field."""
        self.validate()
        typed = "".join((self.other.data or "").split()).casefold()
        if not typed:
            self.refuse("case_empty")
        elif not CASE_NUMBER.fullmatch(typed):
            self.refuse("case_form")
        return None if self.errors else typed

    def refuse(self, code: str) -> None:
        refuse(self.other, series_sentence(code))


class SeriesForm(Form):
    """What police know a series by, and a note. `version`: of the series that the page showed."""

    version = IntegerField()
    is_known = RadioField(validate_choice=False)
    police_reference = CleanText()
    police_country = StringField()
    note = CleanText()

    def show(self, series: Series) -> None:
        """Fill an empty form with the series as it is."""
        self.is_known.data = "yes" if series.police.is_known else "no"
        self.police_reference.data, self.police_country.data = series.police.reference, series.police.country
        self.note.data = series.note

    def read(self, series_id: str) -> ChangeInput | None:
        """As typed, or None with a sentence at each field that needs one."""
        self.validate()
        self.version.errors = []  # what is no number is no version that there was: the page is shown anew
        reference = " ".join((self.police_reference.data or "").split())
        country = (self.police_country.data or "").strip().upper()
        is_known, note = YES_NO.get(self.is_known.data or ""), (self.note.data or "").strip()
        if is_known is None:
            refuse(self.is_known, series_sentence("is_known"))
        elif reference and not is_known:
            refuse(self.is_known, series_sentence("is_known_yes"))
        if len(reference) > REFERENCE_CHARACTERS:
            refuse(self.police_reference, series_sentence("reference_long"))
        if country and country not in country_codes():
            refuse(self.police_country, series_sentence("country"))
        if len(note) > NOTE_CHARACTERS:
            refuse(self.note, form_sentence("note_long"))
        if is_known is None or self.errors:
            return None
        police = PoliceFile(is_known, reference, country if is_known else "")
        return ChangeInput(series_id, self.version.data or 0, police, note)


class SeriesAssessForm(AssessForm):
    """One finding for a whole series. `seen` holds "<request id>:<mark>" for every case that was counted."""

    seen = SelectMultipleField(validate_choice=False)
    which = RadioField(validate_choice=False)

    def given(self, series_id: str, finding: Finding) -> SeriesFinding:
        pairs = (one.partition(":") for one in self.seen.data or ())
        seen = {request_id: mark for request_id, _colon, mark in pairs}
        return SeriesFinding(series_id, finding, seen, only_new=self.which.data != "all")
