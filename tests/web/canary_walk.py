"""Every journey through the site, with an odd word in every field, and everything that could go wrong."""

import io
import logging
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

import pytest
import structlog
from flask import Flask

from app import jobs, log
from app.casework import write_message
from app.casework.kit import Kit
from app.casework.post_courier import CourierDoor
from app.domain.words import Role
from app.i18n.site_texts import DEMO_TEXTS, load_site_texts
from app.outbound.mailbox import NullMailbox
from app.web.portal import follow_messages
from app.web.site import make_site
from tests.make import MIRA, Clock, Enrolled, enrol_member
from tests.walks import FORM, HOST, Answering, Asking, Desk, Value, Visitor, case_of, deliver, link_in
from tests.web import canary
from tests.web.canary import Words, fields_in, found_in, spellings
from tests.web.desk_walks import all_of_case, look_for, note_first_reply, note_mandate, think_of_safety
from tests.web.following import agree_to_names

CODE_THAT_OPENS_NOTHING = "0000-0000-0000-0000-0000-0000"


@dataclass
class Walked:
    """What a walk left behind."""

    kit: Kit
    folder: Path
    words: Words
    since: float = field(default_factory=time.time)
    letters: list[EmailMessage] = field(default_factory=list)
    visitors: list[Visitor] = field(default_factory=list)
    strangers: list[Visitor] = field(default_factory=list)  # they put words into addresses themselves
    log: str = ""
    opened: list[str] = field(default_factory=list)
    secrets: dict[str, str] = field(default_factory=dict)
    last_case_page: str = ""

    @property
    def links(self) -> list[str]:
        """The secrets of the notices' links: in their letters, and the address of their pages."""
        return [link_in(letter).rpartition("/")[2] for letter in self.letters]

    def patterns(self) -> dict[str, bytes]:
        """All spellings of the words and of the secrets the walkers held."""
        found = spellings(self.words.core)
        for name, secret in self.secrets.items():
            found |= {f"{name}: {how}": spelt for how, spelt in spellings(secret).items()}
        return found

    def search(self, places: Iterator[tuple[str, bytes]], *more: dict[str, bytes]) -> dict[str, list[str]]:
        """Where something was found: which spellings, and of which fields."""
        patterns, seen = self.patterns(), {}
        for place, blob in places:
            if hits := found_in(blob, patterns, *more):
                seen[place] = [*hits[:5], *fields_in(blob, self.words)]
        return seen


def throw(visitor: Visitor, path: str, body: str | bytes = b"", kind: str = FORM) -> int:
    """A form that no page of the site offers."""
    sizes = {"content_type": kind, "content_length": len(body)}
    answer = visitor.client.post(path, base_url=HOST, data=body, headers=visitor.headers, **sizes)
    visitor.seen.append(answer)
    return answer.status_code


def odd_headers(visitor: Visitor, words: Words) -> None:
    """What a browser tells of itself, all of it odd."""
    visitor.headers |= {
        "User-Agent": f"Mozilla {words('agent')}",
        "Referer": f"http://{words('referer')}.example/{words('referer')}",
        "Accept-Language": words("language header"),
        "X-Forwarded-For": words("forwarded"),
        "X-Request-Id": words("request id"),
    }
    visitor.client.set_cookie("other", words("other cookie"), domain="127.0.0.1")


def ask_and_write(walk: Walked, app: Flask) -> str:
    """The requester's whole way, in French, with every slip on it; the receipt code."""
    asker, words = Asking(app, "/fr"), walk.words
    odd_headers(asker, words)
    walk.visitors.append(asker)
    asker.go("/fr/ask")
    asker.send(
        "/fr/ask",
        places=f"javascript:{words('bad place')}\n{words('loose word')}",
        app=words("early app"),
        unsure=words("early words"),
    )
    host = f"{words('place host')}.northlight.example"
    first = words.typed(f"https://{host}/{words('place path')}?q={words('place query')}#{words('fragment')}")
    second = words.typed(f"https://talkyard.example/{words('place path')}")
    words.typed(host)
    code = asker.ask(f"{first}\n{second}", **answer_all(words))
    asker.go("/fr/ask")  # sent already: it may not be changed any more
    asker.note_code()
    asker.go("/fr/follow")
    asker.send("/fr/follow", code=words("wrong code"))
    asker.send("/fr/follow", code=CODE_THAT_OPENS_NOTHING)
    asker.follow(code)
    asker.write(words.typed(f"{words('message')} {words('message')}"))
    asker.write(f"data:image/png;base64,{words('picture')}AAAA{'A' * 400}")
    asker.write(words("long message") * 700)
    return code


def answer_all(words: Words) -> dict[str, Value]:
    """Something for every question; an odd word wherever one can be typed."""
    typed = {
        name: words.typed(f"Ça {words(name)} é")
        for name in "app account unsure label_1 label_2 who child_wants how_known police_which words".split()
    }
    chosen: dict[str, Value] = {"contents": "abuse", "asker": "authorised", "authority": "lawyer"}
    chosen |= {"may_hear": "provider", "agree": "yes", "telling": "end", "hours": "any", "gives_word": "yes"}
    chosen |= {
        "threat_1": "yes",
        "since_2": "old",
        "could_guess": "yes",
        "under_18": "no",
        "matters": "speed",
    }
    return chosen | typed | {"second_word": words("second word"), "email": f"{words('email')}@mail.example"}


def work_at_the_desk(walk: Walked, app: Flask, code: str, member: Enrolled) -> None:
    """Signing in, wrongly and rightly; then everything there is to do with a case."""
    kit, words, door = walk.kit, walk.words, CourierDoor(walk.kit)
    case = case_of(kit, code)
    ada = Desk(app)
    odd_headers(ada, words)
    walk.visitors.append(ada)
    ada.sign_in(kit, member, passphrase=words("wrong passphrase"), totp=words("wrong totp"))
    ada.sign_in(kit, member)
    assert ada.path == "/desk/"
    ada.take(case)
    ada.send(f"/desk/case/{case}/authority")
    ada.assess(case, basis="other", basis_by="", kind="identity")
    ada.assess(case, basis="other", basis_by=words.typed(f"Body {words('basis_by')}"))
    ada.write(case, words.typed(f"Dear {words('desk message')}"))
    think_of_safety(ada, case, words)
    note_mandate(ada, case, words)
    find_addresses(ada, case, words)
    while f"/desk/case/{case}/notices" in ada.go(f"/desk/case/{case}").text:
        ada.approve(case)
    walk.letters += deliver(kit, door)
    walk.secrets |= {f"link {number}": link for number, link in enumerate(walk.links)}
    for link in map(link_in, walk.letters):
        provider = Answering(app)
        odd_headers(provider, words)
        walk.visitors.append(provider)
        provider.answer(link, reply_1="refuses", words_1=words.typed(f"No {words('answer words')}"))
        assert provider.now.status_code == 200
        provider.answer(link, reply_1="asks", words_1="")
    walk.last_case_page = "".join(all_of_case(ada, case))
    look_for(ada, words.typed(f"hxxps://{words('looked for')}"))
    note_first_reply(ada, case)
    ada.give_back(case)
    ada.send("/desk/sign-out")


def find_addresses(ada: Desk, case: str, words: Words) -> None:
    """Of both places that were told without one: the first try is no address."""
    path = f"/desk/case/{case}"
    ada.go(path)
    for _ in range(2):
        ada.send(f"{path}/locate", address=words("bad found address"))
        ada.send(f"{path}/locate", address=words.typed(f"https://talkyard.example/{words('found path')}"))


def knock_at_every_door(walk: Walked, app: Flask) -> None:
    """Strangers with words where none belong: in addresses, tokens, names of fields, files."""
    words = walk.words
    stranger, admin = Visitor(app), Desk(app, MIRA)
    for visitor in (stranger, admin):
        odd_headers(visitor, words)
        walk.strangers.append(visitor)
    word = words("address")
    for path in ("/", "/ask", "/follow", "/desk/", "/desk/sign-in", "/admin/", "/support", f"/{word}"):
        for visitor in (stranger, admin):
            visitor.go(f"{path}?lost={word}&which={word}&after={word}&{word}")
    for path in (f"/n/{word}", f"/desk/case/{word}", f"/static/{word}", f"/fr/{word}", f"/{word}.onion/"):
        stranger.go(path)
        throw(stranger, path, f"{words('field name')}={words('field value')}")
    for path in ("/ask", "/follow", "/desk/sign-in", "/follow/message", "/admin/providers/new"):
        throw(stranger, path, f"csrf_token={words('token')}&places=x&name={words('wrong name')}")
        throw(admin, path, f"csrf_token={words('token')}&name={words('wrong name')}")
        throw(
            stranger, path, words("upload").encode() * 9, f"multipart/form-data; boundary={words('boundary')}"
        )
        throw(stranger, path, f"words={words('too much')}{'x' * 1_100_000}")
        throw(stranger, path, f"words={words('nearly too much')}{'x' * 900_000}")
    stranger.headers.pop("Sec-Fetch-Site")
    throw(stranger, "/ask", f"places={words('unclear origin')}&words={words('unclear origin')}")
    admin.go("/admin/providers/new")
    admin.send(
        "/admin/providers/new", name=words("provider name"), address=words("provider mail"), suffixes=word
    )


def break_things(walk: Walked, app: Flask, code: str, patch: pytest.MonkeyPatch) -> None:
    """Faults of our own, with words in the hands of what fails."""
    words = walk.words

    def fail(*given: object) -> None:
        raise RuntimeError(f"{words('fault')} {given[-1]!r} {vars(given[-1])}")

    asker = Asking(app)
    walk.visitors.append(asker)
    asker.follow(code)
    agree_to_names(asker, words)
    with patch.context() as inside:
        inside.setattr(follow_messages, "write_message", fail)
        assert asker.write(words("lost message")).status_code == 500
    with patch.context() as inside:
        inside.setattr(write_message, "new_id", lambda: "d" * 32)  # the second one is refused by the database
        asker.follow(code)
        assert asker.write(words("twice")).status_code == 200
        assert asker.write(words("twice")).status_code == 500


class FailingMailer:
    """Fails, quoting the whole letter."""

    asked = 0

    def send(self, message: EmailMessage, before_handing_over: Callable[[], None]) -> None:
        self.asked += 1
        raise RuntimeError(message.as_string())


class OneRound(threading.Event):
    """Lets the courier look for letters once."""

    def wait(self, timeout: float | None = None) -> bool:
        self.set()
        return True


def break_the_courier(walk: Walked, app: Flask, member: Enrolled, patch: pytest.MonkeyPatch) -> None:
    kit, mailer = walk.kit, FailingMailer()
    assert isinstance(kit.clock, Clock)
    kit.clock.move(minutes=2)  # the last number was used
    door, asker, ada = CourierDoor(kit), Asking(app), Desk(app)
    walk.visitors += [asker, ada]
    case = case_of(kit, asker.ask(f"https://talkyard.example/{walk.words('place path')}"))
    ada.sign_in(kit, member)
    ada.take(case)
    ada.assess(case)
    ada.approve(case)
    with patch.context() as inside:
        inside.setattr(jobs, "CourierDoor", lambda _kit: door)
        jobs.run_courier(kit, mailer, NullMailbox(), OneRound())
    assert mailer.asked == 2, "a letter and a mail of news, each in its turn"


def walk_all(kit: Kit, folder: Path, patch: pytest.MonkeyPatch) -> Walked:
    """Every journey, with the log, the files and the answers kept."""
    walk, scratch, said = Walked(kit, folder, Words()), folder / "scratch", io.StringIO()
    scratch.mkdir()
    patch.setattr(tempfile, "tempdir", str(scratch))
    for name in ("TMPDIR", "SQLITE_TMPDIR"):
        patch.setenv(name, str(scratch))
    listening = logging.StreamHandler(said)
    logging.getLogger().addHandler(listening)
    patch.setattr(logging.getLogger(), "level", logging.DEBUG)
    try:
        with redirect_stderr(said), redirect_stdout(said), canary.watched_files() as walk.opened:
            log.configure()
            member = enrol_member(kit, Role.CASEWORKER, walk.words("member name"), walk.words("sign-in name"))
            app = make_site(kit, load_site_texts(DEMO_TEXTS))
            code = ask_and_write(walk, app)
            walk.secrets |= {"code": code.replace("-", ""), "code as shown": code}
            walk.secrets |= {"passphrase": member.passphrase, "totp secret": member.totp_secret}
            work_at_the_desk(walk, app, code, member)
            knock_at_every_door(walk, app)
            break_things(walk, app, code, patch)
            break_the_courier(walk, app, member, patch)
    finally:
        logging.getLogger().removeHandler(listening)
        structlog.reset_defaults()
    walk.log = said.getvalue()
    return walk
