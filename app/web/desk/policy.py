"""What supervisors set for everybody: limits of a day, breaks, and which steps take two caseworkers."""

from datetime import timedelta

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectMultipleField, StringField

from app.casework.actors import Caseworker
from app.casework.change_policy import PolicyInput, change_policy
from app.casework.errors import Stale
from app.domain.desk_words import Step
from app.domain.policy import ALWAYS_TWO, BREAKS, MOST_OPENINGS, Policy
from app.i18n.locales import gettext as _
from app.i18n.words import desk_words
from app.reads.exposure import read_team_exposure
from app.reads.policy import read_policy
from app.web import guards
from app.web.desk.forms import problems, refuse
from app.web.desk.routes import blueprint
from app.web.forms import Form
from app.web.glue import kit, page

CHOSEN = tuple(step for step in Step if step not in ALWAYS_TWO)
MINUTE = timedelta(minutes=1)


def policy_sentence(code: str) -> str:
    """What to say at a field that cannot stay so."""
    match code:
        case "soft_above_hard":
            return _("The first limit must not be above the second one.")
        case "break_after":
            least, most = (one // MINUTE for one in BREAKS)
            return _("Please write a number of minutes from %(least)s to %(most)s.", least=least, most=most)
        case _other:
            return _("Please write a number from 1 to %(most)s.", most=MOST_OPENINGS)


class PolicyForm(Form):
    """The policy as typed. `seen` is what stood there when the page was shown."""

    seen = StringField()
    soft_limit = StringField()
    hard_limit = StringField()
    break_after = StringField()
    second_for = SelectMultipleField(validate_choice=False)

    def read(self) -> PolicyInput | None:
        """The policy, or None with a sentence at each field that needs one."""
        self.validate()
        policy = Policy(
            soft_limit=_number(self.soft_limit.data),
            hard_limit=_number(self.hard_limit.data),
            break_after=_number(self.break_after.data) * MINUTE,
            second_for=frozenset(step for step in CHOSEN if step in (self.second_for.data or ())),
        )
        for code in policy.faults:
            refuse(self["soft_limit" if code == "soft_above_hard" else code], policy_sentence(code))
        return None if self.errors else PolicyInput(policy, self.seen.data or "")

    def fill(self, policy: Policy) -> None:
        """What is in force."""
        self.process(
            seen=policy.written,
            soft_limit=str(policy.soft_limit),
            hard_limit=str(policy.hard_limit),
            break_after=str(policy.break_minutes),
            second_for=tuple(policy.second_for),
        )


def _number(typed: str | None) -> int:
    """0, which no limit may be, for what is no small number."""
    found = (typed or "").strip()
    return int(found) if found.isdecimal() and len(found) < 5 else 0


@blueprint.route("/policy", methods=["GET", "POST"])
@guards.supervisor
def policy(actor: Caseworker) -> ResponseReturnValue:
    """In force at once. Who typed while a colleague changed it is shown both."""
    form = PolicyForm()
    if not form.is_submitted():
        form.fill(read_policy(kit()))
        return _show(actor, form)
    given = form.read()
    if given is None:
        return _show(actor, form, 422)
    try:
        change_policy(kit(), actor, given)
    except Stale:
        return _show(actor, form, 409, newer=read_policy(kit()))
    flash(_("Saved. It counts for everybody from now on."))
    return redirect(url_for("desk.policy"), 303)


def _show(
    actor: Caseworker, form: PolicyForm, status: int = 200, newer: Policy | None = None
) -> ResponseReturnValue:
    return page(
        "desk/policy.html",
        status=status,
        form=form,
        problems=problems(form),
        newer=newer,
        newer_steps=tuple(desk_words(step) for step in CHOSEN if newer and step in newer.second_for),
        steps=tuple((step.value, desk_words(step), "") for step in CHOSEN),
        team=read_team_exposure(kit(), actor),
    )
