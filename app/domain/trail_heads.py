"""Heads: the last line of every chain at one moment, written down elsewhere.

A chain shows by itself that a line was changed, removed or inserted, but not that its end was cut
off, nor that all of it was written anew. A head kept in another place shows both.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

_FIRST = "heard trail head 1"


class HeadsDamaged(ValueError):
    """The text is not, or no longer, what was written down."""


@dataclass(frozen=True)
class Head:
    """The last line of one chain."""

    trail_id: str
    position: int
    digest: str  # hex

    def __str__(self) -> str:
        return f"{self.trail_id} {self.position} {self.digest}"


@dataclass(frozen=True)
class Heads:
    """All chains at one moment, by trail id."""

    at: datetime
    chains: tuple[Head, ...]

    @property
    def joined(self) -> str:
        """One digest over all of them: short enough for paper."""
        return sha256("".join(f"{head}\n" for head in self.chains).encode()).hexdigest()

    @property
    def line(self) -> str:
        """`2026-11-21T20:03Z 412 <digest>`: the time is told, the rest can be checked."""
        return f"{self.at.astimezone(UTC):%Y-%m-%dT%H:%MZ} {len(self.chains)} {self.joined}"

    def write(self) -> str:
        """As text: what it is, one line per chain, and the line that joins them."""
        return "".join(f"{line}\n" for line in (_FIRST, *self.chains, self.line))


def read_heads(text: str) -> Heads:
    """What `write` wrote. Raises HeadsDamaged."""
    try:
        first, *lines, last = text.splitlines()
        chains = tuple(Head(trail_id, int(p), digest) for trail_id, p, digest in map(str.split, lines))
        heads = Heads(datetime.strptime(last.split()[0], "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC), chains)
    except (ValueError, IndexError):
        raise HeadsDamaged from None
    if first != _FIRST or heads.line != last:
        raise HeadsDamaged
    return heads
