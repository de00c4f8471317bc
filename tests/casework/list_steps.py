"""Lists as tests bring them, and the members who bring them."""

from sqlalchemy import select

from app.casework.actors import Caseworker
from app.casework.import_own_motion import import_own_motion
from app.casework.kit import Kit
from app.casework.stage_own_motion import OwnMotionInput, stage_own_motion
from app.casework.staged_lists import Staged
from app.domain.words import Content
from app.persistence.requests import requests
from tests.make import ADA, make_known

REASON = "grelbreason"
TWO = "https://img.northlight.example/a/1\nhttps://talkyard.example/t/2\n"


def staged(kit: Kit, raw: str | bytes = TWO, actor: Caseworker = ADA) -> Staged:
    """A list that waits for its member."""
    make_known(kit, actor)
    sent = raw if isinstance(raw, bytes) else raw.encode()
    return stage_own_motion(kit, actor, OwnMotionInput(sent, REASON, (Content.ABUSE,)))


def opened(kit: Kit, raw: str | bytes = TWO, actor: Caseworker = ADA) -> tuple[str, ...]:
    """Ids of the requests that the hotline opened from a list."""
    return list(import_own_motion(kit, actor, staged(kit, raw, actor).id))[-1].request_ids


def request_ids(kit: Kit) -> set[str]:
    with kit.database.reading() as work:
        return set(work.connection.execute(select(requests.c.id)).scalars())
