"""The trail, for auditors: the hotline's own, or one case's by the number that its page shows."""

import re
from datetime import date

from flask import request
from flask.typing import ResponseReturnValue

from app.casework.actors import Auditor
from app.casework.errors import NotFound
from app.casework.read_trail import TrailInput, TrailPage, read_trail
from app.domain.trail import HOTLINE, TrailKind
from app.i18n.locales import gettext as _
from app.web import guards
from app.web.audit.routes import blueprint
from app.web.glue import kit, page
from app.web.trail_words import trail_words, who

TRAIL_ID = re.compile(r"[0-9a-f]{32}")


@blueprint.route("/", methods=["GET", "POST"])
@guards.auditor
def trail(actor: Auditor) -> ResponseReturnValue:
    """Fifty lines, the newest first. Reading is written into the hotline's own trail, by the verb.

    What is looked for comes by POST: the number of a trail stands in no address and no log.
    """
    typed = {name: request.form.get(name, "").strip() for name in ("trail", "kind", "day", "below")}
    given, problems = _read(typed)
    if problems:
        return _show(actor, typed, None, problems, 422)
    try:
        return _show(actor, typed, read_trail(kit(), actor, given))
    except NotFound:
        return _show(actor, typed, None, {"trail": _("There is no trail with this number.")}, 404)


def _read(typed: dict[str, str]) -> tuple[TrailInput, dict[str, str]]:
    """What is asked for, and a sentence for each field that cannot be read."""
    problems: dict[str, str] = {}
    trail_id = "".join(typed["trail"].lower().split()) or HOTLINE
    if not TRAIL_ID.fullmatch(trail_id):
        problems["trail"] = _(
            "The number of a trail has 32 signs, 0 to 9 and a to f. Please look at it again."
        )
    kind = next((each for each in TrailKind if each == typed["kind"]), None)
    try:
        day = date.fromisoformat(typed["day"]) if typed["day"] else None
    except ValueError:
        day = None
    if typed["day"] and (day is None or not date(1990, 1, 1) <= day <= date(2200, 1, 1)):
        problems["day"] = _("Please write the day like this: 2026-01-31.")
    below = int(typed["below"]) if re.fullmatch(r"[0-9]{1,9}", typed["below"]) else None
    return TrailInput(trail_id, kind, day, below), problems


def _show(
    actor: Auditor,
    typed: dict[str, str],
    found: TrailPage | None,
    problems: dict[str, str] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    kinds = sorted(((each.value, trail_words(each)) for each in TrailKind), key=lambda one: one[1].casefold())
    lines = () if found is None else found.lines
    return page(
        "audit/trail.html",
        status=status,
        typed=typed,
        found=found,
        problems=problems or {},
        kinds=(("", _("Everything")), *kinds),
        lines=tuple((one, trail_words(one.entry.kind), who(one.by, actor.id)) for one in lines),
    )
