"""No page of asking is heavier than 14 kB with all it loads, though none of them may be compressed."""

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.i18n.locales import LOCALES
from tests.walks import Asking
from tests.web.asked import press
from tests.web.pages import Page

MOST_BYTES = 14_000
BY_THE_SERVER = 120  # status line, Server, Date and Connection: not written by the application
MANY = "\n".join(f"https://img.northlight.example/gallery/{number}" for number in range(7))


def weight(answer: TestResponse) -> int:
    heads = sum(len(name) + len(value) + 4 for name, value in answer.headers)
    return BY_THE_SERVER + heads + len(answer.data)


def with_all_it_loads(asking: Asking) -> int:
    """The page that is open, its style sheet and its icon."""
    client, packed = asking.app.test_client(), {"Accept-Encoding": "gzip"}
    links = [has["href"] for tag, has in Page(asking.now.text).tags if tag == "link"]
    assert len(links) == 2
    return weight(asking.now) + sum(weight(client.get(path, headers=packed)) for path in links)


@pytest.mark.parametrize("code", LOCALES)
def test_every_question_is_light(site: Flask, code: str) -> None:
    asking = Asking(site, "" if code == "en" else f"/{code}")
    asking.go(f"{asking.prefix}/ask")
    press(asking, "on", places=MANY)
    heavy: dict[str, int] = {}
    given = {"asker": "parent", "words": "Some words of mine.", "may_hear": "provider"}
    while not asking.path.endswith("/review"):
        heavy[asking.path] = with_all_it_loads(asking)
        press(asking, "on", **{name: given[name] for name in asking.forms[0].names & set(given)})
    assert len(heavy) > 12
    assert {path: found for path, found in heavy.items() if found > MOST_BYTES} == {}


@pytest.mark.parametrize("code", LOCALES)
def test_the_short_way_is_light(site: Flask, code: str) -> None:
    asking = Asking(site, "" if code == "en" else f"/{code}")
    asking.go(f"{asking.prefix}/ask")
    heavy = [with_all_it_loads(asking)]
    press(asking, "review", places=MANY)
    heavy.append(with_all_it_loads(asking))
    asking.send(f"{asking.prefix}/ask/review")
    heavy.append(with_all_it_loads(asking))
    assert max(heavy) <= MOST_BYTES
