"""Somebody who was asked to confirm, between typing the phrase and sending what they say.

It lies beside whatever else the session holds: who gave the link may sit at the same device.
"""

from flask import session

from app.casework.actors import Voucher
from app.vault.seal import SecretKey
from app.web.sessions import this_session

_KEY = "voucher"


def keep_voucher(link: str, actor: Voucher) -> None:
    """From now on this visitor may confirm, once, on the pages of this link."""
    session[_KEY] = {"link": link, "proof_id": actor.proof_id, "key": actor.proof_key.raw.hex()}
    this_session().renew()


def read_voucher(link: str) -> Voucher | None:
    """Who opened this very link in this session."""
    kept = session.get(_KEY)
    if kept is None or kept["link"] != link:
        return None
    return Voucher(kept["proof_id"], SecretKey(bytes.fromhex(kept["key"])))


def end_voucher() -> None:
    session.pop(_KEY, None)
