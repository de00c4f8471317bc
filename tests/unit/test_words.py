"""The words for closed lists: none missing, none standing for another, none promising too much."""

from enum import StrEnum
from inspect import getmembers, isclass

import pytest

from app.domain import desk_words as hotline_lists
from app.domain import notice_words, proof_words
from app.domain import words as domain_words
from app.domain.words import AgeBand, Asker, Content, LocationState, Reply, Standing
from app.i18n.field_words import DESK
from app.i18n.hotline_words import HOTLINE
from app.i18n.locales import LOCALES, gettext, use
from app.i18n.spoken_words import HINTS, SPOKEN, Table
from app.i18n.words import desk_words, hint, words

ENUMS = [
    found
    for module in (domain_words, proof_words)
    for _, found in getmembers(module, isclass)
    if issubclass(found, StrEnum) and found.__module__ == module.__name__
]
ASKED_OR_SHOWN = (Asker, Standing, Content, LocationState, Reply)
JARGON = ("csam", "porn", "victim", "url", "depicted")


@pytest.mark.parametrize("enum", ENUMS)
def test_every_member_has_words_for_both_sides(enum: type[StrEnum]) -> None:
    assert set(DESK[enum]) == set(enum)
    for member in enum:
        assert words(member).strip()
        assert desk_words(member).strip()


def test_what_only_the_hotline_meets_has_words() -> None:
    lists = (hotline_lists, notice_words)
    found = [one for module in lists for _, one in getmembers(module, isclass) if issubclass(one, StrEnum)]
    own = {one for one in found if one.__module__ in {module.__name__ for module in lists}}
    assert own == set(HOTLINE) | (own & set(DESK))
    for enum in own:
        assert {member for member in enum if desk_words(member).strip()} == set(enum)


@pytest.mark.parametrize("enum", ASKED_OR_SHOWN)
def test_what_people_meet_has_words_of_its_own(enum: type[StrEnum]) -> None:
    assert set(SPOKEN[enum]) == set(enum)


@pytest.mark.parametrize("enum", [Asker, Content])
def test_every_choice_of_the_ask_form_has_its_hint(enum: type[Asker] | type[Content]) -> None:
    assert set(HINTS[enum]) == set(enum)
    assert all(hint(member).strip() for member in enum)


@pytest.mark.parametrize("table", [SPOKEN, DESK, HOTLINE, HINTS])
@pytest.mark.parametrize("code", LOCALES)
def test_no_two_members_of_a_list_read_the_same(table: Table, code: str) -> None:
    with use(code):
        for enum, texts in table.items():
            assert len({gettext(text) for text in texts.values()}) == len(enum)


def test_members_that_store_the_same_value_keep_their_own_words() -> None:
    # StrEnum makes them equal: one flat table would mix them up.
    assert Asker.BYSTANDER == Standing.BYSTANDER  # type: ignore[comparison-overlap]
    assert words(Asker.BYSTANDER) != words(Standing.BYSTANDER)


def test_sent_and_removed_are_said_only_when_so() -> None:
    assert words(LocationState.NOTICE_SENT) == "Notice sent"
    assert words(LocationState.SAYS_REMOVED) == "The provider says it is removed"
    for state in set(LocationState) - {LocationState.NOTICE_SENT, LocationState.SAYS_REMOVED}:
        assert "Notice sent" not in words(state)
        assert "removed" not in words(state)


def test_the_age_bands_are_those_of_the_field() -> None:
    assert [desk_words(band) for band in AgeBand][:3] == [
        "prepubescent (0–8)",
        "pubescent (9–12)",
        "post-pubescent (13–17)",
    ]


@pytest.mark.parametrize("table", [SPOKEN, HINTS])
def test_people_read_short_sentences_without_jargon(table: Table) -> None:
    for texts in table.values():
        for text in texts.values():
            assert all(len(sentence.split()) <= 15 for sentence in text.split(".")), text
            assert not any(word in text.lower() for word in JARGON), text
