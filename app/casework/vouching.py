"""Vouching for public keys: a MAC under a key that only holders of the team key can derive.

A public key that somebody swapped in the database (a colleague's, the courier's, the recovery key)
carries no good MAC, and is refused loudly.
"""

from app.casework.errors import KeyNotTrusted
from app.vault.derive import key_from, mac, mac_fits
from app.vault.pairs import KeyPair


def vouch(team: KeyPair, what: str, public: bytes) -> bytes:
    """The MAC that says: a holder of the team key has seen this key. `what` names kind and id."""
    return mac(key_from(team.seed, "vouching"), what, public)


def require_vouched(team: KeyPair, what: str, public: bytes, public_mac: bytes) -> bytes:
    """The public key itself, or KeyNotTrusted."""
    if not mac_fits(key_from(team.seed, "vouching"), what, public, public_mac):
        raise KeyNotTrusted(what)
    return public


def member_name(member_id: str) -> str:
    return f"member {member_id}"


def hotline_name(kind: str, key_id: str) -> str:
    return f"{kind} key {key_id}"


def recovery_name(key_id: str) -> str:
    return f"recovery key {key_id}"
