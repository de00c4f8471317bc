"""A law as an admin words it, and the day counsel checked it. Errors are kind sentences at the field."""

from datetime import date

from wtforms import HiddenField, RadioField, SelectMultipleField, StringField

from app.casework.confirm_law import is_day_of_check
from app.casework.keep_law import LawWords
from app.domain.laws import Law, LawCode, kinds_for
from app.domain.notice_words import LawUse, NoticeKind
from app.i18n.locales import country_codes
from app.i18n.locales import gettext as _
from app.web.forms import CleanText, Form

CITATION_CHARACTERS = 300


class LawForm(Form):
    """What is cited, for what, and in which notices. `country` only for a new one."""

    country = StringField()
    citation = CleanText()
    use = RadioField(validate_choice=False)
    kinds = SelectMultipleField(validate_choice=False)
    seen = HiddenField()

    def show(self, law: Law, seen: str) -> None:
        """Fill an empty form with a law."""
        self.process(
            country=law.country,
            citation=law.citation,
            use=str(law.use),
            kinds=[str(kind) for kind in law.kinds],
            seen=seen,
        )

    def read(self, law: Law | None = None) -> LawWords | None:
        """What was typed, of `law` or of a new one; None with a sentence at each field that needs one."""
        self.validate()
        citation = " ".join((self.citation.data or "").split())
        if law is None and self.country.data not in country_codes():
            self._refuse("country", _("Please choose the country."))
        if not citation:
            self._refuse("citation", _("Please write how the law is cited."))
        if len(citation) > CITATION_CHARACTERS:
            self._refuse("citation", _("This is too long. Please make it shorter."))
        code, use = law.code if law else LawCode.NATIONAL, self._use(law)
        if use is None:
            self._refuse("use", _("Please choose what it is cited for."))
            return None
        kinds = tuple(kind for kind in NoticeKind if kind in (self.kinds.data or ()))
        if not kinds:
            self._refuse("kinds", _("Please choose at least one kind of notice."))
        elif not set(kinds) <= set(kinds_for(code, use)):
            self._refuse("kinds", _("One of these notices never cites it. Please take its tick away."))
        return None if self.errors else LawWords(citation, use, kinds)

    def _use(self, law: Law | None) -> LawUse | None:
        """Of those that come along it is fixed."""
        if law is not None and law.code != LawCode.NATIONAL:
            return law.use
        return LawUse(self.use.data) if self.use.data in tuple(LawUse) else None

    def _refuse(self, name: str, sentence: str) -> None:
        self[name].errors = [*self[name].errors, sentence]

    def problems(self) -> tuple[tuple[str, str], ...]:
        """(field, sentence) for the list of what needs a change at the top of the page."""
        return tuple((name, said[0]) for name, said in self.errors.items())


class LawCheckForm(Form):
    """The day of counsel's check, by which a law is switched on."""

    verified_on = StringField()
    seen = HiddenField()

    def is_whole(self, today: date) -> bool:
        """False, with a sentence at the day."""
        self.validate()
        self.verified_on.data = (self.verified_on.data or "").strip()
        if not self.verified_on.data:
            said = _("Please write the day on which counsel checked it.")
        elif is_day_of_check(self.verified_on.data, today):
            return not self.errors
        elif is_day_of_check(self.verified_on.data, date.max):
            said = _("This day has not come yet.")
        else:
            said = _("Please write the day as year-month-day, such as 2025-03-31.")
        self.verified_on.errors = [*self.verified_on.errors, said]
        return False

    def problems(self) -> tuple[tuple[str, str], ...]:
        """As above."""
        return tuple((name, said[0]) for name, said in self.errors.items())
