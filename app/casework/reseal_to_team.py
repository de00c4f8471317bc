"""Sealing anew, beside the running site, what still lies under the team key before the rotation.

In batches: read, seal outside of any transaction, write only what nobody changed meanwhile. Killed at
any moment it goes on where it was, because each row says which key it is sealed to.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from app.casework.actors import Caseworker
from app.casework.case_keys import KIND_OF
from app.casework.errors import KeyNotTrusted, RotationRefused
from app.casework.kit import Kit
from app.casework.packs import open_pack, seal_pack
from app.casework.series_records import open_series_record, seal_series
from app.casework.unlock_courier import courier_seed
from app.domain.staff import KeyState
from app.persistence.database import Work
from app.persistence.sealed_to import SealedTo
from app.persistence.team_keys import COURIER, TeamKey
from app.persistence.wraps import FORMER
from app.vault.pairs import KeyPair, fingerprint_of, key_id_of, open_with, seal_to, sealed_to, start_of
from app.vault.seal import NotOpened, Purpose

BATCH = 200
_PURPOSE_OF = {kind: purpose for purpose, kind in KIND_OF.items()} | {FORMER: Purpose.REQUEST_KEY}


@dataclass(frozen=True)
class Batch:
    """How many rows were looked at, and ids of those that their key does not open: they were damaged."""

    count: int
    damaged: tuple[str, ...] = ()


@dataclass(frozen=True)
class Left:
    """What still lies under the key before."""

    wraps: int
    answers: int
    packs: int
    contacts: int = 0
    series: int = 0
    mails: int = 0

    @property
    def in_all(self) -> int:
        return self.wraps + self.answers + self.packs + self.contacts + self.series + self.mails


def left_under(work: Work, old: TeamKey, courier: KeyState = KeyState.OLD) -> Left:
    """`courier`: in which state the courier keys of that time are now."""
    key_id = key_id_of(old.public).hex()
    starts = [start_of(key.public) for key in work.hotline_keys.of_kind(COURIER, courier)]
    return Left(
        wraps=work.wraps.count_sealed_to(key_id),
        answers=work.answers.count_sealed_to(key_id),
        packs=sum(work.notices.packs.count(start) for start in starts),
        contacts=sum(work.contacts.for_courier.count(start) for start in starts),
        series=work.series.records.count(start_of(old.public)),
        mails=work.received_mails.sealed.count(start_of(old.public)),
    )


def reseal_to_team(kit: Kit, actor: Caseworker) -> Iterator[Batch]:
    """One step per batch. The actor holds both keys: they switched, or signed in while it runs.

    Raises RotationRefused (nothing_prepared), KeyNotTrusted.
    """
    with kit.database.reading() as work:
        old = work.team_keys.in_state(KeyState.OLD)
        current = kit.team_key(work).public
        couriers = work.hotline_keys.of_kind(COURIER, KeyState.OLD)
        courier = work.hotline_keys.current(COURIER)
    if old is None:
        raise RotationRefused("nothing_prepared")
    before = actor.team.pairs[-1]
    if (
        current != actor.team.current.public
        or before.public != old.public
        or fingerprint_of(old.public) not in kit.settings.team_fingerprints
    ):
        raise KeyNotTrusted(f"team key {old.id}")
    yield from _wraps(kit, before, current)
    yield from _answers(kit, before, current)
    series_anew = partial(_series_anew, before, actor.team.current)
    yield from _by_start(kit, before, lambda work: work.series.records, series_anew)
    mail_anew = partial(_anew, before, current, Purpose.RECEIVED_MAIL)
    yield from _by_start(kit, before, lambda work: work.received_mails.sealed, mail_anew)
    after = KeyPair(courier_seed(actor, courier))
    for key in couriers:
        pair = KeyPair(courier_seed(actor, key))
        yield from _by_start(kit, pair, lambda work: work.notices.packs, partial(_pack_anew, pair, after))
        contact_anew = partial(_anew, pair, after.public, Purpose.CONTACT_FOR_COURIER)
        yield from _by_start(kit, pair, lambda work: work.contacts.for_courier, contact_anew)


def _anew(before: KeyPair, after: bytes, purpose: Purpose | None, row_id: str, sealed: bytes) -> bytes | None:
    """The same, sealed to the key after; None when the key before does not open it."""
    if purpose is None:
        return None
    try:
        return seal_to(after, purpose, row_id, open_with(before, purpose, row_id, sealed))
    except NotOpened:
        return None


def _pack_anew(before: KeyPair, after: KeyPair, notice_id: str, pack: bytes) -> bytes | None:
    try:
        return seal_pack(after, notice_id, open_pack(before, notice_id, pack))
    except NotOpened:
        return None


def _series_anew(before: KeyPair, after: KeyPair, series_id: str, sealed: bytes) -> bytes | None:
    try:
        return seal_series(after, open_series_record(before, series_id, sealed))
    except NotOpened:
        return None


def _wraps(kit: Kit, before: KeyPair, after: bytes) -> Iterator[Batch]:
    key_id, last = key_id_of(before.public).hex(), ""
    while True:
        with kit.database.reading() as work:
            rows = work.wraps.batch_sealed_to(key_id, last, BATCH)
        if not rows:
            return
        made = {
            row.id: _anew(
                before, after, _PURPOSE_OF.get(row.key_kind.split()[0]), row.owner_id, row.key_sealed
            )
            for row in rows
        }
        with kit.database.writing() as work:
            for row_id, sealed in made.items():
                if sealed is not None:
                    work.wraps.reseal(row_id, key_id, sealed, sealed_to(sealed))
            work.commit()
        yield _batch(made)
        last = rows[-1].id


def _answers(kit: Kit, before: KeyPair, after: bytes) -> Iterator[Batch]:
    key_id, last = key_id_of(before.public).hex(), ""
    while True:
        with kit.database.reading() as work:
            rows = work.answers.sealed_to(key_id, last, BATCH)
        if not rows:
            return
        made = {
            row.id: _anew(before, after, Purpose.PROVIDER_ANSWER, row.id, row.answer_sealed) for row in rows
        }
        with kit.database.writing() as work:
            for row_id, sealed in made.items():
                if sealed is not None:
                    work.answers.reseal(row_id, key_id, sealed, sealed_to(sealed))
            work.commit()
        yield _batch(made)
        last = rows[-1].id


def _by_start(
    kit: Kit,
    before: KeyPair,
    rows_of: Callable[[Work], SealedTo],
    anew: Callable[[str, bytes], bytes | None],
) -> Iterator[Batch]:
    """What begins like everything that is sealed to one key before: the team's, or one of the courier's."""
    start, last = start_of(before.public), ""
    while True:
        with kit.database.reading() as work:
            rows = rows_of(work).batch(start, last, BATCH)
        if not rows:
            return
        made = {one: anew(one, sealed) for one, sealed in rows.items()}
        with kit.database.writing() as work:
            for one, sealed in made.items():
                if sealed is not None:
                    rows_of(work).reseal(one, rows[one], sealed)
            work.commit()
        yield _batch(made)
        last = list(rows)[-1]


def _batch(made: dict[str, bytes | None]) -> Batch:
    return Batch(len(made), tuple(row_id for row_id, sealed in made.items() if sealed is None))
