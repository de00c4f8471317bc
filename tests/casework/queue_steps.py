"""What tests of the queue look at: the kept numbers beside counted ones, and the lists."""

from sqlalchemy import func, select

from app.casework.actors import Caseworker
from app.casework.kit import Kit
from app.persistence.queue_counts import Counted
from app.persistence.requests import locations, requests
from app.reads.queue import QueueRow, Which, read_queue
from tests.make import ADA


def kept(kit: Kit) -> Counted:
    with kit.database.reading() as work:
        return work.queue_counts.read()


def counted(kit: Kit) -> Counted:
    """From the places themselves, of requests that are open."""
    done = ("says_removed", "gone", "withdrawn")
    mine = select(func.count(func.distinct(locations.c.request_id)), func.count()).select_from(locations)
    mine = mine.join(requests, requests.c.id == locations.c.request_id)
    with kit.database.reading() as work:
        row = work.connection.execute(
            mine.where(requests.c.state == "open", locations.c.state.not_in(done))
        ).one()
    return Counted(row[0], row[1])


def listed(kit: Kit, which: Which, actor: Caseworker = ADA) -> list[str]:
    """Ids on the first page of a list; fails when its number says otherwise."""
    page = read_queue(kit, actor, which, None)
    if page.next_after is None:
        assert page.counts[which] == len(page.rows)
    return [row.request_id for row in page.rows]


def row_of(kit: Kit, request_id: str, which: Which = "open", actor: Caseworker = ADA) -> QueueRow:
    (found,) = (one for one in read_queue(kit, actor, which, None).rows if one.request_id == request_id)
    return found
