"""Opening the courier: its lasting keys go, sealed, to the pair that only a running courier holds."""

from datetime import timedelta

from app.casework.actors import Caseworker
from app.casework.kit import Kit
from app.casework.vouching import hotline_name, require_vouched
from app.domain.staff import KeyState
from app.persistence.team_keys import COURIER, HotlineKey
from app.vault.derive import mac_fits
from app.vault.pairs import KeyPair, open_with, seal_to
from app.vault.seal import Purpose

ALIVE = timedelta(seconds=60)
"""A courier that was not seen for this long is taken to be gone."""


def unlock_courier(kit: Kit, actor: Caseworker) -> int:
    """Open every waiting courier process; how many were opened. A process nobody vouches for is skipped.

    While a rotation runs a courier gets the old key beside the new one: old packs still wait for it.
    Raises KeyNotTrusted when the courier's key in the database was swapped.
    """
    with kit.database.reading() as work:
        waiting = [p for p in work.courier_processes.alive(kit.clock() - ALIVE) if p.courier_sealed is None]
        keys = work.hotline_keys.of_kind(COURIER, KeyState.CURRENT, KeyState.OLD)
    vouched = [
        p
        for p in waiting
        if mac_fits(kit.courier_post_key, f"courier process {p.id}", p.public, p.public_mac)
    ]
    if not vouched:
        return 0
    seeds = b"".join(courier_seed(actor, key) for key in keys)
    with kit.database.writing() as work:
        kit.team_key(work)  # a rotation waits until this is done
        if keys != work.hotline_keys.of_kind(COURIER, KeyState.CURRENT, KeyState.OLD):
            return 0  # rotated at this very moment: the next sign-in opens the courier
        for process in vouched:
            sealed = seal_to(process.public, Purpose.COURIER_UNLOCK, process.id, seeds)
            work.courier_processes.unlock(process.id, sealed)
        work.commit()
    return len(vouched)


def trusted_courier_public(team: KeyPair, key: HotlineKey) -> bytes:
    """The courier's public half, if somebody with the team key vouched for it. Raises KeyNotTrusted."""
    return require_vouched(team, hotline_name(COURIER, key.id), key.public, key.public_mac)


def courier_seed(actor: Caseworker, key: HotlineKey) -> bytes:
    """The courier's private half. Raises KeyNotTrusted, NotOpened."""
    trusted_courier_public(actor.team.current, key)
    return open_with(actor.team, Purpose.COURIER_KEY, key.id, key.secret_sealed or b"")
