"""What follows an assessment at the desk: the next step, questions, ready-made replies; finding a case."""

import pytest
from flask import Flask

from app.casework.canned_replies import ReplyText, keep_canned_reply, read_canned_replies
from app.casework.follow_with_code import follow_with_code
from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.domain.asking import Voice
from app.domain.words import Asker, LocationState
from app.reads.follow import read_follow
from tests.casework.party_steps import family
from tests.casework.steps import places_of, trail_of
from tests.make import ADA, SINA, URL, Filed, file_one
from tests.walks import CSAM_ANSWERS, Asking, Desk
from tests.web.desk_walks import CaseDesk, file_whole
from tests.web.pages import PNG, Page

TWO = f"{URL}\nhttps://talkyard.example/t/9"
ASK = {"text": "Which page do you mean?"}


def taken(kit: Kit, places: str = URL, language: str = "en") -> Filed:
    return file_whole(kit, Voice(asker=Asker.PERSON, language=language), places)


def state_of(kit: Kit, filed: Filed) -> LocationState:
    return places_of(kit, filed.request_id)[0].state


@pytest.mark.parametrize(
    ("step", "page"), [("hotline", "/refer"), ("police", "/refer"), ("emergency", "/emergency")]
)
def test_a_referral_is_one_step_from_the_finding(
    site: Flask, embedded_kit: Kit, step: str, page: str
) -> None:
    filed = taken(embedded_kit, TWO)
    ada = CaseDesk(site, filed)
    ada.assess(filed.request_id, next_step=step)
    assert ada.path.partition("?")[0] == f"{ada.case}{page}"
    assert state_of(embedded_kit, filed) is LocationState.ASSESSED


def test_an_emergency_waits_for_no_finding(site: Flask, embedded_kit: Kit) -> None:
    filed = taken(embedded_kit)
    ada = CaseDesk(site, filed)
    ada.send(f"{ada.case}/assess", next_step="emergency")
    assert ada.path.partition("?")[0] == f"{ada.case}/emergency"
    assert "The finding is not saved yet" in ada.now.text
    assert state_of(embedded_kit, filed) is LocationState.ASSESSING


def test_outside_what_a_hotline_can_do_opens_a_hearing(site: Flask, embedded_kit: Kit) -> None:
    filed = taken(embedded_kit)
    ada = CaseDesk(site, filed)
    answer = ada.assess(filed.request_id, next_step="outside")
    assert "Nothing is decided before the person has been heard" in answer.text
    assert "outside what a hotline can do" in answer.text
    assert state_of(embedded_kit, filed) is LocationState.HEARING_DUE


def test_a_question_goes_to_the_person_and_shows_on_their_page(site: Flask, embedded_kit: Kit) -> None:
    filed = taken(embedded_kit)
    ada = CaseDesk(site, filed)
    ada.send(f"{ada.case}/assess", next_step="ask")  # no other answer is needed
    assert state_of(embedded_kit, filed) is LocationState.ASSESSING
    answer = ada.send(f"{ada.case}/ask", **ASK)
    assert "Your question is saved" in answer.text
    assert state_of(embedded_kit, filed) is LocationState.ASKED
    her = Asking(site)
    assert "We have a question for you" in her.follow(filed.code).text
    assert ASK["text"] in her.now.text
    her.write("The first one.")
    assert state_of(embedded_kit, filed) is LocationState.ASSESSING


def test_a_question_without_a_word_or_a_place_says_so_and_keeps_the_rest(
    site: Flask, embedded_kit: Kit
) -> None:
    filed = taken(embedded_kit)
    ada = CaseDesk(site, filed)
    ada.go(f"{ada.case}/ask")
    answer = ada.send(f"{ada.case}/ask", **ASK)
    assert answer.status_code == 422
    assert 'href="#location_ids"' in answer.text
    assert next(one for one in ada.forms if "text" in one.names).sent["text"] == [ASK["text"]]
    place = places_of(embedded_kit, filed.request_id)[0]
    answer = ada.send(f"{ada.case}/ask", location_ids=place.id, text=" ")
    assert 'href="#text-1"' in answer.text
    answer = ada.send(f"{ada.case}/ask", location_ids=place.id, text=f"data:image/png;base64,{PNG.hex() * 9}")
    assert answer.status_code == 422
    assert "We never take pictures" in Page(answer.text).text
    assert state_of(embedded_kit, filed) is LocationState.ASSESSING


def test_only_the_child_is_asked_where_only_the_child_is_written_to(site: Flask, embedded_kit: Kit) -> None:
    known = family(embedded_kit)
    ada = CaseDesk(site, known.filed)
    ada.go(f"{ada.case}/ask")
    place, (_parent, child) = (open_case(embedded_kit, ADA, known.request_id).places[0], ("", ASK["text"]))
    ada.send(f"{ada.case}/ask", location_ids=place.id, text=("", child))
    assert [one.text for one in read_follow(embedded_kit, known.child).messages] == [child]
    assert read_follow(embedded_kit, known.representative).messages == ()


def test_a_ready_made_reply_is_put_into_the_message_and_nothing_is_lost(
    site: Flask, embedded_kit: Kit
) -> None:
    for language, title in (("en", "Welcome"), ("fr", "Bienvenue")):
        keep_canned_reply(embedded_kit, SINA, ReplyText(language, title, f"{title}, in full."))
    filed = taken(embedded_kit, language="fr")
    ada = CaseDesk(site, filed)
    assert ada.now.text.index("Bienvenue (") < ada.now.text.index("Welcome ("), "their language comes first"
    picked = next(one for one in read_canned_replies(embedded_kit) if one.language == "fr")
    path = f"{ada.case}/message"
    form = ada._form(path).sent | {"text": ["Dear Noor"], "canned": [picked.id], "insert": ["yes"]}
    ada._ask("POST", path, form)
    assert ada._form(path).sent["text"] == ["Dear Noor\n\nBienvenue, in full."]
    assert read_follow(embedded_kit, follow_with_code(embedded_kit, filed.code)).messages == ()
    ada.send(path)
    (message,) = read_follow(embedded_kit, follow_with_code(embedded_kit, filed.code)).messages
    assert message.text == "Dear Noor\n\nBienvenue, in full."


def test_supervisors_keep_the_ready_made_replies(site: Flask, embedded_kit: Kit) -> None:
    sina = Desk(site, SINA)
    sina.go("/desk/replies")
    answer = sina.send("/desk/replies", title="x" * 121)
    assert answer.status_code == 422
    assert "This title is too long" in answer.text
    sina.send("/desk/replies", language="ar", title="A first one", text="Some words.")
    (kept,) = read_canned_replies(embedded_kit)
    assert (kept.language, kept.title, kept.text) == ("ar", "A first one", "Some words.")
    sina.go(f"/desk/replies/{kept.id}")
    sina.send(f"/desk/replies/{kept.id}", text="Other words.")
    assert read_canned_replies(embedded_kit)[0].text == "Other words."
    sina.go(f"/desk/replies/{kept.id}")
    sina._ask("POST", f"/desk/replies/{kept.id}", sina.forms[-1].sent | {"meant": ["yes"]})
    assert read_canned_replies(embedded_kit) == ()
    assert sina.go(f"/desk/replies/{kept.id}").status_code == 404


def test_finding_names_the_place_and_shows_nothing(site: Flask, embedded_kit: Kit) -> None:
    filed = taken(embedded_kit)
    file_one(embedded_kit)
    ada = Desk(site, ADA)
    ada.go("/desk/find")
    answer = ada.send("/desk/find", words="hxxps://img[.]northlight[.]example/a/1")
    said = Page(answer.text).text
    assert f"Case {filed.request_id[:8]}" in said
    assert "place 1 · img.northlight.example/…" in said
    assert ada.path == "/desk/find", "what is looked for stands in no address"
    assert trail_of(embedded_kit, filed.request_id)[-1] == "case_found"
    assert ada.send("/desk/find", words="ab").status_code == 422
    assert "None of your cases has it" in ada.send("/desk/find", words="plumbago").text


def test_what_was_chosen_stays_when_addresses_are_shown(site: Flask, embedded_kit: Kit) -> None:
    filed = taken(embedded_kit, TWO)
    ada = CaseDesk(site, filed)
    assert "[.]example" not in ada.now.text
    sent = ada._form(f"{ada.case}/assess").sent
    first = sent["location_ids"][0]
    chosen = {name: [value] for name, value in CSAM_ANSWERS.items()} | {"location_ids": [first]}
    answer = ada._ask("POST", f"{ada.case}/show", sent | chosen | {"what": ["addresses"]})
    assert "hxxps://img[.]northlight[.]example/a/1" in answer.text
    assert "talkyard[.]example" not in answer.text
    again = ada._form(f"{ada.case}/assess").sent
    assert {name: again[name] for name in chosen} == chosen
    assert "[.]example" not in ada.go(ada.case).text
