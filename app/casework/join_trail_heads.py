"""The last line of every chain, to be written down where nobody with the database can change it."""

from collections.abc import Callable

from app.casework.kit import Kit
from app.domain.trail_heads import Head, Heads


def join_trail_heads(kit: Kit, read: Callable[[int], object] = int) -> Heads:
    """Holds random ids and digests only. `read` is told how many lines were read each time."""
    chains = []
    with kit.database.reading() as work:
        for trail_id, lines in work.trail.walk():
            last, digest = lines[-1]
            chains.append(Head(trail_id, last.position, digest.hex()))
            read(len(lines))
    return Heads(kit.clock(), tuple(sorted(chains, key=lambda head: head.trail_id)))
