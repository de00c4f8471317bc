"""What is typed about a mail address, with the sentences for what cannot be used as it is."""

from enum import StrEnum
from typing import Self

from wtforms import RadioField, StringField

from app.casework.errors import ContactRefused
from app.casework.keep_contact import ContactInput, contact_problem
from app.domain.contacts import MOST_NUMBERS_A_DAY
from app.domain.words import Hours, Telling
from app.i18n.locales import gettext as _
from app.i18n.locales import ngettext
from app.i18n.words import words
from app.reads.contact import ContactPage, OwnContact
from app.web.forms import CleanText
from app.web.portal.forms import PortalForm
from app.web.portal.step_forms import Options


def contact_sentence(code: str) -> str:
    """What to say when a field cannot be used as it is."""
    match code:
        case "email_empty":
            return _("Please type your email address, or choose to be told nothing.")
        case "email_wrong":
            return _("We cannot read this as an email address. Is a part of it missing?")
        case "too_many":
            return ngettext(
                "We send at most one number a day. You can try again tomorrow.",
                "We send at most %(count)s numbers a day. You can try again tomorrow.",
                MOST_NUMBERS_A_DAY,
                count=MOST_NUMBERS_A_DAY,
            )
        case "number_short":
            return _("The number has six digits. Please look at it again.")
        case "number_wrong":
            return _("This is not the number in our last mail. Please look at it again.")
        case _other:
            return _("Please choose one of these.")


class ContactForm(PortalForm):
    """Where to write, how much to tell, and when it is safe."""

    email = CleanText()
    telling = RadioField(validate_choice=False)
    hours = RadioField(validate_choice=False)

    @classmethod
    def showing(cls, shown: ContactPage) -> Self:
        """With what was chosen before; the address itself is not written into the page again."""
        kept = shown.contact
        telling = kept.telling if kept else shown.telling
        chosen = {
            "telling": Telling.END if telling in (None, Telling.NOTHING) else telling,
            "hours": kept.hours if kept else Hours.ANY,
        }
        return cls(formdata=None, data=chosen)

    def given(self, kept: OwnContact | None) -> ContactInput | None:
        """What was typed and chosen, or None with a sentence at each field that needs one. An address that
        is kept already need not be typed again."""
        self.validate()
        telling, hours = self._chosen("telling", Telling), self._chosen("hours", Hours)
        email = (self.email.data or "").strip() or (kept.email if kept else "")
        problem = None if telling == Telling.NOTHING else contact_problem(email)
        if problem is not None and not self.email.errors:
            self._say("email", problem)
        if self.all_problems():
            return None
        return ContactInput(email, Telling(telling), Hours(hours))

    def refuse(self, refusal: ContactRefused) -> None:
        """Put the sentence for what the hotline cannot do at the address."""
        self._say("email", refusal.code)

    def _chosen(self, name: str, kind: type[StrEnum]) -> str:
        chosen = str(self[name].data or "")
        if chosen not in {each.value for each in kind}:
            self._say(name, "choose")
        return chosen

    def _say(self, name: str, code: str) -> None:
        self[name].errors = [*self[name].errors, contact_sentence(code)]

    @staticmethod
    def telling_options() -> Options:
        return [(each.value, words(each), _telling_hint(each)) for each in Telling]

    @staticmethod
    def hours_options() -> Options:
        return [(each.value, words(each), "") for each in Hours]


def _telling_hint(telling: Telling) -> str:
    return _("Then we keep no address.") if telling is Telling.NOTHING else ""


class NumberForm(PortalForm):
    """The number from the mail."""

    number = StringField()

    def refuse(self, refusal: ContactRefused) -> None:
        self.number.errors = [*self.number.errors, contact_sentence(refusal.code)]
