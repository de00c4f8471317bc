"""Running a `heard` command in a test, over a kit of its own."""

from dataclasses import dataclass, replace
from typing import Any

from click.testing import CliRunner, Result

from app.casework.kit import Kit
from app.cli import heard
from app.outbound.mailbox import Mailbox, NullMailbox
from app.outbound.ports import Mailer, NullMailer
from app.settings import Settings


@dataclass
class TestParts:
    """What the commands are handed, with the test's kit and clock."""

    __test__ = False  # its name begins like a test's

    kit: Kit

    def read_settings(self, is_founding: bool = False) -> Settings:
        return self.kit.settings

    def make_kit(self, settings: Settings) -> Kit:
        return self.kit

    def make_mailer(self, settings: Settings) -> Mailer:
        return NullMailer()

    def make_mailbox(self, settings: Settings) -> Mailbox:
        return NullMailbox()

    def no_core_dumps(self) -> None:
        """A test's own process keeps its limits."""


def run(kit: Kit, *words: object, typed: str = "", **settings: Any) -> Result:
    """`heard` with these words, what is typed on standard input, and these settings changed."""
    changed = replace(kit, settings=replace(kit.settings, **settings))
    return CliRunner().invoke(heard, [str(word) for word in words], input=typed, obj=TestParts(changed))
