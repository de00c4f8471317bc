"""One provider as one line of a table that people open in a spreadsheet, and back.

    name, country, hosts, contacts, upstreams, kind, covered, letters_per_hour,
    behaviours, terms_clause, notes

hosts, upstreams and behaviours are apart by a space; an upstream provider is named by one of its hosts.
contacts hold the ladder, first rung first, apart by " | ": what it answers for, the way, the language, and
the address, as in "content plain+xarf en abuse@site.example | upstream form en https://net.example/abuse".
covered is "yes" for a covered platform (TAKE IT DOWN Act). Empty letters_per_hour: as the setting says.
"""

import re
from collections.abc import Mapping

from app.casework.provider_input import BETWEEN_RUNGS, COVERED, TypedProvider, TypedRung
from app.domain.desk_words import Channel
from app.domain.providers import Contact, Provider

COLUMNS = (
    *("name", "country", "hosts", "contacts", "upstreams"),
    *("kind", "covered", "letters_per_hour", "behaviours", "terms_clause", "notes"),
)
NEEDED = ("name", "country", "hosts", "contacts")
"""A list without one of these is none of providers. Of other columns a list may say nothing."""
EXAMPLE = "content plain+xarf en abuse@site.example | upstream form en https://net.example/abuse"
"""Of contacts, for who writes such a list."""
_WITH_XARF = "plain+xarf"
_FORMULA = re.compile("'*[=+@\\t\\r-]")


def guarded(cell: str) -> str:
    """What a spreadsheet would calculate begins with an apostrophe (OWASP, "CSV Injection")."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """Without the apostrophe that `guarded` put there, and no other one."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def line_of(provider: Provider, hosts: Mapping[str, str]) -> tuple[str, ...]:
    """The cells, as in COLUMNS. `hosts`: one host of each provider, by id."""
    cells = {
        "name": provider.name,
        "country": provider.country,
        "hosts": " ".join(provider.suffixes),
        "contacts": contacts_text(provider.contacts),
        "upstreams": " ".join(hosts[one] for one in provider.upstreams),
        "kind": str(provider.kind),
        "covered": _covered(provider),
        "letters_per_hour": _letters(provider),
        "behaviours": " ".join(provider.behaviours),
        "terms_clause": provider.terms_clause,
        "notes": provider.notes,
    }
    return tuple(guarded(cells[name]) for name in COLUMNS)


def _covered(provider: Provider) -> str:
    return COVERED if provider.is_covered else ""


def _letters(provider: Provider) -> str:
    return str(provider.letters_per_hour or "")


def contacts_text(contacts: tuple[Contact, ...]) -> str:
    """The ladder in one line."""
    return f" {BETWEEN_RUNGS} ".join(
        f"{one.scope} {_way(one.channel)} {one.language} {one.address}" for one in contacts
    )


def ways() -> tuple[str, ...]:
    """The words for channels, as lists write them."""
    return tuple(_way(one) for one in Channel)


def _way(channel: Channel) -> str:
    return _WITH_XARF if channel is Channel.PLAIN_XARF else str(channel)


def typed_line(cells: Mapping[str, str], before: TypedProvider | None) -> TypedProvider:
    """A line as somebody would have typed it into the form; `upstreams` are hosts. Of columns that the list
    does not have, it stays as it was `before`."""

    def read(name: str, otherwise: str) -> str:
        return unguarded(cells[name].strip(" ")) if name in cells else otherwise

    was = before or TypedProvider("", "", "", ())
    return TypedProvider(
        name=read("name", was.name),
        country=read("country", was.country),
        hosts=read("hosts", was.hosts),
        rungs=_rungs(read("contacts", "")),
        terms_clause=read("terms_clause", was.terms_clause),
        notes=read("notes", was.notes),
        behaviours=tuple(read("behaviours", " ".join(was.behaviours)).lower().split()),
        upstreams=tuple(read("upstreams", "").split()),
        kind=read("kind", was.kind).lower(),
        covered=read("covered", was.covered).lower(),
        letters_per_hour=read("letters_per_hour", was.letters_per_hour),
    )


def _rungs(text: str) -> tuple[TypedRung, ...]:
    return tuple(_rung(one) for one in text.split(BETWEEN_RUNGS) if one.strip())


def _rung(text: str) -> TypedRung:
    scope, way, language, address, *_ = (*text.split(None, 3), "", "", "", "")
    channel = way.lower().replace(_WITH_XARF, Channel.PLAIN_XARF)
    return TypedRung(scope.lower(), channel, language, address.strip())


def as_typed(provider: Provider) -> TypedProvider:
    """An entry of the directory as its form is filled."""
    return TypedProvider(
        name=provider.name,
        country=provider.country,
        hosts="\n".join(provider.suffixes),
        rungs=tuple(TypedRung(c.scope, c.channel, c.language, c.address) for c in provider.contacts),
        terms_clause=provider.terms_clause,
        notes=provider.notes,
        behaviours=tuple(provider.behaviours),
        upstreams=provider.upstreams,
        kind=provider.kind,
        covered=_covered(provider),
        letters_per_hour=_letters(provider),
    )
