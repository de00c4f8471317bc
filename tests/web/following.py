"""Steps of somebody who came back, and requests in the states that their tests need."""

from dataclasses import dataclass

from flask import Flask
from sqlalchemy import update

from app.casework.follow_with_code import follow_with_code
from app.casework.issue_child_code import issue_child_code
from app.casework.kit import Kit
from app.casework.new_code import new_code
from app.casework.take_case import take_case
from app.casework.take_over_code import take_over_code
from app.domain.words import Asker, LocationState
from app.persistence.requests import locations
from tests.make import ADA, Filed, file_one
from tests.walks import Asking
from tests.web.canary import Words
from tests.web.pages import Page

TWO = "https://img.northlight.example/a/1\nhttps://talkyard.example/t/2"


def coming_back(site: Flask, code: str, prefix: str = "") -> Asking:
    """Somebody on the first page behind their code."""
    asking = Asking(site, prefix)
    asking.follow(code)
    assert asking.path.startswith(f"{prefix}/follow/"), Page(asking.now.text).text
    return asking


def agree_to_names(asking: Asking, words: Words) -> None:
    """A name that search engines may be given, with a slip on the way."""
    asking.go("/follow/names")
    asking.send("/follow/names", names=words.typed(f"Sir {words('own name')}"))
    asking.send("/follow/names", agree="yes")


def text_of(asking: Asking, path: str) -> str:
    """The words of a page."""
    return Page(asking.go(path).text).text


def put(kit: Kit, filed: Filed, *states: LocationState) -> None:
    """Each place into a state, in this order over and over, however it would have come there."""
    with kit.database.writing() as work:
        for count, location in enumerate(work.requests.locations_of(filed.request_id)):
            state = states[count % len(states)]
            mine = update(locations).where(locations.c.id == location.id)
            work.connection.execute(mine.values(state=state))
        work.commit()


def state_of(kit: Kit, filed: Filed, number: int = 1) -> LocationState:
    with kit.database.reading() as work:
        places = work.requests.locations_of(filed.request_id)
    return next(place.state for place in places if place.number == number)


def second(code: str) -> str:
    """A code with one letter changed: its checksum fails."""
    return code[:-1] + ("2" if code[-1] != "2" else "3")


@dataclass(frozen=True)
class Family:
    """A parent who asked, and a child with an access of their own."""

    filed: Filed
    one_time: str
    own: str

    def __repr__(self) -> str:
        return "Family(…)"


def make_family(kit: Kit, places: str = TWO, takes_over: bool = True) -> Family:
    """The desk handed out a code; with `takes_over` the child has replaced it by their own."""
    filed, own = file_one(kit, places, asker=Asker.PARENT), new_code()
    take_case(kit, ADA, filed.request_id)
    one_time = issue_child_code(kit, ADA, filed.request_id)
    if takes_over:
        take_over_code(kit, follow_with_code(kit, one_time), own)
    return Family(filed, one_time, own)
