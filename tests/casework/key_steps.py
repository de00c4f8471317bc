"""Steps with keys: members in the database, a rotation, what a key opens, whole-table dumps."""

from contextlib import suppress
from dataclasses import replace
from itertools import product
from typing import Any

from sqlalchemy import LargeBinary, select

from app.casework.actors import Caseworker
from app.casework.answer_notice import AnswerInput, answer_notice
from app.casework.enrol_member import add_grant, vouched_for
from app.casework.kit import Kit
from app.casework.open_notice import open_notice
from app.casework.packs import facts_of
from app.casework.prepare_rotation import prepare_rotation
from app.casework.rotate_team_key import rotate_team_key
from app.casework.sign_in import open_team
from app.casework.staff_names import sign_in_digest
from app.domain.staff import StaffState
from app.domain.trail import HOTLINE, TrailKind, first_break
from app.domain.words import Reply, Role
from app.persistence.base import metadata
from app.persistence.notices import chase_packs
from app.persistence.staff import Member
from app.persistence.team_keys import COURIER
from app.vault.pairs import KeyPair, Ring, open_with, seal_to, start_of
from app.vault.records import open_record_with
from app.vault.seal import NotOpened, Purpose
from tests.casework.steps import file_approved
from tests.make import ADA, BEN, TEAM, Filed


def enrol(
    kit: Kit, member: Caseworker, state: StaffState = StaffState.ACTIVE, role: Role = Role.CASEWORKER
) -> Member:
    """A member's row; vouched for and granted unless they wait. (No passphrase: it would be slow.)"""
    public = member.pair.public
    row = Member(
        id=member.id,
        role=role,
        state=state,
        salt=b"",
        public=public,
        public_mac=b"",
        totp_counter=0,
        pair_sealed=b"",
        totp_sealed=seal_to(public, Purpose.TOTP, member.id, b""),
        name_sealed=seal_to(public, Purpose.STAFF_NAME, member.id, member.name.encode()),
    )
    waits = state is StaffState.WAITING
    row = row if waits else replace(row, public_mac=vouched_for(row, TEAM))
    with kit.database.writing() as work:
        work.staff.add_member(row, sign_in_digest(kit, member.name))
        if not waits and role is Role.CASEWORKER and state is not StaffState.LEFT:
            add_grant(work, row, work.team_keys.current().id, TEAM)
        work.commit()
    return row


def pinning(kit: Kit, *fingerprints: str) -> Kit:
    """The same installation after its settings were changed."""
    return replace(kit, settings=replace(kit.settings, team_fingerprints=fingerprints))


def prepared(kit: Kit) -> Kit:
    """Ada and Ben are members, Ada has prepared a rotation, and both fingerprints are pinned."""
    for member in (ADA, BEN):
        enrol(kit, member)
    return pinning(kit, *kit.settings.team_fingerprints, prepare_rotation(kit, ADA))


def rotated(kit: Kit) -> Kit:
    """The same, run to its end, with the new fingerprint alone."""
    kit = prepared(kit)
    rotate_team_key(kit, ADA)
    return pinning(kit, kit.settings.team_fingerprints[1])


def again(kit: Kit, member: Caseworker) -> Caseworker:
    """A member who signs in anew. Raises NotOpened when no grant is theirs."""
    return replace(member, team=open_team(kit, member.id, member.pair))


def dump(kit: Kit) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, in the order of their keys."""
    with kit.database.reading() as work:
        return {
            table.name: [
                dict(row)
                for row in work.connection.execute(select(table).order_by(*table.primary_key)).mappings()
            ]
            for table in metadata.sorted_tables
        }


def opened_by(kit: Kit, opener: KeyPair | Ring) -> set[str]:
    """Columns in which at least one value opens with these keys, for whatever purpose and row."""
    pairs = (opener,) if isinstance(opener, KeyPair) else opener.pairs
    starts = tuple(start_of(pair.public) for pair in pairs)
    found, rows = set(), dump(kit)
    for table in metadata.sorted_tables:
        columns = [column.name for column in table.columns if isinstance(column.type, LargeBinary)]
        for row, column in product(rows[table.name], columns):
            value = row[column] or b""
            ids = [value for value in row.values() if isinstance(value, str)]
            for purpose, row_id in product(Purpose if value.startswith(starts) else (), ids):
                with suppress(NotOpened):
                    open_with(opener, purpose, row_id, value)
                    found.add(f"{table.name}.{column}")
    return found


def hotline_lines(kit: Kit) -> list[str]:
    """Kinds of the lines about people and keys, not about providers; fails when the chain is broken."""
    with kit.database.reading() as work:
        lines = work.trail.lines(HOTLINE)
    assert first_break(lines) is None
    kinds = (line.entry.kind for line, _ in lines)
    return [kind for kind in kinds if kind is not TrailKind.PROVIDER_CHANGED]


def answered(kit: Kit) -> Filed:
    """A request with a notice that its provider answered."""
    filed = file_approved(kit)
    with kit.database.reading() as work:
        pack = work.connection.execute(select(chase_packs)).mappings().one()
        courier = work.hotline_keys.current(COURIER)
    pair = KeyPair(open_with(TEAM, Purpose.COURIER_KEY, courier.id, courier.secret_sealed or b""))
    facts = facts_of(open_record_with(pair, Purpose.CHASE_PACK, pack["notice_id"], pack["pack_sealed"]))
    provider = open_notice(kit, facts.answer_link.rpartition("/")[2])
    answer_notice(kit, provider, AnswerInput(((1, Reply.ASKS, "Which one?"),)))
    return filed
