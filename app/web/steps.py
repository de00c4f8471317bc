"""What a member is in the middle of: signing in, confirming, changing a factor. In the sealed session only.

Each step ends by itself after a while; starting another one forgets it.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import request, session

from app.casework.sign_in import HalfSignedIn
from app.casework.use_factor import PasskeyAnswer, Used
from app.domain.sessions import CHANGE_FOR, FRESH_FOR, HALF_FOR
from app.vault.pairs import KeyPair
from app.vault.passkeys import Question
from app.web.sessions import kit_of_app, this_session

MOST_WRONG = 5
"""So many wrong factors, and the passphrase is asked for again."""
_KEPT = frozenset({"fingerprint", "role", "sign_in", "label"})
_MOST_CHARACTERS = 500


def _now() -> int:
    return int(kit_of_app().clock().timestamp())


def _is_over(since: int, limit: timedelta) -> bool:
    return _now() - since > limit.total_seconds()


# Signing in: the passphrase was right, the second factor is missing.


def keep_half(half: HalfSignedIn) -> None:
    """A fresh session that holds nothing else."""
    kept = this_session()
    kept.clear()
    kept["half"] = {
        "id": half.member_id,
        "name_digest": half.name_digest.hex(),
        "pair": half.pair.seed.hex(),
        "at": _now(),
        "wrong": 0,
    }
    kept.renew()


def read_half() -> HalfSignedIn | None:
    """None when nobody began, or it is too long ago."""
    kept = session.get("half")
    if kept is None or _is_over(kept["at"], HALF_FOR):
        session.pop("half", None)
        return None
    pair = KeyPair(bytes.fromhex(kept["pair"]))
    return HalfSignedIn(kept["id"], bytes.fromhex(kept["name_digest"]), pair)


def note_wrong() -> bool:
    """One more wrong factor; True when that was one too many, and the half is forgotten."""
    session["half"]["wrong"] += 1
    if session["half"]["wrong"] < MOST_WRONG:
        return False
    session.pop("half")
    return True


# The question a browser was asked about a passkey: good for one answer.


def keep_question(question: Question | None) -> str:
    """What to write into the page; empty without a question."""
    if question is None:
        return ""
    session["challenge"] = question.challenge.hex()
    return question.options


def take_challenge() -> bytes:
    """Used up by asking for it; one that was never given fits no answer."""
    return bytes.fromhex(session.pop("challenge", "00"))


def passkey_answer() -> PasskeyAnswer | None:
    """The answer in the form that was sent."""
    answer = request.form.get("credential", "")
    return PasskeyAnswer(take_challenge(), answer) if answer else None


# Confirming: a second factor just shown, and where the person wanted to go.


def note_confirmed(used: Used) -> None:
    """The member has just shown a second factor."""
    session["staff"]["confirmed_at"] = _now()
    if used is Used.RECOVERY:
        session["staff"]["used_recovery"] = True


def used_recovery() -> bool:
    """Whether they came in by a recovery code, and have set no new factor since."""
    return bool(session.get("staff", {}).get("used_recovery"))


def forget_recovery_use() -> None:
    session["staff"].pop("used_recovery", None)


def is_fresh() -> bool:
    """Whether the last second factor in this session is recent enough for what matters most."""
    return not _is_over(session.get("staff", {}).get("confirmed_at", 0), FRESH_FOR)


def keep_way() -> None:
    """Where to go on once confirmed: this very page, or the one above a form that has none. What was
    typed waits for it, but for secrets, which have other names."""
    rule = request.url_rule
    has_page = rule is not None and "GET" in (rule.methods or ())
    path = request.path if has_page else request.path.rpartition("/")[0]
    typed = {name: value[:_MOST_CHARACTERS] for name, value in request.form.items() if name in _KEPT}
    session["way"] = {"to": f"{request.script_root}/{path.lstrip('/')}", "typed": typed}


def way_on() -> str | None:
    """The path that waits, if one does. It was never part of an address that somebody else could write."""
    kept = session.get("way")
    return None if kept is None else str(kept["to"])


def typed_before() -> dict[str, str]:
    """What was typed on this page before the factor was asked for; once."""
    kept = session.get("way")
    if kept is None or kept["to"] != f"{request.script_root}{request.path}":
        return {}
    return dict(session.pop("way")["typed"])


# Changing one's own passphrase or second factor.


@dataclass(frozen=True)
class Change:
    """`kind` is "passphrase" or "factor"; `secret` is the new one; `codes` are shown at the end."""

    kind: str
    secret: str
    codes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Change({self.kind})"


def keep_change(change: Change) -> None:
    """Its time runs from the current passphrase; renewing the session does not begin it again."""
    before: dict[str, Any] = session.get("change") or {"at": _now()}
    session["change"] = {
        "kind": change.kind,
        "secret": change.secret,
        "codes": list(change.codes),
        "at": before["at"],
    }


def read_change(kind: str) -> Change | None:
    kept = session.get("change")
    if kept is None or kept["kind"] != kind:
        return None
    if _is_over(kept["at"], CHANGE_FOR):
        session.pop("change")
        return None
    return Change(kind, kept["secret"], tuple(kept["codes"]))


def forget_change() -> None:
    session.pop("change", None)
