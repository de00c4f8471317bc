"""Running commands in this process, over a database of the test's own."""

from dataclasses import dataclass, replace

import pyotp
from click.testing import CliRunner, Result

from app.casework.enrol_member import NewMember, add_grant, draw_member, make_member, vouched_for
from app.casework.kit import Kit
from app.casework.staff_names import sign_in_digest
from app.cli import heard
from app.domain.staff import StaffState
from app.domain.words import Role
from app.settings import Settings
from tests.make import TEAM


@dataclass(frozen=True)
class Parts:
    """What commands are handed, around a kit that is there."""

    kit: Kit

    def read_settings(self, is_founding: bool = False) -> Settings:
        return self.kit.settings

    def make_kit(self, settings: Settings) -> Kit:
        return self.kit

    def no_core_dumps(self) -> None:
        """Nothing: the limit would stay for the tests that come later."""


def run(kit: Kit, *words: str, typed: str = "") -> Result:
    """One command; `typed` is its standard input."""
    return CliRunner().invoke(heard, words, obj=Parts(kit), input=typed)


def person(
    kit: Kit, name: str, state: StaffState = StaffState.ACTIVE, role: Role = Role.CASEWORKER
) -> NewMember:
    """A member with a passphrase and a second factor; granted unless they wait."""
    drawn = draw_member(name.title())
    row = make_member(kit, drawn, role, state)
    waits = state is StaffState.WAITING
    row = row if waits else replace(row, public_mac=vouched_for(row, TEAM))
    with kit.database.writing() as work:
        work.staff.add_member(row, sign_in_digest(kit, name))
        if not waits and role is Role.CASEWORKER:
            add_grant(work, row, work.team_keys.current().id, TEAM)
        work.commit()
    return drawn


def signing_in(kit: Kit, *people: NewMember) -> str:
    """What they type at the prompts, one after the other."""

    def code(one: NewMember) -> str:
        return pyotp.TOTP(one.totp_secret).at(kit.clock())

    return "".join(f"{one.name}\n{one.passphrase}\n{code(one)}\n" for one in people)
