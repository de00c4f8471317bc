"""The places of a draft, whichever way each was said: an address, an account in an app, or only words."""

from dataclasses import dataclass

from app.domain.asking import PlaceNote
from app.places.reading import Place, read_places
from app.places.showing import masked_place, whole_place
from app.web.portal.answers import Answers


@dataclass(frozen=True)
class SaidPlace:
    """One place as the pages of asking show it: never as a link, its whole only on asking."""

    number: int
    key: str
    place: Place
    note: PlaceNote

    def __repr__(self) -> str:
        return f"SaidPlace({self.number})"

    @property
    def masked(self) -> str:
        """Empty where there are only words."""
        return masked_place(self.place)

    @property
    def whole(self) -> str:
        return whole_place(self.place)


@dataclass(frozen=True)
class SaidPlaces:
    places: tuple[SaidPlace, ...]
    repeats: int


def read_said(answers: Answers) -> SaidPlaces:
    """All places in the order of the page, each with what was said of it. Lines that were not read are not
    among them: the page of places lets none of those through."""
    reading = read_places(answers.places)
    places = [*reading.places]
    places += [Place(url="", host="", typed="", app=app, account=name) for app, name in answers.accounts]
    if answers.unsure:
        places.append(Place(url="", host="", typed=answers.unsure))
    return SaidPlaces(
        tuple(
            SaidPlace(number, key, place, answers.notes.get(key, PlaceNote()))
            for number, (key, place) in enumerate(((_key(each), each) for each in places), start=1)
        ),
        reading.repeats,
    )


def _key(place: Place) -> str:
    """What makes it the same place after the list was changed. There is one of words alone, at most."""
    return place.url or (f"{place.app}\n{place.account}" if place.app else "")
