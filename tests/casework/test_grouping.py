"""What is approved within some minutes for one provider and one kind goes as one letter."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from app.casework.approve_notice import approve_notice
from app.casework.assess import AssessInput, assess
from app.casework.errors import NotFound
from app.casework.kit import Kit, new_id
from app.casework.open_notice import open_notice
from app.casework.preview_notice import preview_notices
from app.casework.take_case import take_case
from app.domain.assessments import Finding
from app.domain.chasing import LADDER
from app.domain.timers import Times
from app.domain.words import Basis, Kind, LetterState, LocationState, NoticeState
from app.persistence.letters import letters
from tests.casework.letter_steps import (
    add_ladder,
    approval_of,
    facts_of_notice,
    has_pack,
    notices_of,
    preview_of,
)
from tests.casework.steps import all_letters, approve_all, places_of, trail_of
from tests.make import ADA, CSAM, Asker, Voice, file_one

SOON = timedelta(minutes=5)
IDENTITY = Finding(Kind.IDENTITY, None, None, None, None, None, Basis.US)
THREE = "\n".join(f"https://img.nightpool.example/{number}" for number in range(3))
WORDS = Voice(asker=Asker.PERSON, words="Odd-word-42 is what I say.", may_provider_hear=True)


@pytest.fixture
def grouping(embedded_kit: Kit) -> Kit:
    """A hotline whose first letters wait for others."""
    kit = replace(embedded_kit, settings=replace(embedded_kit.settings, times=Times(grouping=SOON)))
    add_ladder(kit)
    return kit


def start(kit: Kit, voice: Voice | None = None) -> str:
    filed = file_one(kit, THREE, voice=voice)
    take_case(kit, ADA, filed.request_id)
    return filed.request_id


def find(kit: Kit, request_id: str, number: int, finding: Finding = CSAM) -> None:
    """One place more has its finding, and its letter is approved as the page offers it."""
    place = next(one for one in places_of(kit, request_id) if one.number == number)
    assess(kit, ADA, AssessInput(request_id, (place.id,), (place.version,), finding))
    approve_all(kit, request_id)


def states(kit: Kit, request_id: str) -> list[NoticeState]:
    return [one.state for one in notices_of(kit, request_id).values()]


def test_a_letter_approved_soon_after_takes_in_the_one_that_waits(grouping: Kit) -> None:
    request_id = start(grouping)
    find(grouping, request_id, 2)
    [first_letter] = all_letters(grouping)
    assert first_letter.due_at == grouping.clock().replace(microsecond=0) + SOON
    grouping.clock.move(minutes=3)  # type: ignore[attr-defined]
    place = next(one for one in places_of(grouping, request_id) if one.number == 1)
    assess(grouping, ADA, AssessInput(request_id, (place.id,), (place.version,), CSAM))
    [preview] = preview_notices(grouping, ADA, request_id)
    assert (preview.numbers, preview.joined_numbers) == ((1,), (2,))
    assert (preview.body or "").count("img[.]nightpool[.]example/…") == 2
    approve_notice(grouping, ADA, approval_of(request_id, preview))
    made = {one.state: one for one in notices_of(grouping, request_id).values()}
    assert set(made) == {NoticeState.CANCELLED, NoticeState.APPROVED}
    before, after = made[NoticeState.CANCELLED], made[NoticeState.APPROVED]
    assert [place.url[-1] for place in facts_of_notice(grouping, after).places] == ["0", "1"]
    assert not has_pack(grouping, before)
    waiting = [one for one in all_letters(grouping) if one.state is LetterState.WAITING]
    assert [(one.notice_id, one.due_at) for one in waiting] == [(after.id, first_letter.due_at)]
    named = {one.number: one.state for one in places_of(grouping, request_id)}
    assert (named[1], named[2]) == (LocationState.APPROVED, LocationState.APPROVED)
    assert trail_of(grouping, request_id).count("notice_cancelled") == 1


def test_the_link_of_a_letter_that_was_taken_in_opens_nothing(grouping: Kit) -> None:
    request_id = start(grouping)
    find(grouping, request_id, 1)
    [before] = notices_of(grouping, request_id).values()
    link = facts_of_notice(grouping, before).answer_link.rpartition("/n/")[2]
    assert open_notice(grouping, link).notice_id == before.id
    find(grouping, request_id, 2)
    with pytest.raises(NotFound):
        open_notice(grouping, link)


def test_another_kind_and_a_letter_whose_time_came_stay_letters_of_their_own(grouping: Kit) -> None:
    request_id = start(grouping)
    find(grouping, request_id, 1)
    find(grouping, request_id, 2, IDENTITY)
    assert states(grouping, request_id) == [NoticeState.APPROVED] * 2
    grouping.clock.move(minutes=6)  # type: ignore[attr-defined]
    find(grouping, request_id, 3)
    assert states(grouping, request_id) == [NoticeState.APPROVED] * 3


def test_a_letter_that_a_courier_has_in_hand_is_not_taken_in(grouping: Kit) -> None:
    request_id = start(grouping)
    find(grouping, request_id, 1)
    [letter] = all_letters(grouping)
    with grouping.database.writing() as work:
        lease = letter.due_at + timedelta(minutes=3)
        work.connection.execute(update(letters).values(lease=new_id(), lease_until=lease))
        work.commit()
    find(grouping, request_id, 2)
    assert states(grouping, request_id) == [NoticeState.APPROVED] * 2


def test_what_was_chosen_for_one_letter_is_not_lost_in_another(grouping: Kit) -> None:
    request_id = start(grouping, WORDS)
    place = places_of(grouping, request_id)[0]
    assess(grouping, ADA, AssessInput(request_id, (place.id,), (place.version,), CSAM))
    preview = preview_of(grouping, request_id, "Nightpool")
    words_of = preview.statements[0].party_id
    approve_notice(grouping, ADA, approval_of(request_id, preview, words_of=words_of))
    find(grouping, request_id, 2)
    made = notices_of(grouping, request_id).values()
    assert [one.state for one in made] == [NoticeState.APPROVED] * 2
    assert sorted(facts_of_notice(grouping, one).statement for one in made) == ["", WORDS.words]


def test_what_was_planned_after_a_letter_that_was_taken_in_is_made_anew(grouping: Kit) -> None:
    request_id = start(grouping)
    for number in (1, 2):
        place = next(one for one in places_of(grouping, request_id) if one.number == number)
        assess(grouping, ADA, AssessInput(request_id, (place.id,), (place.version,), CSAM))
        preview = preview_of(grouping, request_id, "Nightpool")
        rungs = tuple(one.seen for one in preview.rungs)
        assert len(rungs) == 3
        approve_notice(grouping, ADA, approval_of(request_id, preview, rungs=rungs))
    made = list(notices_of(grouping, request_id).values())
    planned = [one for one in made if one.state is NoticeState.PLANNED]
    assert [one.state for one in made].count(NoticeState.CANCELLED) == 4
    root = next(one for one in made if one.state is NoticeState.APPROVED)
    assert {one.root_id for one in planned} == {root.id}
    assert {len(facts_of_notice(grouping, one).places) for one in planned} == {2}
    assert all(one.step in LADDER for one in planned)
