"""The mail itself: right for abuse desks, ASCII headers, and no way to add one."""

import email
import email.policy
import json
import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from email.message import EmailMessage

import pytest

from app.domain.notices import NoticeFacts
from app.domain.words import Basis
from app.i18n.letters import Letter, compose_notice
from app.outbound.message import MessageInvalid, build_message
from app.outbound.xarf import reports_for
from tests.make_notice import HOTLINE, csam, identity, notice_facts
from tests.unit.test_letters_complete import LANGUAGES

MESSAGE_ID = "<h-7kq2-m3td.1@hotline.example>"
WHEN = datetime(2026, 1, 5, 12, 12, tzinfo=timezone(timedelta(hours=3)))


def built(facts: NoticeFacts, sender: str = "notices@hotline.example", **wishes: str) -> EmailMessage:
    letter = replace(compose_notice(facts), **wishes)
    return build_message(letter, facts, MESSAGE_ID, sender, WHEN, reports_for(facts))


def received(message: EmailMessage) -> EmailMessage:
    made = email.message_from_bytes(message.as_bytes(), policy=email.policy.default)
    assert isinstance(made, EmailMessage)
    return made


def test_the_headers_are_those_of_a_notice_and_no_others() -> None:
    message = received(built(notice_facts()))
    assert {key: str(value) for key, value in message.items() if key != "Content-Type"} == {
        "From": "Example Hotline <notices@hotline.example>",
        "Reply-To": "Example Hotline <notices@hotline.example>",
        "To": "Example Host <abuse@host.example>",
        "Subject": "Removal notice H-7KQ2-M3TD",
        "Date": "Mon, 05 Jan 2026 09:12:00 +0000",
        "Message-ID": MESSAGE_ID,
        "Auto-Submitted": "auto-generated",
        "MIME-Version": "1.0",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letter_arrives_word_for_word_in_its_language(language: str) -> None:
    facts = notice_facts(csam(), csam(), language=language)
    text = received(built(facts)).get_body(("plain",))
    assert text is not None
    assert text.get_content().replace("\r\n", "\n") == compose_notice(facts).body
    assert text["Content-Language"] == language
    assert text["Content-Transfer-Encoding"] == "quoted-printable"
    assert text.get_content_charset() == "utf-8"


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_are_short_end_in_crlf_and_headers_are_ascii(language: str) -> None:
    facts = notice_facts(csam(), language=language, hotline=replace(HOTLINE, name="Éxample هاتف"))
    long = replace(facts.places[0], url="https://img.host.example/" + "a-b/" * 400)
    raw = built(replace(facts, places=(long,))).as_bytes()
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", raw)
    assert max(map(len, raw.split(b"\r\n"))) <= 76
    assert raw.isascii()


def test_each_report_is_an_attachment_and_the_text_comes_first() -> None:
    facts = notice_facts(csam(), csam(Basis.NOBODY), csam())
    parts = list(received(built(facts)).iter_parts())
    assert [part.get_content_type() for part in parts] == [
        "text/plain",
        "application/json",
        "application/json",
    ]
    assert [part.get_filename() for part in parts[1:]] == ["xarf.json", "xarf-2.json"]
    contents = [part.get_payload(decode=True) for part in parts[1:]]
    assert [json.loads(c) for c in contents if isinstance(c, bytes)] == list(reports_for(facts))


def test_a_letter_without_reports_is_plain_text_alone() -> None:
    message = received(built(notice_facts(identity())))
    assert message.get_content_type() == "text/plain"


def test_a_name_with_line_breaks_stays_one_name() -> None:
    odd = "Odd\r\nBcc: <other@canary.example>,\u2028Name \x00"
    facts = notice_facts(hotline=replace(HOTLINE, name=odd))
    facts = replace(facts, recipient=replace(facts.recipient, name=odd))
    message = received(built(facts))
    assert message["Bcc"] is None
    assert [(a.display_name, a.addr_spec) for a in message["To"].addresses] == [
        ("Odd Bcc: <other@canary.example>, Name", "abuse@host.example")
    ]


def test_a_name_in_another_script_with_line_breaks_stays_one_name() -> None:
    facts = notice_facts(hotline=replace(HOTLINE, name="Éxample\nBcc: other@canary.example " + "é" * 90))
    message = received(built(facts))
    assert message["Bcc"] is None
    assert len(message["From"].addresses) == 1


@pytest.mark.parametrize(
    "address",
    [
        "abuse@host.example\r\nBcc: canary@other.example",
        "abuse@host.example, canary@other.example",
        "Canary <abuse@host.example>",
        "abuse canary@host.example",
        "äbuse@canary.example",
        "abuse@" + "canary" * 20 + ".example",
        "abuse@canary..example",
        "canary",
        "",
    ],
)
def test_what_is_not_one_address_is_refused_and_never_quoted(address: str) -> None:
    facts = notice_facts()
    facts = replace(facts, recipient=replace(facts.recipient, email=address))
    with pytest.raises(MessageInvalid) as caught:
        built(facts)
    assert str(caught.value) == "To"
    assert caught.value.__context__ is None


def test_an_address_at_an_international_domain_goes_as_punycode() -> None:
    facts = notice_facts()
    facts = replace(facts, recipient=replace(facts.recipient, email="abuse@bücher.example"))
    assert received(built(facts))["To"].addresses[0].addr_spec == "abuse@xn--bcher-kva.example"


@pytest.mark.parametrize("break_", ["\r\nBcc: canary@other.example", "\n", "\r", "\x00", "\u2028"])
def test_no_other_header_can_be_broken(break_: str) -> None:
    facts = notice_facts()
    with pytest.raises(MessageInvalid, match=r"^Subject$"):
        built(facts, subject="Notice" + break_)
    with pytest.raises(MessageInvalid, match=r"^Content-Language$"):
        built(facts, language="en" + break_)
    with pytest.raises(MessageInvalid, match=r"^Message-ID$"):
        build_message(Letter("s", "b", "en"), facts, MESSAGE_ID + break_, "a@hotline.example", WHEN, ())


THREAD = "<" + "a" * 32 + "@" + ".".join(["long" * 12] * 4) + ".example>"


@pytest.mark.parametrize("thread", [MESSAGE_ID, THREAD], ids=["short", "long"])
def test_a_reminder_names_the_first_letter_as_its_thread_and_is_never_encoded(thread: str) -> None:
    facts = notice_facts()
    message = build_message(Letter("Re: s", "b", "en"), facts, MESSAGE_ID, "a@h.example", WHEN, (), thread)
    raw = message.as_bytes()
    assert f"\r\nIn-Reply-To: {thread}\r\n".encode() in raw
    assert f"\r\nReferences: {thread}\r\n".encode() in raw
    first = built(facts)
    assert first["In-Reply-To"] is first["References"] is None


@pytest.mark.parametrize("break_", ["\r\nBcc: canary@other.example", "\n", "\x00"])
def test_a_thread_cannot_break_its_line(break_: str) -> None:
    with pytest.raises(MessageInvalid, match=r"^In-Reply-To$"):
        build_message(
            Letter("s", "b", "en"), notice_facts(), MESSAGE_ID, "a@h.example", WHEN, (), MESSAGE_ID + break_
        )


@pytest.mark.parametrize(
    "subject",
    [
        "Re: " + "word " * 14 + "H-7KQ2-M3TD",
        "Re: Melding tot verwijdering uit zoekresultaten H-7KQ2-M3TD [Ticket #1234]",
        "Уведомление H-7KQ2-M3TD об услуге, которую вы предоставляете",
        "إشعار إزالة من نتائج البحث H-7KQ2-M3TD " + "كلمات " * 30,
        "é" * 200,
    ],
)
def test_a_subject_arrives_letter_for_letter_however_it_is_folded(subject: str) -> None:
    raw = built(notice_facts(), subject=subject.strip()).as_bytes()
    assert not re.search(rb"(?m)^Subject:\s*$", raw)
    assert received(built(notice_facts(), subject=subject.strip()))["Subject"] == subject.strip()
    assert max(map(len, raw.split(b"\r\n"))) <= 76
