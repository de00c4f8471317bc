"""Opening the courier: its lasting key goes, sealed, to the pair that only a running courier holds."""

from datetime import timedelta

from app.casework.actors import Caseworker
from app.casework.errors import KeyNotTrusted
from app.casework.kit import Kit
from app.persistence.staff import CourierKey
from app.vault.derive import key_from, mac_fits
from app.vault.pairs import KeyPair, open_with, seal_to
from app.vault.seal import Purpose

ALIVE = timedelta(seconds=60)
"""A courier that was not seen for this long is taken to be gone."""


def unlock_courier(kit: Kit, actor: Caseworker) -> int:
    """Open every waiting courier process; how many were opened. A process nobody vouches for is skipped."""
    with kit.database.reading() as work:
        waiting = [p for p in work.courier_keys.processes(kit.clock() - ALIVE) if p.courier_sealed is None]
        key = work.courier_keys.current()
    vouched = [
        p
        for p in waiting
        if mac_fits(kit.courier_post_key, f"courier process {p.id}", p.public, p.public_mac)
    ]
    if not vouched:
        return 0
    pair = _courier_pair(actor.team, key)
    with kit.database.writing() as work:
        for process in vouched:
            work.courier_keys.unlock(
                process.id, seal_to(process.public, Purpose.COURIER_UNLOCK, process.id, pair.seed)
            )
        work.commit()
    return len(vouched)


def trusted_courier_public(team: KeyPair, key: CourierKey) -> bytes:
    """The courier's public half, if somebody with the team key vouched for it. Raises KeyNotTrusted."""
    if not mac_fits(key_from(team.seed, "vouching"), "courier key", key.public, key.public_mac):
        raise KeyNotTrusted
    return key.public


def _courier_pair(team: KeyPair, key: CourierKey) -> KeyPair:
    trusted_courier_public(team, key)
    return KeyPair(open_with(team, Purpose.COURIER_KEY, key.id, key.pair_sealed))
