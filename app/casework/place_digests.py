"""Keyed digests of places: equal places of different requests are found without opening them.

Made only where a caseworker opens the case, never at intake. The key follows from the index key *and* the
team key: whoever can write to the database could put an index key of their own there, and would still not
know the key of the digests, nor try addresses against them.
"""

from collections.abc import Container, Iterable

from app.casework.actors import Caseworker
from app.casework.case_folder import CasePlace
from app.casework.vouching import hotline_name, require_vouched
from app.domain.series import Candidate, Match
from app.domain.words import LocationState
from app.persistence.database import Work
from app.persistence.series import Matched
from app.persistence.team_keys import INDEX
from app.places.likeness import marks_of
from app.vault.derive import key_from, mac
from app.vault.pairs import open_with
from app.vault.seal import NotOpened, Purpose, SecretKey

MOST_CANDIDATES = 20


def digest_places(
    work: Work, actor: Caseworker, request_id: str, places: Iterable[CasePlace], linked: Container[str] = ()
) -> tuple[Candidate, ...]:
    """Bring the digests of an opened case up to its places; the other cases that share one, likeliest first,
    but for those that are `linked` with it already.

    The caller holds the request's row, and the team key from before that (a rotation destroys all digests).
    None are made, and none found, by who signed in before a rotation. Raises KeyNotTrusted.
    """
    key = _digest_key(work, actor)
    if key is None:
        return ()
    wanted = {
        (one.id, match.value): mac(key, f"place {match.value}", value)
        for one in places
        if one.state is not LocationState.WITHDRAWN
        for match, value in marks_of(one.place)
    }
    there = work.series.digests.of_request(request_id)
    work.series.digests.drop(name for name, made in there.items() if wanted.get(name) != made)
    work.series.digests.add({name: made for name, made in wanted.items() if there.get(name) != made})
    found = work.series.digests.matches(request_id, actor.id)
    return _candidates(one for one in found if one.request_id not in linked)


def _digest_key(work: Work, actor: Caseworker) -> SecretKey | None:
    index = work.hotline_keys.current(INDEX)
    try:
        secret = open_with(actor.team.current, Purpose.INDEX_KEY, index.id, index.secret_sealed or b"")
    except NotOpened:
        return None
    require_vouched(actor.team.current, hotline_name(INDEX, index.id), index.public, index.public_mac)
    return key_from(secret + actor.team.current.seed, "place digests")


def _candidates(found: Iterable[Matched]) -> tuple[Candidate, ...]:
    """`found` has the strongest kind first."""
    by_request: dict[str, list[tuple[Match, int]]] = {}
    for one in found:
        by_request.setdefault(one.request_id, []).append((one.match, one.count))
    made = (Candidate(request_id, tuple(matches)) for request_id, matches in by_request.items())
    return tuple(made)[:MOST_CANDIDATES]
