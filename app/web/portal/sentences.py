"""The kind sentences of the portal's forms: one place, so that no code ever reaches a person."""

from app.i18n.locales import gettext as _
from app.places.reading import Problem

_SHOWN = 60  # characters of a line that come back in a sentence


def place_sentence(problem: Problem) -> str:
    """What to say about one line that could not be read as a place."""
    typed = problem.typed.strip()
    typed = typed if len(typed) <= _SHOWN else typed[:_SHOWN] + "…"
    match problem.code:
        case code if not typed and code != "too_many":  # it held a picture: nothing of it comes back
            return _("Line %(line)s: we cannot read this as an address.", line=problem.line)
        case "no_host":
            return _(
                "Line %(line)s: we cannot find the name of a website in “%(typed)s”. "
                "You can tell us about it under “I do not know exactly”.",
                line=problem.line,
                typed=typed,
            )
        case "spaces":
            return _(
                "Line %(line)s: there is a space inside “%(typed)s”. "
                "If these are two places, put each on a line of its own.",
                line=problem.line,
                typed=typed,
            )
        case "scheme":
            return _(
                "Line %(line)s: we can read addresses of websites only, and “%(typed)s” is something else. "
                "You can tell us about it under “I do not know exactly”.",
                line=problem.line,
                typed=typed,
            )
        case "too_long":
            return _(
                "Line %(line)s is longer than an address can be. It begins with “%(typed)s”.",
                line=problem.line,
                typed=typed,
            )
        case "not_public":
            return _(
                "Line %(line)s: “%(typed)s” is an address that works only inside one house or one office.",
                line=problem.line,
                typed=typed,
            )
        case "too_many":
            return _(
                "From line %(line)s on there are more places than we can take at once. "
                "Please send the ones above first. Then you can ask again for the rest.",
                line=problem.line,
            )
        case _other:
            return _(
                "Line %(line)s: we cannot read “%(typed)s” as an address. Is a part of it missing?",
                line=problem.line,
                typed=typed,
            )


def form_sentence(code: str) -> str:
    """What to say when a field cannot be used as it is."""
    match code:
        case "places_empty":
            return _("Please tell us at least one place.")
        case "choose_one":
            return _("Please choose one of these, or none.")
        case "account_alone":
            return _("Please tell us the name of the app too.")
        case "app_alone":
            return _("Please tell us the account too. If you do not know it, use “I do not know exactly”.")
        case "account_first":
            return _("Please name this account first.")
        case "too_many_accounts":
            return _("These are more accounts than we can take at once. You can add more after sending.")
        case "no_day":
            return _("We cannot read this day. Please write it like this: 2030-01-31.")
        case "email":
            return _("We cannot read this as an email address. Is a part of it missing?")
        case "email_unwanted":
            return _("You chose to be told nothing. So please leave this empty, or go back and choose again.")
        case "words_long":
            return _("This is longer than we can take at once. You can write more in a message later.")
        case _other:
            return _("Please look at this again.")


def long_sentence(most: int) -> str:
    """What to say when a field holds more than `most` characters."""
    return _(
        "This is longer than we can take here. Please use at most %(most)s letters and signs.", most=most
    )
