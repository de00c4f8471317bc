"""What providers say through the link: kept unverified, followed at once; and as a caseworker noted it."""

from collections.abc import Callable
from email.message import EmailMessage

import pytest
from sqlalchemy import select

from app.casework.acknowledge_notice import acknowledge_notice
from app.casework.answer_notice import AnswerInput, answer_notice
from app.casework.deliver_letter import deliver_letter
from app.casework.errors import NotAllowed, NotFound, NotHolding
from app.casework.follow_with_code import follow_with_code
from app.casework.kit import Kit, new_id
from app.casework.open_case import open_case
from app.casework.open_notice import open_notice
from app.casework.record_reply import ReplyInput, record_reply
from app.casework.settle_letter import Choice, SettleInput, settle_letter
from app.domain.notice_words import NoticeKind, Seen, SignalSource
from app.domain.words import LocationState, NoticeState, Reply
from app.outbound.ports import Doubtful, NullMailer
from app.persistence.answers import Answer, answers
from app.persistence.errors import NotThere
from app.reads.follow import read_follow
from app.reads.notice_page import read_notice
from app.reads.queue import read_queue
from app.vault.pairs import seal_to, sealed_to
from app.vault.records import seal_record_to
from app.vault.seal import Purpose
from tests.casework.answer_steps import claims_of, link_of, notice_of, opened, say, sent, states, turn_into
from tests.casework.steps import all_at_once, all_letters, file_approved, open_courier, places_of, trail_of
from tests.casework.watch_steps import counted
from tests.make import ADA, BEN, TEAM, URL, Filed

S = LocationState


def noted(kit: Kit, filed: Filed, kind: Reply, *numbers: int) -> None:
    ids = tuple(place.id for place in places_of(kit, filed.request_id) if place.number in numbers)
    record_reply(kit, ADA, ReplyInput(filed.request_id, ids, kind))


def test_an_answer_is_shown_at_the_desk_as_it_was_said(kit: Kit) -> None:
    filed, actor = opened(kit)
    given = AnswerInput(((1, Reply.NOT_OURS, ""), (2, Reply.ASKS, "which one")), {1: "Cloudfen"})
    answer_notice(kit, actor, given)
    folder = open_case(kit, ADA, filed.request_id)
    said = [(answer.number, answer.reply, answer.words, answer.whose) for answer in folder.answers]
    assert said == [(1, Reply.NOT_OURS, "", "Cloudfen"), (2, Reply.ASKS, "which one", "")]
    assert folder.notices[0].state is NoticeState.ANSWERED
    assert "Cloudfen" not in repr(given) + repr(folder)


@pytest.mark.parametrize(
    ("reply", "state"),
    [
        (Reply.HAS_IT, S.HAS_IT),
        (Reply.REMOVED, S.SAYS_REMOVED),
        (Reply.NOT_OURS, S.MOVED),
        (Reply.ASKS, S.ASKS),
        (Reply.REFUSES, S.REFUSED),
        (Reply.AGE_DOUBT, S.HAS_IT),
        (Reply.OVER_18, S.REFUSED),
    ],
)
def test_an_answer_takes_effect_at_once_and_only_on_its_place(kit: Kit, reply: Reply, state: S) -> None:
    filed, actor = opened(kit)
    say(kit, actor, reply)
    assert states(kit, filed) == [state, S.NOTICE_SENT]
    page = read_follow(kit, follow_with_code(kit, filed.code))
    assert [place.state for place in page.places] == [state, S.NOTICE_SENT], "the person who asked sees it"
    trail = trail_of(kit, filed.request_id)
    assert trail.count("notice_answered") == trail.count(f"reply_{reply}") == 1
    assert counted(kit)[reply.value] == 1
    shown = read_notice(kit, actor)
    assert (shown.replies, shown.unanswered, shown.was_answered) == ({1: reply}, 1, True)
    assert len(claims_of(kit, actor)) == (reply is Reply.OVER_18)


def test_removed_is_one_of_two_words_and_no_more(kit: Kit) -> None:
    filed, actor = opened(kit)
    for _ in range(3):
        say(kit, actor, Reply.REMOVED)
    assert states(kit, filed)[0] is S.SAYS_REMOVED
    with kit.database.reading() as work:
        [location_id, _other] = work.notices.location_ids(actor.notice_id)
        words = {(one.source, one.seen) for one in work.signals.of_location(location_id)}
    assert words == {(SignalSource.PROVIDER, Seen.GONE)}
    assert counted(kit)["removed"] == 1, "pressed again, it is not counted again"


def test_a_link_that_was_used_before_can_be_used_again_and_the_newest_word_counts(kit: Kit) -> None:
    filed, actor = opened(kit)
    say(kit, actor, Reply.ASKS, Reply.REFUSES)
    say(kit, actor, Reply.REMOVED, Reply.HAS_IT)
    assert states(kit, filed) == [S.SAYS_REMOVED, S.REFUSED], "a receipt takes no refusal back"
    assert read_notice(kit, actor).replies == {1: Reply.REMOVED, 2: Reply.HAS_IT}
    assert len(open_case(kit, ADA, filed.request_id).answers) == 4


def test_one_press_says_for_all_places_without_an_answer_that_they_have_it(kit: Kit) -> None:
    filed, actor = opened(kit)
    say(kit, actor, Reply.REFUSES)
    assert acknowledge_notice(kit, actor) == 1
    assert states(kit, filed) == [S.REFUSED, S.HAS_IT]
    before = trail_of(kit, filed.request_id)
    assert acknowledge_notice(kit, actor) == 0
    assert trail_of(kit, filed.request_id) == before, "pressed again, it says nothing new"


def test_a_search_engines_word_and_a_suppliers_receipt_move_no_place(kit: Kit) -> None:
    filed, actor = opened(kit)
    turn_into(kit, actor, NoticeKind.SEARCH)
    say(kit, actor, Reply.REMOVED, Reply.REFUSES)
    assert states(kit, filed) == [S.NOTICE_SENT] * 2
    turn_into(kit, actor, NoticeKind.UPSTREAM)
    say(kit, actor, Reply.HAS_IT, Reply.NOT_OURS)
    assert states(kit, filed) == [S.NOTICE_SENT] * 2
    say(kit, actor, Reply.REMOVED, Reply.REMOVED)
    assert states(kit, filed) == [S.SAYS_REMOVED] * 2


def test_an_answer_names_places_of_its_notice(kit: Kit) -> None:
    filed, actor = opened(kit)
    for odd in ((), ((0, Reply.REMOVED, ""),), ((3, Reply.REMOVED, ""),), ((-1, Reply.ASKS, ""),)):
        with pytest.raises(NotAllowed):
            answer_notice(kit, actor, AnswerInput(odd))
    assert "notice_answered" not in trail_of(kit, filed.request_id)


def test_answers_at_the_same_moment_are_all_kept_up_to_a_limit(kit: Kit) -> None:
    filed, actor = opened(kit)
    given = AnswerInput(((1, Reply.ASKS, "which one"),))
    assert all_at_once(*[lambda: answer_notice(kit, actor, given)] * 6) == [None] * 6
    for _ in range(44):
        answer_notice(kit, actor, given)
    for act in (lambda: answer_notice(kit, actor, given), lambda: acknowledge_notice(kit, actor)):
        with pytest.raises(NotAllowed):
            act()
    assert len(open_case(kit, ADA, filed.request_id).answers) == 50
    assert states(kit, filed) == [S.ASKS, S.NOTICE_SENT]


def test_an_answer_that_somebody_put_into_the_database_does_not_keep_a_case_shut(kit: Kit) -> None:
    filed, actor = opened(kit)
    with kit.database.writing() as work:
        for record in ({}, {"answers": 7}, {"answers": [{"number": 1}]}, {"answers": [{"reply": "x"}]}):
            one = new_id()
            sealed = seal_record_to(TEAM.public, Purpose.PROVIDER_ANSWER, one, record)
            work.answers.add(Answer(one, actor.notice_id, kit.clock(), sealed, sealed_to(sealed)))
        for plain in (b"", b"not json"):
            one = new_id()
            sealed = seal_to(TEAM.public, Purpose.PROVIDER_ANSWER, one, plain)
            work.answers.add(Answer(one, actor.notice_id, kit.clock(), sealed, sealed_to(sealed)))
        work.answers.add(Answer(new_id(), actor.notice_id, kit.clock(), b"garbage", ""))
        work.commit()
    say(kit, actor, Reply.REMOVED, words="done")
    assert [answer.words for answer in open_case(kit, ADA, filed.request_id).answers] == ["done"]


def test_an_answer_from_before_it_was_asked_whose_it_is_can_still_be_read(kit: Kit) -> None:
    filed, actor = opened(kit)
    one, said = new_id(), {"number": 1, "reply": "not_ours", "words": "old"}
    sealed = seal_record_to(TEAM.public, Purpose.PROVIDER_ANSWER, one, {"answers": [said]})
    with kit.database.writing() as work:
        work.answers.add(Answer(one, actor.notice_id, kit.clock(), sealed, sealed_to(sealed)))
        work.commit()
    [answer] = open_case(kit, ADA, filed.request_id).answers
    assert (answer.words, answer.whose) == ("old", "")


def test_an_answer_is_sealed_to_the_team(kit: Kit) -> None:
    _, actor = opened(kit)
    answer_notice(kit, actor, AnswerInput(((1, Reply.REFUSES, "Odd-word-42"),), {1: "Odd-name-42"}))
    with kit.database.reading() as work:
        (row,) = work.connection.execute(select(answers)).all()
    assert b"Odd-" not in row.answer_sealed


def test_what_was_removed_everywhere_ends_the_pack_and_leaves_the_queue(kit: Kit) -> None:
    filed, actor = opened(kit)
    say(kit, actor, Reply.REMOVED)
    with kit.database.reading() as work:
        assert work.notices.pack(actor.notice_id)
        assert work.requests.load(filed.request_id).open_places == 1
    say(kit, actor, Reply.REMOVED, Reply.REMOVED)
    with kit.database.reading() as work, pytest.raises(NotThere):
        work.notices.pack(actor.notice_id)
    assert read_queue(kit, ADA, "open", None).rows == ()
    assert notice_of(kit, actor).state is NoticeState.ANSWERED


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (Reply.NOT_OURS, S.MOVED),
        (Reply.ASKS, S.ASKS),
        (Reply.HAS_IT, S.HAS_IT),
        (Reply.REFUSES, S.REFUSED),
    ],
)
def test_a_caseworker_can_note_it_all_the_same_and_leaves_the_place_open(
    kit: Kit, kind: Reply, state: S
) -> None:
    filed, _ = sent(kit)
    noted(kit, filed, kind, 1, 2)
    assert set(states(kit, filed)) == {state}
    assert trail_of(kit, filed.request_id).count(f"reply_{kind}") == 2
    noted(kit, filed, Reply.REMOVED, 1, 2)
    assert set(states(kit, filed)) == {S.SAYS_REMOVED}


def test_a_reply_needs_a_notice_that_was_sent_and_a_hold(kit: Kit) -> None:
    filed = file_approved(kit)
    (place,) = places_of(kit, filed.request_id)
    given = ReplyInput(filed.request_id, (place.id,), Reply.REMOVED)
    with pytest.raises(NotAllowed):
        record_reply(kit, ADA, given)
    deliver_letter(kit, open_courier(kit), NullMailer())
    with pytest.raises(NotHolding):
        record_reply(kit, BEN, given)
    for ids in ((), (new_id(),), (place.id, new_id())):
        with pytest.raises(NotFound):
            record_reply(kit, ADA, ReplyInput(filed.request_id, ids, Reply.REMOVED))
    record_reply(kit, ADA, given)
    assert [letter.state for letter in all_letters(kit)] == ["sent"]


class Lost(NullMailer):
    """A mail system that takes the letter, and goes away before it says so."""

    def send(self, message: EmailMessage, before_handing_over: Callable[[], None]) -> None:
        super().send(message, before_handing_over)
        raise Doubtful


def test_who_answers_a_letter_that_is_in_doubt_has_it_and_is_not_reminded_of_what_they_did(
    kit: Kit,
) -> None:
    filed, mailer = file_approved(kit, places=f"{URL}\n{URL}2"), Lost()
    deliver_letter(kit, open_courier(kit), mailer)
    [letter] = all_letters(kit)
    assert letter.state == "doubt"
    actor = open_notice(kit, link_of(mailer.sent[0]))
    say(kit, actor, Reply.REMOVED)
    assert states(kit, filed) == [S.SAYS_REMOVED, S.NOTICE_SENT]
    assert notice_of(kit, actor).state is NoticeState.ANSWERED
    assert notice_of(kit, actor).chase_at is not None
    settle_letter(kit, ADA, SettleInput(letter.id, Choice.ARRIVED))
    assert states(kit, filed) == [S.SAYS_REMOVED, S.NOTICE_SENT]


def test_two_links_of_one_case_do_not_answer_for_each_other(kit: Kit) -> None:
    filed, link = sent(kit, URL)
    other, _ = sent(kit, URL)
    say(kit, open_notice(kit, link), Reply.REMOVED)
    assert (states(kit, filed), states(kit, other)) == ([S.SAYS_REMOVED], [S.NOTICE_SENT])
