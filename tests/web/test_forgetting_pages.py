"""Forgetting, as the person and as the desk see it."""

import pytest
from flask import Flask

from app.casework.kit import Kit
from app.casework.post_courier import CourierDoor
from app.reads.queue import read_queue
from tests.make import ADA, BEN, URL, Clock
from tests.walks import Asking, Desk, case_of, deliver


def test_a_person_forgets_everything_and_the_code_opens_nothing_any_more(
    site: Flask, embedded_kit: Kit
) -> None:
    asking = Asking(site)
    code = asking.ask(URL)
    asking.follow(code)
    asking.go("/follow/forget")
    answer = asking.send("/follow/forget")
    assert answer.status_code == 422
    assert "Please tick this if you are sure." in answer.text
    asking.send("/follow/forget", meant="yes")
    assert asking.path == "/forgotten"
    assert "In 7 days we destroy it." in asking.now.text
    assert asking.go("/follow/request").request.path == "/follow"
    assert "This code does not open anything here." in Asking(site).follow(code).text
    assert read_queue(embedded_kit, ADA, "open", None).rows == ()


def test_what_cannot_be_called_back_is_said_first(site: Flask, embedded_kit: Kit) -> None:
    door, asking = CourierDoor(embedded_kit), Asking(site)
    code = asking.ask(URL)
    asking.follow(code)
    assert "What we cannot call back" not in asking.go("/follow/forget").text
    desk, request_id = Desk(site, ADA), case_of(embedded_kit, code)
    desk.take(request_id)
    desk.assess(request_id)
    desk.approve(request_id)
    deliver(embedded_kit, door)
    answer = asking.go("/follow/forget").text
    assert "What we cannot call back" in answer
    assert "img.northlight.example" in answer


@pytest.mark.parametrize("asker", ["parent", "authorised", "bystander"])
def test_nobody_else_is_offered_to_destroy_anything(site: Flask, embedded_kit: Kit, asker: str) -> None:
    asking = Asking(site)
    code = asking.ask(URL, asker=asker)
    assert "Forget everything" not in asking.follow(code).text
    asking.go("/follow/forget")
    assert asking.path == "/follow/request"
    answer = asking.client.post(
        "/follow/forget", data={"meant": "yes"}, headers=asking.headers, base_url="http://127.0.0.1"
    )
    assert answer.status_code in (200, 409)
    assert Asking(site).follow(code).status_code == 200


def test_the_desk_forgets_for_the_person_and_brings_it_back_in_time(site: Flask, embedded_kit: Kit) -> None:
    code = Asking(site).ask(URL)
    desk, request_id = Desk(site, ADA), case_of(embedded_kit, code)
    desk.take(request_id)
    desk.send(f"/desk/case/{request_id}/forget")
    assert "Nothing was forgotten." in desk.now.text
    desk.send(f"/desk/case/{request_id}/forget", meant="yes")
    assert desk.path == "/desk/"
    assert desk.go(f"/desk/case/{request_id}").status_code == 404
    other = Desk(site, BEN)
    other.go("/desk/forgotten")
    other.send(f"/desk/forgotten/{request_id}")
    assert other.path == f"/desk/case/{request_id}"
    follower = Asking(site)
    follower.follow(code)
    assert follower.path == "/follow/request"


def test_after_the_days_of_grace_nothing_is_offered_any_more(site: Flask, embedded_kit: Kit) -> None:
    code = Asking(site).ask(URL)
    desk, request_id = Desk(site, ADA), case_of(embedded_kit, code)
    desk.take(request_id)
    desk.send(f"/desk/case/{request_id}/forget", meant="yes")
    assert isinstance(embedded_kit.clock, Clock)
    embedded_kit.clock.move(days=7, seconds=1)
    assert request_id[:8] not in Desk(site, ADA).go("/desk/forgotten").text
