"""One odd word in every field there is, every journey walked, and then a search for it everywhere.

Found nowhere: not in the database with all its keys, not in a file, a log, a header, an address.
"""

import base64
import hashlib
from collections.abc import Callable, Iterator
from email import policy
from email.message import EmailMessage
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import update

from app.casework.follow_with_code import follow_with_code
from app.casework.kit import Kit
from app.casework.write_message import MessageInput, write_message
from app.persistence.database import open_embedded, open_postgres
from app.persistence.messages import messages
from app.persistence.providers import providers
from app.persistence.schema import migrate
from tests.conftest import Postgres
from tests.make import DATABASE_KEY, Clock, file_one, found, make_settings
from tests.web.canary import (
    Words,
    addresses_in,
    decrypted,
    digests_of,
    fields_in,
    found_in,
    path_of,
    raw_files,
    spellings,
    watched_files,
)
from tests.web.canary_walk import Walked, walk_all

# What the desk must be able to read: the words are really in there.
KEPT = {"place host", "place path", "place query", "words", "message", "desk message", "basis_by"}
KEPT |= {"label_1", "who", "child_wants", "how_known", "police_which", "safety note", "found path"}
KEPT |= {"answer words"}
# A letter's body names the places and who assessed them. Its headers name nothing.
IN_A_LETTER = {"place host", "place path", "place query", "fragment", "basis_by", "found path"}


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def walked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walked]:
    """The site after every journey, once on each database."""
    folder, drop = tmp_path_factory.mktemp("canary"), None
    if request.param == "postgres":
        server: Postgres = request.getfixturevalue("postgres")
        name = server.create(request.getfixturevalue("migrated_template"))
        database, drop = open_postgres(server.url(name)), partial(server.drop, name)
    else:
        database = open_embedded(folder / "heard.db", DATABASE_KEY)
        migrate(database)
    kit = Kit(database, make_settings(folder), clock=Clock())
    found(kit)
    with pytest.MonkeyPatch.context() as patch:
        yield walk_all(kit, folder, patch)
    database.engine.dispose()
    if drop:
        drop()


def test_the_words_are_really_in_there(walked: Walked) -> None:
    assert set(fields_in(walked.last_case_page.encode(), walked.words)) >= KEPT
    assert len(walked.letters) == 2
    assert len(walked.words.fields) > 35


def test_no_word_lies_in_the_database_for_those_who_have_its_keys(walked: Walked) -> None:
    rows = decrypted(walked.kit.database, walked.folder, walked.kit.settings.database_path)
    digests = digests_of({*walked.words.values, *walked.words.fields.values(), *walked.secrets.values()})
    assert walked.search(rows, digests) == {}


def test_no_word_lies_in_a_file(walked: Walked) -> None:
    files = dict(raw_files(walked.kit.database, walked.folder, walked.since))
    assert files
    assert walked.search(iter(files.items())) == {}


def test_nothing_but_the_database_was_written(walked: Walked) -> None:
    ours = [path for path in walked.opened if not path.endswith(".pyc") and "__pycache__" not in path]
    assert [path for path in ours if path not in ("/dev/null",)] == []
    left = {file.name for file in walked.folder.rglob("*") if file.is_file()}
    assert left <= {"heard.db", "heard.db-wal", "heard.db-shm"}


def test_no_word_is_logged(walked: Walked) -> None:
    for event in ("broken", "courier_fault", "courier_opened"):
        assert event in walked.log, "the faults of the walk are logged"
    assert "RuntimeError" in walked.log
    assert walked.search(iter([("the log", walked.log.encode())])) == {}


def test_no_word_stands_in_a_header_or_a_cookie(walked: Walked) -> None:
    answers = [answer for visitor in [*walked.visitors, *walked.strangers] for answer in visitor.seen]
    headers = {line for answer in answers for line in answer.headers.items()}
    assert {"Set-Cookie", "Location", "Clear-Site-Data"} - {"Clear-Site-Data"} <= {
        name for name, _ in headers
    }
    assert walked.search((name, value.encode()) for name, value in headers) == {}


def test_no_word_stands_in_an_address(walked: Walked) -> None:
    asked = {path_of(answer.request.url) for visitor in walked.visitors for answer in visitor.seen}
    offered = {
        address
        for visitor in walked.visitors
        for answer in visitor.seen
        for address in addresses_in(answer.text)
    }
    assert len(asked) > 10
    assert len(offered) > 10
    # A notice's link is the one secret that is an address, and it is offered on its own page alone.
    addresses = [one for one in asked | offered if not any(link in one for link in walked.links)]
    assert walked.search(("an address", one.encode()) for one in addresses) == {}


def test_no_page_shows_a_fault(walked: Walked) -> None:
    broken = [answer for visitor in walked.visitors for answer in visitor.seen if answer.status_code >= 500]
    assert len(broken) == 2
    assert walked.search(("a page", answer.data) for answer in broken) == {}


def test_no_word_stands_in_a_letters_headers(walked: Walked) -> None:
    lines = [
        f"{name}: {value}"
        for letter in walked.letters
        for part in letter.walk()
        for name, value in part.items()
    ]
    lines += [part_head(letter) for letter in walked.letters]
    assert walked.search(("a header", line.encode()) for line in lines) == {}


def test_a_letter_names_places_who_assessed_them_a_link_and_nothing_else(walked: Walked) -> None:
    named = {name for letter in walked.letters for name in fields_in(text_of(letter), walked.words)}
    assert {"place path", "basis_by"} <= named <= IN_A_LETTER
    for letter in walked.letters:
        rest = text_of(letter).decode()
        for word in (*map(walked.words, IN_A_LETTER), *walked.links):
            rest = rest.replace(word, "")
        assert walked.search(iter([("a letter", rest.encode())])) == {}


def part_head(letter: EmailMessage) -> str:
    return letter.as_bytes(policy=policy.SMTP).partition(b"\r\n\r\n")[0].decode("ascii")


def text_of(letter: EmailMessage) -> bytes:
    """All parts, as their readers read them."""
    parts = [part.get_content() for part in letter.walk() if not part.is_multipart()]
    return b"\n".join(part if isinstance(part, bytes) else str(part).encode() for part in parts)


# The search finds what is there


WRITTEN: dict[str, Callable[[str], bytes]] = {
    "as it is": lambda word: word.encode(),
    "in capitals": lambda word: word.upper().encode(),
    "mixed": lambda word: word.capitalize().encode(),
    "utf-16": lambda word: word.encode("utf-16"),
    "utf-16 big": lambda word: word.encode("utf-16-be"),
    "utf-32": lambda word: word.encode("utf-32"),
    "hex": lambda word: word.encode().hex().encode(),
    "HEX": lambda word: word.encode().hex().upper().encode(),
    "bytea": lambda word: b"\\x" + word.encode().hex().encode(),
    "base64": lambda word: base64.b64encode(word.encode()),
    "base64 after one": lambda word: base64.b64encode(b"x" + word.encode()),
    "base64 after two": lambda word: base64.b64encode(b"xy" + word.encode() + b"zz"),
    "base64 of capitals": lambda word: base64.urlsafe_b64encode(b"x" + word.upper().encode()),
    "base64 of a record": lambda word: base64.b64encode(b'{"words":"' + word.encode() + b'"}'),
    "base32": lambda word: base64.b32encode(word.encode()),
    "url": lambda word: "".join(f"%{ord(char):02X}" for char in word).encode(),
    "html": lambda word: "".join(f"&#{ord(char)};" for char in word).encode(),
    "json": lambda word: "".join(f"\\u{ord(char):04x}" for char in word).encode(),
    "quoted-printable": lambda word: "".join(f"={ord(char):02X}" for char in word).encode(),
    "backwards": lambda word: word[::-1].encode(),
}


@pytest.mark.parametrize("how", WRITTEN)
def test_the_search_finds_a_word_however_it_is_written(how: str) -> None:
    words = Words()
    planted = WRITTEN[how](words("a field"))
    assert found_in(b"before" + planted + b"after", spellings(words.core))
    assert not found_in(b"before" + planted[:4] + b"after", spellings(words.core))


@pytest.mark.parametrize("name", ["md5", "sha1", "sha256", "sha512", "blake2b"])
def test_the_search_finds_a_digest_without_a_key(name: str) -> None:
    value = Words()("a field")
    digest = hashlib.new(name, value.encode()).digest()
    for planted in (digest, digest[:16], digest.hex().encode(), digest.hex()[:24].upper().encode()):
        assert found_in(b"before" + planted + b"after", digests_of({value}))
    assert found_in(base64.b64encode(digest), digests_of({value}))
    assert not found_in(hashlib.new(name, b"another").digest(), digests_of({value}))


def test_the_search_finds_a_word_in_a_plain_and_in_a_sealed_column(kit: Kit, tmp_path: Path) -> None:
    words = Words()
    write_message(kit, follow_with_code(kit, file_one(kit).code), MessageInput("hello"))
    rows = dict.fromkeys(("plain", "sealed"), False)
    planted = {
        "plain": update(providers).values(terms_clause=words("plain")),
        "sealed": update(messages).values(text_sealed=words("sealed").encode("utf-16-le")),
    }
    for name, change in planted.items():
        with kit.database.writing() as work:
            work.connection.execute(change)
            work.commit()
        places = decrypted(kit.database, tmp_path, kit.settings.database_path)
        hits = {place for place, blob in places if found_in(blob, spellings(words(name)))}
        rows[name] = len(hits) >= 2 and any("row" not in place for place in hits)
    assert rows == {"plain": True, "sealed": True}


def test_the_watch_sees_a_file_that_is_written(tmp_path: Path) -> None:
    with watched_files() as opened:
        (tmp_path / "spooled").write_text("x")
        (tmp_path / "spooled").read_text()
    assert opened == [str(tmp_path / "spooled")]


def test_the_search_finds_a_word_in_a_file(kit: Kit, tmp_path: Path) -> None:
    words = Words()
    (tmp_path / "core.123").write_bytes(bytes(1000) + words("a field").encode())
    files = raw_files(kit.database, tmp_path, 0)
    assert [path for path, blob in files if found_in(blob, spellings(words.core))] == [
        str(tmp_path / "core.123")
    ]


def test_addresses_are_found_in_a_page() -> None:
    page = '<a class="x" href="/one?q=w"><form method="post" action="/two"><img src="/three">'
    assert addresses_in(page) == ["/one?q=w", "/two", "/three"]
