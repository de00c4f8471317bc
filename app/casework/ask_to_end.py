"""Asking a caseworker to end what one may not end oneself: nobody but the person ends anything for them."""

from dataclasses import dataclass

from app.casework.actors import Requester
from app.casework.errors import NotAllowed, NotFound
from app.casework.kit import Kit
from app.casework.own_request import load_to_change, say
from app.domain.words import Standing
from app.i18n.locales import gettext as _
from app.i18n.locales import ngettext


@dataclass(frozen=True)
class EndInput:
    """Some places by number, or with `everything` the whole request: forget it."""

    numbers: tuple[int, ...] = ()
    everything: bool = False


def ask_to_end(kit: Kit, actor: Requester, given: EndInput) -> None:
    """Write the wish to the hotline as a message of this party, in the language being spoken.

    Nothing ends by itself. Raises NotAllowed for who ends things themselves and for a bystander, NotFound for
    a number this party does not see, and when nothing is asked.
    """
    at = kit.clock()
    with kit.database.writing() as work:
        own = load_to_change(work, actor, at)
        if own.party.standing is Standing.OWN:
            raise NotAllowed
        if given.numbers and not own.party.standing.sees_places:
            raise NotFound
        numbers = tuple(own.place(number).number for number in dict.fromkeys(given.numbers))
        if not numbers and not given.everything:
            raise NotFound
        say(work, own, _wish(numbers, given.everything), at)
        work.commit()


def _wish(numbers: tuple[int, ...], everything: bool) -> str:
    if everything:
        return _("My wish: please forget everything that was told to you here.")
    listed = ", ".join(map(str, numbers))
    return ngettext(
        "My wish: please stop asking for place %(numbers)s.",
        "My wish: please stop asking for places %(numbers)s.",
        len(numbers),
        numbers=listed,
    )
