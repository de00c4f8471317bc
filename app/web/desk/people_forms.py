"""What is typed about people and their keys. Labels stand in the templates, sentences here."""

from wtforms import Field, PasswordField, StringField

from app.casework.use_factor import Factor, TypedCode
from app.i18n.locales import gettext as _
from app.setting_values import read_fingerprint
from app.web import steps
from app.web.forms import CleanText, Form

NAME_CHARACTERS = 80
LABEL_CHARACTERS = 60


def _refuse(field: Field, sentence: str) -> None:
    field.errors = [*field.errors, sentence]


class PeopleForm(Form):
    """A form whose problems can be listed at the top of its page."""

    def problems(self) -> tuple[tuple[str, str], ...]:
        """(field, sentence) for each problem."""
        return tuple((name, said[0]) for name, said in self.errors.items())


class FactorForm(PeopleForm):
    """A number or a recovery code; or, beside the fields, what a passkey answered."""

    code = StringField()

    def factor(self) -> Factor | None:
        """What was given, or None with a sentence."""
        answered = steps.passkey_answer()
        if answered is not None:
            return answered
        typed = (self.code.data or "").strip()
        if typed:
            return TypedCode(typed)
        _refuse(self.code, _("Please fill this in."))
        return None

    def refuse(self) -> None:
        """One sentence for every cause."""
        self.code.data = ""
        _refuse(
            self.code,
            _("That did not work. Each number works only once: if you used it, wait for the next."),
        )


class NumberForm(PeopleForm):
    """The number that shows that a new second factor works."""

    code = StringField()

    def typed(self) -> str | None:
        typed = (self.code.data or "").strip()
        if not typed:
            _refuse(self.code, _("Please fill this in."))
        return typed or None

    def refuse(self) -> None:
        self.code.data = ""
        _refuse(
            self.code,
            _("This number does not fit. Wait for the next one, and check the clock of your phone."),
        )


class NameForm(PeopleForm):
    """How the new colleague is called."""

    name = CleanText()

    def typed(self) -> str | None:
        self.validate()
        typed = " ".join((self.name.data or "").split())
        if not self.errors and not typed:
            _refuse(self.name, _("Please write your name."))
        elif len(typed) > NAME_CHARACTERS:
            _refuse(self.name, _("This name is too long. Please make it shorter."))
        return None if self.errors else typed


class PassphraseForm(PeopleForm):
    """A passphrase: the current one, or the new one typed back. It never comes back on a page."""

    passphrase = PasswordField()

    def typed(self) -> str | None:
        typed = (self.passphrase.data or "").strip()
        if not typed:
            _refuse(self.passphrase, _("Please fill this in."))
        return typed or None

    def refuse_current(self) -> None:
        _refuse(self.passphrase, _("That is not your passphrase now. Please try again."))

    def refuse_repeat(self) -> None:
        _refuse(
            self.passphrase, _("These are not the seven words. Look at your sheet, or show the words again.")
        )


class GrantForm(PeopleForm):
    """The fingerprint that a new colleague read out."""

    fingerprint = StringField()

    def typed(self) -> str | None:
        """As it was typed, if it can be one at all."""
        typed = (self.fingerprint.data or "").strip()
        if not typed:
            _refuse(self.fingerprint, _("Please fill this in."))
        elif not read_fingerprint(typed):
            _refuse(self.fingerprint, _("This is not whole. It has ten groups of four: 0–9 and A–F."))
        return None if self.errors else typed

    def refuse(self) -> None:
        _refuse(
            self.fingerprint,
            _("Nobody who waits has this fingerprint. Ask your colleague to read it out once more, slowly."),
        )


class LabelForm(PeopleForm):
    """What a passkey is called, to tell it from others."""

    label = CleanText()

    def typed(self) -> str | None:
        self.validate()
        typed = " ".join((self.label.data or "").split())
        if len(typed) > LABEL_CHARACTERS:
            _refuse(self.label, _("This name is too long. Please make it shorter."))
        return None if self.errors else typed or _("Passkey")
