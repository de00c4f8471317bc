"""The child's own access at the desk: a code shown once, messages to the right one, cases joined."""

import pytest
from flask import Flask

from app.casework.follow_with_code import follow_with_code
from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.domain.asking import Voice
from app.domain.words import Asker, Standing
from app.reads.follow import read_follow
from tests.casework.party_steps import Family, family
from tests.make import ADA, URL, Clock, Filed, file_one
from tests.walks import Desk, code_on
from tests.web.desk_walks import CaseDesk, file_whole
from tests.web.pages import Page


def represented(kit: Kit) -> Filed:
    return file_whole(kit, Voice(asker=Asker.PARENT))


def known_family(kit: Kit) -> Family:
    return family(kit)


def test_the_code_is_shown_until_it_is_put_away_and_then_no_more(site: Flask, embedded_kit: Kit) -> None:
    ada = CaseDesk(site, represented(embedded_kit))
    page = ada.go(f"{ada.case}/own-code")
    assert "Never to who acts for the child" in page.text
    code = code_on(ada.send(f"{ada.case}/own-code").text)
    assert ada.path == f"{ada.case}/own-code"
    assert read_follow(embedded_kit, follow_with_code(embedded_kit, code)).standing is Standing.CHILD
    assert code_on(ada.go(ada.path).text) == code, "a reload shows it again"
    assert code not in ada.go(ada.case).text
    ada.go(f"{ada.case}/own-code")
    ada.send(f"{ada.case}/own-code", "noted")
    assert code_on(ada.go(f"{ada.case}/own-code").text) == ""
    assert "Make a new code" in ada.now.text


def test_the_code_is_shown_for_a_few_minutes_at_most_and_in_its_case_alone(
    site: Flask, embedded_kit: Kit
) -> None:
    first, second = represented(embedded_kit), represented(embedded_kit)
    ada = CaseDesk(site, first)
    ada.go(f"{ada.case}/own-code")
    code = code_on(ada.send(f"{ada.case}/own-code").text)
    assert code not in ada.go(f"/desk/case/{second.request_id}/own-code").text
    assert isinstance(embedded_kit.clock, Clock)
    embedded_kit.clock.move(minutes=16)
    assert code not in ada.go(f"{ada.case}/own-code").text


def test_the_code_is_in_no_address_and_no_cookie(site: Flask, embedded_kit: Kit) -> None:
    ada = CaseDesk(site, represented(embedded_kit))
    ada.go(f"{ada.case}/own-code")
    answer = ada.send(f"{ada.case}/own-code")
    code = code_on(answer.text)
    for one in ada.seen:
        assert code not in str(one.headers)
    assert "no-store" in answer.headers["Cache-Control"]


def test_who_asks_for_themselves_gets_no_second_access(site: Flask, embedded_kit: Kit) -> None:
    ada = CaseDesk(site, file_whole(embedded_kit, Voice(asker=Asker.PERSON)))
    assert "/own-code" not in ada.now.text
    ada.go(f"{ada.case}/own-code")
    assert ada.path == ada.case


def test_a_message_goes_to_the_one_it_is_written_to(site: Flask, embedded_kit: Kit) -> None:
    known = known_family(embedded_kit)
    ada = CaseDesk(site, known.filed)
    child, parent = (_party(embedded_kit, known, number) for number in (2, 1))
    assert "Write to the child alone" in ada.now.text
    ada.send_holding("message", {"party_id": child}, text="for the child")
    ada.send_holding("message", {"party_id": parent}, text="for the parent")
    said = {
        code: [one.text for one in read_follow(embedded_kit, follow_with_code(embedded_kit, code)).messages]
        for code in (known.child_code, known.filed.code)
    }
    assert said == {known.child_code: ["for the child"], known.filed.code: ["for the parent"]}


def test_an_empty_message_comes_back_at_the_right_place(site: Flask, embedded_kit: Kit) -> None:
    known = known_family(embedded_kit)
    ada = CaseDesk(site, known.filed)
    long = "word " * 1700
    answer = ada.send_holding("message", {"party_id": _party(embedded_kit, known, 2)}, text=long)
    assert answer.status_code == 422
    assert 'href="#text-2"' in answer.text
    forms = {one.sent["party_id"][0]: one for one in ada.forms if one.action.endswith("/message")}
    assert forms[_party(embedded_kit, known, 2)].sent["text"] == [long]
    assert forms[_party(embedded_kit, known, 1)].sent["text"] == [""]


def test_the_child_is_verified_only_by_who_says_so(site: Flask, embedded_kit: Kit) -> None:
    known = known_family(embedded_kit)
    ada = CaseDesk(site, known.filed)
    assert "Please tick" in ada.send(f"{ada.case}/own-verified").text
    assert "child’s own" in ada.send(f"{ada.case}/own-verified", meant="yes").text
    assert read_follow(embedded_kit, follow_with_code(embedded_kit, known.child_code)).may_end


def test_ending_an_access_is_meant_and_then_marked(site: Flask, embedded_kit: Kit) -> None:
    known = known_family(embedded_kit)
    ada = CaseDesk(site, known.filed)
    parent = _party(embedded_kit, known, 1)
    assert "No access was ended" in ada.send_holding("revoke", {"party_id": parent}).text
    answer = ada.send_holding("revoke", {"party_id": parent}, meant="yes")
    assert "Their access has ended" in answer.text
    said = Page(answer.text).text
    assert "They do not know that their access ended" in said
    assert open_case(embedded_kit, ADA, known.request_id).filer.is_revoked


def _party(kit: Kit, known: Family, number: int) -> str:
    return open_case(kit, ADA, known.request_id).parties[number - 1].id


def test_two_cases_are_joined_by_who_holds_both(site: Flask, embedded_kit: Kit) -> None:
    parent = represented(embedded_kit)
    child = file_whole(
        embedded_kit, Voice(asker=Asker.PERSON, words="Odd-words"), "https://talkyard.example/own"
    )
    ada = CaseDesk(site, parent)
    ada.go(f"{ada.case}/join")
    assert ada.send(f"{ada.case}/join").status_code == 422
    answer = ada.send(f"{ada.case}/join", child_request_id=child.request_id)
    assert "The two cases are one now" in answer.text
    assert "The child asks, too" in answer.text
    assert ada.go(f"/desk/case/{child.request_id}").status_code == 404
    page = read_follow(embedded_kit, follow_with_code(embedded_kit, child.code))
    assert [place.place.url for place in page.places] == [URL, "https://talkyard.example/own"]


def test_a_case_that_cannot_be_joined_is_refused_kindly(site: Flask, embedded_kit: Kit) -> None:
    parent = represented(embedded_kit)
    child = file_whole(embedded_kit, Voice(asker=Asker.PERSON), "https://talkyard.example/own")
    ada = CaseDesk(site, parent)
    page = ada.go(f"{ada.case}/join")
    other = Desk(site, ADA)
    other.assess(child.request_id)
    other.approve(child.request_id)
    ada.seen.append(page)
    answer = ada.send(f"{ada.case}/join", child_request_id=child.request_id)
    assert answer.status_code == 409
    assert "cannot be joined" in answer.text


@pytest.mark.parametrize("asker", [Asker.PARENT, Asker.BYSTANDER])
def test_nothing_to_join_is_said_and_not_offered(site: Flask, embedded_kit: Kit, asker: Asker) -> None:
    file_whole(embedded_kit, Voice(asker=asker), "https://talkyard.example/other")
    file_one(embedded_kit)
    ada = CaseDesk(site, represented(embedded_kit))
    page = ada.go(f"{ada.case}/join").text
    assert "You hold no case that could be it" in page
    assert "child_request_id" not in page


def test_own_words_are_chosen_for_one_letter(site: Flask, embedded_kit: Kit) -> None:
    voice = Voice(asker=Asker.PERSON, words="Odd-words of mine", may_provider_hear=True)
    filed = file_whole(embedded_kit, voice)
    ada = CaseDesk(site, filed)
    ada.assess(filed.request_id)
    page = ada.go(f"{ada.case}/notices")
    form = next(one for one in ada.forms if "letter" in one.names)
    words_of = f"words_of-{form.sent['letter'][0]}"
    assert form.sent[words_of] == [""], "none goes by itself"
    assert "  &gt; Odd-words of mine" in page.text
    filer = open_case(embedded_kit, ADA, filed.request_id).filer
    answer = ada.send(f"{ada.case}/notices", **{words_of: filer.id})
    assert "is approved" in answer.text
    assert "Own words passed on in a notice" in answer.text
