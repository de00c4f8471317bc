"""Joining, as far as a person has come: in their sealed session and nowhere else, until the last step."""

from dataclasses import dataclass
from enum import StrEnum, unique
from typing import Any

from flask import session

from app.casework.enrol_member import NewMember
from app.casework.join_hotline import Joined, Joining
from app.domain.staff import StaffState
from app.domain.words import Role
from app.vault.pairs import KeyPair
from app.web.sessions import this_session

_KEY = "join"


@unique
class Step(StrEnum):
    """One page each."""

    NAME = "name"
    WORDS = "words"
    REPEAT = "repeat"
    NUMBER = "number"
    CODES = "codes"
    DONE = "done"


@dataclass(frozen=True)
class Half:
    """What this session holds for one link."""

    link: str
    step: Step
    joining: Joining | None = None
    joined: Joined | None = None

    def __repr__(self) -> str:
        return f"Half({self.step})"


def begin(link: str) -> Half:
    """A fresh session for this link: whoever used this browser before is out of it."""
    kept = this_session()
    kept.clear()
    kept[_KEY] = {"link": link, "step": Step.NAME}
    kept.renew()
    return Half(link, Step.NAME)


def read(link: str) -> Half | None:
    """How far this session came with this link."""
    kept = session.get(_KEY)
    if kept is None or kept["link"] != link:
        return None
    return Half(link, Step(kept["step"]), _joining(kept), _joined(kept))


def keep(half: Half) -> None:
    """Remember how far it went."""
    kept: dict[str, Any] = {"link": half.link, "step": half.step}
    if half.joining is not None:
        drawn = half.joining.drawn
        kept |= {
            "id": drawn.member_id,
            "name": drawn.name,
            "passphrase": drawn.passphrase,
            "totp_secret": drawn.totp_secret,
            "pair": drawn.pair.seed.hex(),
            "totp_step": half.joining.totp_step,
            "codes": list(half.joining.recovery_codes),
        }
    if half.joined is not None:
        kept |= {"joined": vars(half.joined)}
    session[_KEY] = kept


def _joining(kept: dict[str, Any]) -> Joining | None:
    if "pair" not in kept:
        return None
    pair = KeyPair(bytes.fromhex(kept["pair"]))
    drawn = NewMember(kept["id"], kept["name"], kept["passphrase"], kept["totp_secret"], pair)
    return Joining(drawn, kept["totp_step"], tuple(kept["codes"]))


def _joined(kept: dict[str, Any]) -> Joined | None:
    if "joined" not in kept:
        return None
    found = kept["joined"]
    role, state = Role(found["role"]), StaffState(found["state"])
    return Joined(found["member_id"], role, state, found["fingerprint"])
