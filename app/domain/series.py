"""A series: all material of one person, across requests. Known at the desk only.

Which requests belong together is a caseworker's judgement, never a program's. A series known to police
carries their reference.
"""

from collections.abc import Container
from dataclasses import dataclass, replace
from enum import StrEnum, unique


@unique
class Match(StrEnum):
    """What two places of different requests have in common. The strongest first."""

    ADDRESS = "address"  # the same, but for what follows the "#"
    PAGE = "page"  # the same, but for what follows the "?"
    ACCOUNT = "account"  # the same account on the same app


@dataclass(frozen=True)
class Candidate:
    """Another case with places like some of this one's: no more than that. Whether they show the same person
    is for a caseworker to judge, who opens the other case."""

    request_id: str
    matches: tuple[tuple[Match, int], ...]  # strongest first, with how many places

    @property
    def handle(self) -> str:
        return self.request_id[:8]

    def __repr__(self) -> str:
        return f"Candidate({self.request_id})"


@dataclass(frozen=True)
class PoliceFile:
    """What police know a series by. `reference` and `country` are empty where nobody gave them."""

    is_known: bool = False
    reference: str = ""
    country: str = ""

    def __repr__(self) -> str:
        return "PoliceFile(…)"


@dataclass(frozen=True)
class Series:
    """`requests`: ids, sorted. `version` counts the changes, so that an old page overwrites nothing newer."""

    id: str
    requests: tuple[str, ...]
    police: PoliceFile = PoliceFile()
    note: str = ""
    version: int = 1

    def __repr__(self) -> str:
        return f"Series({self.id})"

    def with_request(self, request_id: str) -> "Series":
        """With one more request; it stays once."""
        return replace(self, requests=tuple(sorted({*self.requests, request_id})))

    def without(self, request_id: str) -> "Series":
        """It goes on with what is left: even with one request it carries what police know."""
        return replace(self, requests=tuple(one for one in self.requests if one != request_id))

    def among(self, known: Container[str]) -> "Series":
        """Only requests that still exist: a destroyed one's id leads nowhere."""
        return replace(self, requests=tuple(one for one in self.requests if one in known))

    def absorbing(self, other: "Series") -> "Series":
        """Both as one, nothing lost: where police have two references, the other's goes into the note."""
        police, notes = self.police, [self.note, other.note]
        if not police.reference and (other.police.reference or other.police.is_known):
            police = other.police
        elif other.police.reference and other.police != police:
            notes.insert(1, f"{other.police.reference} {other.police.country}".strip())
        return replace(
            self,
            requests=tuple(sorted({*self.requests, *other.requests})),
            police=police,
            note="\n".join(one for one in notes if one),
        )

    def described(self, police: PoliceFile, note: str) -> "Series":
        """With what a caseworker wrote."""
        return replace(self, police=police, note=note)
