"""The pages of referrals, emergencies and police holds, walked as a caseworker does."""

import json

import pytest
from flask import Flask

from app.casework.give_back import give_back
from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.casework.policy import keep_policy
from app.domain.asking import Voice, Wishes
from app.domain.desk_words import ReferralState, Step
from app.domain.policy import Policy
from app.domain.words import LocationState, Matter
from tests.casework.referral_steps import (
    agree,
    clock_of,
    move,
    move_providers,
    prepare,
    raise_emergency,
    refer,
    referral,
)
from tests.casework.steps import assess_all, places_of
from tests.make import ADA, BEN, URL, Filed, file_one
from tests.walks import Desk

TWO = f"{URL}\nhttps://x.northlight.example/b"
WISHES = Voice(words="grelbwords", wishes=Wishes(matters=(Matter.NO_POLICE,)))


@pytest.fixture
def filed(embedded_kit: Kit) -> Filed:
    agree(embedded_kit)
    move_providers(embedded_kit)
    made = file_one(embedded_kit, TWO, voice=WISHES)
    assess_all(embedded_kit, made.request_id)
    return made


def one_of(kit: Kit, filed: Filed) -> str:
    return open_case(kit, ADA, filed.request_id).referrals[-1].id


def test_a_referral_to_another_hotline_from_the_case_to_the_end(
    embedded_kit: Kit, site: Flask, filed: Filed
) -> None:
    ada = Desk(site, ADA)
    ada.go(f"/desk/case/{filed.request_id}")
    assert "No referral yet." in ada.now.text
    ada.go(f"/desk/case/{filed.request_id}/refer?kind=hotline")
    assert "Far Hotline" in ada.now.text
    assert "By their form." in ada.now.text
    assert URL not in ada.now.text
    ada.send(f"/desk/case/{filed.request_id}/refer")  # all that fits is chosen
    assert ada.now.status_code == 200, ada.now.text
    path = f"/desk/referral/{one_of(embedded_kit, filed)}"
    assert ada.path == path
    assert URL not in ada.now.text  # masked until it is taken out
    file = ada.send(f"{path}/file")
    assert file.headers["Content-Disposition"] == 'attachment; filename="list.txt"'
    assert URL in file.text
    assert "grelbwords" not in file.text
    ada.go(path)
    file = ada.send(f"{path}/file", form="json", language="fr")
    read = json.loads(file.text)
    assert [place["url"] for place in read["places"]] == TWO.split("\n")
    assert URL in read["csv"]
    assert read["reference"] in read["text"]
    ada.go(path)
    ada.send(f"{path}/move", to="sent", note="By their form, number 12345678.")
    assert "Handed over" in ada.now.text
    states = [place.state for place in places_of(embedded_kit, filed.request_id)]
    assert states == [LocationState.REFERRED] * 2
    ada.send(f"{path}/move", to="chased")
    ada.send(f"{path}/move", to="acted")
    assert "It is over." in ada.now.text
    assert "number 12345678" in ada.go(f"/desk/case/{filed.request_id}").text


def test_what_is_missing_is_said_at_its_field_and_what_was_typed_stays(
    embedded_kit: Kit, site: Flask, filed: Filed
) -> None:
    ada, path = Desk(site, ADA), f"/desk/case/{filed.request_id}/refer"
    ada.go(f"{path}?kind=police")
    answer = ada.send(path, location_ids=(), to="other", way="Call the desk.")
    assert answer.status_code == 422
    assert "Please choose at least one place." in answer.text
    assert "Please write whom it is for." in answer.text
    assert "Call the desk." in answer.text
    answer = ada.send(path, to="other", recipient="Some Police", location_ids=())
    assert answer.status_code == 422
    assert 'value="Some Police"' in answer.text
    assert open_case(embedded_kit, ADA, filed.request_id).referrals == ()


def test_a_place_that_is_under_way_is_refused_with_a_sentence(
    embedded_kit: Kit, site: Flask, filed: Filed
) -> None:
    ada, path = Desk(site, ADA), f"/desk/case/{filed.request_id}/refer"
    ada.go(path)
    prepare(embedded_kit, filed)
    answer = ada.send(path)
    assert answer.status_code == 409
    assert "Nobody should get it twice." in answer.text


def test_time_with_the_case_ran_out_and_nothing_typed_is_lost(
    embedded_kit: Kit, site: Flask, filed: Filed
) -> None:
    ada, path = Desk(site, ADA), f"/desk/case/{filed.request_id}/refer"
    ada.go(path)
    give_back(embedded_kit, ADA, filed.request_id)
    answer = ada.send(path, to="other", recipient="Some Hotline")
    assert answer.status_code == 409
    assert 'value="Some Hotline"' in answer.text
    ada.send(path, "take")
    assert referral(embedded_kit, one_of(embedded_kit, filed)).state is ReferralState.PREPARED


def test_police_are_not_told_without_seeing_that_nobody_wanted_them(site: Flask, filed: Filed) -> None:
    ada = Desk(site, ADA)
    for page in ("refer?kind=police", "emergency"):
        assert "They asked: no police" in ada.go(f"/desk/case/{filed.request_id}/{page}").text
    assert "They asked: no police" not in ada.go(f"/desk/case/{filed.request_id}/refer?kind=hotline").text


def test_somebody_was_faster_and_the_newer_state_stands_beside_what_was_typed(
    embedded_kit: Kit, site: Flask, filed: Filed
) -> None:
    ada, referral_id = Desk(site, ADA), prepare(embedded_kit, filed)
    ada.go(f"/desk/referral/{referral_id}")
    move(embedded_kit, referral_id, ReferralState.SENT, actor=BEN)
    answer = ada.send(f"/desk/referral/{referral_id}/move", to="dropped", note="grelbreason")
    assert answer.status_code == 409
    assert "it changed while you were reading" in answer.text
    assert "grelbreason" in answer.text
    assert "Handed over" in answer.text


def test_what_is_declined_or_dropped_needs_a_reason(embedded_kit: Kit, site: Flask, filed: Filed) -> None:
    ada, referral_id = Desk(site, ADA), prepare(embedded_kit, filed)
    path = f"/desk/referral/{referral_id}"
    ada.go(path)
    assert ada.send(f"{path}/move", to="dropped").status_code == 422
    assert ada.send(f"{path}/move").status_code == 422
    ada.send(f"{path}/move", to="dropped", note="Not yet.")
    assert referral(embedded_kit, referral_id).state is ReferralState.DROPPED


def test_it_takes_a_second_person_where_the_policy_says_so(
    embedded_kit: Kit, site: Flask, filed: Filed
) -> None:
    with embedded_kit.database.writing() as work:
        keep_policy(work, Policy(second_for=frozenset({Step.HOTLINE})))
        work.commit()
    path = f"/desk/referral/{prepare(embedded_kit, filed)}"
    ada, ben = Desk(site, ADA), Desk(site, BEN)
    ada.go(path)
    answer = ada.send(f"{path}/file")
    assert answer.status_code == 409
    assert "a colleague hands it over" in answer.text
    ben.go(path)
    assert URL in ben.send(f"{path}/file").text


def test_an_emergency_is_written_down_and_everybody_sees_it(
    embedded_kit: Kit, site: Flask, filed: Filed
) -> None:
    ben, path = Desk(site, BEN), f"/desk/case/{filed.request_id}/emergency"
    ben.go(path)
    answer = ben.send(path, to="NL", must_leave="grelbmust", told="no")
    assert answer.status_code == 422
    assert "grelbmust" in answer.text
    ben.send(path, why_not="They live together.")
    referral_id = one_of(embedded_kit, filed)
    assert ben.path == f"/desk/referral/{referral_id}"
    ada = Desk(site, ADA)
    assert "A child may be in danger now" in ada.go("/desk/").text
    ada.go("/desk/referrals")
    assert referral(embedded_kit, referral_id).reference in ada.now.text
    ben.send(f"/desk/referral/{referral_id}/move", to="sent")
    assert "A child may be in danger now" not in ada.go("/desk/").text


def test_police_ask_to_wait_and_a_reason_is_kept(embedded_kit: Kit, site: Flask, filed: Filed) -> None:
    ada, ben, case = Desk(site, ADA), Desk(site, BEN), f"/desk/case/{filed.request_id}"
    path = f"{case}/wait"
    ada.go(case)
    assert ada.send(path).status_code == 422
    ada.send(path, reason="Inspector of Someplace called.")
    assert "Police asked to wait until" in ada.now.text
    answer = ada.send(path, reason="They need longer.")
    assert answer.status_code == 409
    assert "They need longer." in answer.text
    ben.go(case)
    ben.send(path, reason="They need longer.")
    assert "until three days have passed" in ben.now.text
    ben.send(path, reason="They have it.")
    assert "may go out again" in ben.now.text


def test_the_list_shows_the_longest_overdue_first_and_goes_on(
    embedded_kit: Kit, site: Flask, filed: Filed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.reads.referrals.PAGE", 2)
    cases = [filed, *(file_one(embedded_kit) for _ in range(3))]
    ids = []
    for one in cases:
        ids.append(raise_emergency(embedded_kit, one))
        clock_of(embedded_kit).move(minutes=50)
    references = [referral(embedded_kit, one).reference for one in ids]
    ada = Desk(site, ADA)
    first = ada.go("/desk/referrals").text
    assert [one in first for one in references] == [True, True, False, False]
    assert first.index(references[0]) < first.index(references[1])
    assert "Overdue: 2" in first
    after = first.partition("/desk/referrals?after=")[2].partition('"')[0]
    second = ada.go(f"/desk/referrals?after={after}").text
    assert [one in second for one in references] == [False, False, True, True]
    for odd in ("x", "1-", "-", "9" * 40 + "-a", "é-1"):
        assert ada.go(f"/desk/referrals?after={odd}").status_code == 200


def test_who_stepped_back_from_a_case_sees_no_referral_of_it(
    embedded_kit: Kit, site: Flask, filed: Filed
) -> None:
    referral_id = refer(embedded_kit, filed)
    reference = referral(embedded_kit, referral_id).reference
    ben = Desk(site, BEN)
    assert reference in ben.go("/desk/referrals").text
    with embedded_kit.database.writing() as work:
        work.stepped_aside.recuse(filed.request_id, BEN.id)
        work.commit()
    assert reference not in ben.go("/desk/referrals").text
    assert ben.go(f"/desk/referral/{referral_id}").status_code == 403
