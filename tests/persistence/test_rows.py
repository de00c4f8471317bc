"""Rows: nothing is overwritten that somebody else changed, and all comes back as it was kept."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, insert, update

from app.casework.kit import Kit, new_id
from app.domain.letters import LEASE
from app.domain.trail import Entry, TrailKind, first_break
from app.domain.words import LetterState, LocationState, NoticeState
from app.persistence.errors import AlreadyThere, NotThere, Overtaken
from app.persistence.messages import Message
from app.persistence.sessions import SessionRow
from app.persistence.trail import trail
from tests.casework.steps import all_letters, file_approved
from tests.make import file_one

AT = datetime(2026, 1, 5, 9, 12, 34, tzinfo=UTC)


def test_a_stale_request_location_or_notice_is_not_written(kit: Kit) -> None:
    filed = file_approved(kit)
    with kit.database.writing() as work:
        request = work.requests.load(filed.request_id)
        (location,) = work.requests.locations_of(filed.request_id)
        (notice,) = work.notices.of_request(filed.request_id)
        work.requests.save(request)
        work.requests.save_location(location)
        work.notices.save(notice)
        with pytest.raises(Overtaken):
            work.requests.save(replace(request, open_places=0))
        with pytest.raises(Overtaken):
            work.requests.save_location(replace(location, state=LocationState.SAYS_REMOVED))
        with pytest.raises(Overtaken):
            work.notices.save(replace(notice, state=NoticeState.SENT))
        work.commit()
    with kit.database.reading() as work:
        assert work.requests.load(filed.request_id) == replace(request, version=request.version + 1)
        assert work.requests.locations_of(filed.request_id) == (
            replace(location, version=location.version + 1),
        )
        assert work.notices.load(notice.id) == replace(notice, version=notice.version + 1)


def test_a_letter_is_moved_only_by_who_holds_its_lease(kit: Kit) -> None:
    file_approved(kit)
    at = kit.clock()
    with kit.database.writing() as work:
        mine = work.letters.claim_one("1" * 32, at)
        assert mine is not None
        assert work.letters.claim_one("2" * 32, at) is None
        with pytest.raises(Overtaken):
            work.letters.move(replace(mine, lease="2" * 32), LetterState.SENT)
        with pytest.raises(Overtaken):
            work.letters.move(replace(mine, lease=None), LetterState.SENT)
        theirs = work.letters.claim_one("2" * 32, at + LEASE)
        assert theirs is not None
        with pytest.raises(Overtaken):
            work.letters.hand_over(mine, at)
        work.letters.hand_over(theirs, at + LEASE)
        with pytest.raises(Overtaken):
            work.letters.hand_over(theirs, at + LEASE)
        work.letters.move(replace(theirs, state=LetterState.SENDING), LetterState.SENT)
        work.commit()
    (letter,) = all_letters(kit)
    assert (letter.state, letter.lease, letter.lease_until) == (LetterState.SENT, None, None)


def test_a_letter_is_claimed_when_due_and_the_longest_due_first(kit: Kit) -> None:
    for _ in range(2):
        file_approved(kit)
    at = kit.clock()
    first, second = all_letters(kit)
    with kit.database.writing() as work:
        work.letters.move(first, LetterState.WAITING, due_at=at + timedelta(minutes=5), attempts=1)
        claimed = work.letters.claim_one("1" * 32, at)
        assert claimed is not None
        assert claimed.id == second.id
        assert work.letters.claim_one("1" * 32, at) is None
        later = work.letters.claim_one("1" * 32, at + timedelta(minutes=5))
        assert later is not None
        assert later.attempts in (0, 1)
        assert work.letters.count(*LetterState) == {LetterState.WAITING: 2}


def test_the_same_filing_is_kept_once(kit: Kit) -> None:
    filed = file_one(kit)
    with kit.database.writing() as work:
        request = work.requests.load(filed.request_id)
        work.requests.add(replace(request, id=new_id(), trail_id=new_id()), b"another filing")
        with pytest.raises(AlreadyThere):
            work.requests.add(replace(request, id=new_id(), trail_id=new_id()), b"another filing")


def test_what_is_not_there_is_said_so(kit: Kit) -> None:
    nobody = "0" * 32
    with kit.database.reading() as work:
        assert work.parties.by_code(b"x") is None
        assert work.notices.by_link(b"x") is None
        assert work.sessions.load(b"x") is None
        for look in (
            work.requests.load,
            work.parties.load,
            work.notices.load,
            work.notices.pack,
            work.letters.load,
            work.providers.load,
            work.staff.member,
        ):
            with pytest.raises(NotThere) as missing:
                look(nobody)
            assert nobody not in str(missing.value)


def test_times_come_back_in_utc_and_to_the_second(kit: Kit) -> None:
    row = SessionRow(b"t" * 32, AT, AT.replace(microsecond=999_999), b"sealed")
    with kit.database.writing() as work:
        work.sessions.add(row)
        found = work.sessions.load(b"t" * 32)
        assert found == replace(row, seen_at=AT)
        assert found is not None
        assert found.seen_at.tzinfo is UTC


def test_sessions_end_and_old_ones_are_swept(kit: Kit) -> None:
    with kit.database.writing() as work:
        for name, made, seen in ((b"old", 9, 1), (b"idle", 3, 3), (b"fresh", 1, 0)):
            work.sessions.add(SessionRow(name, AT - timedelta(hours=made), AT - timedelta(hours=seen), b"s"))
        assert work.sessions.sweep(AT - timedelta(hours=2), AT - timedelta(hours=8)) == 2
        assert work.sessions.load(b"fresh")
        assert work.sessions.save(b"fresh", b"new", AT)
        work.sessions.end(b"fresh")
        assert not work.sessions.save(b"fresh", b"newer", AT)
        assert work.sessions.load(b"fresh") is None


def test_messages_keep_their_order_even_within_one_minute(kit: Kit) -> None:
    filed = file_one(kit)
    with kit.database.writing() as work:
        (party,) = work.parties.of_request(filed.request_id)
        ids = [new_id() for _ in range(5)]
        for one in ids:
            work.messages.add(Message(one, party.id, False, AT, b"sealed"))
        assert [message.id for message in work.messages.of_party(party.id)] == ids


@pytest.mark.parametrize(
    "change",
    [
        update(trail).where(trail.c.position == 1).values(by="somebody else"),
        update(trail).where(trail.c.position == 1).values(at=AT),
        update(trail).where(trail.c.position == 1).values(kind="case_opened"),
        update(trail).where(trail.c.position == 1).values(digest=b"x" * 32),
        delete(trail).where(trail.c.position == 1),
        insert(trail).values(
            trail_id="t",
            position=7,
            at=AT,
            by="eve",
            kind="case_taken",
            subject="",
            previous_digest=b"",
            digest=b"",
        ),
    ],
    ids=["by", "at", "kind", "digest", "removed", "inserted"],
)
def test_a_trail_that_somebody_wrote_into_shows_it(kit: Kit, change: object) -> None:
    with kit.database.writing() as work:
        for kind in (TrailKind.REQUEST_FILED, TrailKind.CASE_TAKEN, TrailKind.CASE_GIVEN_BACK):
            work.trail.append("t", Entry(kind), "ada", kit.clock())
        assert first_break(work.trail.lines("t")) is None
        work.connection.execute(change)  # type: ignore[call-overload]
        assert first_break(work.trail.lines("t")) is not None


def test_rows_show_no_sealed_value_and_no_digest(kit: Kit) -> None:
    filed = file_approved(kit)
    with kit.database.reading() as work:
        shown = [
            work.requests.load(filed.request_id),
            work.parties.of_request(filed.request_id),
            work.requests.locations_of(filed.request_id),
            work.notices.of_request(filed.request_id),
            SessionRow(b"token", AT, AT, b"sealed"),
        ]
    assert "\\x" not in repr(shown)
    assert "b'" not in repr(shown)
