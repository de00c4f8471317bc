"""A notice that no mail can take: its text is shown to a person, and that it was done is written down."""

from dataclasses import replace

import pytest

from app.casework.approve_notice import approve_notice
from app.casework.by_hand import drop_by_hand, read_by_hand, record_by_hand, show_by_hand
from app.casework.errors import NotAllowed, NotFound, NotHolding, PoliceHoldRuns, SafetyCheckDue
from app.casework.follow_with_code import follow_with_code
from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.casework.open_notice import open_notice
from app.casework.preview_notice import preview_notices
from app.casework.withdraw_places import WithdrawInput, withdraw_places
from app.domain.desk_words import Channel
from app.domain.words import LocationState, NoticeState, SafetyState
from app.persistence.notices import Notice
from app.reads.exposure import read_exposure
from tests.casework.letter_steps import (
    add_host,
    approval_of,
    form_at,
    move_place,
    notices_of,
    preview_of,
)
from tests.casework.steps import all_letters, approve_all, assess_all, places_of, trail_of
from tests.make import ADA, BEN, Filed, file_one

FORM = "https://formpage.example/report"
TWO = "https://formpage.example/rare-path-1\nhttps://formpage.example/rare-path-2"


def approved(kit: Kit, channel: Channel = Channel.FORM) -> tuple[Filed, Notice]:
    add_host(kit, "Formpage", form_at(FORM, channel=channel))
    filed = file_one(kit, TWO)
    assess_all(kit, filed.request_id)
    approve_all(kit, filed.request_id)
    [notice] = notices_of(kit, filed.request_id).values()
    return filed, notice


def states(kit: Kit, filed: Filed) -> list[LocationState]:
    return [one.state for one in places_of(kit, filed.request_id)]


@pytest.mark.parametrize("channel", [Channel.FORM, Channel.PARTNER])
def test_it_is_read_and_approved_like_any_letter_and_waits_for_a_person(kit: Kit, channel: Channel) -> None:
    add_host(kit, "Formpage", form_at(FORM, channel=channel))
    filed = file_one(kit, TWO)
    assess_all(kit, filed.request_id)
    preview = preview_of(kit, filed.request_id, "Formpage")
    assert preview.is_by_hand
    assert preview.way == FORM
    assert "formpage[.]example/…" in (preview.body or "")
    approve_notice(kit, ADA, approval_of(filed.request_id, preview))
    assert all_letters(kit) == []
    assert states(kit, filed) == [LocationState.APPROVED] * 2
    [shown] = open_case(kit, ADA, filed.request_id).notices
    assert (shown.waits_for_hand, shown.letter_state, shown.channel) == (True, None, channel)


def test_its_text_holds_the_whole_addresses_counts_and_stands_in_the_trail(kit: Kit) -> None:
    filed, notice = approved(kit)
    before = read_exposure(kit, ADA).today
    text = show_by_hand(kit, ADA, notice.id)
    assert text.way == FORM
    for url in TWO.split("\n"):
        assert url in text.body
    assert notice.reference in text.subject
    assert trail_of(kit, filed.request_id).count("place_live") == 2
    assert read_exposure(kit, ADA).today == before + 1
    assert states(kit, filed) == [LocationState.APPROVED] * 2


def test_the_link_in_the_text_opens_the_notice(kit: Kit) -> None:
    _, notice = approved(kit)
    text = show_by_hand(kit, ADA, notice.id)
    link = next(word for word in text.body.split() if "/n/" in word).rpartition("/n/")[2]
    assert open_notice(kit, link).notice_id == notice.id


def test_done_it_is_out_and_its_chase_begins(kit: Kit) -> None:
    filed, notice = approved(kit)
    record_by_hand(kit, ADA, notice.id)
    [out] = notices_of(kit, filed.request_id).values()
    assert out.state is NoticeState.SENT
    assert out.chase_at == out.sent_at + kit.settings.times.reminder_1 if out.sent_at else False
    assert states(kit, filed) == [LocationState.NOTICE_SENT] * 2
    assert trail_of(kit, filed.request_id).count("notice_by_hand") == 1
    for again in (show_by_hand, record_by_hand, drop_by_hand):
        with pytest.raises(NotAllowed):
            again(kit, ADA, notice.id)


def test_where_it_cannot_go_its_places_wait_for_a_notice_again(kit: Kit) -> None:
    filed, notice = approved(kit)
    drop_by_hand(kit, ADA, notice.id)
    assert states(kit, filed) == [LocationState.ASSESSED] * 2
    assert len(preview_notices(kit, ADA, filed.request_id)) == 1
    with pytest.raises(NotAllowed):
        show_by_hand(kit, ADA, notice.id)


def test_when_a_place_is_withdrawn_the_text_is_shown_no_more_and_the_other_waits_anew(kit: Kit) -> None:
    filed, notice = approved(kit)
    withdraw_places(kit, follow_with_code(kit, filed.code), WithdrawInput((1,)))
    with pytest.raises(NotAllowed):
        show_by_hand(kit, ADA, notice.id)
    assert states(kit, filed) == [LocationState.WITHDRAWN, LocationState.ASSESSED]


def test_a_place_that_waits_no_more_is_not_in_the_text(kit: Kit) -> None:
    filed, notice = approved(kit)
    move_place(kit, filed.request_id, 1, LocationState.WITHDRAWN)
    body = show_by_hand(kit, ADA, notice.id).body
    assert "rare-path-1" not in body
    assert "rare-path-2" in body
    assert trail_of(kit, filed.request_id).count("place_live") == 1


def test_when_all_was_withdrawn_nothing_is_shown_or_sent(kit: Kit) -> None:
    filed, notice = approved(kit)
    withdraw_places(kit, follow_with_code(kit, filed.code), WithdrawInput((1, 2)))
    with pytest.raises(NotAllowed):
        show_by_hand(kit, ADA, notice.id)
    assert states(kit, filed) == [LocationState.WITHDRAWN] * 2


def test_only_who_holds_the_case_gets_the_text_and_not_while_it_must_wait(kit: Kit) -> None:
    filed, notice = approved(kit)
    assert read_by_hand(kit, BEN, notice.id).is_held is False
    for verb in (show_by_hand, record_by_hand, drop_by_hand):
        with pytest.raises(NotHolding):
            verb(kit, BEN, notice.id)
        with pytest.raises(NotFound):
            verb(kit, ADA, "0" * 32)
    with kit.database.writing() as work:
        held, _ = work.requests.load(filed.request_id).start_police_hold(kit.clock())
        work.requests.save(held)
        work.commit()
    with pytest.raises(PoliceHoldRuns):
        show_by_hand(kit, ADA, notice.id)
    with kit.database.writing() as work:
        request = work.requests.load(filed.request_id)
        work.requests.save(replace(request, safety=SafetyState.HOLD))
        work.commit()
    with pytest.raises(SafetyCheckDue):
        show_by_hand(kit, ADA, notice.id)


def test_a_notice_that_goes_by_mail_has_no_such_page(kit: Kit) -> None:
    filed = file_one(kit)
    assess_all(kit, filed.request_id)
    approve_all(kit, filed.request_id)
    [notice] = notices_of(kit, filed.request_id).values()
    with pytest.raises(NotFound):
        read_by_hand(kit, ADA, notice.id)
