"""Counts, for auditors. No case, no place, no person."""

from flask import request
from flask.typing import ResponseReturnValue

from app.casework.actors import Auditor
from app.i18n.locales import gettext as _
from app.i18n.words import desk_words
from app.reads.numbers import FEWEST, read_numbers
from app.reads.outcome_chart import read_chart
from app.web import guards
from app.web.audit.routes import blueprint
from app.web.chart_words import chart_values, year_of
from app.web.glue import kit, page


@blueprint.get("/numbers", endpoint="numbers")
@guards.auditor
def numbers(actor: Auditor) -> ResponseReturnValue:
    """As they are now."""
    bands = (
        _("Less than a day"),
        _("1 to 3 days"),
        _("3 to 7 days"),
        _("7 to 30 days"),
        _("More than 30 days"),
    )
    found = read_numbers(kit(), actor)
    return page(
        "audit/numbers.html",
        numbers=found,
        places=tuple((desk_words(state), count) for state, count in found.places),
        notices=tuple((desk_words(state), count) for state, count in found.notices),
        waiting=tuple(zip(bands, found.waiting, strict=True)),
        fewest=FEWEST,
        **chart_values(read_chart(kit(), actor, year_of(request.args.get("year", "")))),
    )
