"""Coming back with a code: one's own and nothing else, and a miss that looks like a hit."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import event, update

from app.casework import follow_with_code as following
from app.casework.actors import Requester
from app.casework.check_authority import check_authority
from app.casework.errors import CodeProblem, NotAllowed, NotFound, NotHolding
from app.casework.follow_with_code import follow_with_code, is_current
from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.casework.take_case import take_case
from app.casework.write_message import MessageInput, write_message
from app.domain.words import Asker, Standing
from app.persistence.parties import parties
from app.persistence.wraps import wraps
from app.reads.follow import read_follow
from app.vault.codes import new_code
from tests.casework.steps import trail_of
from tests.make import ADA, BEN, URL, file_one

TWO_PLACES = f"{URL}\nhttps://talkyard.example/t/9"


@contextmanager
def counting(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Notes each statement and each opening and locking that `follow_with_code` asks for."""
    done: list[str] = []

    def statement(_c: object, _cursor: object, text: str, *_rest: object) -> None:
        done.append(text)

    def noting(name: str) -> None:
        real = getattr(following, name)

        def noted(*args: object) -> object:
            done.append(name)
            opened = real(*args)
            done.append(f"{name} came back")
            return opened

        monkeypatch.setattr(following, name, noted)

    with monkeypatch.context():
        for name in ("lock", "unlock", "code_secrets"):
            noting(name)
        event.listen(kit.database.engine, "before_cursor_execute", statement)
        yield done
        event.remove(kit.database.engine, "before_cursor_execute", statement)
    monkeypatch.undo()


def problem(kit: Kit, typed: str) -> str:
    with pytest.raises(CodeProblem) as refused:
        follow_with_code(kit, typed)
    return refused.value.code


def test_a_hit_and_a_miss_do_the_same_things_in_the_same_order(
    kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed = file_one(kit)
    with counting(kit, monkeypatch) as hit:
        follow_with_code(kit, filed.code)
    with counting(kit, monkeypatch) as miss:
        assert problem(kit, new_code()) == "unknown"
    assert hit == miss
    assert hit.count("unlock came back") == 2
    assert sum(step.startswith("SELECT") for step in hit) == 2


def test_a_mistyped_code_costs_no_work_at_all(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    code = file_one(kit).code
    wrong = ("Z" if code[0] != "Z" else "Y") + code[1:]
    with counting(kit, monkeypatch) as done:
        for typed in (wrong, "", "hello", code[:-1], code * 2):
            assert problem(kit, typed) == "mistyped"
    assert done == []


def test_a_code_whose_wraps_were_destroyed_opens_nothing(kit: Kit) -> None:
    filed = file_one(kit)
    party_id = follow_with_code(kit, filed.code).party_id
    with kit.database.writing() as work:
        work.connection.execute(wraps.delete().where(wraps.c.holder == party_id))
        work.commit()
    assert problem(kit, filed.code) == "unknown"


def test_a_code_opens_nothing_of_another_party_whose_wraps_were_put_in_its_place(kit: Kit) -> None:
    mine, other = file_one(kit), file_one(kit)
    a, b = follow_with_code(kit, mine.code), follow_with_code(kit, other.code)
    with kit.database.writing() as work:
        theirs = work.wraps.of(b.request_id, b.party_id)
        for (kind, _), sealed in theirs.items():
            swapped = (wraps.c.holder == a.party_id) & (wraps.c.key_kind == kind)
            work.connection.execute(update(wraps).where(swapped).values(key_sealed=sealed))
        work.commit()
    assert problem(kit, mine.code) == "unknown"


def test_a_requester_sees_their_own_places_and_messages_only(kit: Kit) -> None:
    mine, other = file_one(kit, TWO_PLACES), file_one(kit)
    me, them = follow_with_code(kit, mine.code), follow_with_code(kit, other.code)
    write_message(kit, me, MessageInput("first"))
    write_message(kit, them, MessageInput("second", request_id=mine.request_id))
    page = read_follow(kit, me)
    assert [place.number for place in page.places] == [1, 2]
    assert [message.text for message in page.messages] == ["first"]
    assert [message.text for message in read_follow(kit, them).messages] == ["second"]
    assert "img.northlight.example" in page.places[0].masked
    assert "/a/1" not in page.places[0].masked
    assert page.places[0].whole.startswith("hxxps://")


def test_another_request_does_not_open_with_ones_own_keys(kit: Kit) -> None:
    mine, other = file_one(kit), file_one(kit)
    me, them = follow_with_code(kit, mine.code), follow_with_code(kit, other.code)
    forged = Requester(them.request_id, them.party_id, 1, Standing.OWN, me.request_key, me.voice_key)
    with pytest.raises(Exception, match="a sealed value did not open"):
        read_follow(kit, forged)


@pytest.mark.parametrize("asker", [Asker.PARENT, Asker.AUTHORISED])
def test_a_representative_sees_places_only_after_the_authority_was_checked(kit: Kit, asker: Asker) -> None:
    filed = file_one(kit, TWO_PLACES, asker=asker)
    requester = follow_with_code(kit, filed.code)
    assert read_follow(kit, requester).places == ()
    with pytest.raises(NotHolding):
        check_authority(kit, ADA, filed.request_id)
    take_case(kit, ADA, filed.request_id)
    check_authority(kit, ADA, filed.request_id)
    assert len(read_follow(kit, requester).places) == 2
    with pytest.raises(NotAllowed):
        check_authority(kit, ADA, filed.request_id)
    assert trail_of(kit, filed.request_id).count("authority_checked") == 1


def test_a_bystander_never_sees_places_or_messages(kit: Kit) -> None:
    filed = file_one(kit, TWO_PLACES, asker=Asker.BYSTANDER)
    requester = follow_with_code(kit, filed.code)
    take_case(kit, ADA, filed.request_id)
    with pytest.raises(NotAllowed):
        check_authority(kit, ADA, filed.request_id)
    write_message(kit, ADA, MessageInput("hello", filed.request_id))
    page = read_follow(kit, requester)
    assert (page.places, page.messages, page.standing) == ((), (), Standing.BYSTANDER)


def test_standing_is_read_anew_each_time_and_not_from_the_session(kit: Kit) -> None:
    requester = follow_with_code(kit, file_one(kit).code)
    with kit.database.writing() as work:
        party = work.parties.load(requester.party_id)
        work.parties.save(replace(party, standing=Standing.BYSTANDER))
        work.commit()
    assert read_follow(kit, requester).places == ()


def test_a_session_ends_with_its_code(kit: Kit) -> None:
    requester = follow_with_code(kit, file_one(kit).code)
    assert is_current(kit, requester)
    with kit.database.writing() as work:
        work.connection.execute(update(parties).values(generation=2))
        work.commit()
    assert not is_current(kit, requester)


def test_messages_go_both_ways_and_need_words_and_a_hold(kit: Kit) -> None:
    filed = file_one(kit)
    requester = follow_with_code(kit, filed.code)
    write_message(kit, requester, MessageInput("  question \n"))
    with pytest.raises(NotHolding):
        write_message(kit, ADA, MessageInput("answer", filed.request_id))
    take_case(kit, ADA, filed.request_id)
    write_message(kit, ADA, MessageInput("answer", filed.request_id))
    with pytest.raises(NotHolding):
        write_message(kit, BEN, MessageInput("answer", filed.request_id))
    with pytest.raises(NotFound):
        write_message(kit, ADA, MessageInput("answer", "0" * 32))
    for actor in (requester, ADA):
        with pytest.raises(NotAllowed):
            write_message(kit, actor, MessageInput(" \n ", filed.request_id))
    seen = [(m.from_hotline, m.text) for m in read_follow(kit, requester).messages]
    assert seen == [(False, "question"), (True, "answer")]
    assert [(m.from_hotline, m.text) for m in open_case(kit, BEN, filed.request_id).filer.messages] == seen


def test_actors_show_no_key_and_no_id_of_the_requester(kit: Kit) -> None:
    requester = follow_with_code(kit, file_one(kit).code)
    assert repr(requester) == "Requester(…)"
    assert repr(read_follow(kit, requester)) == "FollowPage(…)"
