"""A new code in place of the old one, a code that was handed over, and the second word."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.casework.actors import Requester
from app.casework.add_places import AddInput, add_places
from app.casework.change_voice import VoiceInput, change_voice
from app.casework.check_authority import check_authority
from app.casework.errors import Busy, CodeProblem, NotAllowed, NotFound, SecondWordNeeded
from app.casework.follow_with_code import follow_with_code, is_current
from app.casework.forget_request import forget_request
from app.casework.issue_child_code import issue_child_code
from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.casework.open_own_file import open_own_file
from app.casework.replace_code import ReplaceInput, replace_code
from app.casework.revoke_party import revoke_party
from app.casework.take_case import take_case
from app.casework.take_over_code import take_over_code
from app.casework.withdraw_places import WithdrawInput, withdraw_places
from app.domain.words import Asker
from app.reads.follow import read_follow
from app.vault.codes import new_code
from app.vault.queue import Slowdown
from tests.casework.party_steps import NEW, places
from tests.casework.steps import all_at_once, kinds, trail_of
from tests.make import ADA, file_one


def problem(kit: Kit, code: str) -> str:
    with pytest.raises(CodeProblem) as refused:
        follow_with_code(kit, code)
    return refused.value.code


def test_the_new_code_opens_all_and_the_old_one_nothing_and_other_sessions_end(kit: Kit) -> None:
    filed, code = file_one(kit, words="some words"), new_code()
    me, elsewhere = follow_with_code(kit, filed.code), follow_with_code(kit, filed.code)
    before = read_follow(kit, me)
    after = replace_code(kit, me, ReplaceInput(code.lower().replace("-", " ")))
    assert [is_current(kit, one) for one in (me, elsewhere, after)] == [False, False, True]
    assert follow_with_code(kit, code) == after
    assert problem(kit, filed.code) == "unknown"
    assert read_follow(kit, after) == before
    assert trail_of(kit, filed.request_id)[-1] == "code_replaced"
    with pytest.raises(NotFound):
        replace_code(kit, elsewhere, ReplaceInput(new_code()))
    assert open_case(kit, ADA, filed.request_id).filer.voice.words == "some words"


def test_a_mistyped_new_code_replaces_nothing(kit: Kit) -> None:
    filed = file_one(kit)
    me = follow_with_code(kit, filed.code)
    with pytest.raises(CodeProblem, match="mistyped"):
        replace_code(kit, me, ReplaceInput(new_code()[:-1]))
    assert is_current(kit, me)


def test_two_who_replace_it_at_once_leave_one_code_that_opens(kit: Kit) -> None:
    filed, codes = file_one(kit), [new_code() for _ in range(4)]
    sessions = [follow_with_code(kit, filed.code) for _ in codes]

    def replacing(me: Requester, code: str) -> Callable[[], Requester]:
        return lambda: replace_code(kit, me, ReplaceInput(code))

    came_of = all_at_once(*map(replacing, sessions, codes))
    assert kinds(came_of) == ["NotFound", "NotFound", "NotFound", "Requester"]
    (good,) = (code for code, one in zip(codes, came_of, strict=True) if isinstance(one, Requester))
    assert follow_with_code(kit, good) in came_of
    assert {problem(kit, code) for code in (*codes, filed.code) if code != good} == {"unknown"}


def test_a_handed_over_code_opens_nothing_before_it_was_replaced(kit: Kit) -> None:
    filed = file_one(kit, asker=Asker.PARENT)
    take_case(kit, ADA, filed.request_id)
    check_authority(kit, ADA, filed.request_id)
    given, own = issue_child_code(kit, ADA, filed.request_id), new_code()
    child = follow_with_code(kit, given)
    deeds: list[Callable[[Requester], object]] = [
        lambda me: add_places(kit, me, AddInput(places(NEW))),
        lambda me: change_voice(kit, me, VoiceInput(language="fr")),
        lambda me: open_own_file(kit, me),
        lambda me: revoke_party(kit, me),
    ]
    for deed in deeds:
        with pytest.raises(NotAllowed):
            deed(child)
    for deed in (
        lambda me: withdraw_places(kit, me, WithdrawInput((1,))),
        lambda me: forget_request(kit, me, filed.request_id),
    ):
        with pytest.raises(NotAllowed):
            deed(child)
    child = take_over_code(kit, child, own)
    assert problem(kit, given) == "unknown"
    assert follow_with_code(kit, own) == child
    for deed in deeds:
        deed(child)
        child = follow_with_code(kit, own)
    with pytest.raises(NotAllowed):
        take_over_code(kit, child, new_code())


def test_the_second_word_is_asked_for_however_it_is_written(kit: Kit) -> None:
    filed = file_one(kit, second_word="Stra\u00dfe 7")
    for typed in ("", "strasse", "Stra\u00dfe7", "x" * 5000, "\U0001f424"):
        with pytest.raises(SecondWordNeeded):
            replace_code(kit, follow_with_code(kit, filed.code), ReplaceInput(new_code(), typed))
    code = new_code()
    replace_code(kit, follow_with_code(kit, filed.code), ReplaceInput(code, "  STRASSE\u00a0 7 "))
    assert problem(kit, filed.code) == "unknown"
    with pytest.raises(SecondWordNeeded):  # it stays with the person, not with the code
        replace_code(kit, follow_with_code(kit, code), ReplaceInput(new_code()))


def test_without_a_second_word_none_is_asked_for_and_a_typed_one_does_no_harm(kit: Kit) -> None:
    me = follow_with_code(kit, file_one(kit).code)
    replace_code(kit, me, ReplaceInput(new_code(), "something"))


def test_wrong_words_are_slowed_each_in_its_own_request_and_a_right_one_always_counts(
    embedded_kit: Kit,
) -> None:
    slept: list[float] = []
    kit = replace(embedded_kit, slowdown=Slowdown(sleep=slept.append))
    filed, other = file_one(kit, second_word="boat"), file_one(kit, second_word="boat")
    for _ in range(8):
        with pytest.raises(SecondWordNeeded):
            replace_code(kit, follow_with_code(kit, filed.code), ReplaceInput(new_code(), "goat"))
    assert slept == [0.25, 0.5, 1.0, 2.0, 4.0]
    replace_code(kit, follow_with_code(kit, other.code), ReplaceInput(new_code(), "boat"))
    assert len(slept) == 5
    replace_code(kit, follow_with_code(kit, filed.code), ReplaceInput(new_code(), "boat"))
    assert slept[5:] == [4.0]


def test_too_many_who_wait_are_told_so_and_nothing_is_done(embedded_kit: Kit) -> None:
    kit = replace(embedded_kit, slowdown=Slowdown(waiting_at_once=0))
    filed = file_one(kit, second_word="boat")
    me = follow_with_code(kit, filed.code)
    for _ in range(3):
        with pytest.raises(SecondWordNeeded):
            replace_code(kit, me, ReplaceInput(new_code(), "goat"))
    with pytest.raises(Busy):
        replace_code(kit, me, ReplaceInput(new_code(), "boat"))
    assert is_current(kit, me)
