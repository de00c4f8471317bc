"""The directory's form: a ladder of contacts, who supplies whom, and nothing that was typed is ever lost."""

import re
from typing import Any

import pytest
from flask import Flask

from app.casework.kit import Kit
from app.domain.desk_words import Behaviour, Channel, Scope
from app.domain.notice_words import ProviderKind
from app.domain.providers import Contact, Provider
from app.domain.trail import HOTLINE
from tests.make import ADA, LOU, MIRA
from tests.walks import Desk
from tests.web.pages import Page

NEW = "/admin/providers/new"
TYPED: dict[str, Any] = {
    "name": "Cloudfen",
    "suffixes": "cloudfen.example\n*.fen.example",
    "country": "ca",
    "kind": "platform",
    "covered": "yes",
    "letters_per_hour": "30",
    "terms_clause": "Rule 4",
    "notes": "Answers at night.\nCall first.",
    "behaviours": ("resistant", "reactive"),
    "scope": "hosting",
    "channel": "plain_xarf",
    "language": "fr",
    "address": "abuse@cloudfen.example",
}


@pytest.fixture
def mira(site: Flask) -> Desk:
    return Desk(site, MIRA)


def named(kit: Kit, name: str) -> Provider:
    with kit.database.reading() as work:
        return next(one for one in work.providers.all() if one.name == name)


def sent(desk: Desk) -> dict[str, list[str]]:
    """What the provider's form would send as it stands."""
    return next(form.sent for form in desk.forms if "suffixes" in form.names)


def press(desk: Desk, button: str, path: str = NEW, **typed: Any) -> Any:
    """Press a named button of the form; what is typed besides stays as it stands."""
    values = sent(desk) | {
        name: [value] if isinstance(value, str) else list(value) for name, value in typed.items()
    }
    return desk._ask("POST", path, values | {"do": [button]})


def test_a_provider_with_a_ladder_is_kept_as_typed(mira: Desk, embedded_kit: Kit) -> None:
    mira.go(NEW)
    ladder = {
        "scope": ("content", "hosting", "upstream"),
        "channel": ("form", "plain", "partner"),
        "language": ("en", "fr", "ar"),
        "address": (
            "https://cloudfen.example/abuse?x=1",
            "abuse@cloudfen.example",
            "By way of  the hotline there",
        ),
    }
    press(mira, "save", **TYPED | ladder)
    assert mira.path == "/admin/"
    assert "Cloudfen is in the list." in mira.now.text
    made = named(embedded_kit, "Cloudfen")
    assert made.contacts == (
        Contact(Scope.CONTENT, Channel.FORM, "https://cloudfen.example/abuse?x=1", "en"),
        Contact(Scope.HOSTING, Channel.PLAIN, "abuse@cloudfen.example", "fr"),
        Contact(Scope.UPSTREAM, Channel.PARTNER, "By way of the hotline there", "ar"),
    )
    assert made.suffixes == ("cloudfen.example", "fen.example")
    assert (made.country, made.notes) == ("CA", "Answers at night.\nCall first.")
    assert made.behaviours == (Behaviour.REACTIVE, Behaviour.RESISTANT)
    assert made.by_mail == made.contacts[1]
    assert (made.kind, made.is_covered, made.letters_per_hour) == (ProviderKind.PLATFORM, True, 30)
    with embedded_kit.database.reading() as work:
        lines = [(line.entry.kind, line.entry.subject, line.by) for line, _ in work.trail.lines(HOTLINE)]
    assert lines[-1] == ("provider_changed", made.id, MIRA.id)


def test_the_form_comes_back_as_it_was_saved(mira: Desk, embedded_kit: Kit) -> None:
    mira.go(NEW)
    press(mira, "save", **TYPED)
    made = named(embedded_kit, "Cloudfen")
    mira.go(f"/admin/providers/{made.id}")
    shown = sent(mira)
    assert shown["address"] == ["abuse@cloudfen.example", ""]
    assert (shown["scope"][0], shown["channel"][0], shown["language"][0]) == ("hosting", "plain_xarf", "fr")
    assert shown["notes"] == ["Answers at night.\nCall first."]
    assert sorted(shown["behaviours"]) == ["reactive", "resistant"]
    assert (shown["kind"], shown["covered"], shown["letters_per_hour"]) == (["platform"], ["yes"], ["30"])
    press(mira, "save", f"/admin/providers/{made.id}")
    assert named(embedded_kit, "Cloudfen") == made


def test_rungs_are_added_moved_and_removed_without_losing_a_word(mira: Desk) -> None:
    mira.go(NEW)
    assert press(mira, "add", **TYPED).status_code == 200
    assert sent(mira)["address"] == ["abuse@cloudfen.example", ""]
    addresses = ("abuse@cloudfen.example", "noc@cloudfen.example")
    press(mira, "add", address=addresses, scope=("hosting", "upstream"))
    assert sent(mira)["address"] == [*addresses, ""]
    press(mira, "up-2")
    assert sent(mira)["address"] == [*reversed(addresses), ""]
    assert sent(mira)["scope"] == ["upstream", "hosting", "content"]
    press(mira, "down-1")
    assert sent(mira)["address"] == [*addresses, ""]
    press(mira, "remove-1")
    assert sent(mira)["address"] == ["noc@cloudfen.example", ""]
    kept = sent(mira)
    for name in ("name", "suffixes", "country", "terms_clause", "notes"):
        assert kept[name] == [TYPED[name]], name
    assert set(kept["behaviours"]) == set(TYPED["behaviours"])


@pytest.mark.parametrize(
    "button", ["up-1", "down-9", "remove-0", "remove-99999", "up-x", "down-", "drop-x", "add-7"]
)
def test_a_strange_button_loses_nothing(mira: Desk, button: str) -> None:
    mira.go(NEW)
    assert press(mira, button, **TYPED).status_code == 200
    assert sent(mira)["address"][0] == "abuse@cloudfen.example"
    assert sent(mira)["name"] == ["Cloudfen"]


def test_enter_in_a_line_saves(mira: Desk) -> None:
    # Browsers press the first button of a form.
    mira.go(NEW)
    buttons = re.findall(r'<button type="submit" name="do" value="([a-z0-9-]+)"', mira.now.text)
    assert buttons[0] == "save"
    assert "remove-1" in buttons


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "Please write the provider's name."),
        ("name", "n" * 201, "too long"),
        ("suffixes", "", "Please write at least one host"),
        ("suffixes", "co.uk", "is shared by many"),
        ("suffixes", "northlight.example", "Another provider in the list already has one of these hosts."),
        ("country", "Canada", "two letters"),
        ("address", "", "Please write an e-mail address"),
        ("address", "nobody", "Please write an e-mail address"),
        ("terms_clause", "no. " * 600, "The sentence that forbids it is enough."),
        ("notes", "no. " * 1200, "This is too long."),
        ("notes", "x\n" * 60, "These are too many lines."),
        ("channel", "pigeon", "Please choose the way to reach this contact."),
        ("language", "tlh", "Please choose a language"),
        ("behaviours", "kind", "There is no such behaviour."),
        ("upstream", "nobody.example", "We found no provider"),
        ("kind", "cloud", "Please choose what kind of provider it is."),
        ("kind", "search", "Only a host or a platform can be a covered platform."),
        ("letters_per_hour", "many", "Please write a number"),
        ("letters_per_hour", "10001", "Please write a number"),
    ],
)
def test_each_field_says_what_it_needs_and_keeps_the_others(
    mira: Desk, field: str, value: str, said: str
) -> None:
    mira.go(NEW)
    answer = press(mira, "save", **TYPED | {field: value})
    assert answer.status_code == 422
    assert said in Page(answer.text).text
    kept = sent(mira)
    for name in {*TYPED, "upstream"} - {field, "behaviours", "kind", "scope", "channel", "language"}:
        assert kept[name][0] == TYPED.get(name, ""), name
    page = Page(answer.text)
    links = [link[1:] for link in page.values("href", "a") if link.startswith("#") and link != "#main"]
    assert links
    assert set(links) <= set(page.values("id"))


@pytest.mark.parametrize(
    ("channel", "address", "said"),
    [
        ("form", "http://cloudfen.example/x", "whole address of the form"),
        ("form", "https://10.0.0.1/x", "whole address of the form"),
        ("form", "https://me:word@cloudfen.example/", "whole address of the form"),
        ("form", "javascript:alert(1)", "whole address of the form"),
        ("partner", "", "how this partner is reached"),
        ("partner", "one | two", "without the sign"),
        ("partner", "so " * 200, "too long"),
        ("plain", "a@b.example, c@d.example", "e-mail address"),
        ("plain", "a@b.example\nBcc: c@d.example", "e-mail address"),
    ],
)
def test_an_address_has_to_fit_its_way(mira: Desk, channel: str, address: str, said: str) -> None:
    mira.go(NEW)
    answer = press(mira, "save", **TYPED | {"channel": channel, "address": address})
    assert answer.status_code == 422
    assert said in Page(answer.text).text


def test_too_many_rungs_are_refused_kindly(mira: Desk) -> None:
    mira.go(NEW)
    many = {"scope": ("content",) * 40, "channel": ("plain",) * 40, "language": ("en",) * 40}
    answer = press(mira, "save", **TYPED | many | {"address": ("abuse@cloudfen.example",) * 40})
    assert answer.status_code == 422
    assert "These are too many contacts." in answer.text


def test_who_supplies_whom_is_chosen_by_host_or_name_and_shown_as_a_chain(
    mira: Desk, embedded_kit: Kit
) -> None:
    mira.go(NEW)
    press(mira, "supply", **TYPED | {"upstream": "talkyard"})
    assert sent(mira)["upstreams"] == [named(embedded_kit, "Talkyard").id]
    assert sent(mira)["upstream"] == [""]
    press(mira, "save", upstream="www.northlight.example")
    assert "We found no provider" in mira.now.text
    press(mira, "save", upstream="NorthLight.example.")
    made = named(embedded_kit, "Cloudfen")
    northlight, talkyard = named(embedded_kit, "Northlight Hosting"), named(embedded_kit, "Talkyard")
    assert made.upstreams == (talkyard.id, northlight.id)
    above = f"/admin/providers/{talkyard.id}"
    mira.go(above)
    answer = press(mira, "save", above, upstream="cloudfen.example")
    assert answer.status_code == 422
    assert "This would be a circle" in answer.text
    assert sent(mira)["upstreams"] == [made.id]
    itself = press(mira, f"drop-{made.id}", above)
    assert "upstreams" not in sent(mira)
    assert itself.status_code == 200
    answer = press(mira, "save", above, upstream="talkyard.example")
    assert "This would be a circle" in answer.text
    mira.go(f"/admin/providers/{made.id}")
    press(mira, f"drop-{northlight.id}", f"/admin/providers/{made.id}")
    press(mira, "save", f"/admin/providers/{made.id}")
    assert named(embedded_kit, "Cloudfen").upstreams == (talkyard.id,)
    assert "Talkyard" in Desk(mira.app, ADA).go(f"/desk/provider/{made.id}").text


def test_somebody_who_was_faster_is_shown_and_nothing_typed_is_lost(site: Flask, embedded_kit: Kit) -> None:
    provider = named(embedded_kit, "Talkyard")
    path = f"/admin/providers/{provider.id}"
    first, second = Desk(site, MIRA), Desk(site, MIRA)
    first.go(path), second.go(path)
    press(first, "save", path, name="Talkyard One")
    answer = press(second, "save", path, name="Talkyard Two", notes="mine")
    assert answer.status_code == 409
    assert "Talkyard One" in answer.text
    assert (sent(second)["name"], sent(second)["notes"]) == (["Talkyard Two"], ["mine"])
    press(second, "save", path)
    assert named(embedded_kit, "Talkyard Two").notes == "mine"


def test_providers_are_found_by_name_and_host_and_never_in_an_address(mira: Desk) -> None:
    mira.go("/admin/")
    for text in ("talkYARD", "talkyard.ex"):
        mira.send("/admin/", find=text)
        assert mira.now.status_code == 200
        assert "found" in Page(mira.now.text).values("id")
    mira.send("/admin/", find="100%")
    assert "No provider has this in its name" in mira.now.text
    assert mira.go("/admin/?after=" + "z" * 300).status_code == 200


def test_others_than_admins_change_nothing(site: Flask, embedded_kit: Kit) -> None:
    provider = named(embedded_kit, "Talkyard")
    for actor in (ADA, LOU):
        for path in (NEW, f"/admin/providers/{provider.id}", "/admin/providers/list", "/admin/countries/CA"):
            assert Desk(site, actor).go(path).status_code == 403
    assert Desk(site, LOU).go(f"/desk/provider/{provider.id}").status_code == 403
    assert Desk(site, ADA).go("/desk/provider/" + "0" * 32).status_code == 404
