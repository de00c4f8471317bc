"""What a caseworker sees in the queue: which cases, in which order, and why each stands where it stands."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

import pytest

from app.casework.cases import save_moves
from app.casework.give_back import give_back
from app.casework.hand_over_case import HandOverInput, hand_over_case
from app.casework.hold_case import HoldInput, hold_case
from app.casework.kit import Kit
from app.casework.many_cases import Act, ManyInput, do_many
from app.casework.recuse import recuse
from app.casework.skip_case import skip_case
from app.casework.take_case import take_case
from app.casework.take_next import take_next
from app.domain.asking import Acting, PlaceNote, Safety, Voice
from app.domain.desk_words import Why
from app.domain.words import AgeBand, Asker, LocationState, YesNo
from app.persistence.queue import MOST_DUE
from app.reads import queue
from app.reads.queue import read_queue
from tests.casework.holding_steps import clock_of, known_staff
from tests.casework.party_steps import put_in_state
from tests.casework.queue_steps import listed, row_of
from tests.casework.steps import all_at_once, assess_all
from tests.make import ADA, BEN, CSAM, SINA, URL, Filed, file_one
from tests.web.desk_walks import file_whole

LISTS: tuple[queue.Which, ...] = ("free", "mine", "due", "open")
SELF = Voice(asker=Asker.PERSON)
NEAR = Voice(asker=Asker.PERSON, safety=Safety(lives_near=YesNo.YES))


def threatened(kit: Kit, on: date | None) -> Filed:
    return told(kit, SELF, URL, (PlaceNote(threat=YesNo.YES, threat_on=on),))


def told(kit: Kit, voice: Voice, places: str = URL, notes: tuple[PlaceNote, ...] = ()) -> Filed:
    """With what a person can say beside the places; nobody has the case."""
    filed = file_whole(kit, voice, places, notes)
    give_back(kit, ADA, filed.request_id)
    return filed


def hold(kit: Kit, request_id: str, days: int = 3) -> None:
    take_case(kit, ADA, request_id)
    hold_case(kit, ADA, HoldInput(request_id, kit.clock().date() + timedelta(days=days), "Waits for a word."))


def test_the_order_and_its_reasons(kit: Kit) -> None:
    known_staff(kit)
    today = kit.clock().date()
    plain = file_one(kit)
    clock_of(kit).move(hours=2)
    later = file_one(kit)
    soon, far = (threatened(kit, today + timedelta(days=days)) for days in (1, 60))
    danger = told(kit, NEAR)
    unsafe = told(kit, Voice(asker=Asker.PARENT, acting=Acting(is_unsafe=True)))
    young = file_one(kit)
    assess_all(kit, young.request_id)
    give_back(kit, ADA, young.request_id)
    in_danger = sorted((danger.request_id, unsafe.request_id))
    expected = [soon, far, young, plain, later]
    assert listed(kit, "free") == in_danger + [one.request_id for one in expected]
    assert row_of(kit, danger.request_id).why == (Why.DANGER,)
    assert row_of(kit, young.request_id).why == (Why.YOUNG,)
    row = row_of(kit, soon.request_id)
    assert row.why == (Why.THREAT,)
    assert row.threat_at == datetime.combine(today + timedelta(days=1), time(), UTC)
    assert row_of(kit, plain.request_id).why == ()


def test_a_row_says_how_many_places_stand_where_and_since_when_it_waits(kit: Kit) -> None:
    filed = file_one(kit, "\n".join(f"{URL}{number}" for number in range(6)))
    states = (LocationState.ASSESSED, LocationState.ASSESSED, LocationState.GONE, LocationState.WITHDRAWN)
    for number, state in enumerate(states, start=1):
        put_in_state(kit, filed.request_id, number, state)
    row = row_of(kit, filed.request_id)
    assert dict(row.states) == {LocationState.ASSESSED: 2, LocationState.RECEIVED: 2}
    assert row.open_places == 4
    assert row.since_at == row.received_at


def test_of_several_threats_the_nearest_day_is_shown_and_one_that_is_over_hides_none(kit: Kit) -> None:
    today = kit.clock().date()
    days = [today + timedelta(days=number) for number in (-20, 40, 12)]
    notes = tuple(PlaceNote(threat=YesNo.YES, threat_on=day) for day in days)
    filed = told(kit, SELF, "\n".join(f"{URL}{number}" for number in range(3)), notes)
    put_in_state(kit, filed.request_id, 2, LocationState.ASSESSED)
    shown = row_of(kit, filed.request_id).threat_at
    assert shown is not None
    assert shown.date() == days[2]
    over = threatened(kit, days[0])
    shown = row_of(kit, over.request_id).threat_at
    assert shown is not None
    assert shown.date() == days[0]


def test_free_is_what_waits_and_nobody_has(kit: Kit) -> None:
    known_staff(kit)
    free, taken, held, doubted, skipped, recused, sent = (file_one(kit, asker=Asker.PERSON) for _ in range(7))
    take_case(kit, BEN, taken.request_id)
    hold(kit, held.request_id)
    do_many(kit, BEN, ManyInput(Act.NOT_A_REQUEST, (doubted.request_id,), "Nothing to read."))
    skip_case(kit, ADA, skipped.request_id)
    recuse(kit, ADA, recused.request_id)
    assess_all(kit, sent.request_id)
    put_in_state(kit, sent.request_id, 1, LocationState.NOTICE_SENT)
    with kit.database.writing() as work:  # as the letter going out leaves it
        (place,) = work.requests.locations_of(sent.request_id)
        save_moves(work, work.requests.load(sent.request_id), place.move(LocationState.HAS_IT, kit.clock()))
        work.commit()
    give_back(kit, ADA, sent.request_id)
    assert listed(kit, "free") == [free.request_id]
    everything = {free, taken, held, doubted, skipped, sent}
    assert set(listed(kit, "open")) == {one.request_id for one in everything}
    assert row_of(kit, sent.request_id).is_later
    assert row_of(kit, held.request_id).hold_until is not None
    assert row_of(kit, doubted.request_id).doubted
    assert set(listed(kit, "free", BEN)) == {free.request_id, skipped.request_id, recused.request_id}
    clock_of(kit).move(hours=13)  # leases and skips are over
    assert set(listed(kit, "free")) == {free.request_id, taken.request_id, skipped.request_id}
    clock_of(kit).move(days=4)  # so are holds, and the provider was given time
    expected = {free, taken, skipped, held, sent}
    assert set(listed(kit, "free")) == {one.request_id for one in expected}


def test_who_stepped_back_sees_the_case_in_no_list(kit: Kit) -> None:
    known_staff(kit)
    offered, seen = file_one(kit), file_one(kit)
    take_case(kit, BEN, offered.request_id)
    hand_over_case(kit, BEN, HandOverInput(offered.request_id, ADA.id))
    assert listed(kit, "mine") == [offered.request_id]
    clock_of(kit).move(hours=25)
    assert all(offered.request_id in listed(kit, which) for which in LISTS)
    recuse(kit, ADA, offered.request_id)
    assert not any(offered.request_id in listed(kit, which) for which in LISTS)
    assert {which: listed(kit, which, SINA) for which in LISTS}["open"] == sorted(
        (offered.request_id, seen.request_id)
    )


def test_mine_is_what_i_hold_and_what_is_handed_to_me(kit: Kit) -> None:
    known_staff(kit)
    held, offered, other = (file_one(kit) for _ in range(3))
    take_case(kit, ADA, held.request_id)
    for one in (offered, other):
        take_case(kit, BEN, one.request_id)
    hand_over_case(kit, BEN, HandOverInput(offered.request_id, ADA.id))
    assert set(listed(kit, "mine")) == {held.request_id, offered.request_id}
    assert row_of(kit, offered.request_id).offered_to_me
    assert row_of(kit, offered.request_id, actor=SINA).offered
    assert offered.request_id in listed(kit, "free", SINA)  # nothing waits for one person
    clock_of(kit).move(minutes=31)
    assert listed(kit, "mine") == [offered.request_id]
    take_case(kit, SINA, offered.request_id)
    assert listed(kit, "mine") == []


@pytest.mark.parametrize("which", LISTS)
def test_pages_of_every_list_follow_one_another_without_gap_or_repeat(
    kit: Kit, which: queue.Which, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "PAGE", 2)
    filed = [file_one(kit) if number % 2 else told(kit, NEAR) for number in range(7)]
    clock_of(kit).move(hours=25)
    if which == "mine":
        for one in filed:
            take_case(kit, ADA, one.request_id)
    seen: list[str] = []
    after: str | None = None
    while True:
        page = read_queue(kit, ADA, which, after)
        assert page.counts[which] == 7
        seen += [row.request_id for row in page.rows]
        after = page.next_after
        if after is None:
            break
    assert sorted(seen) == sorted(one.request_id for one in filed)


@pytest.mark.parametrize(
    "after",
    ["", "x", "-", "1-", "-1-", "99999999999-a", "-99999999999-a", "1-" + "z" * 99, "１-a", "5-a;b", "\x00"],
)
@pytest.mark.parametrize("which", LISTS)
def test_whatever_stands_in_the_address_a_page_comes(
    embedded_kit: Kit, which: queue.Which, after: str
) -> None:
    filed = file_one(embedded_kit)
    page = read_queue(embedded_kit, ADA, which, after)
    assert page.counts["open"] == 1
    assert {row.request_id for row in page.rows} <= {filed.request_id}


def test_much_that_is_due_is_counted_up_to_a_bound(
    embedded_kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.persistence.queue.MOST_DUE", 3)
    monkeypatch.setattr("app.reads.queue.MOST_DUE", 3)
    for number in range(5):
        file_one(embedded_kit)
        clock_of(embedded_kit).move(hours=25)
        page = read_queue(embedded_kit, ADA, "due", None)
        assert (page.counts["due"], page.due_is_more) == (min(number + 1, 3), number >= 3)
    assert MOST_DUE == 1000


def test_the_next_case_is_the_first_free_one(kit: Kit) -> None:
    filed = file_one(kit)
    danger = told(kit, NEAR)
    assert take_next(kit, ADA) == danger.request_id
    assert take_next(kit, ADA) == filed.request_id
    assert take_next(kit, BEN) is None
    assert set(listed(kit, "mine")) == {filed.request_id, danger.request_id}


def test_several_who_ask_for_the_next_case_at_once_get_one_each(kit: Kit) -> None:
    filed = {file_one(kit).request_id for _ in range(6)}
    people = [replace(ADA, id=str(number) * 32) for number in range(6)]
    came = all_at_once(*(partial(take_next, kit, who) for who in people))
    assert set(came) == filed


def test_young_children_stand_further_up_once_somebody_looked(kit: Kit) -> None:
    ordinary, youngest = file_one(kit), file_one(kit)
    for one, band in ((ordinary, AgeBand.POST_PUBESCENT), (youngest, AgeBand.PREPUBESCENT)):
        assess_all(kit, one.request_id, replace(CSAM, age_band=band))
        give_back(kit, ADA, one.request_id)
    assert listed(kit, "free") == [youngest.request_id, ordinary.request_id]
