"""The desk's pages of notices: what is read before it goes, what goes by hand, whose a place is."""

from html import unescape

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.casework.follow_with_code import follow_with_code
from app.casework.keep_names import keep_names
from app.casework.kit import Kit
from app.casework.note_mandate import MandateInput, note_mandate
from app.domain.desk_words import Behaviour, Channel
from app.domain.laws import LawCode
from app.domain.notice_words import NoticeKind, ProviderKind
from app.domain.words import LocationState, NoticeState
from tests.casework.letter_steps import (
    add_host,
    add_ladder,
    facts_of_notice,
    form_at,
    mail_to,
    move_place,
    notices_of,
    switch_on,
)
from tests.casework.steps import all_letters, places_of, trail_of
from tests.make import ADA, BEN, URL, Filed, file_one
from tests.walks import Desk
from tests.web.pages import Page

NIGHTPOOL = "https://img.nightpool.example/rare-path-77"
FORM = "https://waypost.example/form"
NAME = "Oddname Quillfeather"


def ready(site: Flask, kit: Kit, places: str = URL) -> tuple[Desk, Filed]:
    """Ada, on the page of the notices."""
    filed = file_one(kit, places)
    ada = Desk(site, ADA)
    ada.take(filed.request_id)
    ada.assess(filed.request_id)
    assert ada.path.endswith("/notices")
    return ada, filed


def press(desk: Desk, path: str, act: str) -> TestResponse:
    """One of the buttons of the page by hand."""
    form = desk._form(path)
    assert ("act", act) in form.buttons
    return desk._ask("POST", path, form.sent | {"act": [act]})


def test_the_page_names_the_kind_of_each_letter(site: Flask, embedded_kit: Kit) -> None:
    ada, _ = ready(site, embedded_kit)
    assert "Notice about child sexual abuse material (CSAM)" in Page(ada.now.text).text


def test_what_follows_is_read_ticked_and_planned(site: Flask, embedded_kit: Kit) -> None:
    add_ladder(embedded_kit)
    ada, filed = ready(site, embedded_kit, NIGHTPOOL)
    text = Page(ada.now.text).text
    assert "After 48 hours also to: Nightpool (Hosting)" in text
    assert "After 72 hours also to: Backbone (Upstream network)" in text
    assert "rare-path-77" not in ada.now.text
    assert ada.now.text.count("<pre") == 4
    ada.send(ada.path)
    planned = [one.step for one in notices_of(embedded_kit, filed.request_id).values() if one.step]
    assert len(planned) == 3
    assert len(all_letters(embedded_kit)) == 1


def test_what_was_not_ticked_is_not_planned(site: Flask, embedded_kit: Kit) -> None:
    add_ladder(embedded_kit)
    ada, filed = ready(site, embedded_kit, NIGHTPOOL)
    form = next(one for one in ada.forms if "letter" in one.names)
    [field] = [name for name in form.names if name.startswith("rung-")]
    first = form.sent[field][0]
    ada.send(ada.path, **{field: (first,)})
    assert [one.state for one in notices_of(embedded_kit, filed.request_id).values()].count(
        NoticeState.PLANNED
    ) == 1


def test_a_supplier_who_sides_with_whoever_posted_it_is_never_ticked_by_itself(
    site: Flask, embedded_kit: Kit
) -> None:
    above = add_host(
        embedded_kit,
        "Badlink",
        mail_to("noc@badlink.example"),
        kind=ProviderKind.SUPPLIER,
        behaviours=(Behaviour.COMPLICIT,),
    )
    add_host(embedded_kit, "Nightpool", mail_to("abuse@nightpool.example"), upstreams=(above,))
    ada, _ = ready(site, embedded_kit, NIGHTPOOL)
    form = next(one for one in ada.forms if "letter" in one.names)
    [field] = [name for name in form.names if name.startswith("rung-")]
    assert form.sent.get(field, []) == []
    assert "Badlink" in ada.now.text


def test_search_engines_stand_below_and_a_name_goes_only_by_choice(site: Flask, embedded_kit: Kit) -> None:
    kit = embedded_kit
    add_host(kit, "Lookaround", mail_to("removals@lookaround.example"), kind=ProviderKind.SEARCH)
    ada, filed = ready(site, kit)
    follower = follow_with_code(kit, filed.code)
    keep_names(kit, follower, (NAME,))
    ada.go(ada.path)
    text = Page(ada.now.text).text
    assert text.index("To Northlight Hosting") < text.index("Search engines") < text.index("To Lookaround")
    form = next(one for one in ada.forms if "letter" in one.names)
    [field] = [name for name in form.names if name.startswith("names_of-")]
    assert form.sent[field] == [""]
    print_of_it = field.removeprefix("names_of-")
    assert print_of_it not in form.sent["letter"], "one more who is told where it is: a person ticks it"
    ada.send(ada.path, **{field: follower.party_id, "letter": [*form.sent["letter"], print_of_it]})
    made = {one.kind: one for one in notices_of(kit, filed.request_id).values()}
    assert facts_of_notice(kit, made[NoticeKind.SEARCH]).names == (NAME,)
    assert facts_of_notice(kit, made[NoticeKind.CSAM]).names == ()


def test_a_mandate_is_told_only_where_a_caseworker_ticks_it(site: Flask, embedded_kit: Kit) -> None:
    kit = embedded_kit
    covered = {"kind": ProviderKind.PLATFORM, "country": "US", "is_covered": True}
    add_host(kit, "Square", mail_to("abuse@square.example"), **covered)  # type: ignore[arg-type]
    switch_on(kit, LawCode.TAKE_IT_DOWN)
    ada, filed = ready(site, kit, "https://square.example/1")
    assert "A signed mandate" not in ada.now.text
    note_mandate(kit, ADA, MandateInput(filed.request_id, "In the safe."))
    ada.go(ada.path)
    assert "tells the provider that somebody asked" in ada.now.text
    form = next(one for one in ada.forms if "letter" in one.names)
    [field] = [name for name in form.names if name.startswith("mandate-")]
    assert field not in form.sent
    ada.send(ada.path, **{field: "yes"})
    [notice] = notices_of(kit, filed.request_id).values()
    assert [law.code for law in facts_of_notice(kit, notice).laws] == ["take_it_down"]


@pytest.mark.parametrize("channel", [Channel.FORM, Channel.PARTNER])
def test_a_provider_who_takes_no_mail_is_reached_by_hand(
    site: Flask, embedded_kit: Kit, channel: Channel
) -> None:
    add_host(embedded_kit, "Waypost", form_at(FORM, channel=channel))
    ada, filed = ready(site, embedded_kit, f"{URL}\nhttps://waypost.example/rare-path-77")
    assert "Waypost takes no mail" in ada.now.text
    assert FORM in ada.now.text
    answer = ada.send(ada.path)
    assert "Now take it there" in answer.text
    assert len(all_letters(embedded_kit)) == 1
    made = notices_of(embedded_kit, filed.request_id).values()
    [notice] = [one for one in made if not one.channel.is_mail]
    path = f"/desk/notice/{notice.id}/by-hand"
    assert f'href="{path}"' in answer.text
    assert "rare-path-77" not in ada.go(path).text
    shown = ada.send(path, "act")
    assert "https://waypost.example/rare-path-77" in unescape(shown.text)
    assert "rare-path-77" not in ada.go(path).text
    done = press(ada, path, "done")
    assert f"notice {notice.reference} is out" in done.text
    assert places_of(embedded_kit, filed.request_id)[1].state is LocationState.NOTICE_SENT
    assert trail_of(embedded_kit, filed.request_id).count("place_live") == 1
    assert "Nothing is left to do here" in ada.go(path).text


def test_a_slip_on_the_page_by_hand_notes_nothing(site: Flask, embedded_kit: Kit) -> None:
    add_host(embedded_kit, "Waypost", form_at(FORM))
    ada, filed = ready(site, embedded_kit, "https://waypost.example/1")
    ada.send(ada.path)
    [notice] = notices_of(embedded_kit, filed.request_id).values()
    path = f"/desk/notice/{notice.id}/by-hand"
    ada.go(path)
    assert ada.send(path).status_code == 422
    ben = Desk(site, BEN)
    assert "please take the case first" in ben.go(path).text
    assert press(ada, path, "drop").status_code == 200
    assert places_of(embedded_kit, filed.request_id)[0].state is LocationState.ASSESSED


def test_whose_a_place_is_can_be_said_and_then_its_letter_shows(site: Flask, embedded_kit: Kit) -> None:
    add_host(embedded_kit, "Otherhost", mail_to("abuse@otherhost.example"))
    add_host(embedded_kit, "Otherhost2", mail_to("abuse@otherhost2.example"))
    ada, filed = ready(site, embedded_kit, "https://nobody.example/rare-path-77")
    path = f"/desk/case/{filed.request_id}/provider"
    assert f'href="{path}"' in ada.now.text
    ada.go(path)
    assert "rare-path-77" not in ada.now.text
    [place] = places_of(embedded_kit, filed.request_id)
    answer = ada.send(path, location_ids=(place.id,), provider_name="nobody knows")
    assert answer.status_code == 422
    assert "nobody of this name" in answer.text
    assert "nobody knows" in answer.text
    several = ada.send(path, location_ids=(place.id,), provider_name="otherho")
    assert several.status_code == 422
    assert "Several fit" in several.text
    form = next(one for one in ada.forms if "provider_id" in one.names)
    assert form.sent["location_ids"] == [place.id]
    ada.send(path, location_ids=(place.id,), provider_name="otherhost2.example")
    assert places_of(embedded_kit, filed.request_id)[0].provider_name == "Otherhost2"
    ada.go(f"/desk/case/{filed.request_id}/notices")
    assert "To Otherhost2" in ada.now.text


def test_a_place_that_lies_elsewhere_is_offered_on_the_page_of_the_case(
    site: Flask, embedded_kit: Kit
) -> None:
    ada, filed = ready(site, embedded_kit)
    ada.send(ada.path)
    for state in (LocationState.NOTICE_SENT, LocationState.MOVED):
        move_place(embedded_kit, filed.request_id, 1, state)
    path = f"/desk/case/{filed.request_id}/provider"
    assert f'href="{path}"' in ada.go(f"/desk/case/{filed.request_id}").text
    ada.go(path)
    form = next(one for one in ada.forms if "provider_name" in one.names)
    assert len(form.sent["location_ids"]) == 1
    ada.send(path, provider_name="Talkyard")
    [place] = places_of(embedded_kit, filed.request_id)
    assert (place.state, place.provider_name) == (LocationState.ASSESSED, "Talkyard")
