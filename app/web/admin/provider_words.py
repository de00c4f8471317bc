"""The kind sentences about providers, for the form and for lists: no code ever reaches a person."""

from types import MappingProxyType

from app.casework.provider_input import MOST_LETTERS, MOST_RUNGS, MOST_UPSTREAMS, NOTES_LINES, Fault
from app.i18n.locales import N_, ngettext
from app.i18n.locales import gettext as _

_LONG = N_("This is too long. Please make it shorter.")
_UNSEEN = N_("There is a sign in it that cannot be seen. Please write it anew.")
_AT = MappingProxyType(
    {
        ("name", "empty"): N_("Please write the provider's name."),
        ("name", "long"): N_("This name is too long. Please make it shorter."),
        ("country", "country"): N_("Please write the country with two letters, such as CA."),
        ("terms_clause", "long"): N_("This is too long. The sentence that forbids it is enough."),
        ("notes", "lines"): N_("These are too many lines. %(most)s are enough."),
        ("behaviours", "choose"): N_("There is no such behaviour."),
        ("kind", "choose"): N_("Please choose what kind of provider it is."),
        ("covered", "choose"): N_("Please write “yes”, or leave it empty."),
        ("covered", "no_host"): N_("Only a host or a platform can be a covered platform."),
        ("letters_per_hour", "number"): N_(
            "Please write a number up to %(most_letters)s, or leave it empty."
        ),
        ("suffixes", "empty"): N_("Please write at least one host, such as site.example."),
        ("suffixes", "too_many"): N_("These are too many hosts for one provider. Please make two of it."),
        ("suffixes", "ip"): N_(
            "“%(detail)s” is a number address. Please write a name, such as site.example."
        ),
        ("suffixes", "single_label"): N_(
            "“%(detail)s” is only one word. Please write the whole name, such as site.example."
        ),
        ("suffixes", "not_public"): N_("“%(detail)s” is not a name on the public Internet."),
        ("suffixes", "public_suffix"): N_(
            "“%(detail)s” is shared by many. Please write the provider's own name too."
        ),
        ("suffixes", "unreadable"): N_(
            "We cannot read “%(detail)s”. Please write only the host, such as site.example."
        ),
        ("suffixes", "taken"): N_("Another provider in the list already has one of these hosts."),
        ("suffixes", "host_twice"): N_("“%(detail)s” stands in a line above, too."),
        ("suffixes", "two_providers"): N_("Its hosts belong to two providers of the directory."),
        ("suffixes", "provider_twice"): N_("A line above is about the same provider."),
        ("contacts", "empty"): N_("Please write at least one contact."),
        ("contacts", "too_many"): N_("These are too many contacts. %(most_rungs)s are enough."),
        ("contacts", "scope"): N_("Please choose what this contact answers for."),
        ("contacts", "channel"): N_("Please choose the way to reach this contact."),
        ("contacts", "language"): N_("Please choose a language we have letters in."),
        ("contacts", "mail"): N_("Please write an e-mail address, such as abuse@site.example."),
        ("contacts", "form"): N_(
            "Please write the whole address of the form, such as https://site.example/abuse."
        ),
        ("contacts", "partner"): N_("Please write how this partner is reached."),
        ("contacts", "bar"): N_("Please write it without the sign “|”."),
        ("contacts", "address_long"): _LONG,
        ("upstreams", "too_many"): N_("These are too many. %(most_upstreams)s are enough."),
        ("upstreams", "circle"): N_(
            "This would be a circle: by way of others, a provider would supply itself."
        ),
        ("upstreams", "unknown_upstream"): N_("Nobody in the directory has the host “%(detail)s”."),
        ("upstreams", "not_one"): N_(
            "We found no provider, or more than one, by this. Please write one of its hosts, as it stands in "
            "the directory."
        ),
        ("line", "encoding"): N_("There are signs in it that we cannot read (wrong encoding)."),
        ("line", "quoting"): N_("A quotation mark is opened and not closed, or stands in a wrong place."),
        ("line", "nul"): N_("There is a zero sign in it."),
        ("line", "too_long"): N_("It is too long."),
        ("line", "formula"): N_("A cell begins like a formula. Put an apostrophe before it if it is meant."),
        ("line", "columns"): N_("It has more or fewer columns than the first line."),
        ("line", "value"): N_("A value in it is neither text nor a number."),
        ("line", "json"): N_("The JSON is broken here. Nothing of the list was read."),
        ("line", "too_many"): N_("The list is too long. It was read up to here."),
        ("line", "no_column"): N_("The list has no column “%(detail)s”."),
        ("line", "column_twice"): N_("Two columns have the same name."),
    }
)
_REFUSED = MappingProxyType(
    {
        "picture": N_(
            "There is a picture or a file in it. We never take pictures, so we kept nothing of it."
        ),
        "empty": N_("Please choose a file, or paste the lines."),
        "too_large": N_("This is too large. Please make two lists of it."),
        "too_many": N_("Too many lists of yours wait. Please go on with one, or drop it."),
    }
)
_ANSWER = N_("Please look at this again.")


def fault_sentence(fault: Fault) -> str:
    """What to say at a field, or at a line of a list."""
    usual = {"long": _LONG, "unseen": _UNSEEN}.get(fault.code, _ANSWER)
    values = {"detail": fault.detail, "most": NOTES_LINES}
    values |= {"most_rungs": MOST_RUNGS, "most_upstreams": MOST_UPSTREAMS, "most_letters": MOST_LETTERS}
    return _(_AT.get((fault.field, fault.code), usual), **values)


def line_sentence(fault: Fault) -> str:
    """The same, where it has to be said which contact is meant."""
    said = fault_sentence(fault)
    return _("Contact %(number)s: %(said)s", number=fault.rung, said=said) if fault.rung else said


def list_refused(code: str) -> str:
    """Why nothing of a list was taken."""
    return _(_REFUSED.get(code, _ANSWER))


def done_sentence(added: int, changed: int) -> str:
    """What an import did."""
    new = ngettext("%(count)s provider is new.", "%(count)s providers are new.", added, count=added)
    other = ngettext(
        "%(count)s provider is changed.", "%(count)s providers are changed.", changed, count=changed
    )
    return f"{new} {other}"
