"""What a case page shows of looking at places: which are due, and what was said of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.casework.case_folder import CaseFolder, CasePlace
from app.casework.note_signal import SOURCES
from app.domain.moves import GONE_OUT
from app.domain.notice_words import Seen
from app.domain.signals import Signal
from app.i18n.locales import gettext as _
from app.i18n.words import desk_words
from app.reads.watch_list import WATCHED

Options = tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class WatchPart:
    """`places`: about which a notice went out. `due`: those to look at now. `words`: by location id, those of
    since the place was gone before it last came back, oldest first."""

    places: tuple[CasePlace, ...]
    due: tuple[CasePlace, ...]
    words: Mapping[str, tuple[Signal, ...]]
    seen: Options
    sources: Options


def watch_part(case: CaseFolder, at: datetime) -> WatchPart:
    words = {
        place.id: tuple(
            one for one in case.signals if one.location_id == place.id and one.round >= place.back_count - 1
        )
        for place in case.places
    }
    return WatchPart(
        places=tuple(place for place in case.places if place.state in GONE_OUT),
        due=tuple(place for place in case.places if is_due(place, at)),
        words={location_id: said for location_id, said in words.items() if said},
        seen=tuple((one.value, desk_words(one), "") for one in Seen),
        sources=tuple((one.value, desk_words(one), _hints()[one.value]) for one in SOURCES),
    )


def is_due(place: CasePlace, at: datetime) -> bool:
    """Whether somebody is to look now whether it is gone."""
    return place.state in WATCHED and place.due_at is not None and place.due_at <= at


def _hints() -> dict[str, str]:
    return {
        "us": _("In the way that your hotline is authorised to look."),
        "partner": _("A partner you trust looked in the way it is authorised to."),
        "requester": _("They told it of their own accord. Never ask anybody to look."),
    }
