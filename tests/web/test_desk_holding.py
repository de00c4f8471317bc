"""At the desk: handing over, waiting, skipping, stepping back, notes, danger, and what is not a request."""

from datetime import timedelta

import pytest
from flask import Flask

from app.casework.decide_doubts import DecideInput, decide_doubts
from app.casework.doubt_request import DoubtInput, doubt_request
from app.casework.follow_with_code import follow_with_code
from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.casework.recuse import recuse
from app.casework.set_danger import DangerInput, set_danger
from app.casework.take_case import take_case
from app.casework.write_message import MessageInput, write_message
from app.casework.write_note import NoteInput, write_note
from app.domain.words import Asker, RequestState
from tests.casework.holding_steps import clock_of, known_staff, notes_of, request_of, rows_aside
from tests.make import ADA, BEN, SINA, Filed, file_one
from tests.walks import Asking, Desk
from tests.web.desk_walks import CaseDesk
from tests.web.pages import Page

TYPED = "Odd-words-for-colleagues"
URL_2 = "https://img.northlight.example/second"


@pytest.fixture
def ada(site: Flask, embedded_kit: Kit) -> CaseDesk:
    """Ada with a case that she has taken."""
    known_staff(embedded_kit)
    filed = file_one(embedded_kit)
    take_case(embedded_kit, ADA, filed.request_id)
    return CaseDesk(site, filed)


def let_the_lease_run_out(desk: CaseDesk, kit: Kit) -> None:
    """While somebody types: their session goes on in another window."""
    typing = desk.now
    clock_of(kit).move(minutes=20)
    desk.go("/desk/letters")
    clock_of(kit).move(minutes=11)
    desk.seen.append(typing)


def case_of(desk: CaseDesk) -> str:
    return desk.case.rpartition("/")[2]


def test_a_case_goes_to_a_colleague_by_handle(ada: CaseDesk, embedded_kit: Kit) -> None:
    assert f'<option value="{BEN.id}">{BEN.id[:6]}</option>' in ada.now.text
    assert ADA.id not in ada.now.text, "nobody hands over to themselves"
    answer = ada.send(f"{ada.case}/hand-over", hand_to=BEN.id, hand_note=TYPED)
    assert "in your colleague’s list" in answer.text
    assert request_of(embedded_kit, case_of(ada)).offered_to == BEN.id
    ben = Desk(ada.app, BEN)
    said = Page(ben.go(ada.case).text).text
    assert TYPED in said
    assert f"colleague {ADA.id[:6]}" in said


def test_a_case_waits_until_a_day(ada: CaseDesk, embedded_kit: Kit) -> None:
    day = (embedded_kit.clock() + timedelta(days=4)).date()
    answer = ada.send(f"{ada.case}/hold", hold_day=day.isoformat(), hold_reason=TYPED)
    assert "The case waits." in answer.text
    until = request_of(embedded_kit, case_of(ada)).hold_until
    assert until is not None
    assert until.date() == day
    assert "Waits until" in ada.go(ada.case).text


@pytest.mark.parametrize(
    ("action", "answers", "field"),
    [
        ("hand-over", {"hand_note": TYPED}, "hand_to"),
        ("hold", {"hold_reason": TYPED}, "hold_day"),
        ("hold", {"hold_reason": TYPED, "hold_day": "2001-01-01"}, "hold_day"),
        ("hold", {"hold_reason": TYPED, "hold_day": "31.12.2030"}, "hold_day"),
        ("hold", {"hold_day": "2030-12-31"}, "hold_reason"),
        ("put", {"order_reason": TYPED}, "where"),
        ("put", {"where": "first"}, "order_reason"),
        ("note", {}, "desk_note"),
        ("danger", {"danger_reason": TYPED}, "danger"),
        ("danger", {"danger": "now"}, "danger_reason"),
        ("doubt", {}, "doubt_reason"),
    ],
)
def test_what_is_missing_is_said_kindly_and_nothing_typed_is_lost(
    ada: CaseDesk, action: str, answers: dict[str, str], field: str
) -> None:
    answer = ada.send(f"{ada.case}/{action}", **answers)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert f'id="{field}-problem"' in answer.text
    for value in answers.values():
        assert value in answer.text


@pytest.mark.parametrize("field", ["desk_note", "hand_note", "hold_reason", "order_reason", "doubt_reason"])
def test_pictures_and_long_texts_are_refused(ada: CaseDesk, embedded_kit: Kit, field: str) -> None:
    action = {"desk_note": "note", "hand_note": "hand-over", "hold_reason": "hold"}
    path = f"{ada.case}/{action.get(field, 'put' if field == 'order_reason' else 'doubt')}"
    for typed in ("data:image/png;base64," + "iVBORw0KGgo" * 30, "x" * 8001):
        ada.go(ada.case)
        answer = ada.send(path, **{field: typed})
        assert answer.status_code == 422
        assert f'href="#{field}"' in answer.text
        assert "iVBORw0KGgo" not in answer.text
    assert notes_of(embedded_kit, case_of(ada)) == []


@pytest.mark.parametrize(
    ("action", "answers"),
    [
        ("hand-over", {"hand_to": BEN.id, "hand_note": TYPED}),
        ("hold", {"hold_reason": TYPED, "hold_day": "tomorrow"}),
        ("doubt", {"doubt_reason": TYPED}),
    ],
)
def test_a_lease_that_ran_out_while_typing_loses_no_word(
    ada: CaseDesk, embedded_kit: Kit, action: str, answers: dict[str, str]
) -> None:
    tomorrow = (embedded_kit.clock() + timedelta(days=1)).date().isoformat()
    answers = {name: tomorrow if it == "tomorrow" else it for name, it in answers.items()}
    let_the_lease_run_out(ada, embedded_kit)
    answer = ada.send(f"{ada.case}/{action}", **answers)
    assert answer.status_code == 409
    assert "Nothing was saved: you do not have this case now." in answer.text
    for value in answers.values():
        assert value in answer.text
    assert notes_of(embedded_kit, case_of(ada)) == []
    answer = ada.send(f"{ada.case}/{action}", "take")
    assert answer.status_code == 200
    assert len(notes_of(embedded_kit, case_of(ada))) == 1


def test_a_colleague_who_took_it_meanwhile_is_named_beside_what_was_typed(
    ada: CaseDesk, embedded_kit: Kit
) -> None:
    let_the_lease_run_out(ada, embedded_kit)
    take_case(embedded_kit, BEN, case_of(ada))
    write_note(embedded_kit, BEN, NoteInput(case_of(ada), "Odd-newer-note"))
    answer = ada.send(f"{ada.case}/hand-over", hand_to=SINA.id, hand_note=TYPED)
    assert answer.status_code == 409
    assert TYPED in answer.text
    assert "Odd-newer-note" in answer.text
    assert "A colleague has this case" in answer.text
    assert ada.send(f"{ada.case}/hand-over", "take").status_code == 409


def test_notes_stand_with_the_newest_first(ada: CaseDesk, embedded_kit: Kit) -> None:
    answer = None
    for text in ("Odd-first-note", "Odd-second-note"):
        clock_of(embedded_kit).move(minutes=1)
        answer = ada.send(f"{ada.case}/note", desk_note=text)
    assert answer is not None
    assert answer.text.index("Odd-second-note") < answer.text.index("Odd-first-note")
    assert [note[1] for note in notes_of(embedded_kit, case_of(ada))] == ["Odd-first-note", "Odd-second-note"]


def test_a_case_is_put_first_and_two_who_do_it_see_each_other(ada: CaseDesk, embedded_kit: Kit) -> None:
    ben = Desk(ada.app, BEN)
    ben.go(ada.case)
    answer = ada.send(f"{ada.case}/put", where="first", order_reason=TYPED)
    assert "Put here by a caseworker" in answer.text
    answer = ben.send(f"{ada.case}/put", where="last", order_reason="Odd-words-of-ben")
    assert answer.status_code == 409
    for shown in (TYPED, "Odd-words-of-ben", "A colleague put this case elsewhere meanwhile."):
        assert shown in answer.text
    assert ben.send(f"{ada.case}/put").status_code == 200, "having seen it, it is Ben's to choose"


def test_danger_is_noted_once_and_shown(ada: CaseDesk, embedded_kit: Kit) -> None:
    answer = ada.send(f"{ada.case}/danger", danger="now", danger_reason=TYPED)
    assert "The case stands first now." in answer.text
    assert "Somebody is in danger now" in answer.text
    answer = ada.send(f"{ada.case}/danger", danger="now", danger_reason="Odd-words-again")
    assert answer.status_code == 409
    assert "Odd-words-again" in answer.text


def test_skipping_and_stepping_back_ask_nothing(ada: CaseDesk, embedded_kit: Kit) -> None:
    for action in ("skip", "recuse"):
        form = next(one for one in ada.forms if one.action.endswith(f"/{action}"))
        assert form.names <= {"csrf_token"}
    answer = ada.send(f"{ada.case}/skip")
    assert "You will not be shown this case for 12 hours." in answer.text
    ada.go(ada.case)
    answer = ada.send(f"{ada.case}/recuse")
    assert "This case is closed to you from now on." in answer.text
    assert rows_aside(embedded_kit) == [(case_of(ada), ADA.id, "recused")]


def test_a_closed_case_shows_nothing_and_a_supervisor_opens_it_again(
    ada: CaseDesk, embedded_kit: Kit
) -> None:
    write_note(embedded_kit, BEN, NoteInput(case_of(ada), TYPED))
    recuse(embedded_kit, ADA, case_of(ada))
    answer = ada.go(ada.case)
    assert answer.status_code == 403
    assert "This case is closed to you" in answer.text
    assert TYPED not in answer.text
    assert "northlight" not in answer.text
    sina, ben = Desk(ada.app, SINA), Desk(ada.app, BEN)
    assert "Who stepped back" not in ben.go(ada.case).text
    assert ADA.id[:6] in sina.go(ada.case).text
    assert "open to your colleague again" in sina.send(f"{ada.case}/recusal").text
    assert ada.go(ada.case).status_code == 200


def doubted(kit: Kit, filed: Filed, reason: str = TYPED) -> Filed:
    known_staff(kit)
    take_case(kit, ADA, filed.request_id)
    doubt_request(kit, ADA, DoubtInput(filed.request_id, reason))
    return filed


def test_what_is_no_request_is_decided_by_another_caseworker_several_at_a_time(
    site: Flask, embedded_kit: Kit
) -> None:
    first, second, third = (doubted(embedded_kit, file_one(embedded_kit), f"Odd-reason-{n}") for n in "123")
    ada, ben = Desk(site, ADA), Desk(site, BEN)
    assert 'name="request_ids"' not in ada.go("/desk/not-requests").text
    answer = ben.go("/desk/not-requests")
    assert all(f"Odd-reason-{n}" in answer.text for n in "123")
    assert f'href="/desk/case/{first.request_id}"' in answer.text
    assert ben.send("/desk/not-requests", "agree").status_code == 422
    with_one_gone = (first.request_id, second.request_id)
    write_message(embedded_kit, follow_with_code(embedded_kit, second.code), MessageInput("hello"))
    ben.seen.append(answer)
    answer = ben.send("/desk/not-requests", "agree", request_ids=with_one_gone)
    assert "One case is set aside. One changed meanwhile and stays as it is." in answer.text
    states = [request_of(embedded_kit, one.request_id).state for one in (first, second, third)]
    assert states == [RequestState.NOT_A_REQUEST, RequestState.OPEN, RequestState.OPEN]


def test_a_forged_form_does_not_let_one_decide_alone(site: Flask, embedded_kit: Kit) -> None:
    filed = doubted(embedded_kit, file_one(embedded_kit))
    other = file_one(embedded_kit, URL_2)
    take_case(embedded_kit, BEN, other.request_id)
    doubt_request(embedded_kit, BEN, DoubtInput(other.request_id, TYPED))
    ada = Desk(site, ADA)
    ada.go("/desk/not-requests")
    answer = ada.send("/desk/not-requests", "agree", request_ids=(other.request_id, filed.request_id))
    assert answer.status_code == 409
    assert "A colleague has to agree" in answer.text
    assert request_of(embedded_kit, other.request_id).state is RequestState.OPEN


def test_the_person_reads_what_is_true_and_one_message_brings_it_back(site: Flask, embedded_kit: Kit) -> None:
    filed = doubted(embedded_kit, file_one(embedded_kit))
    decide_doubts(embedded_kit, BEN, DecideInput((filed.request_id,), agree=True))
    person = Asking(site)
    said = Page(person.follow(filed.code).text).text
    assert "We could not find a place in what you sent" in said
    assert "Write to us where it is and we look again." in said
    assert "at the latest" not in said, "nobody looks by a day"
    place = person.go("/follow/place/1").text
    assert "We could not find a place in what you sent" in place
    assert "at the latest" not in place
    person.write("hello")
    assert "We could not find a place" not in Page(person.go("/follow/request").text).text.split("From")[0]
    assert request_of(embedded_kit, filed.request_id).state is RequestState.OPEN


def test_a_bystander_sees_what_they_always_see(site: Flask, embedded_kit: Kit) -> None:
    filed = file_one(embedded_kit, asker=Asker.BYSTANDER)
    person = Asking(site)
    before = Page(person.follow(filed.code).text).text
    doubted(embedded_kit, filed)
    decide_doubts(embedded_kit, BEN, DecideInput((filed.request_id,), agree=True))
    assert Page(person.go("/follow/request").text).text == before


def test_the_case_says_where_it_stands_and_what_was_set_aside_is_put_back(
    ada: CaseDesk, embedded_kit: Kit
) -> None:
    assert "It is noted. Another caseworker looks" in ada.send(f"{ada.case}/doubt", doubt_reason=TYPED).text
    assert "You found no request in it. A colleague decides." in ada.go(ada.case).text
    decide_doubts(embedded_kit, BEN, DecideInput((case_of(ada),), agree=True))
    assert "Set aside: not a request" in ada.go(ada.case).text
    assert case_of(ada) in ada.go("/desk/not-requests?which=aside").text
    ada.go(ada.case)
    assert "One case is in the queue." in ada.send("/desk/not-requests", "agree").text
    assert not open_case(embedded_kit, ADA, case_of(ada)).is_set_aside


def test_a_case_in_danger_is_no_spam(ada: CaseDesk, embedded_kit: Kit) -> None:
    set_danger(embedded_kit, BEN, DangerInput(case_of(ada), True, TYPED))
    answer = ada.send(f"{ada.case}/doubt", doubt_reason="Odd-doubt")
    assert answer.status_code == 409
    assert "This cannot be said of this case now" in answer.text
    assert "Odd-doubt" in answer.text
