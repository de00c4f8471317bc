"""Killing couriers at random, and looking up what became of every letter."""

import mailbox
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from random import Random

from app.casework.deliver_letter import deliver_letter
from app.casework.kit import Kit, now
from app.casework.settle_letter import Choice, SettleInput, settle_letter
from app.domain.letters import LEASE
from app.domain.words import LetterState
from app.outbound.smtp import SmtpMailer, SmtpSettings
from tests.casework.killable import killable
from tests.casework.steps import PATIENCE_S, all_letters, approve_all, assess_all, open_courier
from tests.conftest import MailServer
from tests.make import ADA, Clock, file_one

# A courier killed in this round held its letters for so long: the next one's clock is past it.
ROUND_MINUTES = int(LEASE.total_seconds()) // 60 + 1


def letters_due(kit: Kit, count: int) -> None:
    """That many letters in the outbox: one request for each."""
    clock_of(kit).at = now()
    for number in range(count):
        filed = file_one(kit, f"https://img.northlight.example/a/{number}")
        assess_all(kit, filed.request_id)
        approve_all(kit, filed.request_id)


def in_maildir(mail: MailServer) -> Counter[str]:
    """How often each Message-ID arrived."""
    return Counter(str(letter["Message-ID"]) for letter in mailbox.Maildir(mail.maildir))


def arrived_count(maildir: Path) -> int:
    return sum(1 for _ in (maildir / "new").iterdir())


def until(true: Callable[[], bool]) -> None:
    give_up_at = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < give_up_at, "nothing happened for too long"
        time.sleep(0.003)


def kill_couriers(kit: Kit, mail: MailServer, kills: int, together: int, random: Random) -> None:
    """Let `together` couriers work and kill them, `kills` times; then let others finish the work."""
    for round_number in range(kills + 1):
        with ExitStack() as stack:
            couriers = [
                stack.enter_context(killable(kit, "courier", mail.port, round_number * ROUND_MINUTES))
                for _ in range(together)
            ]
            before = arrived_count(mail.maildir)
            if round_number < kills:
                until(lambda before=before: arrived_count(mail.maildir) > before or is_worked_off(kit))  # type: ignore[misc]
                for courier in couriers:
                    time.sleep(random.uniform(0, 0.12))
                    courier.kill()
            else:
                until(lambda: is_worked_off(kit))


def is_worked_off(kit: Kit) -> bool:
    with kit.database.reading() as work:
        counts = work.letters.count(*LetterState)
    return not counts.get(LetterState.WAITING) and not counts.get(LetterState.SENDING)


def check_that_none_is_lost_or_doubled(kit: Kit, mail: MailServer, count: int) -> int:
    """Every letter is sent once, or in doubt. How many are in doubt."""
    letters, arrived = all_letters(kit), in_maildir(mail)
    assert len(letters) == count
    assert set(arrived) <= {letter.message_id for letter in letters}
    for letter in letters:
        copies = arrived[letter.message_id]
        assert (letter.state, copies) in {
            (LetterState.SENT, 1),
            (LetterState.DOUBT, 1),
            (LetterState.DOUBT, 0),
        }
    return sum(letter.state is LetterState.DOUBT for letter in letters)


def settle_and_check(kit: Kit, mail: MailServer) -> None:
    """What is in doubt is sent again, because somebody chose it: then, and only then, a second copy."""
    before = in_maildir(mail)
    doubted = [letter for letter in all_letters(kit) if letter.state is LetterState.DOUBT]
    for letter in doubted:
        settle_letter(kit, ADA, SettleInput(letter.id, Choice.AGAIN))
    courier = open_courier(kit)
    mailer = SmtpMailer(SmtpSettings("127.0.0.1", mail.port, "none", timeout_s=60))
    while deliver_letter(kit, courier, mailer):
        pass
    after = in_maildir(mail)
    assert after == before + Counter(letter.message_id for letter in doubted)
    assert {letter.state for letter in all_letters(kit)} == {LetterState.SENT}


def past_all_rounds(kit: Kit, kills: int) -> None:
    """The test's own clock follows that of its couriers."""
    clock_of(kit).at = now() + timedelta(minutes=(kills + 2) * ROUND_MINUTES)


def clock_of(kit: Kit) -> Clock:
    assert isinstance(kit.clock, Clock)
    return kit.clock
