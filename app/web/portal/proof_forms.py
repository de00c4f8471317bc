"""What is typed about having been under 18, by the person and by who confirms it, with its kind sentences."""

from wtforms import Field, FileField, RadioField, SelectMultipleField, StringField

from app.domain.proof_words import Tier, VoucherRole
from app.domain.proofs import Confirmation, ProofContent, Reference
from app.i18n.locales import gettext as _
from app.i18n.words import words
from app.web.forms import CleanText
from app.web.portal.forms import PortalForm
from app.web.portal.sentences import long_sentence

LINE_CHARACTERS = 300
TEXT_CHARACTERS = 4_000


def proof_sentence(code: str) -> str:
    """What to say when a field cannot be used as it is."""
    match code:
        case "not_meant":
            return _("Please tick this box if you want to give your word.")
        case "record_empty":
            return _("Please fill in at least one of these.")
        case "choose_role":
            return _("Please choose who it is.")
        case "empty_confirmer":
            return _("Please give your name.")
        case "empty_workplace":
            return _("Please say where you work.")
        case "empty_public_number":
            return _("Please give a number that anybody can find.")
        case "empty_how_known":
            return _("Please say how you know it.")
        case "empty_under_18_when":
            return _("Please say when, as far as you know.")
        case "phrase_empty":
            return _("Please type the words that you were told.")
        case "not_open":
            return _(
                "This does not open anything. The words may be different, or the link may have ended. "
                "Please ask the person who gave it to you."
            )
        case "document_empty":
            return _("Please choose a PDF first.")
        case "not_pdf":
            return _("This is not a PDF. We can only read a PDF. Nothing of it was kept.")
        case "too_large":
            return _(
                "This PDF is too large. It may have 4 megabytes and 300 pages. "
                "Please send only the pages that matter. Nothing of it was kept."
            )
        case "no_text":
            return _(
                "We found no text in this PDF. It may be a scan or a photo, and we never keep pictures. "
                "Nothing of it was kept. There are other ways below."
            )
        case "unreadable":
            return _(
                "We could not read this PDF. It may be damaged, or locked with a password. "
                "Nothing of it was kept. There are other ways below."
            )
        case "too_many":
            return _("Too many wait already. Please take one back first, or wait until we have looked.")
        case "busy":
            return _("Many people are here right now. Please try again in a few seconds.")
        case _other:
            return _("Please look at this again.")


class ProofForm(PortalForm):
    """Everything typed comes back when something has to be changed."""

    def text(self, name: str, most: int = LINE_CHARACTERS) -> str:
        """What was typed; a sentence stands at the field when it is too long."""
        typed = (self[name].data or "").strip()
        if len(typed) > most:
            self.say(name, long_sentence(most))
        return typed

    def needed(self, name: str, most: int = LINE_CHARACTERS) -> str:
        """The same; a sentence stands at the field when it is empty, too."""
        typed = self.text(name, most)
        if not typed and not self[name].errors:
            self.refuse(name, f"empty_{name}")
        return typed

    def role_chosen(self) -> VoucherRole | None:
        """Who confirms, or None with a sentence at the field."""
        chosen = self["role"].data or ""
        if chosen not in set(VoucherRole):
            self.refuse("role", "choose_role")
            return None
        return VoucherRole(chosen)

    def refuse(self, name: str, code: str) -> None:
        self.say(name, proof_sentence(code))

    def say(self, name: str, sentence: str) -> None:
        field: Field = self[name]
        field.errors = [*field.errors, sentence]


def role_options() -> list[tuple[str, str, str]]:
    """(value, words, no hint) of each choice."""
    return [(each.value, words(each), "") for each in VoucherRole]


class WordForm(ProofForm):
    """Their word, and what they want to say with it."""

    meant = SelectMultipleField(validate_choice=False)
    proof_words = CleanText()

    def content(self) -> ProofContent | None:
        """What they give, or None with a sentence at each field that needs one."""
        self.validate()
        said = self.text("proof_words", TEXT_CHARACTERS)
        if "yes" not in (self.meant.data or ()):
            self.refuse("meant", "not_meant")
        return None if self.all_problems() else ProofContent(Tier.DECLARED, words=said)


class RecordForm(ProofForm):
    """Where it is written."""

    police_file = CleanText()
    docket = CleanText()
    series = CleanText()
    proof_words = CleanText()

    def content(self) -> ProofContent | None:
        """As in WordForm."""
        self.validate()
        found = Reference(*(self.text(name) for name in ("police_file", "docket", "series")))
        said = self.text("proof_words", TEXT_CHARACTERS)
        if found.is_empty and not self.all_problems():
            self.refuse("police_file", "record_empty")
        return None if self.all_problems() else ProofContent(Tier.RECORD, words=said, reference=found)


class AskVoucherForm(ProofForm):
    """Whom they will ask."""

    role = RadioField(validate_choice=False)


class DocumentForm(ProofForm):
    """A PDF. What was chosen can never be shown back."""

    document = FileField()


class PhraseForm(ProofForm):
    """The words that go with a link. They do not come back: whoever looks on must not read them."""

    phrase = StringField()

    def typed(self) -> str:
        """What was typed; empty with a sentence at the field."""
        typed = (self.phrase.data or "").strip()
        if not typed:
            self.refuse_phrase("phrase_empty")
        return typed

    def refuse_phrase(self, code: str) -> None:
        self.refuse("phrase", code)
        self.phrase.data = ""


class SayForm(ProofForm):
    """What somebody who knows confirms from their work."""

    role = RadioField(validate_choice=False)
    confirmer = CleanText()
    workplace = CleanText()
    public_number = CleanText()
    how_known = CleanText()
    under_18_when = CleanText()

    def confirmation(self) -> Confirmation | None:
        """All of it, or None with a sentence at each field that needs one."""
        self.validate()
        role = self.role_chosen()
        said = [self.needed(name) for name in ("confirmer", "workplace", "public_number")]
        known, when = self.needed("how_known", TEXT_CHARACTERS), self.needed("under_18_when")
        if role is None or self.all_problems():
            return None
        return Confirmation(role, said[0], said[1], said[2], known, when)

    def texts(self) -> list[str]:
        """What was typed, to be shown back."""
        names = ("confirmer", "workplace", "public_number", "how_known", "under_18_when")
        return [text for text in ((self[name].data or "").strip() for name in names) if text]
