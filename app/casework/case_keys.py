"""Opening the keys of one case with the team key, or with a party's code."""

from dataclasses import dataclass

from app.casework.kit import new_id
from app.persistence.database import Work
from app.persistence.wraps import TEAM, Wrap
from app.vault.pairs import Ring, open_with, seal_to, sealed_to
from app.vault.seal import Purpose, SecretKey, lock

KIND_OF = {
    Purpose.REQUEST_KEY: "request",
    Purpose.VOICE_KEY: "voice",
    Purpose.DESK_KEY: "desk",
    Purpose.NOTICE_KEY: "notice",
    Purpose.PROOF_KEY: "proof",
}


@dataclass(frozen=True)
class CaseKeys:
    """What a caseworker's team key opens in one case; voices by party id."""

    request: SecretKey
    desk: SecretKey
    voices: dict[str, SecretKey]

    def __repr__(self) -> str:
        return "CaseKeys(…)"


def open_case_keys(work: Work, team: Ring, request_id: str) -> CaseKeys:
    """Raises NotOpened when the wraps are not the team's."""
    found = work.wraps.of(request_id, TEAM)

    def opened(purpose: Purpose, owner_id: str) -> SecretKey:
        return SecretKey(open_with(team, purpose, owner_id, found[(KIND_OF[purpose], owner_id)]))

    voices = {owner: opened(Purpose.VOICE_KEY, owner) for kind, owner in found if kind == "voice"}
    return CaseKeys(opened(Purpose.REQUEST_KEY, request_id), opened(Purpose.DESK_KEY, request_id), voices)


def wrap_for_team(
    team_public: bytes, purpose: Purpose, request_id: str, owner_id: str, key: SecretKey
) -> Wrap:
    wrapped = seal_to(team_public, purpose, owner_id, key.raw)
    return Wrap(new_id(), request_id, KIND_OF[purpose], owner_id, TEAM, wrapped, sealed_to(wrapped))


def wrap_under(
    wrapping: SecretKey, holder: str, purpose: Purpose, request_id: str, owner_id: str, key: SecretKey
) -> Wrap:
    """Under a key that follows from a code or a link, or under a party's voice key."""
    wrapped = lock(wrapping, purpose, owner_id, key.raw)
    return Wrap(new_id(), request_id, KIND_OF[purpose], owner_id, holder, wrapped)
