"""Laws as an admin keeps them: off, confirmed for exact words, never over somebody else's change."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.casework.confirm_law import confirm_law, switch_off_law
from app.casework.errors import NotAllowed, NotFound, Stale
from app.casework.keep_law import LawWords, add_law, remove_law, word_law
from app.casework.kit import Kit
from app.casework.laws import laws_for
from app.domain.laws import SHIPPED, Law, LawCode
from app.domain.notice_words import LawUse, NoticeKind, ProviderKind
from app.domain.notices import CitedLaw
from app.domain.providers import Provider
from app.domain.trail import HOTLINE
from app.reads.laws import read_law, read_laws
from tests.casework.steps import all_at_once, kinds
from tests.make import MIRA

DSA = "dsa_16"
WORDS = LawWords("Criminal Code, section 163.1", LawUse.GROUND, (NoticeKind.CSAM,))
HOST = Provider("p" * 32, "One", "IE", "", ("one.example",), ())
DAY = "2025-03-31"


def confirm(kit: Kit, law_id: str, day: str = DAY) -> None:
    confirm_law(kit, MIRA, law_id, day, read_law(kit, law_id).seen)


def cited(
    kit: Kit, provider: Provider, kind: NoticeKind = NoticeKind.CSAM, *, mandate: bool = False
) -> list[str]:
    with kit.database.reading() as work:
        return [law.code for law in laws_for(work, provider, kind, with_mandate=mandate)]


def test_a_new_hotline_is_offered_the_list_and_cites_none_of_it(kit: Kit) -> None:
    assert {law.id for law in read_laws(kit)} == {law.id for law in SHIPPED}
    for country in ("IE", "US"):
        for kind in NoticeKind:
            provider = replace(HOST, country=country, is_covered=True)
            assert cited(kit, provider, kind, mandate=True) == []


def test_a_law_is_cited_once_it_is_confirmed_and_no_more_once_it_is_off(kit: Kit) -> None:
    confirm(kit, DSA)
    with kit.database.reading() as work:
        [found] = laws_for(work, HOST, NoticeKind.CSAM)
    assert found == CitedLaw(DSA, LawUse.GROUND, SHIPPED[0].citation)
    assert cited(kit, replace(HOST, kind=ProviderKind.SEARCH)) == []
    switch_off_law(kit, MIRA, DSA, read_law(kit, DSA).seen)
    assert cited(kit, HOST) == []
    shown = read_law(kit, DSA)
    assert (shown.law.verified_on, shown.is_kept) == ("", True)


def test_a_mandate_is_cited_only_when_it_is_said_to_be_there(kit: Kit) -> None:
    confirm(kit, "take_it_down")
    covered = replace(HOST, country="US", kind=ProviderKind.PLATFORM, is_covered=True)
    assert cited(kit, covered) == []
    assert cited(kit, covered, mandate=True) == ["take_it_down"]
    assert cited(kit, replace(covered, is_covered=False), mandate=True) == []


@pytest.mark.parametrize(
    "day", ["", "31.3.2025", "20250331", "2025-3-31", "2999-01-01", "2025-02-30", "2025-W13-1"]
)
def test_a_law_is_not_switched_on_without_the_day_of_a_check_that_was(kit: Kit, day: str) -> None:
    with pytest.raises(NotAllowed):
        confirm(kit, DSA, day)
    assert cited(kit, HOST) == []


def test_today_is_a_day_of_a_check_and_tomorrow_is_none(kit: Kit) -> None:
    today = kit.clock().date()
    with pytest.raises(NotAllowed):
        confirm(kit, DSA, today.replace(day=today.day + 1).isoformat())
    confirm(kit, DSA, today.isoformat())
    assert cited(kit, HOST) == [DSA]


def test_a_law_of_ones_own_starts_off_and_holds_in_its_country(kit: Kit) -> None:
    law_id = add_law(kit, MIRA, "CA", WORDS)
    canadian = replace(HOST, country="CA")
    assert cited(kit, canadian) == []
    confirm(kit, law_id)
    with kit.database.reading() as work:
        [found] = laws_for(work, canadian, NoticeKind.CSAM)
    assert found == CitedLaw(LawCode.NATIONAL, LawUse.GROUND, WORDS.citation)
    assert cited(kit, HOST) == []
    assert cited(kit, canadian, NoticeKind.IDENTITY) == []


def test_other_words_switch_it_off_and_the_same_words_do_not(kit: Kit) -> None:
    law_id = add_law(kit, MIRA, "CA", WORDS)
    confirm(kit, law_id)
    word_law(kit, MIRA, law_id, WORDS, read_law(kit, law_id).seen)
    assert read_law(kit, law_id).law.is_on
    word_law(kit, MIRA, law_id, replace(WORDS, citation="Section 164"), read_law(kit, law_id).seen)
    law = read_law(kit, law_id).law
    assert (law.citation, law.is_on, law.verified_on) == ("Section 164", False, "")


def test_what_came_along_is_never_cited_for_anything_else(kit: Kit) -> None:
    wide = LawWords("Report Act", LawUse.GROUND, tuple(NoticeKind))
    word_law(kit, MIRA, "report_act", wide, read_law(kit, "report_act").seen)
    law = read_law(kit, "report_act").law
    assert (law.use, law.kinds) == (LawUse.PRESERVATION, (NoticeKind.CSAM, NoticeKind.HARMFUL))


@pytest.mark.parametrize(
    "words",
    [
        replace(WORDS, citation=""),
        replace(WORDS, kinds=()),
        replace(WORDS, kinds=(NoticeKind.HARMFUL,)),
        replace(WORDS, kinds=(NoticeKind.UPSTREAM,)),
    ],
)
def test_a_law_that_nothing_would_cite_is_not_kept(kit: Kit, words: LawWords) -> None:
    with pytest.raises(NotAllowed):
        add_law(kit, MIRA, "CA", words)
    with pytest.raises(NotAllowed):
        word_law(kit, MIRA, DSA, words, read_law(kit, DSA).seen)
    assert len(read_laws(kit)) == len(SHIPPED)


def test_a_law_is_taken_away_and_what_came_along_comes_back_off(kit: Kit) -> None:
    law_id = add_law(kit, MIRA, "CA", WORDS)
    remove_law(kit, MIRA, law_id, read_law(kit, law_id).seen)
    with pytest.raises(NotFound):
        read_law(kit, law_id)
    with pytest.raises(NotFound):
        remove_law(kit, MIRA, DSA, read_law(kit, DSA).seen)  # nothing is kept of it yet
    confirm(kit, DSA)
    remove_law(kit, MIRA, DSA, read_law(kit, DSA).seen)
    shown = read_law(kit, DSA)
    assert (shown.law, shown.is_kept) == (SHIPPED[0], False)


def acts(kit: Kit, seen: str) -> dict[str, Callable[[], None]]:
    words = LawWords("Another article", LawUse.GROUND, (NoticeKind.CSAM,))
    return {
        "word": lambda: word_law(kit, MIRA, DSA, words, seen),
        "confirm": lambda: confirm_law(kit, MIRA, DSA, DAY, seen),
        "off": lambda: switch_off_law(kit, MIRA, DSA, seen),
        "remove": lambda: remove_law(kit, MIRA, DSA, seen),
    }


@pytest.mark.parametrize("name", ["word", "confirm", "off", "remove"])
def test_nobody_confirms_or_changes_what_they_did_not_read(kit: Kit, name: str) -> None:
    before = read_law(kit, DSA).seen
    word_law(kit, MIRA, DSA, LawWords("As changed", LawUse.GROUND, (NoticeKind.CSAM,)), before)
    with pytest.raises(Stale):
        acts(kit, before)[name]()
    law: Law = read_law(kit, DSA).law
    assert (law.citation, law.is_on) == ("As changed", False)


def test_of_several_at_once_one_is_kept(kit: Kit) -> None:
    seen = read_law(kit, DSA).seen
    came_of = all_at_once(
        *(
            lambda name=name: word_law(
                kit, MIRA, DSA, LawWords(name, LawUse.GROUND, (NoticeKind.CSAM,)), seen
            )
            for name in "ABCD"
        )
    )
    assert kinds(came_of).count("NoneType") == 1
    assert read_law(kit, DSA).law.citation in "ABCD"


def test_each_change_stands_in_the_trail_with_the_law_and_nothing_else(kit: Kit) -> None:
    confirm(kit, DSA)
    law_id = add_law(kit, MIRA, "CA", WORDS)
    with kit.database.reading() as work:
        lines = [line for line, _ in work.trail.lines(HOTLINE) if line.entry.kind == "laws_changed"]
    assert [(line.entry.subject, line.by) for line in lines] == [(DSA, MIRA.id), (law_id, MIRA.id)]
