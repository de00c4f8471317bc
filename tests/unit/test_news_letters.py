"""The mails to people say nothing, in every language and down to every header."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain.notices import Hotline
from app.i18n.letter_files import LetterError
from app.i18n.letter_texts import TRANSLATIONS
from app.i18n.locales import LOCALES
from app.i18n.news_letters import compose_news, compose_number, news_texts
from app.outbound.message import MessageInvalid, build_news
from tests.make import make_settings

HEADERS = {
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
}
# In whatever language: what this is about, who sends it, and that there is somewhere to go.
TELLING = r"""heard hotline child children abuse image picture video survivor victim request report case
notice place provider website site code secret police help support caseworker http www click visit link urgent
signalement enfant abus victime demande dossier lieu aide secours code images police adresse lien site plainte
طفل أطفال إساءة ضحية طلب بلاغ قضية مكان رمز سر شرطة مساعدة صور رابط موقع خط""".split()
WHEN = datetime(2026, 1, 13, 10, tzinfo=UTC)
NUMBER = "123456"


def texts_in(language: str) -> list[str]:
    mails = [compose_number(NUMBER, language), compose_news(language)]
    return [part for mail in mails for part in (mail.subject, mail.body)]


@pytest.mark.parametrize("language", sorted(LOCALES))
def test_every_language_of_the_site_has_its_own(language: str) -> None:
    assert compose_news(language).language == language
    assert compose_number(NUMBER, language).language == language


@pytest.mark.parametrize("language", sorted(LOCALES))
def test_no_word_says_what_it_is_about(language: str) -> None:
    for text in texts_in(language):
        words = set(re.findall(r"\w+", text.lower()))
        assert words & set(TELLING) == set()
        assert "//" not in text
        assert re.findall(r"\w\.\w|@", text) == []


@pytest.mark.parametrize("language", sorted(LOCALES))
def test_the_number_stands_in_one_mail_and_in_no_subject(language: str) -> None:
    holding = [NUMBER in text for text in texts_in(language)]
    assert holding == [False, True, False, False]


def test_a_language_nobody_wrote_yet_is_english() -> None:
    assert compose_news("nn") == compose_news("en")


@pytest.mark.parametrize("language", sorted(LOCALES))
@pytest.mark.parametrize("is_number", [True, False])
def test_headers_are_those_of_any_mail_and_name_nobody(
    language: str, is_number: bool, tmp_path: Path
) -> None:
    settings = make_settings(tmp_path)
    letter = compose_number(NUMBER, language) if is_number else compose_news(language)
    own = settings.contact
    message = build_news(letter, own.name, own.email, "someone@mail.example", "f" * 32, WHEN)
    assert set(message.keys()) == HEADERS
    assert str(message["From"]) == "News <news@post.example>"
    assert str(message["To"]) == "someone@mail.example"
    assert message["Message-ID"] == f"<{'f' * 32}@post.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert not message.is_multipart()
    raw = message.as_bytes().decode("ascii").lower()
    hotline: Hotline = settings.hotline
    for word in ("heard", "hotline", hotline.name.lower(), hotline.domain, "http", "python", "x-"):
        assert word not in raw


@pytest.mark.parametrize("address", ["a@b.example, c@d.example", "a@b.example\nBcc: c@d.example", "", "a"])
def test_an_address_that_would_break_a_header_is_refused(address: str) -> None:
    with pytest.raises(MessageInvalid) as refused:
        build_news(compose_news("en"), "News", "news@post.example", address, "f" * 32, WHEN)
    assert address not in str(refused.value) or not address


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("{number}", "{code}"), "placeholders"),
        (("[news]", "[other]"), "not known|missing"),
        (("There is news for you.", "{link}"), "placeholders"),
        (("News for you", ""), "is empty"),
    ],
)
def test_a_file_that_keeps_no_agreement_is_refused(
    change: tuple[str, str], says: str, tmp_path: Path
) -> None:
    text = (TRANSLATIONS / "en" / "letters" / "news.txt").read_text("utf-8")
    file = tmp_path / "en" / "letters" / "news.txt"
    file.parent.mkdir(parents=True)
    file.write_text(text.replace(*change), "utf-8")
    with pytest.raises(LetterError, match=says):
        news_texts(tmp_path)
