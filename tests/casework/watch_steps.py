"""Steps of places that were noticed: what is said of them, and seen of them."""

from app.casework.deliver_letter import deliver_letter
from app.casework.follow_with_code import follow_with_code
from app.casework.kit import Kit
from app.casework.note_signal import Noted, SignalInput, note_signal
from app.casework.record_reply import ReplyInput, record_reply
from app.casework.take_case import take_case
from app.domain.counting import Cell
from app.domain.locations import Location
from app.domain.notice_words import Seen, SignalSource
from app.domain.words import LocationState, Reply
from app.outbound.ports import NullMailer
from app.reads.follow import read_follow
from tests.casework.steps import file_approved, open_courier, places_of
from tests.make import ADA, URL, Clock, Filed

TWO = f"{URL}\nhttps://x.northlight.example/b"


def clock_of(kit: Kit) -> Clock:
    assert isinstance(kit.clock, Clock)
    return kit.clock


def mid_year(kit: Kit) -> None:
    """So that what is counted by the year of the notice is all of one year, whenever the tests run."""
    clock_of(kit).at = clock_of(kit).at.replace(month=6, day=15)


def noticed(kit: Kit, places: str = TWO) -> Filed:
    """A request whose notice went out."""
    filed = file_approved(kit, places=places)
    deliver_letter(kit, open_courier(kit), NullMailer())
    return filed


def ids(kit: Kit, filed: Filed, *numbers: int) -> tuple[str, ...]:
    return tuple(place.id for place in places_of(kit, filed.request_id) if place.number in numbers)


def reply(kit: Kit, filed: Filed, said: Reply, *numbers: int) -> None:
    record_reply(kit, ADA, ReplyInput(filed.request_id, ids(kit, filed, *numbers), said))


def seen(kit: Kit, filed: Filed, what: Seen, *numbers: int, by: SignalSource = SignalSource.US) -> Noted:
    """By a caseworker who takes the case anew: a lease runs out meanwhile."""
    take_case(kit, ADA, filed.request_id)
    return note_signal(kit, ADA, SignalInput(filed.request_id, ids(kit, filed, *numbers), by, what))


def gone(kit: Kit, filed: Filed, *numbers: int) -> None:
    """Confirmed: the provider's word, and our own check an hour later."""
    take_case(kit, ADA, filed.request_id)
    reply(kit, filed, Reply.REMOVED, *numbers)
    clock_of(kit).move(hours=1)
    seen(kit, filed, Seen.GONE, *numbers)


def states(kit: Kit, filed: Filed) -> list[LocationState]:
    return [place.state for place in read_follow(kit, follow_with_code(kit, filed.code)).places]


def location_of(kit: Kit, filed: Filed, number: int = 1) -> Location:
    with kit.database.reading() as work:
        return next(one for one in work.requests.locations_of(filed.request_id) if one.number == number)


def counts(kit: Kit) -> dict[Cell, int]:
    """The whole chart of this year."""
    with kit.database.reading() as work:
        return work.outcome_counts.of_year(kit.clock().year)


def counted(kit: Kit) -> dict[str, int]:
    """The chart by outcome alone."""
    found: dict[str, int] = {}
    for cell, count in counts(kit).items():
        found[cell.outcome] = found.get(cell.outcome, 0) + count
    return found
