"""Steps with series: cases in one, what lies in the rows, stepping back."""

from sqlalchemy import select

from app.casework.actors import Caseworker
from app.casework.change_series import ChangeInput, change_series
from app.casework.kit import Kit
from app.casework.link_series import LinkInput, link_series
from app.casework.open_case import open_case
from app.casework.series import CaseSeries
from app.casework.series_records import linked_to, load_series
from app.casework.take_case import take_case
from app.domain.series import PoliceFile, Series
from app.persistence.series import series, series_links
from tests.make import ADA, Filed, file_one, make_known


def filed_apart(kit: Kit, count: int) -> list[Filed]:
    """Cases with nothing in common; Ada holds them all."""
    made = [file_one(kit, f"https://img.northlight.example/{number}") for number in range(count)]
    for one in made:
        take_case(kit, ADA, one.request_id)
    return made


def link(kit: Kit, one: Filed, other: Filed, actor: Caseworker = ADA) -> str:
    return link_series(kit, actor, LinkInput(one.request_id, other.request_id))


def series_of(kit: Kit, filed: Filed, actor: Caseworker = ADA) -> CaseSeries | None:
    """As the case page has it."""
    return open_case(kit, actor, filed.request_id).series


def step_back(kit: Kit, filed: Filed, actor: Caseworker) -> None:
    """For good, without a reason."""
    make_known(kit, actor)
    with kit.database.writing() as work:
        work.stepped_aside.recuse(filed.request_id, actor.id)
        work.commit()


def all_series(kit: Kit, actor: Caseworker = ADA) -> dict[str, Series]:
    """Every record there is, opened; fails where one does not open."""
    with kit.database.reading() as work:
        found = {one: load_series(work, actor.team, one) for one in work.series.ids()}
    assert None not in found.values()
    return {series_id: record for series_id, record in found.items() if record is not None}


def all_links(kit: Kit, actor: Caseworker = ADA) -> dict[str, str]:
    """Series id by request id, as the links say."""
    with kit.database.reading() as work:
        ids = work.connection.execute(select(series_links.c.request_id)).scalars().all()
        return {one: linked_to(work, actor.team, one) for one in ids}


def check_whole(kit: Kit, actor: Caseworker = ADA) -> None:
    """Links and records say the same, and no series is without a request."""
    records, links = all_series(kit, actor), all_links(kit, actor)
    by_links: dict[str, set[str]] = {}
    for request_id, series_id in links.items():
        by_links.setdefault(series_id, set()).add(request_id)
    assert {one: set(record.requests) for one, record in records.items()} == by_links


def sealed_rows(kit: Kit) -> list[bytes]:
    """All that is kept of series and links."""
    with kit.database.reading() as work:
        records = work.connection.execute(select(series.c.series_sealed)).scalars().all()
        links = work.connection.execute(select(series_links.c.link_sealed)).scalars().all()
    return [bytes(one) for one in (*records, *links)]


def describe(kit: Kit, series_id: str, police: PoliceFile, note: str = "") -> None:
    """As a caseworker who holds one of its cases writes it."""
    version = all_series(kit)[series_id].version
    change_series(kit, ADA, ChangeInput(series_id, version, police, note))
