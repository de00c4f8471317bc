"""The moment of a rotation: one transaction after which everything new goes to the new team key.

The key before is then opened only to seal anew what lies under it (reseal_to_team.py), through the
bridge that was made when the new key was prepared.
"""

from dataclasses import replace
from datetime import datetime

from app.casework.actors import Caseworker
from app.casework.current_team import current_team
from app.casework.errors import KeyNotTrusted, RotationRefused
from app.casework.found_hotline import PURPOSES, new_hotline_key
from app.casework.hotline_trail import note
from app.casework.key_holders import grant_to_all, trusted_members, trusted_recovery
from app.casework.kit import Kit
from app.casework.second_person import require_second
from app.casework.vouching import hotline_name, member_name, recovery_name, require_vouched, vouch
from app.domain.staff import KeyState, StaffState
from app.domain.trail import TrailKind
from app.persistence.database import Work
from app.persistence.team_keys import COURIER, INDEX, SIGNING, TeamKey
from app.vault.pairs import KeyPair, fingerprint_of, open_with, ring_of, seal_to
from app.vault.seal import NotOpened, Purpose


def switch_team_key(kit: Kit, actor: Caseworker, second: Caseworker | None = None) -> Caseworker:
    """The same caseworker, now holding both keys. Couriers are locked, staff sessions end.

    Raises RotationRefused (nothing_prepared, not_pinned, second_person), Stale, KeyNotTrusted.
    """
    people, at = require_second(kit, actor, second), kit.clock()
    before = actor.team.current
    with kit.database.writing() as work:
        work.team_keys.hold()
        current_team(kit, work, actor)
        old = work.team_keys.current()
        after, prepared = _prepared(kit, work, actor)
        members, recovery = trusted_members(work, before), trusted_recovery(work, before)
        work.team_keys.set_state(old.id, KeyState.OLD)
        work.team_keys.set_state(prepared.id, KeyState.CURRENT)
        # Anew for all: somebody may have come, left or been given another key since it was prepared.
        grant_to_all(work, members, prepared.id, after)
        for member in members:
            work.staff.vouch(member, vouch(after, member_name(member.id), member.public))
        if recovery is not None:
            vouched = vouch(after, recovery_name(recovery.id), recovery.public)
            work.team_keys.vouch_recovery(recovery.id, vouched)
        for waiting in work.staff.members(StaffState.WAITING):
            work.staff.drop_proposal(waiting.id)  # it was bound to the key before: proposed once more
        work.invitations.drop_keys()
        _carry_hotline_keys(kit, work, before, after, at)
        work.series.digests.drop_all()  # made with the index key before; anew as cases are opened
        work.courier_processes.lock_all()
        work.sessions.end_of_staff()
        for person in people:
            note(work, TrailKind.ROTATION_SWITCHED, person, at, prepared.id)
        work.commit()
    return replace(actor, team=ring_of(after, before))


def _prepared(kit: Kit, work: Work, actor: Caseworker) -> tuple[KeyPair, TeamKey]:
    """The next team key, if it is pinned and was made by somebody who held the one before."""
    row = work.team_keys.in_state(KeyState.NEXT)
    if row is None:
        raise RotationRefused("nothing_prepared")
    if fingerprint_of(row.public) not in kit.settings.team_fingerprints:
        raise RotationRefused("not_pinned")
    try:
        grant = work.staff.grant(actor.id, row.id) or b""
        after = KeyPair(open_with(actor.pair, Purpose.TEAM_KEY, actor.id, grant))
        before = open_with(after, Purpose.TEAM_KEY_BEFORE, row.id, row.before_sealed or b"")
    except (NotOpened, ValueError):
        raise KeyNotTrusted(f"team key {row.id}") from None
    if after.public != row.public or before != actor.team.current.seed:
        raise KeyNotTrusted(f"team key {row.id}")
    return after, row


def _carry_hotline_keys(kit: Kit, work: Work, before: KeyPair, after: KeyPair, at: datetime) -> None:
    """New courier, index and signing keys. The old courier key opens old packs until they are sealed
    anew; of old signing keys the public half is kept; the old index key is of no more use."""
    for kind in (COURIER, SIGNING, INDEX):
        for key in work.hotline_keys.of_kind(kind):
            name = hotline_name(kind, key.id)
            require_vouched(before, name, key.public, key.public_mac)
            if kind == INDEX:
                work.hotline_keys.destroy(key.id)
                continue
            secret = None
            if kind == COURIER:
                opened = open_with(before, PURPOSES[kind], key.id, key.secret_sealed or b"")
                secret = seal_to(after.public, PURPOSES[kind], key.id, opened)
            vouched = vouch(after, name, key.public)
            work.hotline_keys.save(replace(key, state=KeyState.OLD, public_mac=vouched, secret_sealed=secret))
        work.hotline_keys.add(new_hotline_key(kit, kind, after, at))
