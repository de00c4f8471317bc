"""The letters to providers: one whole text file per kind and language, filled with the facts of a notice.

The words are in translations/<code>/letters/; app/i18n/letter_texts.py says what each file must hold.
"""

from dataclasses import dataclass
from datetime import datetime

from app.domain.notice_words import LawUse, LetterKind, NoticeKind
from app.domain.notices import NoticeFacts
from app.i18n.letter_files import LetterError, LetterText
from app.i18n.letter_places import (
    check_laws,
    concerns_block,
    elements_line,
    has_csam,
    hosts_block,
    laws_block,
    places_block,
    plain_places,
    shows_a_child,
)
from app.i18n.letter_texts import NOTICE, PARTS, REMINDER, TRANSLATIONS, Texts, letter_texts, texts_for
from app.i18n.letter_values import exact, marked, one_line, own_lines, when

_ANY_FINDING = (NoticeKind.SEARCH, NoticeKind.UPSTREAM)
_TICKET = 80  # characters: it came in a mail


@dataclass(frozen=True)
class Letter:
    """A finished letter. `language` is the code of its translation, for Content-Language."""

    subject: str
    body: str
    language: str


def compose_notice(facts: NoticeFacts) -> Letter:
    """The notice as the provider reads it: the whole letter of its kind, in the recipient's language.

    Worded the same whoever began the case. With the Digital Services Act among its laws it is complete for
    Art. 16(2)(a)-(d). Raises LetterError when there is no letter in that language, a needed value is empty,
    or something stands in the facts that a letter of this kind must not say.
    """
    _check(facts)
    texts = texts_for(facts.recipient.language)
    text = texts[NOTICE[facts.kind]]
    values = _always(facts, texts) | _of_notice(facts, texts) | _of_kind(facts, texts)
    subject = text.line("subject", reference=values["reference"])
    return _letter(subject, text, values)


def compose_reminder(facts: NoticeFacts, kind: LetterKind, sent_at: datetime) -> Letter:
    """A reminder in the thread of its notice. `facts.places` are those still up by our knowledge, numbered as
    in the notice; `sent_at` is when the notice went out. Raises LetterError as `compose_notice` does.

    The subject is that of the notice, with the recipient's own ticket where there is one.
    """
    if kind is LetterKind.FIRST or facts.kind is NoticeKind.UPSTREAM:
        raise LetterError("nothing to remind of")
    _check(facts)
    texts = texts_for(facts.recipient.language)
    text = texts[REMINDER]
    values = _always(facts, texts)
    search = ".search" if facts.kind is NoticeKind.SEARCH else ""
    opening = {"reference": values["reference"], "sent_at": when(sent_at, text.language)}
    values |= {
        "count": str(len(facts.places)),
        "places": plain_places(facts.places, text),
        "opening": text.line(f"opening.{kind}", **opening),
        "still": text.line(f"still{search}"),
        "answers": text.line("answers" if shows_a_child(facts) else "answers.identity"),
        "next": text.line(f"next{search}.{kind}"),
    }
    subject = texts[NOTICE[facts.kind]].line("subject", reference=values["reference"])
    ticket = one_line(facts.ticket)[:_TICKET]
    return _letter(f"Re: {subject} {ticket}".rstrip(), text, values)


def compose_statement(statement: str, language: str) -> str:
    """The part of a letter that holds somebody's own words, exactly as `compose_notice` writes it."""
    return statement_block(statement, texts_for(language)[PARTS])


def statement_block(statement: str, parts: LetterText) -> str:
    """Somebody's own words in their frame, each line marked; or ""."""
    if not statement.strip():
        return ""
    return parts.paragraphs("statement", words=marked(statement))


def letter_languages() -> tuple[str, ...]:
    """The codes a provider can be written to in. Loads and checks every file: LetterError if one is bad."""
    return tuple(sorted(letter_texts(TRANSLATIONS)))


def _check(facts: NoticeFacts) -> None:
    """Refuse what a notice of this kind must not say. Raises LetterError."""
    findings = [place.finding for place in facts.places]
    if not findings or not all(finding.asks_removal for finding in findings):
        raise LetterError("a notice names places that must go, and only those")
    if facts.kind not in _ANY_FINDING and any(finding.kind.value != facts.kind.value for finding in findings):
        raise LetterError("a notice is about places of one kind")
    if facts.names and facts.kind is not NoticeKind.SEARCH:
        raise LetterError("a name goes to a search engine alone")
    if facts.statement.strip() and facts.kind is NoticeKind.UPSTREAM:
        raise LetterError("own words never go to who supplies a provider")
    check_laws(facts)


def _letter(subject: str, text: LetterText, values: dict[str, str]) -> Letter:
    used = {name: value for name, value in values.items() if name in text.agreed["letter"]}
    return Letter(subject, text.paragraphs("letter", **used) + "\n", text.language.replace("_", "-"))


def _always(facts: NoticeFacts, texts: Texts) -> dict[str, str]:
    """Who writes to whom, until when, and how to answer and to check: the same in every letter."""
    language = texts[PARTS].language
    return {
        "reference": one_line(facts.reference),
        "recipient": one_line(facts.recipient.name),
        "answer_by": when(facts.answer_by, language),
        "answer_link": exact(facts.answer_link),
        "verify": _verify(facts, texts[PARTS]),
        "hotline": one_line(facts.hotline.name),
        "hotline_email": one_line(facts.hotline.email),
        "hotline_address": one_line(", ".join(facts.hotline.address.strip().splitlines())),
        "hotline_phone": one_line(facts.hotline.phone),
        "hotline_hours": one_line(facts.hotline.hours),
        "flagger_number": one_line(facts.hotline.flagger_number),
    }


def _verify(facts: NoticeFacts, parts: LetterText) -> str:
    """How to check that it is genuine. Only a notice sealed before there were codes goes without."""
    if not facts.verify_code and not facts.verify_link:
        return ""
    return parts.paragraphs(
        "verify",
        reference=one_line(facts.reference),
        verify_link=exact(facts.verify_link),
        verify_code=one_line(facts.verify_code),
    )


def _of_notice(facts: NoticeFacts, texts: Texts) -> dict[str, str]:
    is_csam = facts.kind is NoticeKind.CSAM and facts.recipient.wants_xarf
    has_reports = is_csam and any(place.finding.is_classified_csam for place in facts.places)
    return {
        "made_at": when(facts.made_at, texts[PARTS].language),
        "terms_clause": one_line(facts.recipient.terms_clause),
        "no_image": texts[PARTS].line("no_image.xarf" if has_reports else "no_image"),
    }


def _of_kind(facts: NoticeFacts, texts: Texts) -> dict[str, str]:
    """What only some kinds say; "" where it must not be said."""
    text, parts = texts[NOTICE[facts.kind]], texts[PARTS]
    is_child = shows_a_child(facts)
    if facts.kind is NoticeKind.UPSTREAM:
        return {
            "about": one_line(facts.about),
            "about_provider": one_line(facts.about_provider),
            "hosts": hosts_block(facts.places),
            "concern": concerns_block(facts, text),
            "age": text.paragraphs("age") if is_child else "",
        }
    values = {
        "count": str(len(facts.places)),
        "places": places_block(facts.places, parts),
        "statement": statement_block(facts.statement, parts),
        "grounds": laws_block(facts.laws, LawUse.GROUND, parts),
        "keep": laws_block(facts.laws, LawUse.PRESERVATION, parts),
        "elements": elements_line(facts.laws, parts),
    }
    if facts.kind is NoticeKind.SEARCH:
        names = text.paragraphs("names", names=own_lines(facts.names)) if facts.names else ""
        values |= {
            "names": names,
            "protocol": text.paragraphs("protocol") if has_csam(facts) else "",
            "age": text.paragraphs("age") if is_child else "",
            "age_doubt": text.line("age_doubt") if is_child else "",
            "over_18": text.line("over_18") if is_child else "",
        }
    return values
