"""Forgetting, as the person and as the desk see it."""

import pytest
from flask import Flask

from app.casework.kit import Kit
from tests.make import ADA, BEN, URL, Clock
from tests.walks import Asking, Desk, case_of
from tests.web.pages import post, token_of


@pytest.mark.parametrize("asker", ["parent", "authorised", "bystander"])
def test_nobody_else_is_offered_to_destroy_anything(site: Flask, embedded_kit: Kit, asker: str) -> None:
    asking = Asking(site)
    code = asking.ask(URL, asker=asker)
    assert "Forget everything" not in asking.follow(code).text
    asking.go("/follow/forget")
    away = "/follow/request" if asker == "bystander" else "/follow/withdraw"
    assert asking.path == away
    asking.go("/follow")  # a form that everybody has
    token = token_of(asking)
    assert post(asking, "/follow/forget", {"meant": "yes", "csrf_token": token}).location == away
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
