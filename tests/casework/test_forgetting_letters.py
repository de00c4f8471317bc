"""What forgetting a request does to its letters and notices."""

import pytest
from sqlalchemy import select

from app.casework.answer_notice import AnswerInput, answer_notice
from app.casework.approve_notice import approve_notice
from app.casework.deliver_letter import deliver_letter
from app.casework.errors import NotFound
from app.casework.follow_with_code import follow_with_code
from app.casework.forget_request import forget_request
from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.casework.open_notice import open_notice
from app.casework.take_case import take_case
from app.casework.undo_forgetting import undo_forgetting
from app.domain.words import LetterState, LocationState, NoticeState, Reply
from app.outbound.ports import Doubtful, NullMailer
from app.persistence.letters import letters
from app.persistence.notices import chase_packs
from app.persistence.requests import requests
from app.reads.desk_state import read_desk_state
from app.reads.letters import read_letters
from tests.casework.steps import FaultyMailer, all_letters, approvals, file_approved, open_courier
from tests.make import ADA, URL

TWO_HOSTS = f"{URL}\nhttps://talkyard.example/t/9"


def test_letters_that_wait_are_stopped_and_the_courier_keeps_no_places(kit: Kit) -> None:
    filed = file_approved(kit, places=TWO_HOSTS)
    courier, mailer = open_courier(kit), NullMailer()
    forget_request(kit, ADA, filed.request_id)
    assert not deliver_letter(kit, courier, mailer)
    assert mailer.sent == []
    assert {letter.state for letter in all_letters(kit)} == {LetterState.DROPPED}
    with kit.database.reading() as work:
        assert work.connection.execute(select(chase_packs)).all() == []
    assert read_desk_state(kit, ADA).letters_waiting == 0
    undo_forgetting(kit, ADA, filed.request_id)
    folder = open_case(kit, ADA, filed.request_id)
    assert {notice.state for notice in folder.notices} == {NoticeState.UNDELIVERED}
    assert {place.state for place in folder.places} == {LocationState.ASSESSED}
    take_case(kit, ADA, filed.request_id)
    again = [approve_notice(kit, ADA, given) for given in approvals(kit, filed.request_id)]
    assert deliver_letter(kit, courier, mailer)
    assert len(again) == 2


def test_a_letter_already_leased_to_a_courier_does_not_go_out(kit: Kit) -> None:
    filed = file_approved(kit)
    courier = open_courier(kit)

    class Forgetful(NullMailer):
        """Somebody forgets the request while the line to the mail server is being opened."""

        def send(self, message, before_handing_over):  # type: ignore[no-untyped-def]
            forget_request(kit, ADA, filed.request_id)
            super().send(message, before_handing_over)

    mailer = Forgetful()
    deliver_letter(kit, courier, mailer)
    assert mailer.sent == []
    assert [letter.state for letter in all_letters(kit)] == [LetterState.DROPPED]


def test_a_letter_that_is_on_its_way_is_settled_for_the_desk_to_find_after_an_undo(kit: Kit) -> None:
    filed = file_approved(kit)
    courier = open_courier(kit)

    class Late(FaultyMailer):
        def send(self, message, before_handing_over):  # type: ignore[no-untyped-def]
            before_handing_over()
            forget_request(kit, ADA, filed.request_id)
            raise Doubtful

    deliver_letter(kit, courier, Late())
    assert [letter.state for letter in all_letters(kit)] == [LetterState.DOUBT]
    assert read_letters(kit, ADA) == ()
    assert read_desk_state(kit, ADA).in_doubt == 0
    undo_forgetting(kit, ADA, filed.request_id)
    assert [row.request_id for row in read_letters(kit, ADA)] == [filed.request_id]
    assert read_desk_state(kit, ADA).in_doubt == 1


def test_a_notices_link_opens_nothing_of_a_forgotten_request(kit: Kit) -> None:
    filed = file_approved(kit)
    courier, mailer = open_courier(kit), NullMailer()
    deliver_letter(kit, courier, mailer)
    text = mailer.sent[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    link = text.split("/n/")[1].split()[0]
    provider = open_notice(kit, link)
    forget_request(kit, follow_with_code(kit, filed.code), filed.request_id)
    with pytest.raises(NotFound):
        open_notice(kit, link)
    with pytest.raises(NotFound):
        answer_notice(kit, provider, AnswerInput(((1, Reply.REMOVED, ""),)))


def test_letters_of_others_go_on_while_one_request_is_forgotten(kit: Kit) -> None:
    filed, other = file_approved(kit), file_approved(kit)
    forget_request(kit, ADA, filed.request_id)
    courier, mailer = open_courier(kit), NullMailer()
    assert deliver_letter(kit, courier, mailer)
    assert not deliver_letter(kit, courier, mailer)
    assert len(mailer.sent) == 1
    with kit.database.reading() as work:
        sent = work.connection.execute(select(letters.c.state)).scalars().all()
        shown = (
            work.connection.execute(select(requests.c.id).where(requests.c.open_places > 0)).scalars().all()
        )
    assert sorted(sent) == ["dropped", "sent"]
    assert shown == [other.request_id]
