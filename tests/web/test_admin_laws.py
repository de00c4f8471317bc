"""Laws as an admin fills them in: nothing is on without the day of a check; what was typed stays."""

from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.casework.kit import Kit
from app.domain.laws import SHIPPED, Law
from app.domain.notice_words import LawUse, NoticeKind
from app.reads.laws import read_law, read_laws
from tests.make import MIRA
from tests.page_forms import PageForm
from tests.walks import Desk
from tests.web.pages import Page

PATH = "/admin/laws"
DSA = f"{PATH}/dsa_16"
TYPED = {"country": "CA", "citation": "Criminal Code, section 163.1", "use": "ground", "kinds": "csam"}


@pytest.fixture
def mira(site: Flask) -> Desk:
    return Desk(site, MIRA)


def press(desk: Desk, do: str, **typed: str) -> TestResponse:
    """Send the form of the page that has this button, as a browser would."""
    [form] = [form for form in desk.forms if ("do", do) in form.buttons]
    sent: dict[str, Any] = form.sent | {name: [value] for name, value in typed.items()}
    return desk._ask("POST", desk.path, sent | {"do": [do]})


def form_with(desk: Desk, name: str) -> PageForm:
    return next(form for form in desk.forms if name in form.names)


def added(kit: Kit) -> list[Law]:
    return [law for law in read_laws(kit) if law not in SHIPPED]


def test_the_list_comes_along_switched_off(mira: Desk) -> None:
    page = mira.go(PATH)
    for law in SHIPPED:
        assert law.citation in page.text
    assert page.text.count(">Off<") == len(SHIPPED)
    assert ">On<" not in page.text


def test_a_law_is_switched_on_with_the_day_of_the_check_and_off_again(mira: Desk, embedded_kit: Kit) -> None:
    mira.go(DSA)
    press(mira, "confirm", verified_on="2025-03-31")
    assert "It is on." in mira.now.text
    assert "Counsel checked it on 2025-03-31." in mira.now.text
    assert read_law(embedded_kit, "dsa_16").law.is_on
    press(mira, "off")
    assert "No new letter cites it." in mira.now.text
    assert not read_law(embedded_kit, "dsa_16").law.is_on


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("", "Please write the day on which counsel checked it."),
        ("31.3.2025", "year-month-day"),
        ("2025-02-30", "year-month-day"),
        ("2999-01-01", "has not come yet"),
        ("²025-03-31", "year-month-day"),
    ],
)
def test_without_such_a_day_it_stays_off(mira: Desk, embedded_kit: Kit, day: str, said: str) -> None:
    mira.go(DSA)
    answer = press(mira, "confirm", verified_on=day)
    assert answer.status_code == 422
    assert said in Page(answer.text).text
    assert form_with(mira, "verified_on").sent["verified_on"] == [day]
    assert not read_law(embedded_kit, "dsa_16").law.is_on


def test_another_law_is_added_off_and_its_page_opens(mira: Desk, embedded_kit: Kit) -> None:
    mira.go(PATH)
    mira.send(PATH, **TYPED)
    [law] = added(embedded_kit)
    assert mira.path == f"{PATH}/{law.id}"
    assert "It is off until you switch it on." in mira.now.text
    assert (law.country, law.citation, law.use, law.kinds, law.is_on) == (
        "CA",
        TYPED["citation"],
        LawUse.GROUND,
        (NoticeKind.CSAM,),
        False,
    )


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("country", "", "Please choose the country."),
        ("country", "ZZ", "Please choose the country."),
        ("citation", "", "Please write how the law is cited."),
        ("citation", "n" * 301, "too long"),
        ("use", "", "Please choose what it is cited for."),
        ("use", "beauty", "Please choose what it is cited for."),
        ("kinds", "", "Please choose at least one kind of notice."),
        ("kinds", "zz", "Please choose at least one kind of notice."),
        ("kinds", "upstream", "One of these notices never cites it."),
        ("kinds", "harmful", "One of these notices never cites it."),
    ],
)
def test_each_field_says_what_it_needs_and_keeps_the_others(
    mira: Desk, embedded_kit: Kit, field: str, value: str, said: str
) -> None:
    mira.go(PATH)
    values: dict[str, Any] = TYPED | {field: value}
    answer = mira.send(PATH, **values)
    assert answer.status_code == 422
    assert said in Page(answer.text).text
    form = form_with(mira, "citation")
    for name in set(TYPED) - {field}:
        assert form.sent[name] == [TYPED[name]], name
    assert added(embedded_kit) == []


def test_harmful_images_are_named_only_for_keeping_records(mira: Desk, embedded_kit: Kit) -> None:
    mira.go(PATH)
    values: dict[str, Any] = TYPED | {"use": "preservation", "kinds": "harmful"}
    mira.send(PATH, **values)
    [law] = added(embedded_kit)
    assert (law.use, law.kinds) == (LawUse.PRESERVATION, (NoticeKind.HARMFUL,))


def test_other_words_switch_a_law_off(mira: Desk, embedded_kit: Kit) -> None:
    mira.go(DSA)
    press(mira, "confirm", verified_on="2025-03-31")
    press(mira, "save", citation="As our counsel words it")
    law = read_law(embedded_kit, "dsa_16").law
    assert (law.citation, law.is_on, law.verified_on) == ("As our counsel words it", False, "")
    assert "No letter cites it." in mira.now.text


def test_words_that_cannot_stay_come_back_beside_the_other_form(mira: Desk, embedded_kit: Kit) -> None:
    mira.go(DSA)
    answer = press(mira, "save", citation="n" * 301)
    assert answer.status_code == 422
    assert form_with(mira, "citation").sent["citation"] == ["n" * 301]
    press(mira, "save", citation="Shorter")
    assert read_law(embedded_kit, "dsa_16").law.citation == "Shorter"


def test_somebody_who_was_faster_is_shown_and_nothing_is_confirmed(site: Flask, embedded_kit: Kit) -> None:
    first, second, third = Desk(site, MIRA), Desk(site, MIRA), Desk(site, MIRA)
    first.go(DSA), second.go(DSA), third.go(DSA)
    press(first, "save", citation="First words")
    answer = press(second, "confirm", verified_on="2025-03-31")
    assert answer.status_code == 409
    assert "First words" in answer.text
    assert not read_law(embedded_kit, "dsa_16").law.is_on
    answer = press(third, "save", citation="Third words")
    assert answer.status_code == 409
    assert form_with(third, "citation").sent["citation"] == ["Third words"]
    press(third, "save", citation="Third words")
    assert read_law(embedded_kit, "dsa_16").law.citation == "Third words"


def test_a_law_of_ones_own_is_taken_away(mira: Desk, embedded_kit: Kit) -> None:
    mira.go(PATH)
    mira.send(PATH, **TYPED)
    press(mira, "remove")
    assert "Nothing is kept of this law any more." in mira.now.text
    assert added(embedded_kit) == []


def test_the_page_says_whom_a_mandate_is_shown_to(mira: Desk) -> None:
    text = Page(mira.go(f"{PATH}/take_it_down").text).text
    assert "only where a signed mandate is noted in the case" in text
    assert "It tells them that somebody asked." in text


@pytest.mark.parametrize("law_id", ["zz", "DSA_16", "1" * 32, "%00", "ÄÖ"])
def test_a_law_that_does_not_exist_is_not_found(mira: Desk, law_id: str) -> None:
    assert mira.go(f"{PATH}/{law_id}").status_code == 404
