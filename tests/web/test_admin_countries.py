"""Countries as an admin fills them in, and as a caseworker reads them beside a provider."""

from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.casework.keep_country import country_of
from app.casework.kit import Kit
from app.domain.desk_words import ReferralPolicy
from app.persistence.countries import Country
from tests.make import ADA, MIRA
from tests.walks import Desk
from tests.web.pages import Page

PATH = "/admin/countries/CA"
TYPED = {
    "hotline_name": "Hotline Example",
    "hotline_way": "Call, then use the portal.",
    "policy": "after_hours",
    "policy_hours": "48",
    "police_name": "Police Example",
    "police_way": "By its portal.",
    "regulator_name": "Authority Example",
    "regulator_way": "By its form.",
    "legal_note": "Providers have to report.",
    "verified_on": "2025-03-31",
}


@pytest.fixture
def mira(site: Flask) -> Desk:
    return Desk(site, MIRA)


def save(desk: Desk, **typed: str) -> TestResponse:
    values: dict[str, Any] = TYPED | typed
    return desk.send(PATH, **values)


def kept(kit: Kit) -> Country | None:
    with kit.database.reading() as work:
        return country_of(work, "CA")


def test_a_country_is_chosen_filled_in_and_read_beside_a_provider(mira: Desk, embedded_kit: Kit) -> None:
    mira.go("/admin/countries")
    assert "Canada" in mira.now.text
    mira.send("/admin/countries", code="CA")
    assert mira.path == PATH
    form = next(form for form in mira.forms if "hotline_name" in form.names)
    assert form.sent["policy"] == ["refer_only"]
    save(mira)
    assert "Canada is saved." in mira.now.text
    found = kept(embedded_kit)
    assert found is not None
    assert (found.policy, found.policy_hours) == (ReferralPolicy.AFTER_HOURS, 48)
    assert (found.regulator_name, found.regulator_way) == ("Authority Example", "By its form.")
    with embedded_kit.database.reading() as work:
        provider = work.providers.all()[0]
    text = Page(Desk(mira.app, ADA).go(f"/desk/provider/{provider.id}").text).text
    for said in (
        "Hotline Example",
        "Call, then use the portal.",
        "48 hours",
        "Providers have to report.",
        "Who supervises providers there",
        "Authority Example",
    ):
        assert said in text
    assert "Checked on 2025-03-31." in text


def test_a_legal_note_that_nobody_checked_says_so(mira: Desk, embedded_kit: Kit) -> None:
    mira.go(PATH)
    save(mira, verified_on="")
    with embedded_kit.database.reading() as work:
        provider = work.providers.all()[0]
    assert "Nobody has checked this yet" in Desk(mira.app, ADA).go(f"/desk/provider/{provider.id}").text


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("hotline_name", "n" * 201, "too long"),
        ("hotline_name", "", "Please write the name of the hotline, too."),
        ("police_name", "", "Please write the name of the police unit, too."),
        ("regulator_name", "", "Please write the name of the authority, too."),
        ("regulator_name", "n" * 201, "too long"),
        ("regulator_way", "no. " * 600, "too long"),
        ("hotline_way", "no. " * 600, "too long"),
        ("legal_note", "no. " * 600, "too long"),
        ("policy", "never", "Please choose what was agreed."),
        ("policy_hours", "", "number of hours"),
        ("policy_hours", "0", "number of hours"),
        ("policy_hours", "-3", "number of hours"),
        ("policy_hours", "²", "number of hours"),
        ("policy_hours", "9999999", "number of hours"),
        ("verified_on", "31.3.2025", "year-month-day"),
        ("verified_on", "2999-01-01", "has not come yet"),
    ],
)
def test_each_field_says_what_it_needs_and_keeps_the_others(
    mira: Desk, embedded_kit: Kit, field: str, value: str, said: str
) -> None:
    mira.go(PATH)
    answer = save(mira, **{field: value})
    assert answer.status_code == 422
    assert said in Page(answer.text).text
    form = next(form for form in mira.forms if "hotline_name" in form.names)
    for name in set(TYPED) - {field, "policy"}:
        assert form.sent[name] == [TYPED[name]], name
    assert kept(embedded_kit) is None


def test_somebody_who_was_faster_is_shown_beside_what_was_typed(site: Flask, embedded_kit: Kit) -> None:
    first, second = Desk(site, MIRA), Desk(site, MIRA)
    first.go(PATH), second.go(PATH)
    save(first, hotline_name="First Hotline")
    answer = save(second, hotline_name="Second Hotline")
    assert answer.status_code == 409
    assert "First Hotline" in answer.text
    form = next(form for form in second.forms if "hotline_name" in form.names)
    assert form.sent["hotline_name"] == ["Second Hotline"]
    save(second, hotline_name="Second Hotline")
    found = kept(embedded_kit)
    assert found is not None
    assert found.hotline_name == "Second Hotline"


def test_a_country_is_taken_away(mira: Desk, embedded_kit: Kit) -> None:
    mira.go(PATH)
    save(mira)
    mira.go(PATH)
    [away] = [form for form in mira.forms if ("do", "remove") in form.buttons]
    mira._ask("POST", PATH, away.sent | {"do": ["remove"]})
    assert "Nothing is kept of Canada any more." in mira.now.text
    assert kept(embedded_kit) is None


@pytest.mark.parametrize("code", ["ca", "ZZ", "XYZ", "C", "%00", "ÄÖ", "001"])
def test_a_country_that_does_not_exist_is_not_found(mira: Desk, code: str) -> None:
    assert mira.go(f"/admin/countries/{code}").status_code == 404
    mira.go("/admin/countries")
    assert mira.send("/admin/countries", code=code).status_code == 200
    assert mira.path == "/admin/countries"
