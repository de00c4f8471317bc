"""What the page behind a link tells of each kind of notice, in its language, and when it is closed."""

from dataclasses import replace
from gettext import NullTranslations
from urllib.parse import urlsplit

import pytest
from flask import Flask

from app.casework.deliver_letter import deliver_letter
from app.casework.follow_with_code import follow_with_code
from app.casework.forget_request import forget_request
from app.casework.kit import Kit
from app.casework.open_notice import open_notice
from app.casework.revoke_link import revoke_link
from app.domain.assessments import Finding
from app.domain.notice_words import NoticeKind
from app.domain.words import AgeBand, Basis, Ground, Kind
from app.i18n import locales
from app.i18n.catalogues import TRANSLATIONS
from app.i18n.locales import LOCALES, NOTICE_LOCALES, gettext, read_provider_locales, use
from app.outbound.ports import NullMailer
from tests.casework.answer_steps import clock_of, sent, turn_into
from tests.casework.letter_steps import add_host, mail_to
from tests.casework.steps import file_approved, open_courier
from tests.make import ADA, CSAM, Filed
from tests.page_forms import Forms
from tests.walks import Answering, link_in
from tests.web.pages import Page, post

HARMFUL = Finding(Kind.HARMFUL, True, True, Ground.PHYSICAL_ABUSE, AgeBand.PREPUBESCENT, True, Basis.NOBODY)
IDENTITY = Finding(Kind.IDENTITY, None, None, None, None, None, Basis.OTHER, "Odd Body")
ONLY_PROVIDERS = sorted(set(NOTICE_LOCALES) - set(LOCALES))
Opening = tuple[Filed, str, Answering]


@pytest.fixture
def opening(site: Flask, embedded_kit: Kit) -> Opening:
    """A request whose notice went out, the path of its link, and who has it."""
    filed, link = sent(embedded_kit)
    return filed, f"/n/{link}", Answering(site)


def changed(kit: Kit, link: str, kind: NoticeKind, **facts: object) -> None:
    turn_into(kit, open_notice(kit, link.rpartition("/")[2]), kind, **facts)  # type: ignore[arg-type]


def choices(page: str) -> list[str]:
    """What can be answered, of the first question of the page."""
    [form] = [one for one in Forms(page).found if one.action.endswith("/answers")]
    assert form.names
    shown = page.partition('<input type="radio" name="reply_')[2]
    name = f'name="reply_{shown.partition(chr(34))[0]}" value="'
    return [part.partition('"')[0] for part in page.split(name)[1:]]


@pytest.mark.parametrize(
    ("kind", "finding", "told"),
    [
        (
            NoticeKind.CSAM,
            CSAM,
            ["More likely than not under 18, as assessed", "Assessed by Example Hotline"],
        ),
        (NoticeKind.CSAM, replace(CSAM, age_confirmed=True), ["Age confirmed by Example Hotline: under 18"]),
        (
            NoticeKind.HARMFUL,
            HARMFUL,
            [
                "Harmful/abusive images of a child",
                "Physical abuse, torture or restraint",
                "Under 18: the child is identified by police",
                "prepubescent (0–8)",
                "Not assessed by Example Hotline",
            ],
        ),
        (
            NoticeKind.HARMFUL,
            replace(HARMFUL, identified=None),
            ["Believed to be under 18, more likely than not; not assessed by Example Hotline", "Not known"],
        ),
        (NoticeKind.IDENTITY, IDENTITY, ["Identity and safety", "Assessed by Odd Body"]),
    ],
)
def test_each_place_is_told_with_what_the_hotline_confirmed(
    embedded_kit: Kit, opening: Opening, kind: NoticeKind, finding: Finding, told: list[str]
) -> None:
    _, link, provider = opening
    changed(embedded_kit, link, kind, finding=finding)
    text = Page(provider.open(link).text).text
    assert [one for one in told if one not in text] == []
    has_age = kind is not NoticeKind.IDENTITY
    assert ("Age of the youngest child" in text) is has_age
    assert ({"age_doubt", "over_18"} <= set(choices(provider.now.text))) is has_age


def test_who_supplies_a_provider_is_shown_hosts_and_answers_once_for_all(
    embedded_kit: Kit, opening: Opening
) -> None:
    filed, link, provider = opening
    changed(embedded_kit, link, NoticeKind.UPSTREAM, about="H-0000-0000", about_provider="Odd Provider")
    page = provider.open(link).text
    for told in ("H-0000-0000", "Odd Provider", "img.northlight.example"):
        assert told in Page(page).text
    assert "/a/1" not in page
    assert "Place 1" not in page
    assert choices(page) == ["has_it", "removed", "not_ours", "asks", "refuses"]
    assert provider.send(f"{link}/answers").status_code == 422
    said = provider.send(f"{link}/answers", reply_all="removed")
    assert said.status_code == 200
    with embedded_kit.database.reading() as work:
        places = work.requests.locations_of(filed.request_id)
    assert {one.state for one in places} == {"says_removed"}


def test_a_search_engine_is_shown_addresses_and_the_names_to_untie(
    embedded_kit: Kit, opening: Opening
) -> None:
    _, link, provider = opening
    changed(embedded_kit, link, NoticeKind.SEARCH, names=("Odd Name",))
    text = Page(provider.open(link).text).text
    for told in ("Odd Name", "https://x.northlight.example/b", "It is taken out of our results"):
        assert told in text


@pytest.mark.parametrize("code", NOTICE_LOCALES)
def test_the_page_speaks_the_language_of_its_notice(embedded_kit: Kit, opening: Opening, code: str) -> None:
    _, link, provider = opening
    changed(embedded_kit, link, NoticeKind.CSAM, language=code)
    prefix = "" if code == "en" else f"/{code}"
    for path in (link, f"{prefix}{link}"):
        with use(code):
            button, thanks = gettext("Send the answers"), gettext("Thank you")
        opened = provider.open(path)
        assert f'<html lang="{code}" dir="{NOTICE_LOCALES[code].direction}">' in opened.text
        assert button in opened.text
        assert thanks in provider.send(f"{path}/answers", reply_1="asks", words_1="Which?").text


class Missed(NullTranslations):
    """Notes what a catalogue was asked for and does not have."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: set[str] = set()

    def gettext(self, message: str) -> str:
        self.texts.add(message)
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self.texts.add(msgid1)
        return msgid1 if n == 1 else msgid2


@pytest.mark.parametrize("code", ONLY_PROVIDERS)
def test_no_page_for_providers_falls_back_on_english(
    embedded_kit: Kit, opening: Opening, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    _, link, provider = opening
    missed, known = Missed(), read_provider_locales(TRANSLATIONS)[1][code]
    known.add_fallback(missed)
    monkeypatch.setitem(locales._MORE_TEXTS, code, known)
    path = f"/{code}{link}"
    for kind, finding in (
        (NoticeKind.CSAM, CSAM),
        (NoticeKind.HARMFUL, HARMFUL),
        (NoticeKind.IDENTITY, IDENTITY),
    ):
        changed(embedded_kit, link, kind, language=code, finding=finding)
        provider.open(path)
    for kind in (NoticeKind.SEARCH, NoticeKind.UPSTREAM, NoticeKind.CSAM):
        changed(embedded_kit, link, kind, language=code, names=("Odd Name",))
        provider.open(path)
    assert provider.send(f"{path}/answers").status_code == 422
    for number, reply in enumerate(("asks", "refuses", "over_18", "age_doubt", "not_ours", "removed")):
        provider.open(path)
        provider.send(f"{path}/answers", reply_1=reply, reply_2=reply, words_all="w" * 4001 if number else "")
        provider.send(f"{path}/answers", reply_1=reply, reply_2=reply, words_1="w", words_2="w", words_all="")
        provider.open(path)
    for page in ("verify", "n/no-such-link"):
        provider.go(f"/{code}/{page}")
        provider.send(f"/{code}/{page}")
    provider.go(f"/{code}/verify")
    provider.send(f"/{code}/verify", reference="H-0000-0000", notice_code="0000000000")
    assert missed.texts == set()


@pytest.mark.parametrize("code", [code for code in NOTICE_LOCALES if code != "en"])
def test_a_language_that_is_chosen_stays_on_the_whole_way(opening: Opening, code: str) -> None:
    link, provider = opening[1], opening[2]
    provider.go(link)
    [there] = [tag["href"] for name, tag in Page(provider.now.text).tags if tag.get("lang") == code]
    assert there == f"/{code}{link}"
    provider.open(there)
    assert f'<html lang="{code}"' in provider.now.text
    assert f'action="/{code}{link}/answers"' in provider.now.text
    assert f'href="/{code}/static/heard.css"' in provider.now.text
    assert provider.go(f"/{code}/static/heard.css").status_code == 200


@pytest.mark.parametrize("code", NOTICE_LOCALES)
def test_the_links_of_a_letter_lead_to_pages_in_its_language(
    site: Flask, embedded_kit: Kit, code: str
) -> None:
    add_host(embedded_kit, "Nightpool", mail_to("abuse@nightpool.example", language=code))
    file_approved(embedded_kit, places="https://nightpool.example/a")
    mailer = NullMailer()
    deliver_letter(embedded_kit, open_courier(embedded_kit), mailer)
    [letter] = mailer.sent
    body = letter.get_body()
    assert body is not None
    words = body.get_content().split()
    paths = [urlsplit(one).path for one in words if "/n/" in one or one.endswith("/verify")]
    assert len(paths) == 2
    for path in paths:
        assert path.startswith("/n/" if "/n/" in path else "/verify") is (code == "en")
        page = site.test_client().get(path)
        assert page.status_code == 200
        assert f'<html lang="{code}"' in page.text
    assert "https://nightpool.example/a" in Answering(site).open(link_in(letter)).text


@pytest.mark.parametrize("code", ONLY_PROVIDERS)
def test_a_language_of_notices_is_no_language_of_the_site(site: Flask, code: str) -> None:
    client = site.test_client()
    for path in ("", "/", "/ask", "/follow", "/support", "/desk/sign-in", "/healthz", "/nothing"):
        answer = client.get(f"/{code}{path}")
        assert answer.status_code == 404, path
        assert '<html lang="en"' in answer.text
    asked = {"Accept-Language": code}
    assert client.get("/ask", headers=asked).status_code == 200
    home = client.get("/", headers=asked).text
    assert f'hreflang="{code}"' not in home
    assert NOTICE_LOCALES[code].name not in home
    assert client.get(f"/{code}/leave").status_code == 303


@pytest.mark.parametrize("how", ["unknown", "expired", "revoked", "forgotten"])
def test_a_link_that_opens_nothing_any_more_says_so_kindly_and_always_the_same(
    site: Flask, embedded_kit: Kit, opening: Opening, how: str
) -> None:
    filed, link, _ = opening
    match how:
        case "unknown":
            link = "/n/" + "x" * 43
        case "expired":
            clock_of(embedded_kit).move(days=91)
        case "revoked":
            revoke_link(embedded_kit, ADA, open_notice(embedded_kit, link.rpartition("/")[2]).notice_id)
        case "forgotten":
            actor = follow_with_code(embedded_kit, filed.code)
            forget_request(embedded_kit, actor, filed.request_id)
    client = site.test_client()
    assert client.get(link).status_code == 200
    for part in ("", "/answers", "/acknowledge"):
        answer = post(client, link + part, {"reply_1": "removed"})
        assert answer.status_code == 404
        page = Page(answer.text)
        assert page.heading == "There is nothing here"
        assert "The link of a notice ends after some time" in page.text
        assert "notices@hotline.example" in page.text
        assert [one for one in page.values("href", "a") if one.startswith("/") and "leave" not in one] == []
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("code", NOTICE_LOCALES)
def test_an_error_and_being_asked_again_speak_the_language_too(site: Flask, code: str) -> None:
    prefix = "" if code == "en" else f"/{code}"
    client = site.test_client()
    with use(code):
        nothing, again = gettext("There is nothing here"), gettext("Once more, please")
    assert nothing in post(client, f"{prefix}/n/no-such-link", {}).text
    page = client.post(f"{prefix}/n/no-such-link", content_length=0).text
    assert again in page
    assert f'<html lang="{code}"' in page
