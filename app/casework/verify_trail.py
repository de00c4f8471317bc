"""Looking through every chain of the trail for lines that were changed, removed or inserted."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum, unique

from app.casework.kit import Kit
from app.domain.trail import Line, first_break
from app.domain.trail_heads import Head, Heads


@unique
class Fault(StrEnum):
    """What is wrong with the first line that does not fit."""

    CHANGED = "changed"  # its own digest does not fit it
    REMOVED = "removed"  # its number is missing
    INSERTED = "inserted"  # it does not follow the line before: one was put in, or written anew
    CUT = "cut"  # the chain ends before this line, which a head says was there
    REWRITTEN = "rewritten"  # the chain is whole, but a head says that this line was another


@dataclass(frozen=True)
class Damage:
    """The first line of one chain that is not as it was written; positions count from 0."""

    trail_id: str
    position: int
    fault: Fault


def verify_trail(
    kit: Kit, known: Heads | None = None, read: Callable[[int], object] = int
) -> tuple[Damage, ...]:
    """Every damaged chain, at its first break; empty when all is well.

    `known` are heads of an earlier moment: each chain must still go on from what they say.
    `read` is told how many lines were read each time.
    """
    earlier = {head.trail_id: head for head in known.chains} if known else {}
    damages: list[Damage] = []
    with kit.database.reading() as work:
        for trail_id, lines in work.trail.walk():
            damages += _faults(trail_id, lines, earlier.pop(trail_id, None))
            read(len(lines))
    damages += [Damage(trail_id, 0, Fault.CUT) for trail_id in earlier]
    return tuple(damages)


def damage_of(trail_id: str, lines: list[tuple[Line, bytes]]) -> Damage | None:
    """Where one chain is not as it was written; None when it is whole."""
    return next(_faults(trail_id, lines, None), None)


def _faults(trail_id: str, lines: list[tuple[Line, bytes]], head: Head | None) -> Iterator[Damage]:
    position = first_break(lines)
    if position is not None:
        yield Damage(trail_id, position, _fault(lines, position))
    elif head is not None and head.position >= len(lines):
        yield Damage(trail_id, len(lines), Fault.CUT)
    elif head is not None and lines[head.position][1].hex() != head.digest:
        yield Damage(trail_id, head.position, Fault.REWRITTEN)


def _fault(lines: list[tuple[Line, bytes]], position: int) -> Fault:
    line, stored = lines[position]
    if line.position != position:
        return Fault.REMOVED
    return Fault.CHANGED if line.digest != stored else Fault.INSERTED
