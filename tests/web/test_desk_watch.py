"""The desk's pages about looking at places: the list, the places taken out, and noting what was seen."""

from datetime import timedelta

import pytest
from flask import Flask

from app.casework.actors import Caseworker
from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.domain.notice_words import Seen, SignalSource
from app.domain.signals import Signal
from app.domain.words import LocationState, Reply
from tests.casework.watch_steps import clock_of, location_of, noticed, reply, seen
from tests.make import ADA, SINA, Filed
from tests.walks import Asking, Desk
from tests.web.desk_walks import CaseDesk
from tests.web.pages import Page

S = LocationState


def said_removed(kit: Kit, *numbers: int) -> Filed:
    """Two places, of which these are said to be removed, and are to be looked at by now."""
    filed = noticed(kit)
    reply(kit, filed, Reply.REMOVED, *numbers)
    clock_of(kit).move(days=1)
    return filed


def taken(site: Flask, kit: Kit, filed: Filed) -> CaseDesk:
    ada = CaseDesk(site, filed)
    if any(form.action.endswith("/take") for form in ada.forms):
        ada.send(f"{ada.case}/take")
        ada.go(ada.case)
    return ada


def test_the_list_leads_to_the_case_and_shows_no_address(site: Flask, embedded_kit: Kit) -> None:
    ada = Desk(site, ADA)
    assert "Nothing is to be looked at now." in ada.go("/desk/watch").text
    filed = said_removed(embedded_kit, 1, 2)
    ada = Desk(site, ADA)  # a day later
    text = ada.go("/desk/watch").text
    assert f'href="/desk/case/{filed.request_id}#watch"' in text
    assert "2 only by the provider’s word" in Page(text).text
    for place in open_case(embedded_kit, ADA, filed.request_id).places:
        assert place.masked not in text
        assert "northlight" not in text


def test_only_the_due_places_are_taken_out(site: Flask, embedded_kit: Kit) -> None:
    filed = said_removed(embedded_kit, 2)
    ada = taken(site, embedded_kit, filed)
    assert "1 place is to be looked at now" in Page(ada.now.text).text
    ada.go(f"{ada.case}/take-out?only=due")
    second = location_of(embedded_kit, filed, 2).id
    form = next(one for one in ada.forms if "/take-out" in one.action)
    assert form.sent["location_ids"] == [second]
    assert location_of(embedded_kit, filed, 1).id not in ada.now.text
    written = ada.send(form.action)
    assert written.content_type.startswith("text/csv")
    assert len(written.text.splitlines()) == 2


def test_all_places_are_offered_where_none_is_due(site: Flask, embedded_kit: Kit) -> None:
    filed = noticed(embedded_kit)
    ada = taken(site, embedded_kit, filed)
    ada.go(f"{ada.case}/take-out?only=due")
    assert all(location_of(embedded_kit, filed, number).id in ada.now.text for number in (1, 2))


def test_what_was_seen_is_noted_and_said_back(site: Flask, embedded_kit: Kit) -> None:
    filed = said_removed(embedded_kit, 1)
    ada = taken(site, embedded_kit, filed)
    first = location_of(embedded_kit, filed).id
    answer = ada.send(f"{ada.case}/signal", location_ids=first, seen="gone", source="partner")
    assert "1 place is now confirmed gone" in Page(answer.text).text
    assert location_of(embedded_kit, filed).state is S.GONE
    assert "A partner’s check: Gone" in Page(answer.text).text
    answer = ada.send(f"{ada.case}/signal", location_ids=first, seen="there", source="requester")
    assert "1 place is back" in Page(answer.text).text
    assert location_of(embedded_kit, filed).back_count == 1
    assert "came back once" in Page(answer.text).text


def test_a_word_that_moves_nothing_says_so(site: Flask, embedded_kit: Kit) -> None:
    filed = said_removed(embedded_kit, 1)
    ada = taken(site, embedded_kit, filed)
    first = location_of(embedded_kit, filed).id
    answer = ada.send(f"{ada.case}/signal", location_ids=first, seen="gone", source="requester")
    assert "stands as before" in Page(answer.text).text
    assert location_of(embedded_kit, filed).state is S.SAYS_REMOVED


def test_each_field_that_is_missing_says_so_and_the_rest_is_kept(site: Flask, embedded_kit: Kit) -> None:
    filed = noticed(embedded_kit)
    ada = taken(site, embedded_kit, filed)
    answer = ada.send(f"{ada.case}/signal")
    assert answer.status_code == 422
    for field in ("location_ids", "seen", "source"):
        assert f'href="#signal-{field}"' in answer.text
    first = location_of(embedded_kit, filed).id
    answer = ada.send(f"{ada.case}/signal", location_ids=first, seen="gone")
    form = next(one for one in ada.forms if one.action.endswith("/signal"))
    assert (form.sent["location_ids"], form.sent["seen"]) == ([first], ["gone"])


def test_a_providers_word_cannot_be_noted_as_a_signal(site: Flask, embedded_kit: Kit) -> None:
    filed = noticed(embedded_kit)
    ada = taken(site, embedded_kit, filed)
    first = location_of(embedded_kit, filed).id
    token = ada._form(f"{ada.case}/signal").sent["csrf_token"]
    sent = {"csrf_token": token, "location_ids": [first], "seen": ["gone"], "source": ["provider"]}
    assert ada._ask("POST", f"{ada.case}/signal", sent).status_code == 422
    assert _words(embedded_kit, filed) == ()


def _words(kit: Kit, filed: Filed) -> tuple[Signal, ...]:
    with kit.database.reading() as work:
        return work.signals.of_request(filed.request_id)


@pytest.mark.parametrize(("actor", "status"), [(ADA, 403), (SINA, 200)])
def test_the_chart_at_the_desk_is_for_supervisors(site: Flask, actor: Caseworker, status: int) -> None:
    desk = Desk(site, actor)
    assert desk.go("/desk/chart").status_code == status
    links = {said.get("href") for tag, said in Page(desk.go("/desk/watch").text).tags if tag == "a"}
    assert ("/desk/chart" in links) == (status == 200)


def test_a_look_on_its_day_is_shown_to_the_person_without_a_word_of_who_looked(
    site: Flask, embedded_kit: Kit
) -> None:
    filed = said_removed(embedded_kit, 1)
    seen(embedded_kit, filed, Seen.GONE, 1)
    clock_of(embedded_kit).at += timedelta(days=1)
    seen(embedded_kit, filed, Seen.GONE, 1, by=SignalSource.PARTNER)
    assert location_of(embedded_kit, filed).state is S.WATCHED
    text = Page(Asking(site).follow(filed.code).text).text
    assert "Checked again: it is still gone" in text
    assert "we look again from time to time" in text
    assert "artner" not in text
