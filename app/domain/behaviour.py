"""How a provider behaves, proposed from the record and set by a person.

The five kinds are the framework's ("How We Are Failing Children", 2019). The record is counts of plain
columns alone, of the newest notices. Two kinds are never proposed, because no count of answers shows them:
whether somebody looks by itself (proactive), and what somebody knows and allows (complicit).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.desk_words import Behaviour

FAST = timedelta(hours=24)
"""Removed within it: the norm among Dutch hosts, which 84 % of removals kept in 2020 (government monitor)."""
SILENT_AFTER = timedelta(days=7)
"""Without a word for so long. Our choice: 73 % of what INHOPE hotlines reported in 2019 was gone by then."""
FEWEST = 10
"""Of so many places on, something is proposed, and numbers are shown: below, they tell of single people.
Advice for the figures of hotlines is to hide cells under 10."""
REACTIVE_FROM = 0.8
"""Share removed, of all that were asked for. Our choice; see FAST for what is usual."""
RESISTANT_FROM = 0.2
"""Share asked about or refused. Our choice: one in five is no mistake of one person."""
NON_COMPLIANT_FROM = 0.5
"""Share silent or refused. Our choice: more often than not."""
BACK_BELOW = 0.25
"""Where more than this comes back, removing alone is not "reactive". The Canadian Centre saw the same images
back at the same service in half of all cases."""

NOT_FOR_OWN_WORDS = frozenset({Behaviour.NON_COMPLIANT, Behaviour.COMPLICIT})
"""Who ignores notices, or sides with whoever posted it, is never handed the words of a survivor."""
NEVER_PROPOSED = frozenset({Behaviour.PROACTIVE, Behaviour.COMPLICIT})


@dataclass(frozen=True)
class Record:
    """Counts of one provider. `notices` were sent, and held `places`.

    Of these places `answered` had any word, `removed` were said or checked to be gone, `fast` of them within
    FAST, `debated` were asked about or refused, `refused` the latter, `silent` had no word for SILENT_AFTER
    and are still up, `back` came back after they were gone. Each place counts once in each.
    """

    notices: int = 0
    places: int = 0
    answered: int = 0
    removed: int = 0
    fast: int = 0
    debated: int = 0
    refused: int = 0
    silent: int = 0
    back: int = 0


@dataclass(frozen=True)
class Asked:
    """One place in a notice that was sent, and what came of it. `word_at`: the first word of the provider;
    `removed_at`: that it is gone, by its word or by a check. `is_open`: it is neither gone nor withdrawn."""

    sent_at: datetime
    word_at: datetime | None = None
    removed_at: datetime | None = None
    debated: bool = False
    refused: bool = False
    back: bool = False
    is_open: bool = True


def count(notices: int, places: Iterable[Asked], at: datetime) -> Record:
    """The record. Places about which it is too early to say anything are left out, and so are those that were
    withdrawn before a word came."""
    told = [one for one in places if one.word_at or one.removed_at or _is_silent(one, at)]
    return Record(
        notices=notices,
        places=len(told),
        answered=sum(one.word_at is not None for one in told),
        removed=sum(one.removed_at is not None for one in told),
        fast=sum(one.removed_at is not None and one.removed_at - one.sent_at <= FAST for one in told),
        debated=sum(one.debated or one.refused for one in told),
        refused=sum(one.refused for one in told),
        silent=sum(_is_silent(one, at) for one in told),
        back=sum(one.back for one in told),
    )


def _is_silent(place: Asked, at: datetime) -> bool:
    said_nothing = place.word_at is None and place.removed_at is None
    return said_nothing and place.is_open and at - place.sent_at >= SILENT_AFTER


def may_have_own_words(behaviours: Iterable[Behaviour]) -> bool:
    """Whether somebody's own words may go along in a letter to this provider at all."""
    return not NOT_FOR_OWN_WORDS & frozenset(behaviours)


def propose(record: Record) -> tuple[Behaviour, ...]:
    """What the record suggests; a person decides. Nothing from fewer than FEWEST places."""
    if record.places < FEWEST:
        return ()
    found = {
        Behaviour.REACTIVE: record.removed >= REACTIVE_FROM * record.places
        and record.back <= BACK_BELOW * record.places,
        Behaviour.RESISTANT: record.debated >= RESISTANT_FROM * record.places,
        Behaviour.NON_COMPLIANT: record.silent + record.refused >= NON_COMPLIANT_FROM * record.places,
    }
    return tuple(behaviour for behaviour, holds in found.items() if holds)


def shown(count: int, of: int) -> int | None:
    """A count as it may be shown, or None: too small, or so near to all that the rest could be told."""
    if of < FEWEST or 0 < count < FEWEST or 0 < of - count < FEWEST:
        return None
    return count
