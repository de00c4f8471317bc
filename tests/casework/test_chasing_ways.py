"""Ladders of notices that did not arrive, that a person carried there, or that went to a search engine."""

from app.casework.add_provider import add_provider
from app.casework.approve_notice import ApproveInput, approve_notice
from app.casework.by_hand import record_by_hand
from app.casework.follow_with_code import follow_with_code
from app.casework.kit import Kit
from app.casework.letter_moves import mark_bounced
from app.casework.preview_notice import preview_notices
from app.casework.provider_input import ProviderInput, one_contact
from app.casework.take_case import take_case
from app.casework.withdraw_places import WithdrawInput, withdraw_places
from app.domain.desk_words import Channel
from app.domain.notice_words import ChaseStep, NoticeKind, ProviderKind
from app.domain.words import LocationState, NoticeState, Reply
from app.reads.chasing import read_chasing
from tests.casework.chase_steps import SLOW, Round, answer, approve_with, chase_all, know_slow
from tests.casework.referral_steps import clock_of
from tests.make import ADA, BEN, MIRA, file_one

HOST, NOC, SEEK = "abuse@slow.example", "noc@slow.example", "removals@seek.example"


def bounce(gone: Round) -> None:
    with gone.kit.database.writing() as work:
        work.requests.load(gone.filed.request_id)
        mark_bounced(gone.kit, work, work.notices.load(gone.id), gone.kit.clock())
        work.commit()


def test_what_did_not_arrive_wants_another_contact_at_once(kit: Kit) -> None:
    gone = Round(kit, ahead=())
    clock_of(kit).move(minutes=5)
    bounce(gone)
    assert [one.state for one in gone.places] == [LocationState.BOUNCED]
    (row,) = read_chasing(kit, BEN).wanted
    assert (row.notice_id, row.step) == (gone.id, ChaseStep.SECOND_WAY)
    assert row.since <= kit.clock()
    assert gone.later(24) == []


def test_another_contact_that_was_approved_ahead_is_written_to_soon_and_once(kit: Kit) -> None:
    gone = Round(kit)
    bounce(gone)
    assert gone.notice.wants is None
    assert gone.later(0) == []
    assert gone.to(gone.later(0.25)) == [NOC]
    assert gone.later(48) == []
    assert gone.notice.chase_done == 3
    assert gone.notice.wants is None


def test_what_was_carried_there_by_hand_is_asked_for_again_by_hand(kit: Kit) -> None:
    know_slow(kit, Channel.FORM)
    filed = file_one(kit, SLOW)
    notice_id = approve_with(kit, filed)
    record_by_hand(kit, ADA, notice_id)
    clock_of(kit).move(hours=24)
    assert chase_all(kit) == 1
    with kit.database.reading() as work:
        notice = work.notices.load(notice_id)
        assert notice.wants is ChaseStep.REMINDER_1
        assert work.letters.of_notice(notice_id) == ()
        (place,) = work.requests.locations_of(filed.request_id)
    assert place.due_at is not None
    assert place.due_at <= kit.clock()


def asked_of_search(kit: Kit) -> tuple[Round, str]:
    """A notice to who has the place, and one to a search engine, both out."""
    gone = Round(kit)
    contact = one_contact(SEEK, "en", Channel.PLAIN)
    seek = ProviderInput("Seek", ("seek.example",), "CA", "", contact, kind=ProviderKind.SEARCH)
    add_provider(kit, MIRA, seek)
    take_case(kit, ADA, gone.filed.request_id)
    preview = next(one for one in preview_notices(kit, ADA, gone.filed.request_id) if one.is_search)
    ids, provider_id = preview.location_ids, preview.provider_id or ""
    approve_notice(
        kit, ADA, ApproveInput(gone.filed.request_id, provider_id, ids, preview.seen, is_search=True)
    )
    assert gone.to(gone.deliver()) == [SEEK]
    with kit.database.reading() as work:
        found = work.notices.of_request(gone.filed.request_id)
    return gone, next(one.id for one in found if one.kind is NoticeKind.SEARCH)


def test_a_search_engine_is_reminded_also_when_the_place_is_gone(kit: Kit) -> None:
    gone, search = asked_of_search(kit)
    gone.answers(Reply.REMOVED)
    assert gone.to(gone.later(24)) == [SEEK]
    assert gone.to(gone.later(24)) == [SEEK]
    assert gone.later(24 * 5) == []
    (row,) = read_chasing(kit, BEN).wanted
    assert (row.notice_id, row.step) == (search, ChaseStep.NUDGE)
    assert [one.state for one in gone.places] == [LocationState.SAYS_REMOVED]


def test_a_search_engines_word_ends_its_ladder_and_no_other(kit: Kit) -> None:
    gone, search = asked_of_search(kit)
    answer(kit, search, Reply.REMOVED)
    assert gone.to(gone.later(24)) == [HOST]
    with kit.database.reading() as work:
        assert work.notices.load(search).chase_at is None


def test_what_a_search_engine_refuses_comes_before_a_person(kit: Kit) -> None:
    gone, search = asked_of_search(kit)
    answer(kit, search, Reply.REFUSES)
    assert gone.to(gone.later(24)) == [HOST]
    (row,) = read_chasing(kit, BEN).wanted
    assert (row.notice_id, row.step) == (search, ChaseStep.NUDGE)


def test_whoever_withdraws_ends_both_ladders(kit: Kit) -> None:
    gone, _ = asked_of_search(kit)
    withdraw_places(kit, follow_with_code(kit, gone.filed.code), WithdrawInput((1,)))
    assert gone.later(24) == []
    with kit.database.reading() as work:
        notices = work.notices.of_request(gone.filed.request_id)
    assert {one.chase_at for one in notices} == {None}
    assert {one.state for one in notices} == {NoticeState.SENT, NoticeState.CANCELLED}
