"""Somebody who knows confirms: link and phrase, once, for thirty days, and nothing of the request with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, replace

import pytest
from sqlalchemy import event

from app.casework import open_voucher as opening
from app.casework.actors import Voucher
from app.casework.age_confirmed import age_confirmed_of
from app.casework.answer_voucher import answer_voucher
from app.casework.ask_voucher import ask_voucher
from app.casework.decide_proof import DecideInput, decide_proof
from app.casework.end_vouchers import end_vouchers
from app.casework.errors import Busy, NotAllowed, NotFound
from app.casework.forget_request import forget_request
from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.casework.open_proof import open_proof
from app.casework.open_voucher import open_voucher
from app.casework.take_back_proof import take_back_proof
from app.casework.take_case import take_case
from app.domain.proof_words import AgeResult, NumberSource, ProofState, Tier, VoucherRole
from app.domain.proofs import DecisionError
from app.vault.queue import Slowdown
from app.vault.vouchers import new_link, new_phrase
from tests.casework.proof_steps import ALL_YES, SAID, asked, asking, confirmed, decide, own, wraps_of
from tests.casework.steps import all_at_once, kinds, trail_of
from tests.make import ADA, Clock


def not_open(kit: Kit, link: str, phrase: str) -> None:
    with pytest.raises(NotFound):
        open_voucher(kit, link, phrase)


def move(kit: Kit, **by: float) -> None:
    assert isinstance(kit.clock, Clock)
    kit.clock.move(**by)


@contextmanager
def counting(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Notes each statement, and each opening and slow step that `open_voucher` asks for."""
    done: list[str] = []

    def noting(name: str) -> None:
        real = getattr(opening, name)

        def noted(*args: object) -> object:
            done.append(name)
            return real(*args)

        monkeypatch.setattr(opening, name, noted)

    def statement(_c: object, _cursor: object, text: str, *_rest: object) -> None:
        done.append(text)

    with monkeypatch.context():
        for name in ("lock", "unlock", "voucher_secrets", "link_digest"):
            noting(name)
        event.listen(kit.database.engine, "before_cursor_execute", statement)
        yield done
        event.remove(kit.database.engine, "before_cursor_execute", statement)
    monkeypatch.undo()


def test_link_and_words_are_looked_up_again_with_the_code_until_they_are_used(kit: Kit) -> None:
    filed, actor = asking(kit)
    shown = asked(kit, actor, VoucherRole.LAWYER)
    assert (shown.tier, shown.state, shown.asked_role) == (Tier.VOUCHED, ProofState.AWAITED, "lawyer")
    assert own(kit, actor) == (shown,)
    answer_voucher(kit, open_voucher(kit, shown.link, shown.phrase), SAID)
    [after] = own(kit, actor)
    assert (after.state, after.link, after.phrase) == (ProofState.GIVEN, "", "")
    assert trail_of(kit, filed.request_id)[-2:] == ["voucher_asked", "voucher_answered"]


def test_what_is_confirmed_is_what_a_caseworker_reads(kit: Kit) -> None:
    filed, actor = asking(kit)
    proof_id = confirmed(kit, actor)
    content = open_proof(kit, ADA, filed.request_id, proof_id).content
    assert content is not None
    assert (content.tier, content.asked_role, content.confirmation) == (Tier.VOUCHED, "doctor", SAID)


def test_who_opened_it_holds_one_proof_and_nothing_of_the_request(kit: Kit) -> None:
    filed, actor = asking(kit)
    shown = asked(kit, actor)
    opened = open_voucher(kit, shown.link, shown.phrase.upper().replace(" ", ", "))
    assert {one.name for one in fields(Voucher)} == {"proof_id", "proof_key"}
    assert opened.proof_id == shown.id
    with kit.database.reading() as work:
        sealed = work.wraps.of(filed.request_id, "link")
    assert list(sealed) == [("proof", shown.id)]


def test_opening_changes_nothing(kit: Kit) -> None:
    filed, actor = asking(kit)
    shown = asked(kit, actor)
    before = trail_of(kit, filed.request_id)
    for _ in range(3):
        open_voucher(kit, shown.link, shown.phrase)
    assert trail_of(kit, filed.request_id) == before
    assert own(kit, actor) == (shown,)


def test_one_answer_for_unknown_wrong_used_ended_taken_back_and_forgotten(kit: Kit) -> None:
    _filed, actor = asking(kit)
    shown, used, back = asked(kit, actor), asked(kit, actor), asked(kit, actor)
    answer_voucher(kit, open_voucher(kit, used.link, used.phrase), SAID)
    take_back_proof(kit, actor, back.id)
    other_filed, other = asking(kit)
    hidden = asked(kit, other)
    forget_request(kit, other, other_filed.request_id)
    for link, phrase in (
        (new_link(), shown.phrase),
        (shown.link, new_phrase()),
        (shown.link, ""),
        ("", ""),
        (shown.link, used.phrase),
        (used.link, used.phrase),
        (back.link, back.phrase),
        (hidden.link, hidden.phrase),
    ):
        not_open(kit, link, phrase)
    open_voucher(kit, shown.link, shown.phrase)
    move(kit, days=30)
    not_open(kit, shown.link, shown.phrase)


def test_a_hit_and_every_miss_do_the_same_things_in_the_same_order(
    kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    _filed, actor = asking(kit)
    shown, used = asked(kit, actor), asked(kit, actor)
    answer_voucher(kit, open_voucher(kit, used.link, used.phrase), SAID)
    with counting(kit, monkeypatch) as hit:
        open_voucher(kit, shown.link, shown.phrase)
    for link, phrase in ((new_link(), shown.phrase), (shown.link, "wrong"), (used.link, used.phrase)):
        with counting(kit, monkeypatch) as miss:
            not_open(kit, link, phrase)
        assert miss == hit
    assert sum(step.startswith("SELECT") for step in hit) == 2
    assert hit.count("voucher_secrets") == 1


def test_it_is_used_once_also_by_two_at_the_same_moment(kit: Kit) -> None:
    filed, actor = asking(kit)
    shown = asked(kit, actor)
    first, second = (open_voucher(kit, shown.link, shown.phrase) for _ in range(2))
    other = replace(SAID, name="Somebody Else")
    came_of = all_at_once(
        lambda: answer_voucher(kit, first, SAID), lambda: answer_voucher(kit, second, other)
    )
    assert kinds(came_of) == ["NoneType", "NotFound"]
    content = open_proof(kit, ADA, filed.request_id, shown.id).content
    assert content is not None
    assert content.confirmation == (SAID if came_of[0] is None else other)
    assert wraps_of(kit, filed) == {"team": {shown.id}, "link": set()}


@pytest.mark.parametrize("meanwhile", ["ended", "taken back", "forgotten", "swept"])
def test_what_is_over_meanwhile_is_not_answered(kit: Kit, meanwhile: str) -> None:
    filed, actor = asking(kit)
    shown = asked(kit, actor)
    opened = open_voucher(kit, shown.link, shown.phrase)
    if meanwhile == "taken back":
        take_back_proof(kit, actor, shown.id)
    elif meanwhile == "forgotten":
        forget_request(kit, actor, filed.request_id)
    else:
        move(kit, days=30)
    if meanwhile == "swept":
        end_vouchers(kit)
    with pytest.raises(NotFound):
        answer_voucher(kit, opened, SAID)


def test_wrong_tries_are_slowed_and_the_right_one_still_counts(kit: Kit) -> None:
    slept: list[float] = []
    kit = replace(kit, slowdown=Slowdown(sleep=slept.append))
    _filed, actor = asking(kit)
    shown, other = asked(kit, actor), asked(kit, actor)
    for _ in range(8):
        not_open(kit, shown.link, "wrong words")
    assert slept == sorted(slept)
    assert len(slept) == 5
    assert slept[-1] >= 4
    open_voucher(kit, other.link, other.phrase)
    assert len(slept) == 5, "another link is not slowed"
    open_voucher(kit, shown.link, shown.phrase)
    assert len(slept) == 6


def test_who_waits_too_long_a_line_is_asked_to_come_again(kit: Kit) -> None:
    kit = replace(kit, slowdown=Slowdown(waiting_at_once=1, sleep=lambda _s: None))
    _filed, actor = asking(kit)
    shown = asked(kit, actor)
    for _ in range(3):
        not_open(kit, shown.link, "wrong words")
    kit.slowdown._slots.acquire()
    with pytest.raises(Busy):
        open_voucher(kit, shown.link, shown.phrase)
    kit.slowdown._slots.release()
    open_voucher(kit, shown.link, shown.phrase)


def test_nothing_is_decided_before_somebody_confirmed_and_was_called_back(kit: Kit) -> None:
    filed, actor = asking(kit)
    shown = asked(kit, actor)
    with pytest.raises(NotAllowed):
        decide(kit, filed, shown.id, called_back=NumberSource.DIRECTORY)
    answer_voucher(kit, open_voucher(kit, shown.link, shown.phrase), SAID)
    with pytest.raises(DecisionError, match="call_first"):
        decide(kit, filed, shown.id)
    decide(kit, filed, shown.id, called_back=NumberSource.OFFICIAL_SITE)
    folder = open_case(kit, ADA, filed.request_id)
    assert age_confirmed_of(folder)
    assert folder.proofs[0].decision is not None
    assert folder.proofs[0].decision.called_back is NumberSource.OFFICIAL_SITE


def test_a_page_that_was_open_while_somebody_confirmed_decides_nothing(kit: Kit) -> None:
    filed, actor = asking(kit)
    take_case(kit, ADA, filed.request_id)
    shown = asked(kit, actor)
    [before] = open_case(kit, ADA, filed.request_id).proofs
    answer_voucher(kit, open_voucher(kit, shown.link, shown.phrase), SAID)
    made = DecideInput(filed.request_id, shown.id, before.version, *ALL_YES, AgeResult.NOT_SHOWN)
    with pytest.raises(Exception, match="stale"):
        decide_proof(kit, ADA, made)


def test_a_link_that_nobody_used_leaves_only_that_it_was_asked(kit: Kit) -> None:
    filed, actor = asking(kit)
    shown = asked(kit, actor)
    assert end_vouchers(kit) == 0
    move(kit, days=30)
    [late] = own(kit, actor)
    assert (late.has_ended, late.link, late.phrase) == (True, "", "")
    assert end_vouchers(kit) == 1
    assert end_vouchers(kit) == 0
    assert own(kit, actor) == (late,)
    assert wraps_of(kit, filed) == {"team": set(), "link": set()}
    [proof] = open_case(kit, ADA, filed.request_id).proofs
    assert (proof.tier, proof.has_ended, proof.is_to_decide) == (Tier.VOUCHED, True, False)
    assert open_proof(kit, ADA, filed.request_id, shown.id).content is None
    take_back_proof(kit, actor, shown.id)
    ask_voucher(kit, actor, VoucherRole.POLICE)
    assert [one.asked_role for one in own(kit, actor)] == ["police"]
