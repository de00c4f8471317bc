"""Switching a law on, after counsel, and off. It counts for letters written from then on."""

from dataclasses import replace
from datetime import date

from app.casework.actors import Admin
from app.casework.errors import NotAllowed
from app.casework.keep_law import law_as_read, save_law
from app.casework.kit import Kit


def confirm_law(kit: Kit, actor: Admin, law_id: str, verified_on: str, seen: str) -> None:
    """Counsel checked exactly these words on the day `verified_on` (ISO date): notices cite it.

    Raises NotAllowed for a day that is none, or has not come yet; Stale, NotFound.
    """
    if not is_day_of_check(verified_on, kit.clock().date()):
        raise NotAllowed
    with kit.database.writing() as work:
        law = law_as_read(work, law_id, seen)
        save_law(kit, work, actor, replace(law, is_on=True, verified_on=verified_on), law)
        work.commit()


def switch_off_law(kit: Kit, actor: Admin, law_id: str, seen: str) -> None:
    """No letter cites it from now on. The day of the check goes too: it takes another one to switch it on.

    Raises Stale, NotFound.
    """
    with kit.database.writing() as work:
        law = law_as_read(work, law_id, seen)
        if law.is_on:
            save_law(kit, work, actor, replace(law, is_on=False, verified_on=""), law)
            work.commit()


def is_day_of_check(said: str, today: date) -> bool:
    """Year-month-day, and not in the future. One way to write a day: "20250331" is another, and refused."""
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return False
    return said == day.isoformat() and day <= today
