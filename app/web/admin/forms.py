"""One provider as an admin types it. Errors are kind sentences at the field."""

import re
from types import MappingProxyType

from wtforms import RadioField, SelectField, StringField, TextAreaField

from app.casework.provider_input import ProviderInput
from app.domain.words import Channel
from app.i18n.locales import LOCALES, N_
from app.i18n.locales import gettext as _
from app.places.hosts import clean_suffix, suffix_problem
from app.reads.providers import ProviderRow
from app.web.forms import CleanText, Form

NAME_CHARACTERS, EMAIL_CHARACTERS, CLAUSE_CHARACTERS = 200, 254, 2000
# Only what would break a mail header or cannot be an address; the mail system knows the rest.
EMAIL = re.compile(r"[^\s@<>\",;:()]+@[^\s@<>\",;:()]+\.[^\s@<>\",;:().]{2,}")
LINES = ("name", "email", "country", "terms_clause")
COUNTRY = re.compile(r"[A-Z]{2}")

SUFFIX = MappingProxyType(
    {
        "ip": N_("“%(line)s” is a number address. Please write a name, such as site.example."),
        "single_label": N_("“%(line)s” is only one word. Please write the whole name, such as site.example."),
        "not_public": N_("“%(line)s” is not a name on the public Internet."),
        "public_suffix": N_("“%(line)s” is shared by many. Please write the provider's own name too."),
        "unreadable": N_("We cannot read “%(line)s”. Please write only the host, such as site.example."),
    }
)


class ProviderForm(Form):
    """Name, address, hosts, and how letters to this provider are written."""

    name = CleanText()
    email = StringField()
    suffixes = TextAreaField()
    language = SelectField(validate_choice=False)
    country = StringField()
    channel = RadioField(validate_choice=False)
    terms_clause = CleanText()

    def read(self) -> ProviderInput | None:
        """The provider as typed, or None with a sentence at each field that needs one."""
        self.validate()
        typed = {name: " ".join((self[name].data or "").split()) for name in LINES}
        typed["country"] = typed["country"].upper()
        suffixes = self._suffixes()
        for name, sentence in self._refusals(typed):
            self[name].errors = [*self[name].errors, sentence]
        if self.errors:
            return None
        language, channel = self.language.data, Channel(self.channel.data)
        return ProviderInput(suffixes=suffixes, language=language, channel=channel, **typed)

    def show(self, row: ProviderRow) -> None:
        """Fill an empty form with a provider of the directory."""
        self.process(
            name=row.name,
            email=row.email,
            suffixes="\n".join(row.suffixes),
            language=row.language,
            country=row.country,
            channel=str(row.channel),
            terms_clause=row.terms_clause,
        )

    def refuse_hosts(self) -> None:
        """Say that another provider already has one of the hosts."""
        self.suffixes.errors = [_("Another provider in the list already has one of these hosts.")]

    def problems(self) -> tuple[tuple[str, str], ...]:
        """(field, sentence) for the list of what needs a change at the top of the page."""
        return tuple((name, said[0]) for name, said in self.errors.items())

    def _refusals(self, typed: dict[str, str]) -> list[tuple[str, str]]:
        """(field, sentence) for every field that cannot stay as it is; the hosts are read elsewhere."""
        found = []
        if not typed["name"]:
            found.append(("name", _("Please write the provider's name.")))
        if len(typed["name"]) > NAME_CHARACTERS:
            found.append(("name", _("This name is too long. Please make it shorter.")))
        if len(typed["email"]) > EMAIL_CHARACTERS or not EMAIL.fullmatch(typed["email"]):
            found.append(("email", _("Please write an e-mail address, such as abuse@site.example.")))
        if self.language.data not in LOCALES:
            found.append(("language", _("Please choose the language of the letters.")))
        if not COUNTRY.fullmatch(typed["country"]):
            found.append(("country", _("Please write the country with two letters, such as CA.")))
        if self.channel.data not in tuple(Channel):
            found.append(("channel", _("Please choose how letters are sent.")))
        if len(typed["terms_clause"]) > CLAUSE_CHARACTERS:
            found.append(("terms_clause", _("This is too long. The sentence that forbids it is enough.")))
        return found

    def _suffixes(self) -> tuple[str, ...]:
        """One host in each line, cleaned, each once; every line that cannot be used is named."""
        lines = (self.suffixes.data or "").split()
        wrong = [(line[:80], problem) for line in lines if (problem := suffix_problem(line)) is not None]
        unreadable = SUFFIX["unreadable"]
        self.suffixes.errors = [_(SUFFIX.get(problem, unreadable), line=line) for line, problem in wrong]
        if not lines:
            self.suffixes.errors = [_("Please write at least one host, such as site.example.")]
        return tuple(dict.fromkeys(clean_suffix(line) for line in lines))
