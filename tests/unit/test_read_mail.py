"""Reading mails that anybody may have made: text alone, bounded, and never a fault."""

import time
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.notice_words import MailKind
from app.outbound.mail_text import MOST_CHARACTERS, safe_text, text_of_html
from app.outbound.mailbox import MOST_BYTES
from app.outbound.read_mail import ReadMail, read_mail

HEAD = b"From: desk@desk.example\nSubject: Re: H-7KQ2-M3TD\nMessage-ID: <a@desk.example>\n"
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="


def of(body: bytes, head: bytes = b"Content-Type: text/plain; charset=utf-8\n") -> ReadMail:
    return read_mail(HEAD + head + b"\n" + body)


def parts(*bodies: str, kind: str = "mixed") -> ReadMail:
    inside = "".join(f"--b\n{body}\n" for body in bodies)
    return of(f"{inside}--b--\n".encode(), f"Content-Type: multipart/{kind}; boundary=b\n".encode())


def test_a_plain_answer_is_read() -> None:
    mail = of("Wir haben es gelöscht.\n".encode())
    assert (mail.kind, mail.text, mail.subject) == (
        MailKind.ANSWER,
        "Wir haben es gelöscht.",
        "Re: H-7KQ2-M3TD",
    )
    assert (mail.sender, mail.message_id) == ("desk@desk.example", "<a@desk.example>")
    assert (mail.dropped_parts, mail.is_cut, mail.had_picture) == (0, False, False)
    assert "desk" not in repr(mail)


@pytest.mark.parametrize(
    ("charset", "body"),
    [
        ("iso-8859-1", "gelöscht".encode("latin-1")),
        ("windows-1252", "gelöscht".encode("cp1252")),
        ("koi8-r", "удалено".encode("koi8-r")),
        ("shift_jis", "削除".encode("shift_jis")),
        ("gb18030", "删除".encode("gb18030")),
        ("utf-16", "gone".encode("utf-16")),
    ],
)
def test_charsets_of_the_world_are_read(charset: str, body: bytes) -> None:
    expected = body.decode(charset)
    assert of(body, f"Content-Type: text/plain; charset={charset}\n".encode()).text == expected


@pytest.mark.parametrize(
    "charset", ["utf-8", "nonsense", "punycode", "zlib_codec", "rot13", "utf-7", "idna", "\udcff", ""]
)
def test_a_wrong_charset_is_no_fault(charset: str) -> None:
    head = b"Content-Type: text/plain; charset=" + charset.encode("utf-8", "surrogateescape") + b"\n"
    assert of(b"gel\xf6scht it is", head).text == "gel\ufffdscht it is"


@pytest.mark.parametrize("how", ["base64", "quoted-printable", "x-uuencode", "nonsense", "8bit"])
def test_a_broken_transfer_encoding_is_no_fault(how: str) -> None:
    of(
        b"=Zn!!! not \xff this\n=",
        b"Content-Type: text/plain\nContent-Transfer-Encoding: " + how.encode() + b"\n",
    )


def test_only_text_is_kept_and_every_other_part_is_dropped_unread_and_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    decoded: list[str] = []
    from email.message import Message

    read = Message.get_payload

    def noted(part: Message, i: int | None = None, decode: bool = False) -> object:
        if decode:
            decoded.append(part.get_content_type())
        return read(part, i, decode)  # type: ignore[call-overload]

    monkeypatch.setattr(Message, "get_payload", noted)
    picture = f"Content-Type: image/png\nContent-Transfer-Encoding: base64\n\n{PNG}"
    attached = "Content-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nattached words"
    inner = "Content-Type: message/rfc822\n\nSubject: inner\n\ninner words"
    mail = parts(
        "Content-Type: text/plain\n\nSee below.",
        picture,
        attached,
        inner,
        "Content-Type: application/pdf\n\nx",
    )
    assert (mail.text, mail.dropped_parts) == ("See below.", 4)
    assert decoded == ["text/plain"]


def test_a_page_speaks_only_where_nothing_else_does() -> None:
    page = "Content-Type: text/html\n\n<p>Page words</p>"
    both = parts("Content-Type: text/plain\n\nPlain words", page, kind="alternative")
    assert (both.text, both.is_html) == ("Plain words", False)
    alone = parts(page, kind="alternative")
    assert (alone.text, alone.is_html) == ("Page words", True)


def test_of_a_page_only_its_words_stay() -> None:
    page = (
        '<html><head><title>T</title><style>p{}</style></head><body onload="x()"><script>alert(1)</script>'
        '<p>It is <b>gone</b> &amp; done</p><!-- hidden --><a href="https://desk.example/1">Our page</a>'
        f'<img src="data:image/png;base64,{PNG}" alt="x"><br>3 &lt; 4</body></html>'
    )
    assert text_of_html(page).split("\n") == ["", "It is gone & done", "Our page", "3 < 4"]


def test_a_title_that_nobody_closed_hides_nothing() -> None:
    assert text_of_html("<title>T<body>Words").strip() == "Words"


@pytest.mark.parametrize(
    "body",
    [
        f"Here: data:image/png;base64,{PNG} see",
        f"{PNG * 12}",
        "begin 644 a.png\nM" + "A" * 60,
        "\x00\x01\x02" * 50,
    ],
)
def test_a_picture_in_the_text_is_taken_out(body: str) -> None:
    mail = of(body.encode())
    assert mail.had_picture
    assert "iVBOR" not in mail.text
    assert "begin 644" not in mail.text


def test_what_nobody_sees_and_what_turns_directions_does_not_stay() -> None:
    shown = safe_text("a\u202eb\u2066c\u200bd\x00e\x1b[31mf\ufeff\ud800\r\ng\u2028h\tسلام\u200c")
    assert shown == "abcd\ufffde\ufffd[31mf\ufffd\ng\nh\tسلام\u200c"
    assert safe_text("a" + "\u0301" * 500) == "a" + "\u0301" * 8


def test_headers_that_lie_twice_or_are_missing_are_no_fault() -> None:
    bare = read_mail(b"\nwords")
    assert (bare.text, bare.sender, bare.subject, bare.message_id) == ("words", "", "", "")
    twice = read_mail(b"Subject: one\nSubject: two\nFrom: a@a.example\nFrom: b@b.example\n\nwords")
    assert twice.subject == "one two"
    odd = read_mail(
        b"Subject: =?utf-8?b?!!!?= =?nonsense?q?=ff?= \xff\xfe\nFrom: =?utf-8?q?=00=E2=80=AE?=\n\nx"
    )
    assert "\x00" not in odd.sender
    assert "\u202e" not in odd.sender
    odd.subject.encode("utf-8")


def test_a_header_cannot_add_a_line() -> None:
    mail = read_mail(b"Subject: =?utf-8?q?one=0D=0ABcc:_two?=\n\nx")
    assert mail.subject == "one Bcc: two"


def test_a_mail_that_was_cut_says_so() -> None:
    assert read_mail(HEAD + b"\nwords", 5_000_000).is_cut
    long = of(b"word " * 9000)
    assert (len(long.text) <= MOST_CHARACTERS, long.is_cut) == (True, True)


def test_the_thread_is_found_nearest_first() -> None:
    ids = b"In-Reply-To: <b@x.example>\nReferences: <a@x.example>\n <c@x.example> junk <b@x.example>\n"
    assert of(b"x", ids).answers_to == ("<b@x.example>", "<c@x.example>", "<a@x.example>")


@pytest.mark.parametrize("said", ["H-7KQ2-M3TD", "h-7kq2-m3td", "[H\u20137KQ2\u2013M3TD]", "(H-7KQ2-M3TD)."])
def test_a_reference_is_known_however_it_is_written(said: str) -> None:
    mail = read_mail(f"From: a@a.example\nSubject: x\n\nAbout {said} it is.".encode())
    assert mail.references == ("H-7KQ2-M3TD",)


def test_letters_that_people_confuse_are_read_as_meant() -> None:
    assert read_mail(b"Subject: H-OIL2-M3TD\n\nx").references == ("H-0112-M3TD",)


@pytest.mark.parametrize("said", ["H-7KQ2-M3TDX", "AH-7KQ2-M3TD", "H-7KQ2-M3T", "H 7KQ2 M3TD", "H-7KQU-M3TD"])
def test_what_only_looks_like_a_reference_is_none(said: str) -> None:
    assert read_mail(f"Subject: {said}\n\nx".encode()).references == ()


@pytest.mark.parametrize(
    ("subject", "text", "ticket"),
    [
        ("[#12345] Re: H-7KQ2-M3TD", "", "[#12345]"),
        ("[ABUSE-123] got it", "", "[ABUSE-123]"),
        ("Re: x", "Your Ticket ID: ABC-123 was opened", "ABC-123"),
        ("Case 12345 opened", "", "12345"),
        ("Re: x", "We have opened case #778899.", "778899"),
        ("[Ticket #2026110]", "", "[Ticket #2026110]"),
        ("Re: H-7KQ2-M3TD", "Thank you.", ""),
        ("Re: x", "> Ticket ID: ABC-123", ""),
        ("[URGENT] x", "in case of fire", ""),
        ("Re: x", "Ticket ID: 12 34", ""),
    ],
)
def test_the_ticket_of_a_desk_is_recognised(subject: str, text: str, ticket: str) -> None:
    assert read_mail(f"Subject: {subject}\n\n{text}".encode()).ticket == ticket


@given(st.text(max_size=200))
def test_a_ticket_is_nothing_that_could_harm_a_header(subject: str) -> None:
    ticket = of(f"Ticket ID: {subject}\n[#{subject}1]".encode("utf-8", "replace")).ticket
    assert len(ticket) <= 60
    assert all(char.isascii() and char.isprintable() for char in ticket)


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        (b"Auto-Submitted: auto-replied\n", MailKind.AWAY),
        (b"Auto-Submitted: no\n", MailKind.ANSWER),
        (b"X-Autoreply: yes\n", MailKind.AWAY),
        (b"Precedence: bulk\n", MailKind.AWAY),
        (b"List-Id: <all.desk.example>\n", MailKind.AWAY),
        (b"", MailKind.ANSWER),
    ],
)
def test_robots_are_recognised(header: bytes, kind: MailKind) -> None:
    assert of(b"I am away.", header).kind is kind
    with_ticket = of(b"Ticket ID: ABC-123", header).kind
    assert with_ticket is (MailKind.TICKET if kind is MailKind.AWAY else kind)


TRAPS = {
    "nested a thousand times": b"Content-Type: message/rfc822\n\n" * 1000,
    "nested multiparts": b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(1000)
    ),
    "ten thousand parts": b"Content-Type: multipart/mixed; boundary=b\n\n"
    + b"--b\nContent-Type: image/png\n\nx\n" * 10_000,
    "a hundred thousand headers": b"X-A: b\n" * 100_000,
    "a header of a megabyte": b"Subject: " + b"=?utf-8?b?" * 100_000,
    "parameters without end": b"Content-Type: text/plain; " + b"a*0=b;" * 300_000,
    "quotes without end": b'Content-Type: text/plain; charset="' + b'\\"' * 500_000,
    "tags without end": b"Content-Type: text/html\n\n" + b"<a " * 600_000,
    "comments without end": b"Content-Type: text/html\n\n" + b"<!--" * 400_000,
    "lines without end": b"\n" + b"\r\n" * 900_000,
    "nothing but noughts": b"\x00" * 1_000_000,
    "surrogates": b"Subject: \xed\xa0\x80\n\n\xed\xa0\x80" * 10_000,
}


@pytest.mark.parametrize("name", TRAPS)
def test_traps_end_soon_and_keep_little(name: str) -> None:
    began = time.process_time()
    mail = read_mail((HEAD + TRAPS[name])[:MOST_BYTES])
    assert time.process_time() - began < 10  # an unbounded one takes minutes
    assert len(mail.text) <= MOST_CHARACTERS
    assert mail.references[:1] in ((), ("H-7KQ2-M3TD",))
    for words in (mail.text, mail.subject, mail.sender):
        words.encode("utf-8")


@settings(max_examples=300)
@given(st.binary(max_size=600))
def test_no_bytes_at_all_are_a_fault(content: bytes) -> None:
    for whole in (
        content,
        HEAD + content,
        HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" + content,
    ):
        mail = read_mail(whole)
        mail.text.encode("utf-8")
        assert "\x00" not in mail.text + mail.subject + mail.sender


def test_a_mail_that_a_program_wrote_is_read_as_it_was_meant() -> None:
    made = EmailMessage()
    made["From"], made["Subject"] = "Dësk <desk@desk.example>", "Rë: H-7KQ2-M3TD"
    made.set_content("Gone — all of it.")
    made.add_alternative("<p>Gone</p>", subtype="html")
    made.add_attachment(b"\x89PNG", maintype="image", subtype="png")
    mail = read_mail(made.as_bytes())
    assert (mail.text, mail.subject, mail.dropped_parts) == ("Gone — all of it.", "Rë: H-7KQ2-M3TD", 1)
    assert mail.sender == "Dësk <desk@desk.example>"
