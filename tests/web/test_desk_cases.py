"""The page of one case: what was said in the order of thinking, what is folded, what can be noted."""

from datetime import date

import pytest
from flask import Flask

from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.domain.asking import About, Acting, PlaceNote, Safety, Voice, Wishes
from app.domain.desk_words import Outcome
from app.domain.words import AgeBand, Asker, Authority, LocationState, Matter, Since, Telling, YesNo
from tests.casework.party_steps import put_in_state
from tests.make import ADA, URL, Filed
from tests.web.desk_walks import ACCOUNT, FOUND, WORDS_ONLY, CaseDesk, file_whole
from tests.web.pages import Page

EVERYTHING = Voice(
    asker=Asker.AUTHORISED,
    language="fr",
    words="Odd-words-of-mine",
    may_provider_hear=True,
    about=About(AgeBand.PUBESCENT, "Odd-how-known", YesNo.YES, "Odd-police-which", YesNo.NO),
    acting=Acting(Authority.LAWYER, "Odd-who-and-how", True, "Odd-child-wants", True),
    safety=Safety(YesNo.YES, YesNo.UNSURE),
    wishes=Wishes((Matter.SPEED, Matter.NO_POLICE), Telling.END),
    gives_word=True,
)


def folded(text: str, word: str) -> bool:
    """Whether a word stands on the page, and only where somebody opens it."""
    before, found, _after = text.partition(word)
    return bool(found) and before.rfind("<details>") > before.rfind("</details>")


def test_all_that_was_said_is_there_and_what_is_hard_to_read_is_folded(
    site: Flask, embedded_kit: Kit
) -> None:
    ada = CaseDesk(site, file_whole(embedded_kit, EVERYTHING))
    said = Page(ada.now.text).text
    for term, value in (
        ("Who", "Authorised representative"),
        ("Acts as", "Lawyer"),
        ("Acts for the child in good faith", "They say so"),
        ("Age then", "pubescent (9–12)"),
        ("Under 18 today", "No"),
        ("Known to police, they say", "Yes"),
        ("Their word that the person was under 18", "Given"),
        ("Could whoever posted it guess who asked?", "Yes"),
        ("Lives with or near them", "Not sure"),
    ):
        assert f"<dt>{term}</dt><dd>{value}</dd>" in ada.now.text, term
    for words in (
        "Français",
        "Not safe with the other parent",
        "Speed",
        "Does not want police told",
        "To be told by mail: Mail at the end",
        "They agreed that the provider may read these very words",
    ):
        assert words in said, words
    assert "Odd-words-of-mine" not in ada.now.text, "a story is shown by a step of its own"
    for own in (
        "Odd-how-known",
        "Odd-police-which",
        "Odd-who-and-how",
        "Odd-child-wants",
    ):
        assert folded(ada.now.text, own), own
    order = [
        said.index(one)
        for one in ("Who asks", "About the person", "Safety, as", "What they wish", "Places No.")
    ]
    assert order == sorted(order)


def test_what_was_not_said_takes_no_room(site: Flask, embedded_kit: Kit) -> None:
    said = Page(CaseDesk(site, file_whole(embedded_kit, Voice(asker=Asker.PERSON))).now.text).text
    for words in ("About the person shown", "Safety, as they see it", "What they wish", "In their own words"):
        assert words not in said


def test_labels_and_threats_stand_at_their_places_and_the_threat_on_top(
    site: Flask, embedded_kit: Kit
) -> None:
    notes = (
        PlaceNote("the one my cousin saw", Since.BACK),
        PlaceNote(threat=YesNo.YES, threat_on=date(2030, 5, 17)),
        PlaceNote(threat=YesNo.UNSURE),
    )
    places = "\n".join(f"{URL}{number}" for number in range(3))
    ada = CaseDesk(site, file_whole(embedded_kit, Voice(asker=Asker.PERSON), places, notes))
    said = Page(ada.now.text).text
    assert "“the one my cousin saw”" in said
    assert "They say: Was gone, is back" in said
    top = said.index("Somebody threatens the person")
    assert top < said.index("Who asks")
    assert "Place 2: on May 17, 2030" in said
    assert "Place 3: no day given · they are not sure" in said


def test_a_place_told_without_an_address_gets_the_one_that_was_found(site: Flask, embedded_kit: Kit) -> None:
    filed = file_whole(embedded_kit, Voice(asker=Asker.PERSON), (ACCOUNT, WORDS_ONLY))
    ada = CaseDesk(site, filed)
    assert "2 places have no address" in ada.now.text
    assert WORDS_ONLY.typed not in ada.now.text
    second = open_case(embedded_kit, ADA, filed.request_id).places[1]
    answer = ada.send_holding("locate", {"location_id": second.id}, address="no address")
    assert answer.status_code == 422
    assert 'href="#address-2"' in answer.text
    assert ada.forms[-1].action  # the page is whole
    answer = ada.send_holding("locate", {"location_id": second.id, "address": "no address"}, address=FOUND)
    assert "The address is noted" in answer.text
    assert open_case(embedded_kit, ADA, filed.request_id).places[1].url == FOUND
    assert "1 place has no address" in ada.now.text


def test_without_an_address_no_letter_is_offered_and_the_page_says_why(
    site: Flask, embedded_kit: Kit
) -> None:
    filed = file_whole(embedded_kit, Voice(asker=Asker.PERSON), (ACCOUNT,))
    ada = CaseDesk(site, filed)
    ada.assess(filed.request_id)
    page = Page(ada.go(f"{ada.case}/notices").text).text
    assert "Place 1 was told without an address" in page
    assert "Approve this notice" not in page


def out(kit: Kit, *states: LocationState) -> Filed:
    """A case whose places came to these states."""
    places = "\n".join(f"{URL}{number}" for number in range(len(states)))
    filed = file_whole(kit, Voice(asker=Asker.PERSON), places)
    for number, state in enumerate(states, start=1):
        put_in_state(kit, filed.request_id, number, state)
    return filed


def test_an_outcome_is_noted_for_the_places_that_are_ticked(site: Flask, embedded_kit: Kit) -> None:
    filed = out(embedded_kit, LocationState.NOTICE_SENT, LocationState.NOTICE_SENT)
    ada = CaseDesk(site, filed)
    first = open_case(embedded_kit, ADA, filed.request_id).places[0]
    answer = ada.send(f"{ada.case}/outcome", location_ids=first.id, outcome="upstream")
    assert "It is noted" in answer.text
    places = open_case(embedded_kit, ADA, filed.request_id).places
    assert [place.state for place in places] == [LocationState.UPSTREAM, LocationState.NOTICE_SENT]


@pytest.mark.parametrize("outcome", Outcome)
def test_what_cannot_be_so_any_more_is_said_kindly_and_nothing_is_lost(
    site: Flask, embedded_kit: Kit, outcome: Outcome
) -> None:
    filed = out(embedded_kit, LocationState.NOTICE_SENT, LocationState.NOTICE_SENT)
    ada = CaseDesk(site, filed)
    first, second = open_case(embedded_kit, ADA, filed.request_id).places
    put_in_state(embedded_kit, filed.request_id, 2, LocationState.SAYS_REMOVED)  # while she was reading
    chosen = (first.id, second.id)
    answer = ada.send(f"{ada.case}/outcome", location_ids=chosen, outcome=outcome.value)
    assert answer.status_code == 409
    form = next(one for one in ada.forms if one.action.endswith("/outcome"))
    assert form.sent["location_ids"] == [first.id]
    assert form.sent["outcome"] == [outcome.value]
    assert 'class="problem"' in answer.text


def test_an_outcome_without_a_place_or_a_choice_says_so_at_each(site: Flask, embedded_kit: Kit) -> None:
    ada = CaseDesk(site, out(embedded_kit, LocationState.NOTICE_SENT))
    answer = ada.send(f"{ada.case}/outcome")
    assert answer.status_code == 422
    assert 'href="#outcome-location_ids"' in answer.text
    assert 'href="#outcome"' in answer.text


def test_refused_and_back_places_can_be_assessed_anew(site: Flask, embedded_kit: Kit) -> None:
    filed = out(embedded_kit, LocationState.REFUSED, LocationState.BACK)
    ada = CaseDesk(site, filed)
    places = open_case(embedded_kit, ADA, filed.request_id).places
    assert "Decide whom to ask next" in Page(ada.now.text).text
    ada.assess(filed.request_id, location_ids=tuple(place.id for place in places))
    places = open_case(embedded_kit, ADA, filed.request_id).places
    assert {place.state for place in places} == {LocationState.ASSESSED}
