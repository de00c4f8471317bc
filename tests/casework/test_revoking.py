"""Ending a representative's access in silence: they see what they saw, and nothing that came after."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import event, select

from app.casework.actors import Requester
from app.casework.add_places import AddInput, add_places
from app.casework.case_keys import open_case_keys
from app.casework.errors import NotAllowed, NotFound, SecondWordNeeded
from app.casework.follow_with_code import follow_with_code, is_current
from app.casework.kit import Kit
from app.casework.note_place import NoteInput, note_place
from app.casework.open_case import open_case
from app.casework.open_own_file import open_own_file
from app.casework.revoke_party import revoke_party
from app.casework.rotate_team_key import rotate_team_key
from app.casework.second_word import digest_of_word
from app.casework.voices import voice_of, voice_record
from app.casework.write_message import MessageInput, write_message
from app.domain.asking import PlaceNote
from app.domain.words import Asker, LocationState, Standing
from app.persistence.base import metadata
from app.persistence.wraps import wraps
from app.reads.follow import FollowPage, read_follow
from app.vault.codes import code_secrets, read_code
from app.vault.records import lock_record, unlock_record
from app.vault.seal import NotOpened, Purpose, SecretKey, unlock
from tests.casework.key_steps import again, pinning, prepared
from tests.casework.party_steps import NEW, TWO_PLACES, Family, family, places, put_in_state
from tests.casework.steps import approve_all, assess_all, trail_of
from tests.make import ADA, file_one


def seen(kit: Kit, code: str) -> FollowPage:
    return read_follow(kit, follow_with_code(kit, code))


def live_on(kit: Kit, both: Family, child: Requester) -> None:
    """The child and the desk go on."""
    add_places(kit, child, AddInput(places(NEW), (PlaceNote("only mine"),)))
    note_place(kit, child, NoteInput(1, PlaceNote("mine, too")))
    write_message(kit, child, MessageInput("from me alone"))
    assess_all(kit, both.request_id)
    approve_all(kit, both.request_id)


def test_a_revoked_representative_sees_the_page_as_it_stood_while_the_case_moves_on(kit: Kit) -> None:
    both = family(kit)
    write_message(kit, both.representative, MessageInput("a question"))
    put_in_state(kit, both.request_id, 2, LocationState.BACK)
    note_place(kit, both.representative, NoteInput(1, PlaceNote("first")))
    before = seen(kit, both.filed.code)
    own_before = open_own_file(kit, both.representative)
    child = revoke_party(kit, both.child)
    assert seen(kit, both.filed.code) == before
    live_on(kit, both, child)
    assert seen(kit, both.filed.code) == before
    assert open_own_file(kit, follow_with_code(kit, both.filed.code)) == own_before
    assert [one.state for one in before.places] == [LocationState.ASSESSING, LocationState.BACK]
    states = [one.state for one in read_follow(kit, child).places]
    assert states == [LocationState.APPROVED] * 3
    assert len(open_case(kit, ADA, both.request_id).places) == 3
    assert trail_of(kit, both.request_id).count("party_revoked") == 1


def test_an_unchecked_representative_goes_on_seeing_nothing(kit: Kit) -> None:
    both = family(kit, checked=False)
    before = seen(kit, both.filed.code)
    live_on(kit, both, revoke_party(kit, both.child))
    assert seen(kit, both.filed.code) == before
    assert before.places == ()


def test_their_session_ends_and_the_childs_goes_on_with_the_new_key_alone(kit: Kit) -> None:
    both = family(kit)
    elsewhere = follow_with_code(kit, both.child_code)
    child = revoke_party(kit, both.child)
    assert [is_current(kit, one) for one in (both.representative, both.child, elsewhere, child)] == [
        False,
        False,
        False,
        True,
    ]
    assert child.request_key != both.child.request_key
    assert read_follow(kit, child) == seen(kit, both.child_code)
    assert follow_with_code(kit, both.child_code) == child
    back = follow_with_code(kit, both.filed.code)
    assert back == replace(both.representative, generation=back.generation)
    assert not read_follow(kit, child).is_represented


def rows_of(kit: Kit) -> list[bytes]:
    """Every sealed value in the database."""
    with kit.database.reading() as work:
        return [
            bytes(value)
            for table in metadata.sorted_tables
            for row in work.connection.execute(select(table))
            for value in row
            if isinstance(value, bytes | memoryview)
        ]


def opened_with(kit: Kit, keys: set[bytes], row_ids: list[str]) -> set[bytes]:
    """All that these keys open of all that lies in the database, for whatever purpose and row."""
    by_id = {SecretKey(raw).id: SecretKey(raw) for raw in keys}
    found = set()
    for sealed in rows_of(kit):
        key = by_id.get(sealed[1:9])
        for purpose in Purpose if key is not None else ():
            for row_id in row_ids:
                try:
                    found.add(unlock(key, purpose, row_id, sealed))  # type: ignore[arg-type]
                except NotOpened:
                    continue
    return found


def all_ids(kit: Kit) -> list[str]:
    with kit.database.reading() as work:
        found = {
            value
            for table in metadata.sorted_tables
            for row in work.connection.execute(select(table))
            for value in row
            if isinstance(value, str) and len(value) == 32
        }
    return sorted(found)


def test_their_code_opens_of_all_rows_neither_the_new_key_nor_new_places_nor_the_childs_voice(
    kit: Kit,
) -> None:
    both = family(kit)
    child = revoke_party(kit, both.child)
    live_on(kit, both, child)
    ids = all_ids(kit)
    ids += [f"{one} {party}" for one in ids for party in (both.representative.party_id, child.party_id)]
    secrets = code_secrets(read_code(both.filed.code), kit.code_salt)
    keys = {secrets.wrapping_key.raw, secrets.lookup_digest}
    while True:  # every key that a key opens
        opened = opened_with(kit, keys, ids)
        more = keys | {one for one in opened if len(one) == 32}
        if more == keys:
            break
        keys = more
    assert both.representative.request_key.raw in keys
    assert both.representative.voice_key.raw in keys
    assert not keys & {child.request_key.raw, child.voice_key.raw}
    assert not [one for one in opened if NEW.encode() in one or b"from me alone" in one or b"mine" in one]
    with kit.database.reading() as work:
        party = work.parties.load(both.representative.party_id)
        request = work.requests.load(both.request_id)
    assert unlock(both.representative.request_key, Purpose.FROZEN_PAGE, party.id, party.frozen_sealed or b"")
    with pytest.raises(NotOpened):
        unlock(both.representative.request_key, Purpose.REQUEST_FACTS, request.id, request.facts_sealed)


def test_the_team_and_the_child_hold_the_new_key_and_the_old_one_only_for_an_older_backup(kit: Kit) -> None:
    both = family(kit)
    child = revoke_party(kit, both.child)
    with kit.database.reading() as work:
        keys = open_case_keys(work, ADA.team, both.request_id)
        mine = select(wraps.c.key_kind, wraps.c.holder).where(wraps.c.owner_id == both.request_id)
        held = {tuple(row) for row in work.connection.execute(mine) if row.key_kind != "desk"}
    assert keys.request == child.request_key
    assert held == {
        ("request", "team"),
        ("request", child.party_id),
        ("request", both.representative.party_id),
        ("former 1", "team"),
        ("former 1", child.party_id),
    }


def test_who_may_revoke_and_whom(kit: Kit) -> None:
    both = family(kit, verified=True)
    with pytest.raises(NotAllowed):
        revoke_party(kit, both.representative)
    for asker in (Asker.PERSON, Asker.BYSTANDER):
        with pytest.raises(NotAllowed):
            revoke_party(kit, follow_with_code(kit, file_one(kit, asker=asker).code))
    child = revoke_party(kit, both.child)
    assert child.standing is Standing.OWN
    with pytest.raises(NotFound):
        revoke_party(kit, child)
    with pytest.raises(NotFound):
        revoke_party(kit, both.child)  # a session from before
    with pytest.raises(NotAllowed):
        revoke_party(kit, follow_with_code(kit, both.filed.code))


def test_the_second_word_of_who_revokes_is_asked_for(kit: Kit) -> None:
    both = family(kit)
    with kit.database.writing() as work:
        party = work.parties.load(both.child.party_id)
        voice = voice_of(unlock_record(both.child.voice_key, Purpose.STATEMENT, party.id, party.facts_sealed))
        voice = replace(voice, second_word_digest=digest_of_word(kit, "boat", ""))
        sealed = lock_record(both.child.voice_key, Purpose.STATEMENT, party.id, voice_record(voice))
        work.parties.save(replace(party, facts_sealed=sealed))
        work.commit()
    with pytest.raises(SecondWordNeeded):
        revoke_party(kit, both.child, "goat")
    revoke_party(kit, both.child, "Boat")


def test_a_rotation_before_and_after_changes_nothing_of_it(kit: Kit) -> None:
    both = family(kit)
    before = seen(kit, both.filed.code)
    kit = prepared(kit)
    child = revoke_party(kit, both.child)
    rotate_team_key(kit, ADA)
    kit = pinning(kit, kit.settings.team_fingerprints[1])
    folder = open_case(kit, again(kit, ADA), both.request_id)
    assert [party.is_revoked for party in folder.parties] == [True, False]
    assert len(folder.places) == 2
    assert seen(kit, both.filed.code) == before
    assert read_follow(kit, child).places == before.places


class Cut(Exception):
    """The process dies here."""


@contextmanager
def cut_at(kit: Kit, number: int) -> Iterator[list[str]]:
    """The process dies before its writing statement of this number."""
    done: list[str] = []

    def statement(_c: object, _cursor: object, text: str, *_rest: object) -> None:
        if text.startswith(("INSERT", "UPDATE", "DELETE")):
            if len(done) == number:
                raise Cut
            done.append(text)

    event.listen(kit.database.engine, "before_cursor_execute", statement)
    try:
        yield done
    finally:
        event.remove(kit.database.engine, "before_cursor_execute", statement)


def test_cut_short_at_any_statement_nothing_is_done_by_half(kit: Kit) -> None:
    both = family(kit, places=TWO_PLACES)
    number, before = 0, sorted(rows_of(kit))
    while True:
        try:
            with cut_at(kit, number):
                revoke_party(kit, both.child)
        except Cut:
            assert sorted(rows_of(kit)) == before
            assert read_follow(kit, both.child).places
            assert read_follow(kit, both.representative).places
            number += 1
        else:
            break
    assert number >= 6
    assert follow_with_code(kit, both.child_code).request_key != both.child.request_key
