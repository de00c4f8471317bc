"""The one page that takes a file: a PDF, held in memory, wiped, and of it nothing but words."""

import io
from typing import Any

import pytest
from flask import Flask

from app.casework.kit import Kit
from app.web import intake
from app.web.intake import MOST_DOCUMENT_BYTES, HeldDocument
from tests import pdfs
from tests.casework.key_steps import dump
from tests.make import ADA, Clock
from tests.walks import FORM, HOST, Desk
from tests.web.pages import PNG, SAME_ORIGIN, Page, token_of
from tests.web.proof_walks import Proving, multipart, proof_at_desk

PDF = pdfs.text_pdf()
KIND = "multipart/form-data; boundary=x"


def test_the_words_of_a_pdf_are_kept_and_shown_to_the_desk(site: Flask, embedded_kit: Kit) -> None:
    asker = Proving(site, embedded_kit)
    assert asker.upload(PDF, "grelbname.pdf").status_code == 200
    assert "We read the text of your PDF" in asker.now.text
    assert f"We kept {len(pdfs.BORN.split())} words of it" in asker.now.text
    ada, _path = proof_at_desk(asker)
    assert pdfs.BORN in ada.now.text
    for answer in (*asker.seen, *ada.seen):
        assert "grelbname" not in answer.text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Please choose a PDF first."),
        (PNG, "This is not a PDF."),
        (PNG + PDF, "This is not a PDF."),
        (b"PK\x03\x04" + PDF, "This is not a PDF."),
        (pdfs.scan_pdf(), "We found no text in this PDF."),
        (pdfs.bomb_pdf(), "We could not read this PDF."),
        (pdfs.locked_pdf(), "We could not read this PDF."),
        (PDF[:300], "We could not read this PDF."),
        (PDF + b" " * (MOST_DOCUMENT_BYTES + 1 - len(PDF)), "This PDF is too large."),
    ],
    ids=[
        "nothing",
        "picture",
        "after a picture",
        "zip",
        "scan",
        "bomb",
        "locked",
        "broken",
        "a byte too large",
    ],
)
def test_what_cannot_be_used_is_refused_kindly_with_the_other_ways(
    site: Flask, embedded_kit: Kit, content: bytes, sentence: str
) -> None:
    asker = Proving(site, embedded_kit)
    asker.go("/follow/proof/document")
    before = {name: rows for name, rows in dump(embedded_kit).items() if name != "sessions"}
    assert asker.upload(content).status_code == 422
    page = Page(asker.now.text)
    assert sentence in page.text
    for way in ("voucher", "record", "word"):
        assert f"/follow/proof/{way}" in page.values("href")
    assert {name: rows for name, rows in dump(embedded_kit).items() if name != "sessions"} == before


def test_four_megabytes_come_in(site: Flask, embedded_kit: Kit) -> None:
    asker = Proving(site, embedded_kit)
    asker.upload(PDF + b"\n" * (MOST_DOCUMENT_BYTES - len(PDF)))
    assert "We read the text of your PDF" in asker.now.text


def test_far_too_much_is_refused_before_a_byte_of_it_is_read(site: Flask, embedded_kit: Kit) -> None:
    class Unread(io.BytesIO):
        def read(self, *_: object) -> bytes:
            raise AssertionError("somebody read it")

        readline = readinto = read  # type: ignore[assignment]

    asker = Proving(site, embedded_kit)
    sent = {"CONTENT_LENGTH": "30000000", "CONTENT_TYPE": KIND, "wsgi.input": Unread()}
    answer = asker.client.post(
        "/follow/proof/document", base_url=HOST, headers=SAME_ORIGIN, environ_overrides=sent
    )
    assert answer.status_code == 413
    assert "This PDF is too large." in answer.text


def test_the_token_is_asked_for_there_too(site: Flask, embedded_kit: Kit) -> None:
    asker = Proving(site, embedded_kit)
    for token in (b"", b"wrong", b"\xff"):
        asker.throw(multipart(("csrf_token", None, token), ("document", "a.pdf", PDF)))
        assert Page(asker.now.text).heading == "Once more, please"
    stranger = Proving(site, embedded_kit)
    stranger.go("/follow/proof/document")
    other = token_of(stranger).encode()
    asker.throw(multipart(("csrf_token", None, other), ("document", "a.pdf", PDF)))
    assert Page(asker.now.text).heading == "Once more, please"
    asker.send("/follow/proof/document")
    assert "Please choose a PDF first." in asker.now.text
    asker.throw(multipart(("document", "a.pdf", PDF)), headers={"Sec-Fetch-Site": "cross-site"})
    assert asker.now.status_code == 403
    assert "What you gave so far" not in asker.go("/follow/proof").text


def test_nobody_else_and_no_other_page_takes_a_file(site: Flask, embedded_kit: Kit) -> None:
    asker, ada = Proving(site, embedded_kit), Desk(site, ADA)
    asker.go("/follow/proof/document")
    token = token_of(asker).encode()
    body = multipart(("csrf_token", None, token), ("document", "a.pdf", PDF))
    sent: dict[str, Any] = {"data": body, "content_type": KIND, "headers": SAME_ORIGIN, "base_url": HOST}
    for path in (
        "/follow/proof/word",
        "/follow/proof",
        "/follow/message",
        "/ask",
        "/v/x",
        "/follow/proof/document/",
    ):
        assert asker.client.post(path, **sent).status_code == 415, path
    for client in (site.test_client(), ada.client):
        assert client.post("/follow/proof/document", **sent).status_code == 415
    for kind in ("application/pdf", "image/png", "application/octet-stream", ""):
        assert asker.throw(PDF, content_type=kind).status_code == 415


def test_one_file_and_no_second(site: Flask, embedded_kit: Kit) -> None:
    asker = Proving(site, embedded_kit)
    asker.go("/follow/proof/document")
    token = ("csrf_token", None, token_of(asker).encode())
    asker.throw(multipart(token, ("document", "a.pdf", PDF), ("document", "b.png", PNG)))
    assert asker.now.status_code == 415
    asker.throw(multipart(token, ("other", "a.pdf", PDF)))
    assert "Please choose a PDF first." in asker.now.text
    asker.throw(multipart(token, ("document", None, PDF)))
    assert "Please choose a PDF first." in asker.now.text
    asker.throw(multipart(token, *((f"field{number}", None, b"x") for number in range(9))))
    assert asker.now.status_code == 413
    asker.throw(multipart(token, ("words", None, b"x" * 300_000)))
    assert asker.now.status_code == 413


@pytest.mark.parametrize("body", [b"", b"--x", b"--x--", b"\x00" * 500, multipart(boundary="y"), PDF])
def test_a_broken_form_is_no_fault(site: Flask, embedded_kit: Kit, body: bytes) -> None:
    asker = Proving(site, embedded_kit)
    assert asker.throw(body).status_code in (200, 413, 415, 422)
    assert asker.throw(body, content_type="multipart/form-data").status_code in (200, 415, 422)


def test_whose_session_has_ended_is_sent_to_the_door_and_nothing_is_read(
    site: Flask, embedded_kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hold(*_given: object) -> HeldDocument:
        raise AssertionError("it was read")

    asker = Proving(site, embedded_kit)
    asker.go("/follow/proof/document")
    body = multipart(("csrf_token", None, token_of(asker).encode()), ("document", "a.pdf", PDF))
    monkeypatch.setattr(intake, "HeldDocument", hold)
    assert isinstance(embedded_kit.clock, Clock)
    embedded_kit.clock.move(hours=2)
    asker.throw(body)
    assert asker.path == "/follow"


def test_what_was_held_is_wiped(site: Flask, embedded_kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[tuple[HeldDocument, bytes]] = []
    close = HeldDocument.close

    def closing(one: HeldDocument) -> None:
        if not one.closed:
            held.append((one, one.getvalue()))
            one._wipe()
            held.append((one, one.getvalue()))
        close(one)

    monkeypatch.setattr(HeldDocument, "close", closing)
    asker = Proving(site, embedded_kit)
    asker.upload(PDF)
    asker.upload(pdfs.scan_pdf())
    assert [content.startswith(b"%PDF-") for _, content in held] == [True, False, True, False]
    assert not any(set(content) - {0} for _, content in held[1::2])
    assert all(one.closed for one, _ in held)


def test_no_more_is_held_than_may_come_in() -> None:
    document = HeldDocument(10)
    assert (document.write(b"12345"), document.write(b"678901")) == (5, 6)
    assert document.is_too_large
    with document.document() as view:
        assert bytes(view) == b""
    assert set(document.getvalue()) == {0}
    document.close()
    document.close()


def test_it_works_in_another_language(site: Flask, embedded_kit: Kit) -> None:
    asker = Proving(site, embedded_kit, prefix="/fr")
    asker.upload(PDF)
    assert asker.path == "/fr/follow/proof"


def test_a_form_without_a_file_is_one_of_ours_too(site: Flask, embedded_kit: Kit) -> None:
    asker = Proving(site, embedded_kit)
    asker.go("/follow/proof/document")
    body = f"csrf_token={token_of(asker)}&document=a.pdf".encode()
    assert asker.throw(body, content_type=FORM).status_code == 422
