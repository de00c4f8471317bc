"""How many pages a caseworker loads: from the queue to an approved notice, for one place and for fifty."""

from flask import Flask

from app.casework.add_provider import add_provider
from app.casework.file_request import Filing, file_request
from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.casework.policy import keep_policy
from app.casework.provider_input import ProviderInput, one_contact
from app.domain.asking import Voice
from app.domain.desk_words import Channel, Step
from app.domain.policy import Policy
from app.domain.words import Content, LocationState
from app.places.reading import read_places
from app.vault.codes import new_code
from tests.casework.steps import all_letters, places_of, trail_of
from tests.make import ADA, MIRA, file_one, request_id_of
from tests.walks import CSAM_ANSWERS, Desk, Value
from tests.web.pages import Page

IDENTITY = {"kind": "identity", "basis": "us"}
HARMFUL = CSAM_ANSWERS | {"kind": "harmful", "ground": "b"}


class Counting(Desk):
    """Ada, and how many pages she has seen: what only sends on to another page is none."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app, ADA)

    @property
    def pages(self) -> int:
        return sum(not 300 <= answer.status_code < 400 for answer in self.seen)

    def assess_here(self, request_id: str, *numbers: int, **answers: Value) -> None:
        """On the page that is open; all that are ticked, or the places with these numbers."""
        path = f"/desk/case/{request_id}/assess"
        if numbers:
            ids = self._form(path).sent["versions"]
            answers["location_ids"] = tuple(ids[number].partition(":")[0] for number in numbers)
        self.send(path, **answers)


def many(kit: Kit, count: int, providers: int) -> str:
    """A request with so many places at so many providers; its id."""
    for number in range(providers):
        host = f"provider{number}.example"
        contacts = one_contact(f"abuse@{host}", "en", Channel.PLAIN)
        add_provider(kit, MIRA, ProviderInput(f"Provider {number}", (host,), "CA", "", contacts))
    urls = "\n".join(f"https://provider{one % providers}.example/{one}" for one in range(count))
    filing = Filing("f" * 32, new_code(), read_places(urls).places, (Content.ABUSE,), Voice())
    file_request(kit, filing)
    return request_id_of(kit, filing)


def test_a_place_of_a_known_provider_takes_four_pages(site: Flask, embedded_kit: Kit) -> None:
    request_id = file_one(embedded_kit).request_id
    ada = Counting(site)
    ada.go("/desk/")
    ada.send(f"/desk/case/{request_id}/take")
    ada.assess_here(request_id, **CSAM_ANSWERS)
    assert ada.path == f"/desk/case/{request_id}/notices"
    ada.send(f"/desk/case/{request_id}/notices")
    assert "is approved" in ada.now.text
    assert len(all_letters(embedded_kit)) == 1
    assert places_of(embedded_kit, request_id)[0].state is LocationState.APPROVED
    assert ada.pages <= 4


def test_fifty_places_of_eight_providers_with_three_findings_take_six_pages(
    site: Flask, embedded_kit: Kit
) -> None:
    request_id = many(embedded_kit, 50, 8)
    ada = Counting(site)
    ada.go("/desk/")
    ada.send(f"/desk/case/{request_id}/take")
    ada.assess_here(request_id, *range(5), **IDENTITY)
    assert "45 places are left" in Page(ada.now.text).text
    ada.assess_here(request_id, *range(10), **HARMFUL)
    ada.assess_here(request_id, **CSAM_ANSWERS)
    assert ada.path == f"/desk/case/{request_id}/notices"
    ada.send(f"/desk/case/{request_id}/notices")
    assert ada.pages <= 6
    assert ada.path == f"/desk/case/{request_id}"
    assert {one.state for one in places_of(embedded_kit, request_id)} == {LocationState.APPROVED}
    kinds = [one.finding.kind.value for one in places_of(embedded_kit, request_id) if one.finding]
    assert {kind: kinds.count(kind) for kind in kinds} == {"identity": 5, "harmful": 10, "csam": 35}
    letters = [one.kind.value for one in open_case(embedded_kit, ADA, request_id).notices]
    assert {kind: letters.count(kind) for kind in letters} == {"identity": 5, "harmful": 8, "csam": 8}
    assert len(all_letters(embedded_kit)) == 21


def test_only_the_ticked_letters_go(site: Flask, embedded_kit: Kit) -> None:
    request_id = many(embedded_kit, 3, 3)
    ada = Desk(site, ADA)
    ada.take(request_id)
    ada.assess(request_id)
    form = next(one for one in ada.forms if "letter" in one.names)
    assert len(form.sent["letter"]) == 3
    ada.send(ada.path, letter=tuple(form.sent["letter"][:2]))
    assert len(all_letters(embedded_kit)) == 2
    ada.go(f"/desk/case/{request_id}/notices")
    answer = ada.send(ada.path, letter=())
    assert answer.status_code == 422
    assert "choose at least one letter" in answer.text
    assert len(all_letters(embedded_kit)) == 2


def test_what_is_refused_is_named_and_stays_while_the_others_go(site: Flask, embedded_kit: Kit) -> None:
    request_id = many(embedded_kit, 2, 2)
    ada = Desk(site, ADA)
    ada.take(request_id)
    page = ada.assess(request_id)
    first = open_case(embedded_kit, ADA, request_id).places[0]
    ada.assess(request_id, location_ids=first.id, age_band="0-8")
    ada.seen.append(page)
    answer = ada.send(f"/desk/case/{request_id}/notices")
    assert "is approved" in answer.text
    assert "Not approved, to Provider 0: something in it changed" in Page(answer.text).text
    assert ada.path == f"/desk/case/{request_id}/notices"
    assert len(all_letters(embedded_kit)) == 1


def test_reading_a_letter_shows_no_address_until_it_is_asked_for(site: Flask, embedded_kit: Kit) -> None:
    request_id = many(embedded_kit, 2, 2)
    ada = Desk(site, ADA)
    ada.take(request_id)
    ada.assess(request_id)
    assert "provider0[.]example/…" in ada.now.text
    assert "[.]example/0" not in ada.now.text
    seen = next(one.sent["letter"][0] for one in ada.forms if "letter" in one.names)
    before = trail_of(embedded_kit, request_id).count("places_shown")
    path = f"/desk/case/{request_id}/notices"
    answer = ada._ask("POST", path, ada._form(path).sent | {"show": [seen]})
    assert "hxxps://provider0[.]example/0" in answer.text
    assert "https://provider0" not in answer.text
    assert "provider1[.]example/1" not in answer.text
    assert trail_of(embedded_kit, request_id).count("places_shown") == before + 1
    assert all_letters(embedded_kit) == []
    ada.send(path)
    assert len(all_letters(embedded_kit)) == 2


def test_a_colleague_s_part_is_said_and_has_no_box(site: Flask, embedded_kit: Kit) -> None:
    with embedded_kit.database.writing() as work:
        keep_policy(work, Policy(second_for=frozenset({Step.NOTICE})))
        work.commit()
    request_id = file_one(embedded_kit).request_id
    ada = Desk(site, ADA)
    ada.take(request_id)
    answer = ada.assess(request_id)
    assert "A colleague approves this one" in answer.text
    assert not any("letter" in form.names for form in ada.forms)
