"""What happens by itself, in the courier process: alarms, letters and what follows them, answers by mail,
news, lapsed ones, old sessions, addresses nobody confirmed, forgotten requests."""

import threading
import time
from collections.abc import Callable
from functools import partial

from app.casework.actors import Courier
from app.casework.attach_mail import sweep_mails
from app.casework.chase_notices import chase_notices
from app.casework.courier_key_file import CourierKeyRefused
from app.casework.deliver_alarm import deliver_alarm, sweep_alarms
from app.casework.deliver_letter import deliver_letters, doubt_lapsed
from app.casework.deliver_news import deliver_news, drop_lapsed
from app.casework.destroy_forgotten import destroy_forgotten
from app.casework.end_vouchers import end_vouchers
from app.casework.kit import Kit
from app.casework.post_courier import CourierDoor
from app.casework.receive_mails import receive_mails
from app.casework.staged_lists import sweep_staged_lists
from app.casework.sweep_contacts import sweep_contacts
from app.casework.sweep_openings import sweep_openings
from app.casework.sweep_sessions import sweep_sessions
from app.log import fault_place, log
from app.outbound.mailbox import Mailbox, MailboxUnreachable
from app.outbound.ports import KeepsOpen, Mailer

_LOOK_EVERY_S = 1.0
_SWEEP_EVERY_S = 300.0


def run_courier(kit: Kit, mailer: Mailer, mailbox: Mailbox, stop: threading.Event) -> None:
    """Do what is due until `stop` is set. A fault is logged without values, and the work goes on.

    One task that fails keeps no other from its turn.
    """
    door, sweeper, post = _Door(kit), _Sweeper(kit), _Postman(kit, mailbox)
    log().info("courier_started")
    while not stop.is_set():
        # An alarm goes first, and with no key: somebody is in danger.
        busy = _turn(lambda: deliver_alarm(kit, mailer))
        # Between two rounds it knocks again, so that the desk knows it is alive.
        actor = door.knock_quietly()
        _turn(lambda: doubt_lapsed(kit))
        _turn(lambda: chase_notices(kit))
        if actor is not None:
            busy |= _turn(partial(deliver_letters, kit, actor, mailer))
            busy |= _turn(partial(post.receive_when_due, actor))
        _turn(sweeper.sweep_when_due)
        _turn(lambda: drop_lapsed(kit))
        if actor is not None:
            busy |= _turn(partial(deliver_news, kit, actor, mailer))
        if not busy:
            if isinstance(mailer, KeepsOpen):
                mailer.rest()
            stop.wait(_LOOK_EVERY_S)
    if isinstance(mailer, KeepsOpen):
        mailer.close()


def _turn(task: Callable[[], object]) -> bool:
    """Whether there was anything to do."""
    try:
        return bool(task())
    except Exception as error:  # noqa: BLE001, a courier that stops is worse than a fault that is logged and tried again
        log().error("courier_fault", error=type(error).__name__, where=fault_place(error))
        return False


class _Door:
    """The courier's door, with a line in the log when something about it changes."""

    def __init__(self, kit: Kit) -> None:
        self._door = CourierDoor(kit)
        self._was_open = False
        self._refused = ""

    def knock_quietly(self) -> Courier | None:
        """None also when the database did not answer."""
        opened: list[Courier | None] = [None]

        def knock() -> None:
            opened[0] = self._knock()

        _turn(knock)
        return opened[0]

    def _knock(self) -> Courier | None:
        refused, actor = "", None
        try:
            actor = self._door.knock()
        except CourierKeyRefused as error:  # a caseworker's sign-in opens the door all the same
            refused = error.code
        if refused and refused != self._refused:
            log().error("courier_key_file_refused", code=refused)
        if actor is not None and not self._was_open:
            log().info("courier_opened")
            self._was_open = True
        self._refused = refused
        return actor


class _Postman:
    """Fetches answers from the mailbox, not too often: a mail provider may shut out who asks every second."""

    def __init__(self, kit: Kit, mailbox: Mailbox) -> None:
        self._kit, self._mailbox = kit, mailbox
        self._looked_at: float | None = None
        self._is_away = False

    def receive_when_due(self, actor: Courier) -> int:
        """How many mails were taken in; while there are more, the next look is at once."""
        now = time.monotonic()
        if self._looked_at is not None and now - self._looked_at < self._mailbox.look_every_s:
            return 0
        self._looked_at, received = now, 0
        try:
            received = receive_mails(self._kit, actor, self._mailbox)
        except MailboxUnreachable:
            if not self._is_away:
                log().error("mailbox_unreachable")
            self._is_away = True
        else:
            self._is_away = False
        if received:
            self._looked_at = None
        return received


class _Sweeper:
    """Deletes, every five minutes, what must not be kept."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._swept_at: float | None = None
        self._must_scrub = True  # the process before this one may have been stopped before it had

    def sweep_when_due(self) -> None:
        if self._swept_at is not None and time.monotonic() - self._swept_at < _SWEEP_EVERY_S:
            return
        self._swept_at = time.monotonic()
        sweep_sessions(self._kit)
        sweep_staged_lists(self._kit)
        sweep_contacts(self._kit)
        sweep_alarms(self._kit)
        sweep_openings(self._kit)
        sweep_mails(self._kit)
        end_vouchers(self._kit)
        destroyed = destroy_forgotten(self._kit, scrub_anyway=self._must_scrub)
        self._must_scrub = not destroyed.is_scrubbed
        if destroyed.count:
            log().info("forgotten_destroyed", count=destroyed.count)
