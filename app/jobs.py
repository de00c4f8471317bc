"""What happens by itself, in the courier process: letters, lapsed letters, old sessions."""

import threading
import time

from app.casework.deliver_letter import deliver_letter, doubt_lapsed
from app.casework.kit import Kit
from app.casework.post_courier import CourierDoor
from app.casework.sweep_sessions import sweep_sessions
from app.log import fault_place, log
from app.outbound.ports import Mailer

_LOOK_EVERY_S = 1.0
_SWEEP_EVERY_S = 300.0


def run_courier(kit: Kit, mailer: Mailer, stop: threading.Event) -> None:
    """Send what is due until `stop` is set. A fault is logged without values, and the work goes on."""
    door = CourierDoor(kit)
    log().info("courier_started")
    swept_at = 0.0
    was_open = False
    while not stop.is_set():
        sent = False
        try:
            actor = door.knock()
            if actor is not None and not was_open:
                log().info("courier_opened")
                was_open = True
            doubt_lapsed(kit)
            sent = actor is not None and deliver_letter(kit, actor, mailer)
            if time.monotonic() - swept_at > _SWEEP_EVERY_S:
                sweep_sessions(kit)
                swept_at = time.monotonic()
        except Exception as error:  # noqa: BLE001, a courier that stops is worse than a fault that is logged and tried again
            log().error("courier_fault", error=type(error).__name__, where=fault_place(error))
        if not sent:  # between two letters it knocks again, so that the desk knows it is alive
            stop.wait(_LOOK_EVERY_S)
