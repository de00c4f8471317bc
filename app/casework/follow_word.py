"""What somebody's word that a place is gone, or is there, does to it: the one way to gone, watched and back.

The word itself is kept as what it is. Only two independent ones, one of them a lawful check, make a place
gone (domain/signals.py); until then it stands as it stood.
"""

from dataclasses import replace
from datetime import datetime

from app.casework.count_outcome import count_outcome, noticed_at
from app.domain.assessments import Finding
from app.domain.counting import Counted
from app.domain.locations import Location
from app.domain.moves import MOVES, SAID_GONE
from app.domain.notice_words import Seen
from app.domain.requests import Request
from app.domain.signals import Confirmed, Signal, confirmed_gone, looks_done, next_watch
from app.domain.timers import Times
from app.domain.times import to_minute
from app.domain.trail import Entry, TrailKind
from app.domain.words import LocationState
from app.persistence.database import Work

_LOOKED_AT = frozenset({LocationState.GONE, LocationState.WATCHED})


def follow_word(
    work: Work, request: Request, location: Location, word: Signal, times: Times, finding: Finding | None
) -> Location:
    """Keep the word, and the location as it stands after it: within the caller's transaction, which saves the
    location. `finding` is for the chart alone; None where no key for it is at hand.
    """
    work.signals.add(word)
    if word.seen is Seen.THERE:
        return _there(work, request, location, word, finding)
    confirmed = confirmed_gone(work.signals.of_location(location.id), location.back_count, times)
    if location.state in _LOOKED_AT:
        return _looked_again(work, request, location, word, times, confirmed)
    if LocationState.GONE not in MOVES[location.state]:
        return location
    if confirmed is None:
        return _not_yet(location, word, times)
    _note(work, request, TrailKind.OUTCOME_GONE, word)
    since = noticed_at(work, location)
    count_outcome(work, finding, Counted.GONE, max(confirmed.first_at, since or confirmed.first_at), since)
    return _due(location.move(LocationState.GONE, word.said_at), next_watch(0, confirmed.at, times))


def _there(
    work: Work, request: Request, location: Location, word: Signal, finding: Finding | None
) -> Location:
    """Still there, where nobody had said otherwise; else it is back: one time more, and to the top."""
    if location.state not in SAID_GONE:
        return location
    _note(work, request, TrailKind.OUTCOME_BACK, word)
    count_outcome(work, finding, Counted.BACK, word.said_at, noticed_at(work, location))
    return location.move(LocationState.BACK, word.said_at)


def _not_yet(location: Location, word: Signal, times: Times) -> Location:
    """We looked so soon after the provider's word that it is no second one: looked at again when it is."""
    is_check = word.source.is_lawful_check and location.state is LocationState.SAYS_REMOVED
    return _due(location, word.said_at + times.signals_apart) if is_check else location


def _looked_again(
    work: Work,
    request: Request,
    location: Location,
    word: Signal,
    times: Times,
    confirmed: Confirmed | None,
) -> Location:
    """Still gone on one of the days on which somebody looks. A word that is no look moves nothing."""
    gone_at = location.state_at if confirmed is None else confirmed.at
    done = looks_done(location.watch_step, gone_at, word.said_at, times)
    if not word.source.is_lawful_check or done == location.watch_step:
        return location
    _note(work, request, TrailKind.PLACE_WATCHED, word)
    watched = replace(location.move(LocationState.WATCHED, word.said_at), watch_step=done)
    return _due(watched, next_watch(done, gone_at, times))


def _due(location: Location, at: datetime | None) -> Location:
    return location.due(None if at is None else to_minute(at))


def _note(work: Work, request: Request, kind: TrailKind, word: Signal) -> None:
    by = word.by or word.source.value
    work.trail.append(request.trail_id, Entry(kind, word.location_id), by, word.said_at)
