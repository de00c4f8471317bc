"""What a person does with a received mail: read it, say what it means, attach it, set it aside."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.casework.attach_mail import (
    AttachInput,
    NoSuchNotice,
    attach_mail,
    set_mail_aside,
    sweep_mails,
)
from app.casework.errors import EnoughForToday, NotAllowed, NotFound, NotHolding, Recused, Stale
from app.casework.give_back import give_back
from app.casework.kit import Kit
from app.casework.policy import keep_policy
from app.casework.recuse import recuse
from app.casework.settle_mail import SettleMailInput, settle_mail
from app.casework.show_mail import show_mail
from app.domain.mails import MatchedBy
from app.domain.policy import Policy
from app.domain.trail import HOTLINE, TrailKind
from app.domain.words import LocationState, NoticeState, Reply
from app.reads.mails import read_mail, read_mails
from tests.casework.mail_steps import Out, send_out
from tests.casework.put_mail import put_mail
from tests.casework.steps import trail_of
from tests.make import ADA, BEN, make_known


@pytest.fixture
def out(embedded_kit: Kit, tmp_path: Path) -> Out:
    make_known(embedded_kit, BEN)
    return send_out(embedded_kit, tmp_path)


def lines_of_hotline(kit: Kit) -> list[tuple[str, str]]:
    with kit.database.reading() as work:
        return [(line.entry.kind, line.entry.subject) for line, _ in work.trail.lines(HOTLINE)]


def test_what_a_mail_says_takes_effect_place_by_place(kit: Kit, tmp_path: Path) -> None:
    out = send_out(kit, tmp_path)
    mail_id = put_mail(kit, out.notice_id)
    first, second = out.places
    settle_mail(kit, ADA, SettleMailInput(mail_id, {first: Reply.REMOVED, second: Reply.REFUSES}))
    assert out.states == [LocationState.SAYS_REMOVED, LocationState.REFUSED]
    assert out.notice.state is NoticeState.ANSWERED
    assert out.kept()[0].is_settled
    kinds = trail_of(kit, out.filed.request_id)
    assert {TrailKind.MAIL_SETTLED, TrailKind.REPLY_REMOVED, TrailKind.REPLY_REFUSES} <= set(kinds)


def test_a_mail_that_says_nothing_changes_no_place_and_needs_no_lease(out: Out) -> None:
    before = out.states
    mail_id = put_mail(out.kit, out.notice_id)
    settle_mail(out.kit, BEN, SettleMailInput(mail_id))
    assert (out.states, out.kept()[0].is_settled) == (before, True)
    assert read_mails(out.kit, BEN).of_notices == ()


def test_a_mail_is_settled_once(out: Out) -> None:
    mail_id = put_mail(out.kit, out.notice_id)
    settle_mail(out.kit, ADA, SettleMailInput(mail_id))
    with pytest.raises(Stale):
        settle_mail(out.kit, ADA, SettleMailInput(mail_id, {out.places[0]: Reply.REMOVED}))
    assert out.states == [LocationState.NOTICE_SENT] * 2


def test_what_it_means_is_said_by_who_has_the_case(out: Out) -> None:
    given = SettleMailInput(put_mail(out.kit, out.notice_id), {out.places[0]: Reply.REMOVED})
    with pytest.raises(NotHolding):
        settle_mail(out.kit, BEN, given)
    give_back(out.kit, ADA, out.filed.request_id)
    with pytest.raises(NotHolding):
        settle_mail(out.kit, ADA, given)
    assert not out.kept()[0].is_settled


def test_a_place_of_another_notice_is_refused_and_nothing_is_written(out: Out, tmp_path: Path) -> None:
    other = send_out(out.kit, tmp_path, "https://img.northlight.example/b/1")
    mail_id = put_mail(out.kit, out.notice_id)
    with pytest.raises(NotAllowed):
        settle_mail(out.kit, ADA, SettleMailInput(mail_id, {other.places[0]: Reply.REMOVED}))
    assert not out.kept()[0].is_settled
    assert other.states == [LocationState.NOTICE_SENT]


def test_words_are_shown_after_they_were_counted_and_written_down(out: Out) -> None:
    mail_id = put_mail(out.kit, out.notice_id, "See our page.")
    shown = show_mail(out.kit, BEN, mail_id)
    assert shown.words is not None
    assert shown.words.text == "See our page."
    assert trail_of(out.kit, out.filed.request_id)[-1] == TrailKind.MAIL_SHOWN
    with out.kit.database.reading() as work:
        day = work.openings.of(BEN.id)
    assert day is not None
    assert day.count == 1
    show_mail(out.kit, BEN, mail_id)  # going on reading counts no more
    with out.kit.database.reading() as work:
        assert work.openings.of(BEN.id) == day


def test_who_has_seen_enough_today_is_shown_no_mail(out: Out) -> None:
    with out.kit.database.writing() as work:
        keep_policy(work, replace(Policy(), soft_limit=1, hard_limit=1))
        work.commit()
    first, second = (put_mail(out.kit, None) for _ in range(2))
    show_mail(out.kit, BEN, first)
    with pytest.raises(EnoughForToday):
        show_mail(out.kit, BEN, second)
    assert lines_of_hotline(out.kit)[-1] == (TrailKind.MAIL_SHOWN, first)


def test_who_stepped_back_gets_no_mail_of_the_case(out: Out) -> None:
    mail_id, strange = put_mail(out.kit, out.notice_id), put_mail(out.kit, None)
    recuse(out.kit, BEN, out.filed.request_id)
    assert read_mails(out.kit, BEN).of_notices == ()
    for refused in (
        lambda: read_mail(out.kit, BEN, mail_id),
        lambda: show_mail(out.kit, BEN, mail_id),
        lambda: settle_mail(out.kit, BEN, SettleMailInput(mail_id)),
        lambda: attach_mail(out.kit, BEN, AttachInput(strange, out.notice.reference)),
    ):
        with pytest.raises(Recused):
            refused()
    assert len(out.unmatched()) == 1


def test_a_row_that_does_not_open_stays_closed_and_breaks_nothing(out: Out) -> None:
    mail_id = put_mail(out.kit, out.notice_id)
    with out.kit.database.writing() as work:
        mail = work.received_mails.load(mail_id)
        work.received_mails.sealed.reseal(mail_id, mail.mail_sealed, b"\x01 not ours")
        work.commit()
    assert show_mail(out.kit, ADA, mail_id).words is None
    settle_mail(out.kit, ADA, SettleMailInput(mail_id))


@pytest.mark.parametrize("typed", ["{}", " {} ", "re: {}", "lower"])
def test_a_caseworker_attaches_a_mail_to_its_notice(out: Out, typed: str) -> None:
    mail_id = put_mail(out.kit, None, "Which one?")
    reference = out.notice.reference
    asked = reference.lower() if typed == "lower" else typed.format(reference)
    assert attach_mail(out.kit, ADA, AttachInput(mail_id, asked)) == out.notice_id
    assert (out.unmatched(), [mail.id for mail in out.kept()]) == ((), [mail_id])
    words = show_mail(out.kit, ADA, mail_id).words
    assert words is not None
    assert (words.text, words.matched_by) == ("Which one?", MatchedBy.PERSON)
    with pytest.raises(NotAllowed):
        attach_mail(out.kit, ADA, AttachInput(mail_id, reference))


@pytest.mark.parametrize("typed", ["", "H-0000-0000", "somewhere", "x" * 5000])
def test_an_unknown_reference_attaches_nothing(out: Out, typed: str) -> None:
    mail_id = put_mail(out.kit, None)
    with pytest.raises(NoSuchNotice):
        attach_mail(out.kit, ADA, AttachInput(mail_id, typed))
    assert [mail.id for mail in out.unmatched()] == [mail_id]


def test_what_is_set_aside_is_destroyed_thirty_days_later_and_not_before(kit: Kit, tmp_path: Path) -> None:
    out = send_out(kit, tmp_path)
    mail_id, waiting, matched = put_mail(kit, None), put_mail(kit, None), put_mail(kit, out.notice_id)
    set_mail_aside(kit, ADA, mail_id, is_aside=True)
    settle_mail(kit, ADA, SettleMailInput(matched))
    assert [row.id for row in read_mails(kit, ADA).aside] == [mail_id]
    out.move(days=29, hours=23)
    assert sweep_mails(kit) == 0
    out.move(hours=2)
    assert sweep_mails(kit) == 1
    assert [mail.id for mail in (*out.unmatched(), *out.kept())] == [waiting, matched]
    with pytest.raises(NotFound):
        show_mail(kit, ADA, mail_id)


def test_what_was_set_aside_can_wait_again(out: Out) -> None:
    mail_id = put_mail(out.kit, None)
    set_mail_aside(out.kit, ADA, mail_id, is_aside=True)
    with pytest.raises(Stale):
        set_mail_aside(out.kit, ADA, mail_id, is_aside=True)
    set_mail_aside(out.kit, BEN, mail_id, is_aside=False)
    out.move(days=90)
    assert sweep_mails(out.kit) == 0
    assert [mail.id for mail in out.unmatched()] == [mail_id]
    with pytest.raises(NotAllowed):
        set_mail_aside(out.kit, ADA, put_mail(out.kit, out.notice_id), is_aside=True)
