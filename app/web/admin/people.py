"""People at the hotline: inviting, suspending, letting back in, leaving. An admin grants no key."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField, StringField

from app.casework.actors import Admin
from app.casework.change_role import THERE, RoleInput, change_role
from app.casework.errors import LastOne, NotFound, SignInTaken, Stale
from app.casework.invite_member import Invite, invitation_link, invite_member
from app.casework.member_leaves import LeaveInput, member_leaves
from app.casework.resume_member import resume_member
from app.casework.suspend_member import suspend_member
from app.domain.words import Role
from app.i18n.locales import gettext as _
from app.i18n.words import desk_words
from app.reads.people import MemberRow, handle_of_member, read_people
from app.web import guards, steps
from app.web.admin.routes import blueprint
from app.web.forms import Form
from app.web.glue import kit, page
from app.web.people_words import state_words

NAME_CHARACTERS = 60
ROTATE = "heard rotate"
OTHER = {Role.CASEWORKER: Role.SUPERVISOR, Role.SUPERVISOR: Role.CASEWORKER}
"""What a member can become without a new invitation."""


class InviteForm(Form):
    """Who is invited: as what, and under which name they will sign in."""

    role = RadioField(validate_choice=False)
    sign_in = StringField()

    def read(self) -> Invite | None:
        """The invitation, or None with a sentence at each field that needs one."""
        name = " ".join((self.sign_in.data or "").split())
        if self.role.data not in tuple(Role):
            self.role.errors = [_("Please choose what they will do.")]
        if not name:
            self.sign_in.errors = [_("Please write the name they will sign in with.")]
        elif len(name) > NAME_CHARACTERS:
            self.sign_in.errors = [_("This name is too long. Please make it shorter.")]
        return None if self.errors else Invite(Role(self.role.data), name)

    def refuse_name(self) -> None:
        self.sign_in.errors = [_("Somebody has this name, or is invited under it. Please choose another.")]

    def problems(self) -> tuple[tuple[str, str], ...]:
        """(field, sentence) for the list of what needs a change at the top of the page."""
        return tuple((name, said[0]) for name, said in self.errors.items())


@blueprint.get("/people")
@guards.admin
def people(actor: Admin) -> ResponseReturnValue:
    """Everybody by handle, role and state; no name."""
    return page("admin/people.html", people=read_people(kit(), actor), state_words=state_words)


@blueprint.route("/people/invite", methods=["GET", "POST"])
@guards.admin
def invite(actor: Admin) -> ResponseReturnValue:
    """The form, then the link: shown once, as it is kept nowhere."""
    if not steps.is_fresh():
        return guards.ask_factor()
    form = InviteForm()
    if not form.is_submitted():
        return _invite_page(InviteForm(formdata=None, data=steps.typed_before()))
    wanted = form.read()
    if wanted is None:
        return _invite_page(form, 422)
    try:
        secret = invite_member(kit(), actor, wanted)
    except SignInTaken:
        form.refuse_name()
        return _invite_page(form, 422)
    return page(
        "admin/people_invited.html",
        link=invitation_link(kit(), secret),
        invited_as=wanted.role,
        sign_in=wanted.sign_in,
    )


@blueprint.get("/people/<member_id>")
@guards.admin
def person(actor: Admin, member_id: str) -> ResponseReturnValue:
    """One member, and what can be done."""
    return _person_page(actor, member_id)


@blueprint.post("/people/<member_id>/suspend")
@guards.admin
def person_suspend(actor: Admin, member_id: str) -> ResponseReturnValue:
    """At once: nobody is asked for a number first while somebody should be shut out."""
    try:
        suspend_member(kit(), actor, member_id)
    except LastOne:
        return _person_page(actor, member_id, 422, problem="last_admin")
    flash(_("%(handle)s is suspended. Their sessions have ended.", handle=handle_of_member(member_id)))
    return redirect(url_for("admin.people"), 303)


@blueprint.post("/people/<member_id>/resume")
@guards.admin
def person_resume(actor: Admin, member_id: str) -> ResponseReturnValue:
    """Let somebody back in who was suspended."""
    if not steps.is_fresh():
        return guards.ask_factor()
    resume_member(kit(), actor, member_id)
    flash(_("%(handle)s can sign in again.", handle=handle_of_member(member_id)))
    return redirect(url_for("admin.people"), 303)


@blueprint.post("/people/<member_id>/role")
@guards.admin
def person_role(actor: Admin, member_id: str) -> ResponseReturnValue:
    """A caseworker becomes a supervisor, or the other way. They are signed out, and come back as that."""
    if not steps.is_fresh():
        return guards.ask_factor()
    wanted = next((each for each in Role if each == request.form.get("to")), None)
    if wanted is None:
        return _person_page(actor, member_id, 422)
    try:
        change_role(kit(), actor, RoleInput(member_id, wanted))
    except Stale:
        return _person_page(actor, member_id, 409, problem="is_so")
    flash(
        _(
            "%(handle)s is now: %(role)s. Their sessions have ended.",
            handle=handle_of_member(member_id),
            role=desk_words(wanted),
        )
    )
    return redirect(url_for("admin.person", member_id=member_id), 303)


@blueprint.post("/people/<member_id>/leave")
@guards.admin
def person_leave(actor: Admin, member_id: str) -> ResponseReturnValue:
    """For good, and only when it is meant."""
    if not steps.is_fresh():
        return guards.ask_factor()
    if "meant" not in request.form:
        return _person_page(actor, member_id, 422, problem="not_meant")
    try:
        member_leaves(kit(), actor, LeaveInput(member_id, even_last="even_last" in request.form))
    except LastOne as error:
        return _person_page(actor, member_id, 422, problem=error.code)
    left = _row(actor, member_id)
    was_caseworker = left.role.opens_cases
    return page("admin/people_left.html", handle=left.handle, was_caseworker=was_caseworker, command=ROTATE)


def _person_page(actor: Admin, member_id: str, status: int = 200, problem: str = "") -> ResponseReturnValue:
    row = _row(actor, member_id)
    return page(
        "admin/people_one.html",
        status=status,
        member=row,
        state_words=state_words,
        problem=problem,
        other=OTHER.get(row.role) if row.state in THERE else None,
    )


def _row(actor: Admin, member_id: str) -> MemberRow:
    row = next((one for one in read_people(kit(), actor).members if one.id == member_id), None)
    if row is None:
        raise NotFound
    return row


def _invite_page(form: InviteForm, status: int = 200) -> ResponseReturnValue:
    hints = {
        Role.CASEWORKER: _("Opens cases. After joining, a colleague has to compare their key by voice."),
        Role.SUPERVISOR: _(
            "A caseworker who also sets limits and policy. A colleague compares their key, too."
        ),
        Role.ADMIN: _("Keeps people and providers. Cannot open any case."),
        Role.AUDITOR: _("Reads who did what to which number, and counts. Cannot open any case."),
    }
    return page(
        "admin/people_invite.html",
        status=status,
        form=form,
        problems=form.problems(),
        roles=tuple((each.value, desk_words(each), hints[each]) for each in Role),
    )
