"""People at the hotline and the states of their access."""

from enum import StrEnum, unique


@unique
class StaffState(StrEnum):
    """Where one member stands. Only an active member can sign in."""

    WAITING = "waiting"  # enrolled, not yet granted the team key by a colleague
    ACTIVE = "active"
    SUSPENDED = "suspended"  # may come back: the grant is kept, sealed
    LEFT = "left"  # the grant is destroyed; coming back means a new invitation


@unique
class KeyState(StrEnum):
    """A team key's life."""

    NEXT = "next"  # prepared by a rotation, not used yet
    CURRENT = "current"
    OLD = "old"  # opened only to be re-sealed; destroyed when the rotation ends


MOVES: dict[StaffState, frozenset[StaffState]] = {
    StaffState.WAITING: frozenset({StaffState.ACTIVE, StaffState.LEFT}),
    StaffState.ACTIVE: frozenset({StaffState.SUSPENDED, StaffState.LEFT}),
    StaffState.SUSPENDED: frozenset({StaffState.ACTIVE, StaffState.LEFT}),
    StaffState.LEFT: frozenset(),
}


class NoSuchStaffMove(Exception):
    """The member is not in a state from which this can happen."""


def move(now: StaffState, to: StaffState) -> StaffState:
    """The next state. Raises NoSuchStaffMove."""
    if to not in MOVES[now]:
        raise NoSuchStaffMove
    return to
