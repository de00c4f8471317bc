"""Counter-claims: removal stands, and nothing follows before two caseworkers checked verifiable proof."""

import pytest

from app.casework.errors import (
    ClaimRefused,
    NotAllowed,
    NotFound,
    Recused,
    SecondCaseworkerNeeded,
    Stale,
)
from app.casework.follow_with_code import follow_with_code
from app.casework.forget_request import forget_request
from app.casework.kit import Kit, new_id
from app.casework.move_claim import ClaimInput, move_claim
from app.casework.open_case import open_case
from app.casework.record_reply import ReplyInput, record_reply
from app.casework.recuse import recuse
from app.domain.claims import Claim, ClaimMove
from app.domain.desk_words import NoteKind
from app.domain.notice_words import ClaimState
from app.domain.words import LocationState, Reply
from app.reads.claims import read_claim, read_claims
from tests.casework.answer_steps import claims_of, clock_of, opened, say, sent, states
from tests.casework.steps import all_at_once, kinds, places_of, trail_of
from tests.make import ADA, BEN, SINA, URL, Filed, make_known

S = LocationState


def claimed(kit: Kit) -> tuple[Filed, Claim]:
    """Through the link somebody said of the first place that the person was 18 or older."""
    filed, actor = opened(kit)
    say(kit, actor, Reply.OVER_18)
    [claim] = claims_of(kit, actor)
    return filed, claim


def given(claim: Claim, move: ClaimMove, note: str = "a note") -> ClaimInput:
    return ClaimInput(claim.id, claim.version, move, note)


def now(kit: Kit, claim: Claim) -> Claim:
    with kit.database.reading() as work:
        return work.claims.load(claim.id)


def test_a_claim_waits_for_a_caseworker_and_the_place_is_not_restored(kit: Kit) -> None:
    filed, claim = claimed(kit)
    assert (claim.state, claim.proposed_by) == (ClaimState.OPEN, None)
    [row] = read_claims(kit, BEN, None).rows
    assert (row.id, row.request_id, row.needs_second) == (claim.id, filed.request_id, False)
    assert read_claim(kit, BEN, claim.id).number == 1
    assert states(kit, filed) == [S.REFUSED, S.NOTICE_SENT]
    assert trail_of(kit, filed.request_id).count("claim_made") == 1


def test_said_again_it_is_the_same_claim_until_it_was_rejected(kit: Kit) -> None:
    filed, actor = opened(kit)
    for _ in range(3):
        say(kit, actor, Reply.OVER_18)
    [claim] = claims_of(kit, actor)
    move_claim(kit, ADA, given(claim, ClaimMove.ASK))
    say(kit, actor, Reply.OVER_18)
    [claim] = claims_of(kit, actor)
    assert claim.state is ClaimState.PROOF_ASKED
    move_claim(kit, ADA, given(claim, ClaimMove.REJECT))
    clock_of(kit).move(minutes=1)
    say(kit, actor, Reply.OVER_18)
    assert [one.state for one in claims_of(kit, actor)] == [ClaimState.REJECTED, ClaimState.OPEN]
    assert trail_of(kit, filed.request_id).count("claim_made") == 2


def test_what_a_caseworker_notes_of_a_mail_opens_a_claim_all_the_same(kit: Kit) -> None:
    filed, _ = sent(kit, URL)
    [place] = places_of(kit, filed.request_id)
    record_reply(kit, ADA, ReplyInput(filed.request_id, (place.id,), Reply.OVER_18))
    [row] = read_claims(kit, ADA, None).rows
    assert row.request_id == filed.request_id


def test_each_place_has_a_claim_of_its_own(kit: Kit) -> None:
    _, actor = opened(kit)
    say(kit, actor, Reply.OVER_18, Reply.OVER_18)
    first, second = claims_of(kit, actor)
    assert first.location_id != second.location_id


@pytest.mark.parametrize(
    ("move", "state"), [(ClaimMove.ASK, ClaimState.PROOF_ASKED), (ClaimMove.REJECT, ClaimState.REJECTED)]
)
def test_asking_and_rejecting_take_a_note_and_leave_the_place(
    kit: Kit, move: ClaimMove, state: ClaimState
) -> None:
    filed, claim = claimed(kit)
    with pytest.raises(ClaimRefused):
        move_claim(kit, ADA, given(claim, move, "  "))
    move_claim(kit, ADA, given(claim, move, "Odd-word-42"))
    assert now(kit, claim).state is state
    assert states(kit, filed) == [S.REFUSED, S.NOTICE_SENT]
    [note] = [one for one in open_case(kit, ADA, filed.request_id).notes if one.kind is NoteKind.CLAIM]
    assert "Odd-word-42" in note.text
    assert trail_of(kit, filed.request_id).count("claim_moved") == 1


def test_upholding_takes_two_different_caseworkers_and_then_the_place_waits_for_a_hearing(kit: Kit) -> None:
    filed, claim = claimed(kit)
    first = move_claim(kit, ADA, given(claim, ClaimMove.UPHOLD))
    assert (first.state, first.proposed_by) == (ClaimState.OPEN, ADA.id)
    assert states(kit, filed)[0] is S.REFUSED, "one of two moves nothing"
    assert read_claims(kit, BEN, None).rows[0].needs_second
    with pytest.raises(SecondCaseworkerNeeded):
        move_claim(kit, ADA, given(now(kit, claim), ClaimMove.UPHOLD))
    second = move_claim(kit, BEN, given(now(kit, claim), ClaimMove.UPHOLD))
    assert second.state is ClaimState.UPHELD
    assert states(kit, filed) == [S.HEARING_DUE, S.NOTICE_SENT]
    assert read_claims(kit, BEN, None).rows == ()


@pytest.mark.parametrize("between", [ClaimMove.ASK, ClaimMove.REJECT])
def test_a_colleague_who_asks_or_rejects_takes_back_what_the_first_one_found(
    kit: Kit, between: ClaimMove
) -> None:
    filed, claim = claimed(kit)
    move_claim(kit, ADA, given(claim, ClaimMove.UPHOLD))
    move_claim(kit, BEN, given(now(kit, claim), between))
    assert now(kit, claim).proposed_by is None
    if between is ClaimMove.ASK:
        move_claim(kit, SINA, given(now(kit, claim), ClaimMove.UPHOLD))
        assert now(kit, claim).state is ClaimState.PROOF_ASKED, "two have to find it anew"
    assert states(kit, filed)[0] is S.REFUSED


def test_a_place_that_is_gone_or_withdrawn_stays_so_when_a_claim_is_upheld(kit: Kit) -> None:
    filed, actor = opened(kit)
    say(kit, actor, Reply.OVER_18)
    [claim] = claims_of(kit, actor)
    say(kit, actor, Reply.REMOVED)
    move_claim(kit, ADA, given(claim, ClaimMove.UPHOLD))
    move_claim(kit, BEN, given(now(kit, claim), ClaimMove.UPHOLD))
    assert now(kit, claim).state is ClaimState.UPHELD
    assert states(kit, filed)[0] is S.SAYS_REMOVED


def test_what_is_over_does_not_move_and_who_comes_second_is_told(kit: Kit) -> None:
    _, claim = claimed(kit)
    move_claim(kit, ADA, given(claim, ClaimMove.REJECT))
    with pytest.raises(Stale):
        move_claim(kit, BEN, given(claim, ClaimMove.ASK))
    with pytest.raises(NotAllowed):
        move_claim(kit, BEN, given(now(kit, claim), ClaimMove.ASK))


def test_two_who_find_it_at_the_same_moment_do_not_both_count_as_the_first(kit: Kit) -> None:
    filed, claim = claimed(kit)
    make_known(kit, ADA)
    made = all_at_once(
        *(
            lambda who=who: move_claim(kit, who, given(claim, ClaimMove.UPHOLD))  # type: ignore[misc]
            for who in (ADA, BEN)
        )
    )
    assert kinds(made) == ["Claim", "Stale"]
    assert now(kit, claim).state is ClaimState.OPEN
    assert states(kit, filed)[0] is S.REFUSED


def test_who_stepped_back_and_a_request_that_was_forgotten_show_no_claim(kit: Kit) -> None:
    filed, claim = claimed(kit)
    make_known(kit, BEN)
    recuse(kit, BEN, filed.request_id)
    assert read_claims(kit, BEN, None).rows == ()
    for act in (
        lambda: move_claim(kit, BEN, given(claim, ClaimMove.ASK)),
        lambda: read_claim(kit, BEN, claim.id),
    ):
        with pytest.raises(Recused):
            act()
    forget_request(kit, follow_with_code(kit, filed.code), filed.request_id)
    assert read_claims(kit, ADA, None).rows == ()
    for gone in (
        lambda: move_claim(kit, ADA, given(claim, ClaimMove.ASK)),
        lambda: read_claim(kit, ADA, claim.id),
        lambda: read_claim(kit, ADA, new_id()),
        lambda: move_claim(kit, ADA, ClaimInput(new_id(), 1, ClaimMove.ASK, "a note")),
    ):
        with pytest.raises(NotFound):
            gone()


def test_claims_are_listed_oldest_first_page_by_page(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.reads.claims.PAGE", 1)
    made = []
    for _ in range(3):
        made.append(claimed(kit)[1].id)
        clock_of(kit).move(minutes=1)
    seen, after = [], None
    while True:
        page = read_claims(kit, ADA, after)
        seen += [row.id for row in page.rows]
        after = page.next_after
        if after is None:
            break
    assert seen == made
    for odd in ("x", "-", "99999999999999-x", "1-"):
        assert read_claims(kit, ADA, odd).rows
