"""The way out: a plain link everywhere, and a script that every page may run and that runs nothing else."""

import re
from base64 import b64encode
from hashlib import sha256

import pytest
from flask import Flask

from app.web.assets import leave_script_text, slim
from tests.walks import HOST, Asking, Visitor
from tests.web.pages import Page, drafted

INLINE = re.compile(r"<script>(.*?)</script>", flags=re.DOTALL)


def policy_for_scripts(policy: str) -> list[str]:
    return next((part.split()[1:] for part in policy.split("; ") if part.startswith("script-src")), [])


@pytest.mark.parametrize(
    "path", ["/", "/fr/", "/ar/ask", "/follow", "/now", "/desk/sign-in", "/n/some-link", "/nothing/here"]
)
def test_every_page_brings_the_script_and_lets_exactly_that_run(site: Flask, path: str) -> None:
    answer = Visitor(site).go(path)
    [script] = INLINE.findall(answer.text)
    digest = b64encode(sha256(script.encode()).digest()).decode()
    assert policy_for_scripts(answer.headers["Content-Security-Policy"]) == [f"'sha256-{digest}'"]
    assert script == leave_script_text()
    assert len(script.encode()) < 1_000


def test_the_script_stands_right_below_the_way_out_and_before_all_else(site: Flask) -> None:
    tags = [tag for tag, _ in Page(Visitor(site).go("/ask").text).tags]
    assert tags.index("script") < tags.index("nav") < tags.index("main")


def test_what_is_no_page_may_run_nothing(site: Flask) -> None:
    for path in ("/static/heard.css", "/static/passkey.js", "/healthz", "/leave"):
        answer = site.test_client().get(path)
        assert policy_for_scripts(answer.headers["Content-Security-Policy"]) == [], path


def test_the_script_is_served_nowhere_else(site: Flask) -> None:
    assert site.test_client().get("/static/leave.js").status_code == 404


def test_the_script_says_nothing_that_a_person_wrote(site: Flask) -> None:
    asking = drafted(site, words="words that somebody wrote")
    assert INLINE.findall(asking.now.text) == [leave_script_text()]


def test_the_way_out_is_first_and_a_plain_link(site: Flask) -> None:
    for prefix in ("", "/fr", "/ar"):
        links = [has for tag, has in Page(Visitor(site).go(f"{prefix}/ask").text).tags if tag == "a"]
        assert links[0]["href"] == f"{prefix}/leave"
        assert links[0]["rel"] == "nofollow noreferrer"
        assert links[0]["data-wait"], "what is shown and read aloud while the page is being left"


def test_leaving_ends_the_session_clears_what_can_be_cleared_and_goes_away(site: Flask) -> None:
    asking = Asking(site)
    code = asking.ask("https://img.northlight.example/1")
    asking.note_code()
    asking.follow(code)
    answer = asking.client.get("/leave", base_url=HOST)
    assert answer.status_code == 303
    assert answer.headers["Location"] == "https://weather.example/"
    assert answer.headers["Clear-Site-Data"] == '"cookies", "storage"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Max-Age=0" in answer.headers["Set-Cookie"]
    assert asking.client.get("/follow/request", base_url=HOST).headers["Location"] == "/follow"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a { b: c }\n/* said\n for us */\n\n  d { e: f }\n", "a { b: c }\nd { e: f }"),
        ("// said for us\n  go(); // no comment of ours\n", "go(); // no comment of ours"),
        ('url("https://x.example")', 'url("https://x.example")'),
    ],
)
def test_comments_and_indentation_stay_at_home(text: str, left: str) -> None:
    assert slim(text) == left
