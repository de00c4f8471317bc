"""The pages of lists: bringing one, reading what was read, going on, and taking one case's places out."""

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.casework import import_own_motion as importing
from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.casework.staged_lists import staged_of
from app.domain.words import LocationState, Standing
from app.web.headers import POLICY
from tests.casework.list_steps import request_ids
from tests.make import ADA, BEN
from tests.walks import FORM, HOST
from tests.web.list_walks import REASON, TWO, Lists
from tests.web.pages import Page

MIXED = f"{TWO}\nno address\n=cmd()\nhttps://img.northlight.example/a/1\nhttps://localhost/x"


def test_from_a_list_to_a_case_without_a_script(site: Flask, embedded_kit: Kit) -> None:
    ada = Lists(site)
    assert ada.go("/desk/lists").status_code == 200
    ada.bring()
    [waiting] = staged_of(embedded_kit, ADA)
    assert ada.path == f"/desk/list/{waiting.id}"
    answer = ada.send(ada.path)
    said = Page(answer.text)
    assert "Done: 2 places are in the queue." in said.text
    [request_id] = request_ids(embedded_kit)
    assert f"/desk/case/{request_id}" in said.values("href", "a")
    ada.take(request_id)
    case = open_case(embedded_kit, ADA, request_id)
    assert case.parties[0].standing is Standing.HOTLINE
    assert [place.state for place in case.places] == [LocationState.ASSESSING] * 2
    page = ada.go(f"/desk/case/{request_id}").text
    assert "pened by the hotline itself" in page
    assert not [form for form in ada.forms if form.action.endswith("/message")]


def test_the_preview_names_each_bad_line_and_shows_no_whole_address(site: Flask) -> None:
    ada = Lists(site)
    page = Page(ada.bring(MIXED).text)
    assert "2 places can go on." in page.text
    assert "1 line names a place that stood there before." in page.text
    for fault in ("No address in it 1 line: 3", "of a spreadsheet 1 line: 4", "open Internet 1 line: 6"):
        assert fault in page.text
    assert "img.northlight.example1" in page.text  # two cells of a table
    assert REASON in page.text
    for part in ("/a/1", "/t/2", "cmd()"):
        assert part not in page.text


def test_neighbours_among_bad_lines_become_a_range(site: Flask) -> None:
    lines = [TWO, *("nothing here" for _ in range(5)), "https://x.example/1", "nothing"]
    assert "6 lines: 3–7, 9" in Page(Lists(site).bring("\n".join(lines)).text).text


def test_broken_json_is_said_in_one_sentence_with_its_line(site: Flask) -> None:
    ada = Lists(site)
    page = Page(ada.bring('[\n"https://a.example/1",\noops]').text).text
    assert "It is broken at line 3" in page
    assert [form.action for form in ada.forms if form.action.endswith("/drop")]
    assert "Open the request" not in page


def test_what_is_missing_is_said_at_its_field_and_all_that_was_typed_stays(site: Flask) -> None:
    ada = Lists(site)
    for given, sentence in (
        ({"reason": ""}, "Please write why this is in the best interests of the child."),
        ({"contents": ()}, "Please choose what is there."),
        ({"pasted": " "}, "Please choose a file, or paste the list."),
        ({"pasted": "name,b\nx,y"}, "we miss one"),
        ({"pasted": "https://a.example/1,a\nhttps://a.example/2,b"}, "holds a comma or a semicolon"),
        ({"reason": "word " * 1601}, "This is too long."),
    ):
        answer = ada.bring(**given)
        assert answer.status_code == 422
        assert sentence in Page(answer.text).text
        [form] = [one for one in ada.forms if "reason" in one.names]
        typed = {"reason": REASON, "contents": "abuse", "pasted": TWO} | given
        for name, value in typed.items():
            assert form.sent.get(name, [""])[0].strip() == (value or "").strip() if value else True


def started(ada: Lists) -> TestResponse:
    """The page that grows, to be read piece by piece as a browser gets it."""
    [form] = [one for one in ada.forms if one.action == ada.path]
    sent = f"csrf_token={form.sent['csrf_token'][0]}"
    answer = ada.client.post(ada.path, base_url=HOST, data=sent, content_type=FORM, headers=ada.headers)
    assert answer.status_code == 200
    assert answer.headers["Content-Security-Policy"].startswith(POLICY)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Accel-Buffering"] == "no"
    assert answer.mimetype == "text/html"
    return answer


def read_to(answer: TestResponse, words: bytes) -> bytes:
    """What came until these words did."""
    seen = b""
    for piece in answer.iter_encoded():
        seen += piece
        if words in seen:
            break
    return seen


def test_the_page_grows_while_the_work_goes_on_and_closing_it_writes_nothing(
    site: Flask, embedded_kit: Kit
) -> None:
    ada = Lists(site)
    ada.bring("\n".join(f"https://img.northlight.example/{number}" for number in range(2500)))
    answer = started(ada)
    seen = read_to(answer, b"1,000 of 2,500")
    assert b"1,000 of 2,500" in seen
    assert b"2,000 of 2,500" not in seen
    answer.close()  # as the server does when the browser is gone
    assert request_ids(embedded_kit) == set()
    assert len(staged_of(embedded_kit, ADA)) == 1
    whole = started(ada).text
    for step in ("0 of 2,500", "1,000 of", "2,000 of", "2,500 of 2,500", "Done: 2,500 places"):
        assert step in whole
    assert whole.rstrip().endswith("</html>")
    assert len(request_ids(embedded_kit)) == 3


def test_a_fault_on_the_way_is_told_on_the_page_and_writes_nothing(
    site: Flask, embedded_kit: Kit, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_given: object) -> None:
        raise RuntimeError("https://img.northlight.example/grelbfault")

    ada = Lists(site)
    ada.bring()
    monkeypatch.setattr(importing, "open_own_motion", fail)
    page = started(ada).text
    assert "Nothing was opened, and your list still waits." in Page(page).text
    assert "grelbfault" not in page + "".join(capsys.readouterr())
    assert request_ids(embedded_kit) == set()
    assert len(staged_of(embedded_kit, ADA)) == 1


def test_a_list_that_is_sent_twice_is_opened_once(site: Flask, embedded_kit: Kit) -> None:
    ada = Lists(site)
    ada.bring()
    answer = started(ada)
    seen = read_to(answer, b"0 of 2")
    [waiting] = staged_of(embedded_kit, ADA)
    assert list(importing.import_own_motion(embedded_kit, ADA, waiting.id))[-1].is_done  # another window
    assert "It is opened once." in (seen + b"".join(answer.iter_encoded())).decode()
    ada.go(ada.path)
    assert ada.now.status_code == 200
    assert "This list is gone" in ada.now.text
    assert len(request_ids(embedded_kit)) == 1


def test_it_speaks_the_language_of_the_page_to_its_end(site: Flask) -> None:
    ada = Lists(site)
    ada.bring()
    path = "/fr" + ada.path
    ada.go(path)
    page = started(ada).text
    assert '<html lang="fr"' in page
    assert page.count("/fr/desk/") > 3


def test_my_lists_are_mine_and_can_be_dropped(site: Flask, embedded_kit: Kit) -> None:
    ada, ben = Lists(site), Lists(site, BEN)
    ada.bring(MIXED)
    path = ada.path
    page = Page(ada.go("/desk/lists").text).text
    assert "Places for a request of the hotline’s own" in page
    assert "No list is waiting." in ben.go("/desk/lists").text
    assert "This list is gone" in ben.go(path).text
    ada.go(path)
    ada.send(f"{path}/drop")
    assert "No list is waiting." in ada.now.text
    assert staged_of(embedded_kit, ADA) == ()


def test_too_many_lists_are_said_kindly(site: Flask) -> None:
    ada = Lists(site)
    for _ in range(10):
        ada.bring()
    answer = ada.bring()
    assert answer.status_code == 422
    assert "Ten of your lists are waiting." in answer.text
