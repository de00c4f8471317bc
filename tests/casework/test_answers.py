"""What providers say: through the link, unverified; and as a caseworker recorded it."""

import pytest
from sqlalchemy import delete, select, update

from app.casework.actors import Provider
from app.casework.answer_notice import AnswerInput, answer_notice
from app.casework.deliver_letter import deliver_letter
from app.casework.errors import NotAllowed, NotFound, NotHolding
from app.casework.follow_with_code import follow_with_code
from app.casework.kit import Kit, new_id
from app.casework.open_case import open_case
from app.casework.open_notice import open_notice
from app.casework.record_reply import ReplyInput, record_reply
from app.domain.words import LocationState, NoticeState, Reply
from app.outbound.ports import NullMailer
from app.persistence.answers import Answer, answers
from app.persistence.errors import NotThere
from app.persistence.notices import notices
from app.persistence.wraps import LINK, wraps
from app.reads.follow import read_follow
from app.reads.notice_page import read_notice
from app.reads.queue import read_queue
from app.vault.pairs import seal_to, sealed_to
from app.vault.records import seal_record_to
from app.vault.seal import Purpose
from tests.casework.steps import all_at_once, all_letters, file_approved, open_courier, places_of, trail_of
from tests.make import ADA, BEN, TEAM, URL, Filed

TWO = f"{URL}\nhttps://x.northlight.example/b"


def sent(kit: Kit, places: str = TWO) -> tuple[Filed, str]:
    """A request whose notice went out, and the secret of the link in the letter."""
    filed = file_approved(kit, places=places)
    mailer = NullMailer()
    assert deliver_letter(kit, open_courier(kit), mailer)
    body = mailer.sent[0].get_body()
    assert body is not None
    (link,) = [word for word in body.get_content().split() if "/n/" in word]
    return filed, link.rpartition("/n/")[2].rstrip(".")


def reply(kit: Kit, filed: Filed, kind: Reply, *numbers: int) -> None:
    ids = tuple(place.id for place in places_of(kit, filed.request_id) if place.number in numbers)
    record_reply(kit, ADA, ReplyInput(filed.request_id, ids, kind))


def test_the_link_in_the_letter_opens_the_places_of_its_notice_only(kit: Kit) -> None:
    filed, link = sent(kit)
    _, other = sent(kit, URL)
    actor = open_notice(kit, link)
    page = read_notice(kit, actor)
    assert [place.url for place in page.places] == TWO.split("\n")
    assert not page.was_answered
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
    kit.clock.move(days=89)  # type: ignore[attr-defined]
    open_notice(kit, link)
    kit.clock.move(days=1)  # type: ignore[attr-defined]
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


def test_an_answer_is_shown_at_the_desk_as_said_and_changes_no_place(kit: Kit) -> None:
    filed, link = sent(kit)
    actor = open_notice(kit, link)
    answer_notice(kit, actor, AnswerInput(((1, Reply.REMOVED, "done"), (2, Reply.ASKS, ""))))
    folder = open_case(kit, ADA, filed.request_id)
    said = [(answer.number, answer.reply, answer.words) for answer in folder.answers]
    assert said == [(1, Reply.REMOVED, "done"), (2, Reply.ASKS, "")]
    assert folder.notices[0].state is NoticeState.ANSWERED
    assert {place.state for place in folder.places} == {LocationState.NOTICE_SENT}
    assert read_notice(kit, actor).was_answered
    states = {place.state for place in read_follow(kit, follow_with_code(kit, filed.code)).places}
    assert states == {LocationState.NOTICE_SENT}, "the requester sees no unverified word"


def test_an_answer_names_places_of_its_notice(kit: Kit) -> None:
    _, link = sent(kit)
    actor = open_notice(kit, link)
    for odd in ((), ((0, Reply.REMOVED, ""),), ((3, Reply.REMOVED, ""),), ((-1, Reply.ASKS, ""),)):
        with pytest.raises(NotAllowed):
            answer_notice(kit, actor, AnswerInput(odd))


def test_answers_at_the_same_moment_are_all_kept_up_to_a_limit(kit: Kit) -> None:
    filed, link = sent(kit)
    actor = open_notice(kit, link)
    given = AnswerInput(((1, Reply.REMOVED, "done"),))
    assert all_at_once(*[lambda: answer_notice(kit, actor, given)] * 6) == [None] * 6
    for _ in range(44):
        answer_notice(kit, actor, given)
    with pytest.raises(NotAllowed):
        answer_notice(kit, actor, given)
    assert len(open_case(kit, ADA, filed.request_id).answers) == 50


def test_an_answer_that_somebody_put_into_the_database_does_not_keep_a_case_shut(kit: Kit) -> None:
    filed, link = sent(kit)
    actor = open_notice(kit, link)
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
    answer_notice(kit, actor, AnswerInput(((1, Reply.REMOVED, "done"),)))
    assert [answer.words for answer in open_case(kit, ADA, filed.request_id).answers] == ["done"]


def test_an_answer_is_sealed_to_the_team(kit: Kit) -> None:
    _, link = sent(kit)
    answer_notice(kit, open_notice(kit, link), AnswerInput(((1, Reply.REFUSES, "Odd-word-42"),)))
    with kit.database.reading() as work:
        (row,) = work.connection.execute(select(answers)).all()
    assert b"Odd-word" not in row.answer_sealed


def test_removed_is_recorded_place_by_place_and_ends_the_pack_with_the_last(kit: Kit) -> None:
    filed, link = sent(kit)
    notice_id = open_notice(kit, link).notice_id
    reply(kit, filed, Reply.REMOVED, 1)
    with kit.database.reading() as work:
        assert work.notices.pack(notice_id)
        assert work.requests.load(filed.request_id).open_places == 1
    reply(kit, filed, Reply.REMOVED, 2)
    with kit.database.reading() as work, pytest.raises(NotThere):
        work.notices.pack(notice_id)
    assert read_queue(kit, ADA, "open", None).rows == ()
    page = read_follow(kit, follow_with_code(kit, filed.code))
    assert {place.state for place in page.places} == {LocationState.SAYS_REMOVED}


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (Reply.NOT_OURS, LocationState.NOTICE_SENT),
        (Reply.ASKS, LocationState.NOTICE_SENT),
        (Reply.HAS_IT, LocationState.HAS_IT),
        (Reply.REFUSES, LocationState.REFUSED),
    ],
)
def test_any_other_reply_leaves_the_place_open(kit: Kit, kind: Reply, state: LocationState) -> None:
    filed, _ = sent(kit)
    reply(kit, filed, kind, 1, 2)
    assert {place.state for place in places_of(kit, filed.request_id)} == {state}
    assert trail_of(kit, filed.request_id).count(f"reply_{kind}") == 2
    reply(kit, filed, Reply.REMOVED, 1, 2)


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
    with pytest.raises(NotAllowed):
        record_reply(kit, ADA, given)
    assert [letter.state for letter in all_letters(kit)] == ["sent"]


def test_a_provider_actor_made_up_without_the_key_reads_nothing(kit: Kit) -> None:
    _, link = sent(kit)
    _, other = sent(kit, URL)
    mixed = Provider(open_notice(kit, link).notice_id, open_notice(kit, other).notice_key)
    with pytest.raises(Exception, match="a sealed value did not open"):
        read_notice(kit, mixed)
