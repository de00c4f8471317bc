"""What a submission and a look at one's request cost the server's processor, beside their Argon2id.

Argon2id is meant to be slow; everything else is ours to keep small. The real views run in this
process, through Flask's test client (whose own work counts too), on both databases. What PostgreSQL
does happens in its own process and is not in the figure.
"""

import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.casework.kit import Kit
from app.i18n.site_texts import DEMO_TEXTS, load_site_texts
from app.persistence.schema import migrate
from app.vault.codes import code_secrets, read_code
from app.web.site import make_site
from tests.bench.figures import BenchBroken, Figure
from tests.bench.reading import FORM, code_on, encoded, hidden_fields, places
from tests.bench.stopwatch import Pair, cpu_ms, median_beside
from tests.make import found, make_settings, open_database

SUBMISSION_BAR, FOLLOW_BAR = 20.0, 11.0
WARM_UP = 5  # templates are compiled, connections opened, statements prepared
MANY_PLACES = 25
_HEADERS = {"Sec-Fetch-Site": "same-origin", "Accept-Encoding": "gzip", "User-Agent": "bench"}


@contextmanager
def founded_kit(url: str, folder: Path, mail_port: int = 9) -> Iterator[Kit]:
    """A founded hotline on the empty database at `url`."""
    database = open_database(url)
    try:
        migrate(database)
        kit = Kit(database, make_settings(folder, mail_port))
        found(kit)
        yield kit
    finally:
        database.engine.dispose()


@dataclass(frozen=True)
class Costs:
    """Of one submission: the sending alone and the whole way; its Argon2id is in both once."""

    sending: Pair
    whole_way: Pair


class Person:
    """One person in front of the site: a browser of their own for each visit."""

    def __init__(self, site: Flask, kit: Kit) -> None:
        self._site, self._salt = site, kit.code_salt

    def submit(self, count: int = 1) -> tuple[str, Costs]:
        """Ask about `count` places; the code, and what it cost."""
        client, pages = self._site.test_client(), {}
        form = encoded(places=places(count), review="1")

        def write() -> None:
            pages["ask"] = _post(client, "/ask", form, "/ask/review")
            pages["review"] = client.get("/ask/review", headers=_HEADERS)

        first = cpu_ms(lambda: client.get("/ask", headers=_HEADERS))
        writing = cpu_ms(write)
        fields, code = hidden_fields(pages["review"].text), code_on(pages["review"].text)
        sending = cpu_ms(lambda: _post(client, "/ask/review", fields, "/ask/sent"))
        last = cpu_ms(lambda: pages.update(sent=client.get("/ask/sent", headers=_HEADERS)))
        if code_on(pages["sent"].text) != code:
            raise BenchBroken("the code after sending is another one")
        argon2id = self._argon2id(code)
        whole_way = Pair(first + writing + sending + last, argon2id)
        return code, Costs(Pair(sending, argon2id), whole_way)

    def follow(self, code: str, count: int = 1) -> Pair:
        """Type the code and read the page that opens; `count` places must be on it."""
        client, pages = self._site.test_client(), {}

        def visit() -> None:
            _post(client, "/follow", encoded(code=code), "/follow/request")
            pages["request"] = client.get("/follow/request", headers=_HEADERS)

        whole = cpu_ms(visit)
        if pages["request"].text.count("href=place/") != count:
            raise BenchBroken(f"the page does not show {count} places")
        return Pair(whole, self._argon2id(code))

    def _argon2id(self, code: str) -> float:
        """The slow step for the same code alone: nothing but Argon2id and two HKDFs of a few microseconds."""
        plain = read_code(code)
        return cpu_ms(lambda: code_secrets(plain, self._salt))


def _post(client: FlaskClient, path: str, form: str, goes_to: str) -> TestResponse:
    answer = client.post(path, data=form, content_type=FORM, headers=_HEADERS)
    if answer.location != goes_to:
        raise BenchBroken(f"POST {path} gave {answer.status_code} instead of going to {goes_to}")
    return answer


def measure_portal(kit: Kit, database: str, rounds: int) -> Iterator[Figure]:
    """Submissions and visits in turns, `rounds` of each."""
    site = make_site(kit, load_site_texts(DEMO_TEXTS))
    person = Person(site, kit)
    filed: list[Costs] = []
    followed: list[Pair] = []
    many: list[Pair] = []
    code_of_many, _ = person.submit(MANY_PLACES)
    for _ in range(WARM_UP + rounds):
        code, costs = person.submit()
        filed.append(costs)
        followed.append(person.follow(code))
        many.append(person.follow(code_of_many, MANY_PLACES))
    filed, followed, many = filed[WARM_UP:], followed[WARM_UP:], many[WARM_UP:]
    sending, whole_way = [each.sending for each in filed], [each.whole_way for each in filed]
    for name, pairs, bar in (
        ("submission_cpu_beside_argon2id_ms", sending, SUBMISSION_BAR),
        ("submission_whole_way_cpu_beside_argon2id_ms", whole_way, None),
        ("follow_page_cpu_beside_argon2id_ms", followed, FOLLOW_BAR),
        (f"follow_page_{MANY_PLACES}_places_cpu_beside_argon2id_ms", many, FOLLOW_BAR),
    ):
        yield Figure(f"{name}_{database}", median_beside(pairs), "ms", bar)
    argon2id = statistics.median(pair.part for pair in sending)
    yield Figure(f"argon2id_cpu_ms_{database}", round(argon2id, 3), "ms")
