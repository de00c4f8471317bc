"""Founding a hotline: team key, recovery key, and the keys that are sealed to the team. Once."""

from dataclasses import dataclass
from datetime import datetime
from os import urandom

from app.casework.errors import AlreadyFounded
from app.casework.hotline_trail import note
from app.casework.invite_member import Invite, put_invitation
from app.casework.kit import Kit, new_id
from app.casework.vouching import hotline_name, recovery_name, vouch
from app.domain.staff import KeyState
from app.domain.trail import TrailKind
from app.persistence.team_keys import COURIER, INDEX, SIGNING, HotlineKey, RecoveryKey, TeamKey
from app.vault.derive import mac
from app.vault.pairs import KeyPair, new_pair, seal_to
from app.vault.seal import Purpose
from app.vault.signing import new_signing_key

PURPOSES = {COURIER: Purpose.COURIER_KEY, INDEX: Purpose.INDEX_KEY, SIGNING: Purpose.SIGNING_KEY}


@dataclass(frozen=True)
class Recovery:
    """The recovery pair at the moment it is made, and how its private half is split."""

    pair: KeyPair
    shares_needed: int
    shares_made: int

    def __repr__(self) -> str:
        return f"Recovery({self.shares_needed} of {self.shares_made})"


def found_hotline(
    kit: Kit, team: KeyPair, recovery: Recovery | None, invited: tuple[Invite, ...] = ()
) -> tuple[str, ...]:
    """Keep the public halves, what is sealed to them, and the first invitations: all of it, or nothing.

    The private team key is kept nowhere but sealed. Returns the secrets of the invitations' links.
    Raises AlreadyFounded, SignInTaken, NotAllowed (see invite_member).
    """
    at = kit.clock()
    team_key = TeamKey(new_id(), team.public, at, KeyState.CURRENT)
    with kit.database.writing() as work:
        if not work.team_keys.is_empty():
            raise AlreadyFounded
        work.team_keys.add(team_key)
        for kind in (COURIER, INDEX, SIGNING):
            work.hotline_keys.add(new_hotline_key(kit, kind, team, at))
        if recovery is not None:
            key_id, public = new_id(), recovery.pair.public
            vouched = vouch(team, recovery_name(key_id), public)
            made = (recovery.shares_needed, recovery.shares_made, at, None)
            work.team_keys.add_recovery(RecoveryKey(key_id, public, *made, vouched))
            sealed = seal_to(public, Purpose.TEAM_KEY_RECOVERY, team_key.id, team.seed)
            work.team_keys.add_recovery_grant(key_id, team_key.id, sealed)
        note(work, TrailKind.HOTLINE_FOUNDED, "command", at)
        secrets = tuple(put_invitation(kit, work, "command", one, team, at) for one in invited)
        work.commit()
    return secrets


def is_founded(kit: Kit) -> bool:
    with kit.database.reading() as work:
        return not work.team_keys.is_empty()


def new_hotline_key(kit: Kit, kind: str, team: KeyPair, at: datetime) -> HotlineKey:
    """A fresh key of one kind, sealed to the team, its public half vouched for."""
    key_id = new_id()
    secret, public = _make(kind)
    return HotlineKey(
        id=key_id,
        kind=kind,
        public=public,
        made_at=at,
        state=KeyState.CURRENT,
        public_mac=vouch(team, hotline_name(kind, key_id), public),
        secret_sealed=seal_to(team.public, PURPOSES[kind], key_id, secret),
        installation_mac=mac(kit.installation_key, hotline_name(kind, key_id), public),
    )


def _make(kind: str) -> tuple[bytes, bytes]:
    """(secret, public half); the index key is symmetric and has none."""
    if kind == COURIER:
        pair = new_pair()
        return pair.seed, pair.public
    if kind == SIGNING:
        return new_signing_key()
    return urandom(32), b""
