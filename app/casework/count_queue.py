"""Counting anew what is open, whatever the kept counters say."""

from app.casework.kit import Kit
from app.persistence.queue_counts import Counted


def count_queue(kit: Kit) -> Counted:
    """After somebody mended rows by hand. Who changes a case waits meanwhile: seconds, of a million."""
    with kit.database.writing() as work:
        counted = work.queue_counts.count_anew()
        work.commit()
    return counted
