"""What happens by itself, in the courier process: alarms, letters and news, lapsed ones, old sessions,
addresses nobody confirmed, forgotten requests."""

import threading
import time

from app.casework.actors import Courier
from app.casework.courier_key_file import CourierKeyRefused
from app.casework.deliver_alarm import deliver_alarm, sweep_alarms
from app.casework.deliver_letter import deliver_letter, doubt_lapsed
from app.casework.deliver_news import deliver_news, drop_lapsed
from app.casework.destroy_forgotten import destroy_forgotten
from app.casework.end_vouchers import end_vouchers
from app.casework.kit import Kit
from app.casework.post_courier import CourierDoor
from app.casework.staged_lists import sweep_staged_lists
from app.casework.sweep_contacts import sweep_contacts
from app.casework.sweep_openings import sweep_openings
from app.casework.sweep_sessions import sweep_sessions
from app.log import fault_place, log
from app.outbound.ports import Mailer

_LOOK_EVERY_S = 1.0
_SWEEP_EVERY_S = 300.0


def run_courier(kit: Kit, mailer: Mailer, stop: threading.Event) -> None:
    """Send what is due until `stop` is set. A fault is logged without values, and the work goes on."""
    door, sweeper = _Door(kit), _Sweeper(kit)
    log().info("courier_started")
    while not stop.is_set():
        sent = False
        try:
            sent = deliver_alarm(kit, mailer)  # first, and with no key: somebody is in danger
            actor = door.knock()
            doubt_lapsed(kit)
            sent |= actor is not None and deliver_letter(kit, actor, mailer)
            sweeper.sweep_when_due()
            drop_lapsed(kit)
            sent |= actor is not None and deliver_news(kit, actor, mailer)
        except Exception as error:  # noqa: BLE001, a courier that stops is worse than a fault that is logged and tried again
            log().error("courier_fault", error=type(error).__name__, where=fault_place(error))
        if not sent:  # between two letters it knocks again, so that the desk knows it is alive
            stop.wait(_LOOK_EVERY_S)


class _Door:
    """The courier's door, with a line in the log when something about it changes."""

    def __init__(self, kit: Kit) -> None:
        self._door = CourierDoor(kit)
        self._was_open = False
        self._refused = ""

    def knock(self) -> Courier | None:
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
        end_vouchers(self._kit)
        destroyed = destroy_forgotten(self._kit, scrub_anyway=self._must_scrub)
        self._must_scrub = not destroyed.is_scrubbed
        if destroyed.count:
            log().info("forgotten_destroyed", count=destroyed.count)
