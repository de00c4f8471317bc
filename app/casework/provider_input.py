"""A provider as somebody typed it, or as a line of a list says: read, cleaned, and what is wrong with it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.desk_words import Behaviour, Channel, Scope
from app.domain.notice_words import ProviderKind
from app.domain.providers import Contact
from app.i18n.locales import NOTICE_LOCALES
from app.places.hosts import clean_suffix, is_form_address, suffix_problem

MOST_RUNGS, MOST_UPSTREAMS = 12, 20
NAME_CHARACTERS, MAIL_CHARACTERS, ADDRESS_CHARACTERS, CLAUSE_CHARACTERS = 200, 254, 500, 2000
NOTES_CHARACTERS, NOTES_LINES = 4000, 40
HOSTS_CHARACTERS = 7500
"""Of all hosts of one provider: they stand in one cell of a list."""
MOST_LETTERS = 10_000
"""In an hour: more than any desk reads."""
COVERED = "yes"
"""How form and list say that a provider is a covered platform."""

# Only what would break a mail header or cannot be an address; the mail system knows the rest.
_EMAIL = re.compile(r"[^\s@<>\",;:()|]+@[^\s@<>\",;:()|]+\.[^\s@<>\",;:().|]{2,}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_SCOPES, _CHANNELS, _BEHAVIOURS = frozenset(Scope), frozenset(Channel), frozenset(Behaviour)
BETWEEN_RUNGS = "|"
"""Stands between contacts where they are written in one line, and so in no address."""


@dataclass(frozen=True)
class ProviderInput:
    """One provider, checked. `upstreams`: ids."""

    name: str
    suffixes: tuple[str, ...]
    country: str
    terms_clause: str
    contacts: tuple[Contact, ...]
    behaviours: tuple[Behaviour, ...] = ()
    notes: str = ""
    upstreams: tuple[str, ...] = ()
    kind: ProviderKind = ProviderKind.HOST
    is_covered: bool = False
    letters_per_hour: int = 0


@dataclass(frozen=True)
class TypedRung:
    """One contact as typed."""

    scope: str
    channel: str
    language: str
    address: str


@dataclass(frozen=True)
class TypedProvider:
    """One provider as typed. `hosts` are apart by spaces or lines; `covered` is "yes" or not."""

    name: str
    country: str
    hosts: str
    rungs: tuple[TypedRung, ...]
    terms_clause: str = ""
    notes: str = ""
    behaviours: tuple[str, ...] = ()
    upstreams: tuple[str, ...] = ()
    kind: str = ProviderKind.HOST
    covered: str = ""
    letters_per_hour: str = ""


@dataclass(frozen=True)
class Fault:
    """Why a field cannot stay as it is. `detail`: the host that is meant; `rung` counts from 1."""

    field: str
    code: str
    detail: str = ""
    rung: int = 0


def one_contact(address: str, language: str, channel: Channel) -> tuple[Contact, ...]:
    """A ladder of one rung: who answers for the content, by mail."""
    return (Contact(Scope.CONTENT, channel, address, language),)


def read_provider(typed: TypedProvider) -> tuple[ProviderInput | None, tuple[Fault, ...]]:
    """The provider, or None and every fault."""
    name, clause = _in_one_line(typed.name), _in_one_line(typed.terms_clause)
    notes = "\n".join(line.rstrip() for line in typed.notes.splitlines()).strip()
    country, hosts = typed.country.strip().upper(), typed.hosts.split()
    faults = [
        *_faults_of_text("name", name, NAME_CHARACTERS),
        *_faults_of_text("terms_clause", clause, CLAUSE_CHARACTERS),
        *_faults_of_text("notes", notes, NOTES_CHARACTERS),
        *_faults_of_hosts(hosts),
        *_faults_of_rungs(typed.rungs),
        *_faults_of_choices(typed),
    ]
    if not name:
        faults.append(Fault("name", "empty"))
    if notes.count("\n") >= NOTES_LINES:
        faults.append(Fault("notes", "lines"))
    if not _COUNTRY.fullmatch(country):
        faults.append(Fault("country", "country"))
    if faults:
        return None, tuple(faults)
    read = ProviderInput(
        name=name,
        suffixes=tuple(dict.fromkeys(clean_suffix(host) for host in hosts)),
        country=country,
        terms_clause=clause,
        contacts=tuple(_contact(rung) for rung in typed.rungs),
        behaviours=tuple(one for one in Behaviour if one in typed.behaviours),
        notes=notes,
        upstreams=tuple(dict.fromkeys(typed.upstreams)),
        kind=ProviderKind(typed.kind),
        is_covered=typed.covered == COVERED,
        letters_per_hour=int(typed.letters_per_hour or 0),
    )
    return read, ()


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def _contact(rung: TypedRung) -> Contact:
    return Contact(Scope(rung.scope), Channel(rung.channel), _in_one_line(rung.address), rung.language)


def _faults_of_text(field: str, text: str, most: int) -> Iterator[Fault]:
    if len(text) > most:
        yield Fault(field, "long")
    if _UNSEEN.search(text):
        yield Fault(field, "unseen")


def _faults_of_hosts(hosts: list[str]) -> Iterator[Fault]:
    if not hosts:
        yield Fault("suffixes", "empty")
    if sum(len(clean_suffix(host)) + 1 for host in hosts) > HOSTS_CHARACTERS:
        yield Fault("suffixes", "too_many")
        return
    for host in hosts:
        problem = suffix_problem(host)
        if problem is not None:
            yield Fault("suffixes", problem, host[:80])


def _faults_of_choices(typed: TypedProvider) -> Iterator[Fault]:
    if not _BEHAVIOURS.issuperset(typed.behaviours):
        yield Fault("behaviours", "choose")
    if len(typed.upstreams) > MOST_UPSTREAMS:
        yield Fault("upstreams", "too_many")
    if typed.kind not in tuple(ProviderKind):
        yield Fault("kind", "choose")
    elif typed.covered == COVERED and not ProviderKind(typed.kind).is_host:
        yield Fault("covered", "no_host")
    if typed.covered not in ("", "no", COVERED):
        yield Fault("covered", "choose")
    said = typed.letters_per_hour
    if said and not (said.isascii() and said.isdigit() and len(said) <= 5 and int(said) <= MOST_LETTERS):
        yield Fault("letters_per_hour", "number")


def _faults_of_rungs(rungs: tuple[TypedRung, ...]) -> Iterator[Fault]:
    if not rungs:
        yield Fault("contacts", "empty")
    if len(rungs) > MOST_RUNGS:
        yield Fault("contacts", "too_many")
    for number, rung in enumerate(rungs, start=1):
        code = contact_problem(rung)
        if code:
            yield Fault("contacts", code, rung=number)


def contact_problem(rung: TypedRung) -> str:
    """Why this rung cannot be used; empty when it can."""
    if rung.scope not in _SCOPES:
        return "scope"
    if rung.channel not in _CHANNELS:
        return "channel"
    if rung.language not in NOTICE_LOCALES:
        return "language"
    address, channel = _in_one_line(rung.address), Channel(rung.channel)
    if _UNSEEN.search(address):
        return "unseen"
    if channel.is_mail:
        fits = len(address) <= MAIL_CHARACTERS and _EMAIL.fullmatch(address) is not None
        return "" if fits else "mail"
    if len(address) > ADDRESS_CHARACTERS:
        return "address_long"
    if channel is Channel.FORM:
        return "" if is_form_address(address) else "form"
    if BETWEEN_RUNGS in address:
        return "bar"
    return "" if address else "partner"
