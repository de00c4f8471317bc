"""The link in a letter: it opens the places of one notice, for as long as it may, and is kept nowhere."""

import pytest
from sqlalchemy import delete, select, update

from app.casework.acknowledge_notice import acknowledge_notice
from app.casework.actors import Provider
from app.casework.answer_notice import AnswerInput, answer_notice
from app.casework.errors import NotFound
from app.casework.follow_with_code import follow_with_code
from app.casework.forget_request import forget_request
from app.casework.kit import Kit
from app.casework.open_notice import open_notice
from app.casework.revoke_link import revoke_link
from app.casework.withdraw_places import WithdrawInput, withdraw_places
from app.domain.notice_words import NoticeKind
from app.domain.words import LocationState, Reply
from app.persistence.notices import notices
from app.persistence.wraps import LINK, wraps
from app.reads.notice_page import read_notice
from tests.casework.answer_steps import TWO, clock_of, opened, say, sent, states, turn_into
from tests.casework.steps import trail_of
from tests.make import ADA, URL

REMOVED = AnswerInput(((1, Reply.REMOVED, "done"),))


def test_the_link_in_the_letter_opens_the_places_of_its_notice_only(kit: Kit) -> None:
    filed, link = sent(kit)
    _, other = sent(kit, URL)
    actor = open_notice(kit, link)
    page = read_notice(kit, actor)
    assert [place.url for place in page.places] == TWO.split("\n")
    assert (page.kind, page.count, page.unanswered, page.was_answered) == (NoticeKind.CSAM, 2, 2, False)
    assert [place.url for place in read_notice(kit, open_notice(kit, other)).places] == [URL]
    assert trail_of(kit, filed.request_id)[-1] == "notice_opened"
    assert "Provider(" in repr(actor)
    assert "northlight" not in repr(actor) + repr(page)


def test_a_wrong_cut_or_odd_link_is_not_found(kit: Kit) -> None:
    filed, link = sent(kit)
    changed = ("A" if link[0] != "A" else "B") + link[1:]
    for wrong in ("", "x", link[:-1], link + "A", changed, link.upper(), "é" * 200, "\x00"):
        with pytest.raises(NotFound):
            open_notice(kit, wrong)
    assert "notice_opened" not in trail_of(kit, filed.request_id)


def test_a_link_ends_after_ninety_days(kit: Kit) -> None:
    _, link = sent(kit)
    clock_of(kit).move(days=89)
    open_notice(kit, link)
    clock_of(kit).move(days=1)
    with pytest.raises(NotFound):
        open_notice(kit, link)


def test_a_link_opens_nothing_when_its_key_was_destroyed_or_is_anothers(kit: Kit) -> None:
    first, second = sent(kit, URL), sent(kit, URL)
    ids = [open_notice(kit, link).notice_id for _, link in (first, second)]
    with kit.database.writing() as work:
        swapped = (wraps.c.holder == LINK) & (wraps.c.owner_id == ids[0])
        theirs = work.wraps.one(ids[1], "notice", LINK)
        work.connection.execute(update(wraps).where(swapped).values(key_sealed=theirs))
        work.connection.execute(delete(wraps).where(wraps.c.holder == LINK, wraps.c.owner_id == ids[1]))
        work.commit()
    for _, link in (first, second):
        with pytest.raises(NotFound):
            open_notice(kit, link)


def test_the_database_alone_does_not_hold_the_link(kit: Kit) -> None:
    _, link = sent(kit)
    with kit.database.reading() as work:
        for table in (notices, wraps):
            for row in work.connection.execute(select(table)).mappings():
                assert link not in str(dict(row))
                assert link.encode() not in b"".join(v for v in row.values() if isinstance(v, bytes))


def test_a_provider_actor_made_up_without_the_key_reads_nothing(kit: Kit) -> None:
    _, link = sent(kit)
    _, other = sent(kit, URL)
    mixed = Provider(open_notice(kit, link).notice_id, open_notice(kit, other).notice_key)
    with pytest.raises(Exception, match="a sealed value did not open"):
        read_notice(kit, mixed)


def test_a_page_that_was_open_when_the_link_ended_or_was_revoked_takes_no_answer(kit: Kit) -> None:
    filed, revoked = opened(kit)
    revoke_link(kit, ADA, revoked.notice_id)
    _, ended = opened(kit)
    clock_of(kit).move(days=91)
    for actor in (revoked, ended):
        with pytest.raises(NotFound):
            answer_notice(kit, actor, REMOVED)
        with pytest.raises(NotFound):
            acknowledge_notice(kit, actor)
    assert states(kit, filed) == [LocationState.NOTICE_SENT] * 2
    assert "notice_answered" not in trail_of(kit, filed.request_id)


def test_a_revoked_link_is_not_found_like_one_that_never_was(kit: Kit) -> None:
    _, link = sent(kit)
    revoke_link(kit, ADA, open_notice(kit, link).notice_id)
    with pytest.raises(NotFound):
        open_notice(kit, link)


def test_nothing_is_answered_about_a_request_that_was_forgotten(kit: Kit) -> None:
    filed, link = sent(kit)
    actor = open_notice(kit, link)
    forget_request(kit, follow_with_code(kit, filed.code), filed.request_id)
    for act in (lambda: open_notice(kit, link), lambda: answer_notice(kit, actor, REMOVED)):
        with pytest.raises(NotFound):
            act()


def test_a_place_that_was_withdrawn_stays_so_whatever_is_answered(kit: Kit) -> None:
    filed, actor = opened(kit)
    withdraw_places(kit, follow_with_code(kit, filed.code), WithdrawInput((1,)))
    for reply in Reply:
        say(kit, actor, reply, reply)
        assert states(kit, filed)[0] is LocationState.WITHDRAWN
    assert [place.number for place in read_notice(kit, actor).places] == [1, 2], "the link tells of no wish"


def test_who_supplies_a_provider_reads_hosts_and_a_reference_and_no_place(kit: Kit) -> None:
    _, actor = opened(kit, f"{URL}\nhttps://user@x.northlight.example:8443/b?q=1\n{URL}2")
    turn_into(kit, actor, NoticeKind.UPSTREAM, about="H-0000-0000", about_provider="Northlight Hosting")
    page = read_notice(kit, actor)
    assert page.places == ()
    assert page.hosts == ("img.northlight.example", "x.northlight.example")
    assert (page.about, page.about_provider, page.count) == ("H-0000-0000", "Northlight Hosting", 3)
