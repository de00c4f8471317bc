"""What the hotline knows of a country, as an admin types it. Errors are kind sentences at the field."""

from datetime import date

from wtforms import HiddenField, RadioField, StringField

from app.domain.desk_words import ReferralPolicy
from app.i18n.locales import gettext as _
from app.reads.countries import KeptCountry
from app.web.forms import CleanText, Form

NAME_CHARACTERS, TEXT_CHARACTERS = 200, 2000
MOST_HOURS = 24 * 90
_NAMES = ("hotline_name", "police_name", "regulator_name")
_TEXTS = ("hotline_way", "police_way", "regulator_way", "legal_note")


class CountryForm(Form):
    """The hotline there, what was agreed with it, police, who supervises, and what the law asks."""

    hotline_name = CleanText()
    hotline_way = CleanText()
    policy = RadioField(validate_choice=False)
    policy_hours = StringField()
    police_name = CleanText()
    police_way = CleanText()
    regulator_name = CleanText()
    regulator_way = CleanText()
    legal_note = CleanText()
    verified_on = StringField()
    seen = HiddenField()

    def show(self, kept: KeptCountry) -> None:
        """Fill an empty form with what is kept; where nothing is, refer only stands chosen."""
        values = vars(kept.country) if kept.country else {"policy": ReferralPolicy.REFER_ONLY}
        hours = values.get("policy_hours") or ""
        self.process(**values | {"policy_hours": str(hours), "seen": kept.seen})

    def is_whole(self, today: date) -> bool:
        """False, with a sentence at each field that needs one."""
        self.validate()
        for name in _NAMES:
            if len(self.line(name)) > NAME_CHARACTERS:
                self._refuse(name, _("This name is too long. Please make it shorter."))
        for name in _TEXTS:
            if len(self.text(name)) > TEXT_CHARACTERS:
                self._refuse(name, _("This is too long. Please make it shorter."))
        if self.text("hotline_way") and not self.line("hotline_name"):
            self._refuse("hotline_name", _("Please write the name of the hotline, too."))
        if self.text("police_way") and not self.line("police_name"):
            self._refuse("police_name", _("Please write the name of the police unit, too."))
        if self.text("regulator_way") and not self.line("regulator_name"):
            self._refuse("regulator_name", _("Please write the name of the authority, too."))
        if self.line("hotline_name"):
            self._check_policy()
        self._check_day(today)
        return not self.errors

    def _check_policy(self) -> None:
        if self.policy.data not in tuple(ReferralPolicy):
            self._refuse("policy", _("Please choose what was agreed."))
        elif self.policy.data == ReferralPolicy.AFTER_HOURS and not 1 <= self.hours <= MOST_HOURS:
            self._refuse("policy_hours", _("Please write a number of hours, such as 48."))

    def _check_day(self, today: date) -> None:
        """The form is the same in every language, so a day is written the one way that means one thing."""
        said = self.line("verified_on")
        if not said:
            return
        try:
            day = date.fromisoformat(said)
        except ValueError:
            self._refuse("verified_on", _("Please write the day as year-month-day, such as 2025-03-31."))
            return
        if day > today:
            self._refuse("verified_on", _("This day has not come yet."))

    @property
    def hours(self) -> int:
        """0 for what is no number."""
        said = self.line("policy_hours")
        return int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 0

    def line(self, name: str) -> str:
        """What was typed into a field of one line."""
        return " ".join((self[name].data or "").split())

    def text(self, name: str) -> str:
        """What was typed into a larger one."""
        return (self[name].data or "").strip()

    def _refuse(self, name: str, sentence: str) -> None:
        self[name].errors = [*self[name].errors, sentence]

    def problems(self) -> tuple[tuple[str, str], ...]:
        """(field, sentence) for the list of what needs a change at the top of the page."""
        return tuple((name, said[0]) for name, said in self.errors.items())
