"""The pages anyone may read, and the way out.

Everybody gets them alike: they hold no form and nothing of a session, so they are compressed for
everybody (app/web/compress.py).
"""

from dataclasses import dataclass
from typing import Any

from flask import abort, redirect, request
from flask.typing import ResponseReturnValue

from app.domain.requests import GRACE
from app.domain.sessions import ALWAYS, IDLE, PORTAL
from app.i18n import doors as other_doors
from app.i18n.helplines import Helpline
from app.i18n.locales import N_, language_name
from app.web import guards, sessions
from app.web.compress import mark_public
from app.web.glue import kit, page, site
from app.web.portal.blueprint import portal

READERS = {
    "child": N_("For children"),
    "teen": N_("For teenagers"),
    "adult": N_("For adults"),
    "acting": N_("For people who act for somebody else"),
}
"""Who reads "Before you start": each has a page in words of their own."""
_ALL_AT_ONCE = 6
"""So many helplines are shown without first choosing a country."""


def _public(template: str, **values: Any) -> ResponseReturnValue:
    mark_public()
    return page(f"portal/{template}.html", **values)


@portal.get("/")
@guards.anyone
def home() -> ResponseReturnValue:
    """What this is, and the two ways in."""
    return _public("home")


@portal.get("/before")
@portal.get("/before/<reader>")
@guards.anyone
def before(reader: str = "") -> ResponseReturnValue:
    """What a person has to know before asking, readable without starting anything; without a reader,
    which of the four versions to read."""
    if reader and reader not in READERS:
        abort(404)
    return _public(f"before_{reader}" if reader else "before", readers=READERS, reader=reader)


@portal.get("/now")
@guards.anyone
def now() -> ResponseReturnValue:
    """What to do in danger: not this site."""
    return _public("now")


@portal.get("/safer")
@guards.anyone
def safer() -> ResponseReturnValue:
    """How to read this without being found out, and what no button can do."""
    return _public("safer", onion_url=kit().settings.onion_url)


@portal.get("/doors")
@guards.anyone
def doors() -> ResponseReturnValue:
    """Other services, and whom each of them suits."""
    texts = site().texts
    return _public("doors", doors=other_doors.shown(texts.doors if texts else ()))


@dataclass(frozen=True)
class _Choice:
    """Helplines of one country, or of all when there are few and none was chosen."""

    countries: tuple[str, ...]
    chosen: str
    lines: tuple[Helpline, ...]


def _helplines(asked: str) -> _Choice:
    texts = site().texts
    lines = texts.helplines if texts else ()
    countries = tuple(dict.fromkeys(line.country for line in lines))
    chosen = asked if asked in countries else ""
    if chosen:
        return _Choice(countries, chosen, tuple(line for line in lines if line.country == chosen))
    return _Choice(countries, "", lines if len(lines) <= _ALL_AT_ONCE else ())


@portal.get("/support")
@guards.anyone
def support() -> ResponseReturnValue:
    """People to talk to, by country, from the operator's own list."""
    found = _helplines(request.args.get("country", "").upper())
    return _public("support", found=found, language=language_name)


@portal.get("/privacy")
@guards.anyone
def privacy() -> ResponseReturnValue:
    """How long what is written here is kept, who is responsible, and the operator's own text."""
    hours = {
        "idle": int(IDLE[PORTAL].total_seconds() // 3600),
        "always": int(ALWAYS[PORTAL].total_seconds() // 3600),
    }
    return _public("privacy", hours=hours, grace_days=GRACE.days)


@portal.get("/duties")
@guards.anyone
def duties() -> ResponseReturnValue:
    """The operator's text on what must be passed on to others."""
    return _public("duties")


@portal.get("/conduct")
@guards.anyone
def conduct() -> ResponseReturnValue:
    """By which rules the hotline speaks for a child (General Comment No. 12, paragraphs 35 to 37)."""
    return _public("conduct")


@portal.get("/leave")
@guards.anyone
def leave() -> ResponseReturnValue:
    """End what is open here and go to a neutral site. A plain link: it must work with nothing else."""
    sessions.end()
    response = redirect(kit().settings.exit_url, 303)
    # Not "cache": browsers may take seconds over it and go on only then. Pages are no-store anyway.
    response.headers["Clear-Site-Data"] = '"cookies", "storage"'
    return response
