"""/verify: with reference and code anybody learns when a notice went out and to whom, and nothing else."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import event, func, select, update

from app.casework.deliver_letter import deliver_letter
from app.casework.kit import Kit
from app.casework.notice_facts import verify_digest
from app.i18n.locales import NOTICE_LOCALES, gettext, use
from app.outbound.ports import NullMailer
from app.persistence.notices import notices
from app.persistence.trail import trail
from app.reads.verification import Genuine, VerifyInput, verify_notice
from app.vault.queue import FairQueue, QueueFull
from tests.casework.answer_steps import clock_of
from tests.casework.steps import file_approved, open_courier
from tests.make import URL
from tests.walks import Visitor
from tests.web.pages import Page, post

CODE = "0123456789"
Sent = tuple[str, str]  # reference and code


@pytest.fixture
def sent(embedded_kit: Kit) -> Sent:
    """A notice that went out on a known day, as its reader has it."""
    clock_of(embedded_kit).at = datetime(2026, 1, 5, 9, 12, tzinfo=UTC)
    return _approved(embedded_kit, is_sent=True)


def _approved(kit: Kit, is_sent: bool) -> Sent:
    filed = file_approved(kit, places=URL)
    if is_sent:
        assert deliver_letter(kit, open_courier(kit), NullMailer())
    with kit.database.writing() as work:
        [notice] = work.notices.of_request(filed.request_id)
        known = notices.c.id == notice.id
        work.connection.execute(update(notices).where(known).values(verify_digest=verify_digest(CODE)))
        work.commit()
    return notice.reference, CODE


def asked(site: Flask, reference: str, code: str, prefix: str = "") -> str:
    visitor = Visitor(site)
    visitor.go(f"{prefix}/verify")
    return visitor.send(f"{prefix}/verify", reference=reference, notice_code=code).text


def test_a_genuine_notice_is_told_with_its_day_and_its_recipient_and_nothing_else(
    site: Flask, sent: Sent
) -> None:
    text = Page(asked(site, *sent)).text
    assert "This notice is genuine" in text
    assert "Example Hotline sent it on January 5, 2026 to Northlight Hosting." in text
    assert "img." not in text
    assert "/a/1" not in text


def test_the_code_in_the_letter_is_the_one(embedded_kit: Kit) -> None:
    file_approved(embedded_kit, places=URL)
    mailer = NullMailer()
    assert deliver_letter(embedded_kit, open_courier(embedded_kit), mailer)
    body = mailer.sent[0].get_body()
    assert body is not None
    letter = body.get_content()
    [reference] = set(re.findall(r"\bH-[0-9A-Z]{4}-[0-9A-Z]{4}\b", letter))
    codes = set(re.findall(r"\b[0-9A-HJKMNP-TV-Z]{10}\b", letter))
    found = [verify_notice(embedded_kit, VerifyInput(reference, code)) for code in codes]
    assert [one for one in found if one] == [
        Genuine(embedded_kit.clock().replace(second=0, microsecond=0), "Northlight Hosting")
    ]


@pytest.mark.parametrize(
    "typed",
    [
        lambda reference, code: (reference.lower(), f" {code[:5]}-{code[5:]} "),
        lambda reference, code: (reference.replace("-", ""), " ".join(code)),
        lambda reference, code: (reference[2:], code.replace("0", "o").replace("1", "l")),
    ],
)
def test_how_it_is_typed_does_not_matter(
    embedded_kit: Kit, sent: Sent, typed: Callable[[str, str], tuple[str, str]]
) -> None:
    assert verify_notice(embedded_kit, VerifyInput(*typed(*sent))) is not None


def wrong_ones(kit: Kit, sent: Sent) -> list[Sent]:
    """Unknown, wrong, not sent yet, of before there were codes, and odd."""
    reference, code = sent
    old = _approved(kit, is_sent=True)
    unsent = _approved(kit, is_sent=False)  # last: a courier takes whatever waits
    with kit.database.writing() as work:
        of_old = notices.c.reference == old[0]
        work.connection.execute(update(notices).where(of_old).values(verify_digest=None))
        work.commit()
    odd = [("é\x00", code), (reference, "é" * 10), (reference, code + "0"), ("x " * 50, "y " * 50)]
    return [("H-0000-0000", code), (reference, "9876543210"), unsent, old, *odd]


def test_whatever_is_wrong_the_answer_is_one_and_the_same(site: Flask, embedded_kit: Kit, sent: Sent) -> None:
    answers = set()
    for reference, code in wrong_ones(embedded_kit, sent):
        page = asked(site, reference, code)
        assert "We cannot confirm this notice" in page
        answers.add(re.sub(r'value="[^"]*"', "", page))
    assert len(answers) == 1


def test_whatever_is_wrong_the_work_is_the_same(embedded_kit: Kit, sent: Sent) -> None:
    asked_for: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked_for.append(statement)

    tried = [*wrong_ones(embedded_kit, sent), sent]
    event.listen(embedded_kit.database.engine, "before_cursor_execute", note)
    works = []
    for one in tried:
        asked_for.clear()
        verify_notice(embedded_kit, VerifyInput(*one))
        works.append(tuple(asked_for))
    assert len(set(works)) == 1


def test_asking_changes_nothing_and_needs_no_cookie(site: Flask, embedded_kit: Kit, sent: Sent) -> None:
    def length() -> int:
        with embedded_kit.database.reading() as work:
            return int(work.connection.execute(select(func.count()).select_from(trail)).scalar_one())

    before = length()
    for answer in (
        site.test_client().get("/verify"),
        post(site.test_client(), "/verify", {"reference": sent[0], "notice_code": sent[1]}),
    ):
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers
    assert length() == before


def test_what_was_left_empty_is_asked_for_and_the_rest_kept(site: Flask) -> None:
    visitor = Visitor(site)
    visitor.go("/verify")
    answer = visitor.send("/verify", reference="H-1111-2222")
    assert answer.status_code == 422
    assert "Please write the code of the notice." in answer.text
    assert 'value="H-1111-2222"' in answer.text
    assert "Please write the reference of the notice." in visitor.send("/verify", reference="").text


def test_a_flood_of_tries_takes_turns_and_is_told_to_wait(
    site: Flask, sent: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise QueueFull

    monkeypatch.setattr(FairQueue, "run", full)
    answer = post(site.test_client(), "/verify", {"reference": sent[0], "notice_code": sent[1]})
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "Northlight" not in answer.text


@pytest.mark.parametrize("code", NOTICE_LOCALES)
def test_it_speaks_every_language_of_notices(site: Flask, sent: Sent, code: str) -> None:
    prefix = "" if code == "en" else f"/{code}"
    with use(code):
        said = gettext("This notice is genuine")
    page = asked(site, *sent, prefix=prefix)
    assert said in page
    assert f'<html lang="{code}"' in page
    ways = {has["href"] for tag, has in Page(page).tags if tag == "a" and "lang" in has}
    assert ways == {f"/{each}/verify" for each in NOTICE_LOCALES}
