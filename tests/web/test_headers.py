"""What every answer says to the browser, whatever kind of answer it is."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.casework.actors import Caseworker
from app.casework.kit import Kit
from app.i18n.locales import LOCALES
from app.i18n.site_texts import DEMO_TEXTS, load_site_texts
from app.persistence.passkeys import Passkey
from app.vault.pairs import seal_to
from app.vault.seal import Purpose
from app.web.assets import leave_script_text, source_of
from app.web.site import make_site
from tests.make import ADA, MIRA, enrol_member, make_settings
from tests.walks import HOST, Answering, Asking, Desk, Visitor, case_of
from tests.web.pages import HTTPS, PNG, SAME_ORIGIN, Page, drafted, post

PUBLIC = ("/", "/before", "/before/adult", "/now", "/safer", "/doors", "/support", "/privacy", "/conduct")
OPEN_PAGES = (
    *PUBLIC,
    "/ask",
    "/follow",
    "/duties",
    "/ask/sent",
    "/desk/sign-in",
    "/n/some-link",
)
REDIRECTS = (
    "/ask/review",
    "/follow/request",
    "/desk/",
    "/desk/letters",
    "/admin/",
    "/leave",
    "/n/some-link/answers",
)
NOT_SAID = (
    "abuse csam sexual child survivor victim porn image picture illegal police crime removal takedown hotline"
).split()


OWN_SCRIPT = source_of(leave_script_text())


def policy_of(answer: TestResponse) -> dict[str, list[str]]:
    """A Content-Security-Policy, directive by directive."""
    parts = [part.split() for part in answer.headers["Content-Security-Policy"].split(";")]
    return {name: sources for name, *sources in parts}


def headers_of(answer: TestResponse) -> str:
    """All headers in small letters, but for a cookie's random ones: four of them make a word by chance."""
    lines = (f"{name}: {value}" for name, value in answer.headers)
    return "\n".join(re.sub(r"^(Set-Cookie: [\w-]+=)[\w-]{43};", r"\1;", line) for line in lines).lower()


def answers_of_every_kind(site: Flask) -> dict[int, TestResponse]:
    client = site.test_client()

    def boom() -> str:
        raise RuntimeError

    found = {
        200: client.get("/"),
        303: client.get("/follow/request"),
        308: client.get("/desk"),
        403: client.post("/ask", headers={"Sec-Fetch-Site": "cross-site"}, content_length=0),
        404: client.get("/nothing/here"),
        405: client.post("/privacy", headers=SAME_ORIGIN, content_length=0),
        411: client.post("/ask", headers=SAME_ORIGIN | {"Transfer-Encoding": "chunked"}),
        413: post(client, "/ask", {}, data="a" * 1_000_001),
        415: client.post("/ask", data=PNG, content_type="image/png", headers=SAME_ORIGIN),
        422: post(client, "/ask", {}, data="places="),
    }
    views = site.view_functions
    before = views["portal.home"]
    views["portal.home"] = boom
    found[500] = client.get("/")
    views["portal.home"] = before
    return found


def test_every_kind_of_answer_carries_every_header(site: Flask) -> None:
    answers = answers_of_every_kind(site)
    assert [answer.status_code for answer in answers.values()] == list(answers)
    for answer in (
        *answers.values(),
        site.test_client().get("/static/heard.css"),
        site.test_client().get("/healthz"),
    ):
        policy = policy_of(answer)
        brings_a_script = "<script>" in answer.text
        assert policy.pop("script-src", []) == ([OWN_SCRIPT] if brings_a_script else [])
        assert policy == {
            "default-src": ["'none'"],
            "style-src": ["'self'"],
            "img-src": ["'self'"],
            "form-action": ["'self'"],
            "base-uri": ["'none'"],
            "frame-ancestors": ["'none'"],
        }
        wanted = {
            "Cache-Control": "no-store",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Resource-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
        }
        if answer.mimetype != "text/css":  # these speak of pages
            wanted |= {
                "Cross-Origin-Opener-Policy": "same-origin",
                "Cross-Origin-Embedder-Policy": "require-corp",
            }
            assert {"camera=()", "microphone=()", "geolocation=()"} <= set(
                answer.headers["Permissions-Policy"].split(", ")
            )
        assert {name: answer.headers.get(name) for name in wanted} == wanted
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert not {"Strict-Transport-Security", "Server", "X-Powered-By", "ETag", "Last-Modified"} & set(
            answer.headers.keys()
        )


def test_only_a_secure_answer_asks_for_secure_answers_from_now_on(site: Flask) -> None:
    secure = site.test_client().get("/", base_url=HTTPS)
    assert "max-age=63072000" in secure.headers["Strict-Transport-Security"]
    assert "Strict-Transport-Security" not in site.test_client().get("/", base_url=HOST).headers


@pytest.mark.parametrize("path", [*OPEN_PAGES, *REDIRECTS, "/nothing/here", "/fr/", "/ar/ask", "/healthz"])
def test_looking_sets_no_cookie(site: Flask, path: str) -> None:
    for base in (HOST, HTTPS):
        answer = site.test_client().get(path, base_url=base)
        assert answer.status_code in (200, 303, 404)
        for cookie in answer.headers.getlist("Set-Cookie"):
            assert "Max-Age=0" in cookie, "only one that takes an earlier cookie back"


def cookie_after_asking(site: Flask, **more: Any) -> tuple[str, str, set[str]]:
    answer = post(site.test_client(), "/ask", {"places": "https://img.northlight.example/1"}, **more)
    [cookie] = answer.headers.getlist("Set-Cookie")
    first, *attributes = cookie.split("; ")
    return (*first.partition("=")[::2], set(attributes))


def test_the_cookie_is_bound_to_a_secure_host(site: Flask) -> None:
    name, value, attributes = cookie_after_asking(site, base_url=HTTPS)
    assert name == "__Host-heard"
    assert len(value) == 43, "32 random bytes"
    assert attributes == {"Secure", "HttpOnly", "SameSite=Strict", "Path=/"}


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8080", "localhost:8080", "[::1]:8080"])
def test_on_this_machine_alone_the_cookie_may_go_without_tls(site: Flask, host: str) -> None:
    name, _, attributes = cookie_after_asking(site, base_url=f"http://{host}")
    assert name == "heard"
    assert attributes == {"HttpOnly", "SameSite=Strict", "Path=/"}


@pytest.mark.parametrize("host", ["b" * 56 + ".onion", "heard.hotline.example", "127.0.0.1.hotline.example"])
def test_on_any_other_host_the_cookie_is_secure_even_when_the_proxy_does_not_say_so(
    site: Flask, host: str
) -> None:
    name, _, attributes = cookie_after_asking(site, base_url=f"http://{host}")
    assert name == "__Host-heard"
    assert "Secure" in attributes


def pages_of_all_roles(site: Flask, kit: Kit) -> list[tuple[str, TestResponse]]:
    asking = drafted(site, words="words")
    shown = [("/ask/review", asking.now)]
    code_holder = Asking(site)
    code = code_holder.ask("https://img.northlight.example/1")
    shown.append(("/ask/sent", code_holder.now))
    shown.append(("/ask/sent", code_holder.note_code()))
    shown.append(("/follow/request", code_holder.follow(code)))
    request_id = case_of(kit, code)
    ada, mira = Desk(site, ADA), Desk(site, MIRA)
    for path in ("/desk/", f"/desk/case/{request_id}", "/desk/letters"):
        shown.append((path, ada.go(path)))
    ada.take(request_id)
    shown += [(ada.path, ada.go(f"/desk/case/{request_id}/assess"))]
    ada.assess(request_id)
    shown += [(ada.path, ada.go(f"/desk/case/{request_id}/notices"))]
    shown += [(path, mira.go(path)) for path in ("/admin/", "/admin/providers/new")]
    shown += [
        (f"{prefix}{path}", Answering(site).go(f"{prefix}{path}"))
        for path in OPEN_PAGES
        for prefix in ("", "/fr", "/ar")
    ]
    shown += [
        (str(status), answer)
        for status, answer in answers_of_every_kind(site).items()
        if status not in (303, 308)
    ]
    return shown


def test_no_page_refers_to_another_site_or_runs_anything_of_one(site: Flask, embedded_kit: Kit) -> None:
    for path, answer in pages_of_all_roles(site, embedded_kit):
        page = Page(answer.text)
        for name in ("src", "href", "action", "srcset", "data", "poster", "cite", "background", "formaction"):
            for value in page.values(name):
                to = urlsplit(value.replace("\\", "/"))
                assert (to.scheme in ("", "tel", "mailto"), to.netloc) == (True, ""), (path, name)
        tags = [tag for tag, _ in page.tags]
        assert tags.count("script") <= 1, "the way out's own, and on a few pages of the desk another"
        assert not {*tags} & {
            "style",
            "iframe",
            "object",
            "embed",
            "video",
            "audio",
            "picture",
            "base",
        }, path
        on_tags = [name for _, has in page.tags for name in has if name.startswith("on") or name == "style"]
        assert on_tags == [], path
        assert page.values("type", "input").count("file") == 0, path


def test_only_pages_that_offer_passkeys_may_load_a_script(tmp_path: Path, embedded_kit: Kit) -> None:
    settings = make_settings(tmp_path, base_url="https://heard.hotline.example")
    kit = replace(embedded_kit, settings=settings)
    site = make_site(kit, load_site_texts(DEMO_TEXTS))
    ada, half = enrol_member(kit), Visitor(site)
    label = seal_to(ada.pair.public, Purpose.PASSKEY_LABEL, "f" * 32, b"a key")
    with kit.database.writing() as work:
        work.passkeys.add(Passkey("f" * 32, ada.id, b"credential", b"public", 0, kit.clock(), label))
        work.commit()
    half.go("/desk/sign-in")
    second = half.send("/desk/sign-in", name=ada.sign_in, passphrase=ada.passphrase)
    desk = Desk(site, Caseworker(ada.id, ada.name, ada.pair, ADA.team))
    offering = {"/desk/sign-in/second": second, "/desk/confirm": desk.go("/desk/confirm")}
    offering |= {"/desk/me/passkeys": desk.go("/desk/me/passkeys")}
    for path, answer in offering.items():
        assert policy_of(answer)["script-src"] == ["'self'", OWN_SCRIPT], path
        scripts = [has.get("src") for tag, has in Page(answer.text).tags if tag == "script"]
        assert scripts == [None, "/static/passkey.js"], path
    others = [(path, desk.go(path)) for path in ("/desk/", "/desk/me", "/desk/me/factor", "/desk/people")]
    for path, answer in [*others, *pages_of_all_roles(site, kit)]:
        assert policy_of(answer).get("script-src", [OWN_SCRIPT]) == [OWN_SCRIPT], path
        assert "<script src" not in answer.text, path


def test_titles_paths_and_headers_do_not_say_what_the_site_is_about(site: Flask, embedded_kit: Kit) -> None:
    for path, answer in pages_of_all_roles(site, embedded_kit):
        title = Page(answer.text).title.lower().removeprefix("example hotline")  # what the operator chose
        headers = headers_of(answer)
        for word in NOT_SAID:
            assert word not in title, path
            assert word not in headers.replace("picture-in-picture", ""), path
    for rule in site.url_map.iter_rules():
        assert not any(word in rule.rule for word in NOT_SAID), rule.rule


def test_every_page_has_a_title_a_language_and_a_direction(site: Flask, embedded_kit: Kit) -> None:
    for path, answer in pages_of_all_roles(site, embedded_kit):
        [html] = [has for tag, has in Page(answer.text).tags if tag == "html"]
        code = next((code for code in LOCALES if path.startswith(f"/{code}/")), "en")
        assert (html["lang"], html["dir"]) == (code, LOCALES[code].direction), path


def test_a_strange_path_makes_no_link_to_another_site(site: Flask) -> None:
    # As a server hands it over: the test client would take "//…" for the name of a host.
    for path in ("//evil.example/x", "/\\evil.example", "///evil.example", "/%2F%2Fevil.example"):
        environ = {"PATH_INFO": path, "REQUEST_METHOD": "GET"}
        answer = site.test_client().open("/", environ_overrides=environ)
        assert answer.status_code in (404, 308)
        for value in Page(answer.text).values("href"):
            assert value.startswith(("/", "#", "tel:")), value
            assert value[1:2] not in ("/", "\\"), value


def test_only_what_everybody_gets_alike_is_compressed(site: Flask, embedded_kit: Kit) -> None:
    client, accepts = site.test_client(), {"Accept-Encoding": "gzip, br"}
    assert client.get("/static/heard.css", headers=accepts).headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in client.get("/static/heard.css").headers
    asking = drafted(site)
    for path in PUBLIC:  # with no form and nothing of a session, see tests/web/test_public_pages.py
        assert client.get(path, headers=accepts).headers["Content-Encoding"] == "gzip"
    for path in (*({*OPEN_PAGES} - {*PUBLIC, "/duties"}), *REDIRECTS, "/ask/review", "/nothing"):
        assert "Content-Encoding" not in client.get(path).headers
        assert "Content-Encoding" not in client.get(f"{path}?typed=words", headers=accepts).headers
        assert "Content-Encoding" not in asking.client.get(path, base_url=HOST, headers=accepts).headers
    asking = Asking(site)
    code = asking.ask("https://img.northlight.example/1")
    asking.headers |= accepts
    assert "Content-Encoding" not in asking.go("/ask/sent").headers
    assert "Content-Encoding" not in asking.follow(code).headers
