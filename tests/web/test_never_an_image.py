"""No image, ever: neither as a file, nor as a body, nor hidden in a field of text."""

import io
from base64 import b64encode
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.casework.kit import Kit
from app.casework.post_courier import CourierDoor
from tests.make import ADA, MIRA, URL
from tests.walks import CSAM_ANSWERS, HOST, Answering, Asking, Desk, Value, Visitor, case_of, deliver, link_in
from tests.web.pages import PNG, SAME_ORIGIN, Page, drafted, post, token_of

SENTENCE = "We never take pictures, so"
LARGE = PNG + Random(1).randbytes(900)
PICTURES = {
    "data URL": "data:image/png;base64," + b64encode(LARGE).decode(),
    "small data URL": "data:image/png;base64," + b64encode(PNG).decode(),
    "plain data URL": "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E",
    "blob URL": "blob:https://img.site.example/550e8400-e29b-41d4-a716-446655440000",
    "base64": b64encode(LARGE).decode(),
    "wrapped base64": "\n".join(b64encode(LARGE).decode()[at : at + 76] for at in range(0, 1240, 76)),
    "bytes": LARGE.decode("latin-1"),
    "hex": PNG.hex(),
}
QUESTIONS = (("what", "contents"), ("who", "asker"), ("words", "may_hear"), ("contact", "language"))
picture = pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)


def has_part_of(answer: TestResponse, picture: str) -> bool:
    """Whether the page holds any eight characters in a row of the picture that only it would hold."""
    text = answer.text
    body = picture.partition(",")[2] or picture
    return any(body[at : at + 16] in text for at in range(0, len(body) - 16, 8))


# --- bodies


def routes_that_take_a_form(site: Flask) -> list[str]:
    return sorted(
        rule.rule.replace("<request_id>", "a" * 32)
        .replace("<letter_id>", "b" * 32)
        .replace("<provider_id>", "c" * 32)
        .replace("<link>", "some-link")
        for rule in site.url_map.iter_rules()
        if "POST" in (rule.methods or ())
    )


def refusals(site: Flask, send: Callable[[str], TestResponse]) -> dict[str, int]:
    """Routes whose answer was not a kind page with this status; empty when all is well."""
    wrong = {}
    for path in routes_that_take_a_form(site):
        answer = send(path)
        if answer.status_code != 415 or "We only take words and addresses" not in answer.text:
            wrong[path] = answer.status_code
        assert "Set-Cookie" not in answer.headers
    return wrong


def test_there_are_routes_to_try(site: Flask) -> None:
    assert len(routes_that_take_a_form(site)) > 15


@pytest.mark.parametrize("name", ["a.png", "a.txt", "../../a", ""])
@pytest.mark.parametrize("content", [PNG, b"plain words", b""], ids=["image", "words", "nothing"])
def test_no_route_takes_a_file(site: Flask, name: str, content: bytes) -> None:
    client = site.test_client()

    def send(path: str) -> TestResponse:
        fields: dict[str, Any] = {"places": URL, "upload": (io.BytesIO(content), name)}
        return client.post(
            path, data=fields, content_type="multipart/form-data", base_url=HOST, headers=SAME_ORIGIN
        )

    assert refusals(site, send) == {}


@pytest.mark.parametrize(
    "kind",
    [
        *"image/png image/jpeg image/svg+xml video/mp4 application/octet-stream application/json".split(),
        *"text/plain multipart/form-data multipart/form-data;boundary=x application/x-www-form".split(),
        "",
    ],
)
def test_no_route_takes_a_body_that_is_no_form(site: Flask, kind: str) -> None:
    client = site.test_client()

    def send(path: str) -> TestResponse:
        return client.post(path, data=PNG, content_type=kind, base_url=HOST, headers=SAME_ORIGIN)

    assert refusals(site, send) == {}


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_no_other_method_takes_anything(site: Flask, method: str) -> None:
    client = site.test_client()
    for path in (*routes_that_take_a_form(site), "/", "/static/heard.css", "/new.png"):
        with_picture = client.open(
            path, method=method, data=PNG, content_type="image/png", headers=SAME_ORIGIN
        )
        assert with_picture.status_code == 415
        empty = client.open(
            path, method=method, headers=SAME_ORIGIN, environ_overrides={"CONTENT_LENGTH": "0"}
        )
        assert empty.status_code in (404, 405), path
        assert "There is nothing here" in empty.text


def test_a_body_without_a_length_is_refused(site: Flask) -> None:
    for path in routes_that_take_a_form(site):
        answer = site.test_client().post(
            path,
            input_stream=io.BytesIO(PNG),
            content_type="application/x-www-form-urlencoded",
            headers=SAME_ORIGIN | {"Transfer-Encoding": "chunked"},
        )
        assert answer.status_code == 411
        assert "We only take words and addresses" in answer.text


def test_a_body_that_is_too_large_is_refused_before_it_is_read(site: Flask) -> None:
    class Unread(io.BytesIO):
        def read(self, *_: Any) -> bytes:
            raise AssertionError("somebody read it")

        readline = readinto = read  # type: ignore[assignment]

    sent = {
        "CONTENT_LENGTH": "1000001",
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "wsgi.input": Unread(),
    }
    answer = site.test_client().post("/ask", headers=SAME_ORIGIN, environ_overrides=sent)
    assert answer.status_code == 413
    assert "That was too much at once" in answer.text


def test_the_largest_list_that_is_allowed_still_fits(site: Flask) -> None:
    places = "\n".join(f"https://img.northlight.example/{number:04}/{'x/' * 940}" for number in range(500))
    answer = post(site.test_client(), "/ask", {}, data="places=" + places)  # as short as a form can be
    assert answer.location == "/ask/review"


@pytest.mark.parametrize("length", ["-1", "x", "9" * 40, "1e3", ""])
def test_a_strange_length_is_no_fault_of_ours(site: Flask, length: str) -> None:
    sent = {"CONTENT_LENGTH": length, "CONTENT_TYPE": "application/x-www-form-urlencoded"}
    answer = site.test_client().post("/ask", headers=SAME_ORIGIN, environ_overrides=sent)
    assert answer.status_code in (400, 411, 413, 422)


# --- fields


@picture
@pytest.mark.parametrize("field", ["places", "unsure", "account"])
def test_a_picture_in_a_request_is_refused_kindly_and_the_rest_is_kept(
    site: Flask, field: str, picture: str
) -> None:
    asking = Asking(site)
    asking.go("/ask")
    typed: dict[str, Value] = {
        "places": URL,
        "unsure": "my own words",
        "app": "Some app",
        "account": "someone",
    }
    kept = str(typed[field])
    asking.send("/ask", **typed | {field: f"{kept}\n{picture}\n"})
    assert asking.now.status_code == 422
    assert SENTENCE in asking.now.text
    assert not has_part_of(asking.now, picture)
    [form] = asking.forms
    for other in set(typed) - {field}:
        assert form.sent[other][0] == typed[other]
    assert form.sent[field][0].strip() in (kept, ""), "their words stay, or nothing does"
    assert asking.client.get_cookie("heard", domain="127.0.0.1") is None, "nothing was kept"


@picture
def test_a_picture_in_a_message_is_refused_kindly(site: Flask, embedded_kit: Kit, picture: str) -> None:
    asking, ada = Asking(site), Desk(site, ADA)
    code = asking.ask(URL)
    asking.follow(code)
    request_id = case_of(embedded_kit, code)
    ada.take(request_id)
    for answer in (asking.write(f"look:\n{picture}"), ada.write(request_id, f"look:\n{picture}")):
        assert answer.status_code == 422
        assert SENTENCE in answer.text
        assert not has_part_of(answer, picture)
    assert "No messages yet." in asking.go("/follow/message").text


@picture
def test_a_picture_in_an_assessment_is_refused_kindly(site: Flask, embedded_kit: Kit, picture: str) -> None:
    request_id = case_of(embedded_kit, Asking(site).ask(URL))
    ada = Desk(site, ADA)
    ada.take(request_id)
    answer = ada.assess(request_id, basis="other", basis_by=picture)
    assert answer.status_code == 422
    assert SENTENCE in answer.text
    assert not has_part_of(answer, picture)
    sent = next(form.sent for form in ada.forms if "kind" in form.names)
    assert {name: sent[name] for name in CSAM_ANSWERS} == {
        name: [value] for name, value in (CSAM_ANSWERS | {"basis": "other"}).items()
    }


def noticed(site: Flask, kit: Kit, places: str = URL) -> tuple[str, str]:
    """A notice that was sent: the id of its request, and its link."""
    door, ada = CourierDoor(kit), Desk(site, ADA)
    request_id = case_of(kit, Asking(site).ask(places))
    ada.take(request_id)
    ada.assess(request_id)
    ada.approve(request_id)
    [letter] = deliver(kit, door)
    return request_id, link_in(letter)


@picture
def test_a_picture_in_a_providers_answer_is_refused_kindly(
    site: Flask, embedded_kit: Kit, picture: str
) -> None:
    request_id, link = noticed(site, embedded_kit, URL + "\nhttps://b.northlight.example/")
    provider = Answering(site)
    answer = provider.answer(
        link, reply_1="removed", words_2="our words", reply_2="not_ours", words_1=picture
    )
    assert answer.status_code == 422
    assert SENTENCE in answer.text
    assert not has_part_of(answer, picture)
    sent = next(form.sent for form in provider.forms if "reply_1" in form.names)
    assert (sent["reply_1"], sent["reply_2"], sent["words_2"]) == (["removed"], ["not_ours"], ["our words"])
    assert "What providers answered" not in Desk(site, ADA).go(f"/desk/case/{request_id}").text


@picture
@pytest.mark.parametrize("field", "name address suffixes country terms_clause notes upstream".split())
def test_a_picture_in_the_directory_is_refused(site: Flask, field: str, picture: str) -> None:
    mira = Desk(site, MIRA)
    mira.go("/admin/providers/new")
    typed = {
        "name": "Pixelbarn",
        "address": "abuse@pixelbarn.example",
        "suffixes": "pixelbarn.example",
        "country": "CA",
    }
    typed |= {"terms_clause": "Not here.", "notes": "Call first.", "upstream": ""}
    typed |= {"language": "fr", "scope": "hosting", "channel": "plain"}
    answer = mira.send("/admin/providers/new", **typed | {field: picture})
    assert answer.status_code == 422
    assert not has_part_of(answer, picture)
    sent = next(form.sent for form in mira.forms if "suffixes" in form.names)
    for name in set(typed) - {field}:
        assert sent[name][0] == typed[name]
    assert "Pixelbarn" not in mira.go("/admin/").text


@picture
@pytest.mark.parametrize(
    ("path", "field"), [("/follow", "code"), ("/desk/sign-in", "name"), ("/desk/sign-in", "totp")]
)
def test_a_picture_where_a_code_or_a_name_belongs_does_not_come_back(
    site: Flask, path: str, field: str, picture: str
) -> None:
    visitor = Visitor(site)
    visitor.go(path)
    answer = visitor.send(path, **{field: picture})
    assert answer.status_code in (403, 422)
    assert not has_part_of(answer, picture)


@picture
def test_a_picture_does_not_come_back_when_asked_again(site: Flask, picture: str) -> None:
    fields = {"places": URL, "words": f"my own words\n{picture}\n", "unknown": picture}
    answer = post(site.test_client(), "/ask", fields, headers={})
    assert Page(answer.text).heading == "Once more, please"
    assert not has_part_of(answer, picture)
    assert URL in answer.text


@picture
def test_a_picture_in_a_choice_or_an_address_does_not_come_back(site: Flask, picture: str) -> None:
    asking = drafted(site)
    token = token_of(asking)
    for path, name in QUESTIONS:
        answer = post(asking, f"/ask/{path}", {name: picture, picture: picture, "csrf_token": token})
        assert answer.status_code == 422
        assert not has_part_of(answer, picture)
    for path in ("/ask", "/desk/sign-in"):
        assert not has_part_of(site.test_client().get(path, query_string={"lost": picture}), picture)
    assert not has_part_of(post(drafted(site), "/ask/review", {"seen": picture}), picture)
