"""The page of letters that need a decision, with how the courier gets on."""

from flask import Flask

from app.casework.deliver_letter import deliver_letter
from app.casework.kit import Kit
from app.domain.words import LetterState
from app.outbound.ports import Doubtful, NotAccepted
from tests.casework.chase_steps import Round
from tests.casework.steps import FaultyMailer, all_letters, file_approved, open_courier
from tests.make import ADA
from tests.walks import Desk


def text_of(desk: Desk) -> str:
    return desk.go("/desk/letters").get_data(as_text=True)


def test_the_page_says_whether_anything_goes_out(site: Flask, embedded_kit: Kit) -> None:
    desk = Desk(site, ADA)
    assert "No courier is running: nothing goes out." in text_of(desk)
    open_courier(embedded_kit)
    assert "1 courier is running and open." in text_of(desk)
    assert "No letter needs you now." in text_of(desk)


def test_a_letter_in_doubt_is_decided_there_and_a_lost_choice_is_asked_again(
    site: Flask, embedded_kit: Kit
) -> None:
    file_approved(embedded_kit)
    deliver_letter(embedded_kit, open_courier(embedded_kit), FaultyMailer(Doubtful()))
    (letter,) = all_letters(embedded_kit)
    desk = Desk(site, ADA)
    desk.go("/desk/letters")
    answer = desk.send(f"/desk/letters/{letter.id}", choice="")
    assert answer.status_code == 422
    assert "Please choose what to do." in answer.get_data(as_text=True)
    assert "1 courier is running and open." in answer.get_data(as_text=True)
    desk.go("/desk/letters")
    done = desk.send(f"/desk/letters/{letter.id}", choice="arrived")  # follows the redirect
    assert "Noted: the letter had gone out." in done.get_data(as_text=True)
    assert [one.state for one in all_letters(embedded_kit)] == [LetterState.SENT]


def test_a_reminder_is_called_one(site: Flask, embedded_kit: Kit) -> None:
    case = Round(embedded_kit, ahead=())
    case.mailer = FaultyMailer(NotAccepted(False, 550))
    case.later(hours=24)
    page = text_of(Desk(site, ADA))
    assert f"Reminder of notice {case.notice.reference} to Slow Hosting" in page
    assert "The notice itself is out, and stays out." in page
