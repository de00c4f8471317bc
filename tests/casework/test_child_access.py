"""A code of their own for a child for whom somebody else asked, and whose access ends."""

import pytest

from app.casework.actors import Requester
from app.casework.check_authority import check_authority
from app.casework.errors import CodeProblem, NotAllowed, NotFound, NotHolding
from app.casework.follow_with_code import follow_with_code, is_current
from app.casework.issue_child_code import issue_child_code
from app.casework.kit import Kit, new_id
from app.casework.open_case import open_case
from app.casework.revoke_party_at_desk import RevokeInput, revoke_party_at_desk
from app.casework.take_case import take_case
from app.casework.verify_child import verify_child
from app.casework.write_message import MessageInput, write_message
from app.domain.asking import Voice
from app.domain.words import Asker, LocationState, Standing
from app.reads.follow import read_follow
from tests.casework.party_steps import family
from tests.casework.steps import all_at_once, kinds, trail_of
from tests.make import ADA, BEN, Filed, file_one


def represented(kit: Kit, asker: Asker = Asker.PARENT, language: str = "fr") -> Filed:
    filed = file_one(kit, voice=Voice(asker=asker, language=language, words="Odd-word-42"))
    take_case(kit, ADA, filed.request_id)
    return filed


def parties(kit: Kit, filed: Filed) -> list[tuple[int, Standing, bool]]:
    found = open_case(kit, ADA, filed.request_id).parties
    return [(one.number, one.standing, one.is_handed_over) for one in found]


def unused(kit: Kit, code: str) -> Requester:
    """Whoever types the code that was handed over."""
    return follow_with_code(kit, code)


@pytest.mark.parametrize("asker", [Asker.PARENT, Asker.AUTHORISED])
def test_the_child_comes_in_with_a_code_of_their_own(kit: Kit, asker: Asker) -> None:
    filed = represented(kit, asker)
    code = issue_child_code(kit, ADA, filed.request_id)
    assert parties(kit, filed) == [(1, Standing.UNCHECKED, False), (2, Standing.CHILD, True)]
    page = read_follow(kit, unused(kit, code))
    assert (page.standing, page.is_handed_over, page.voice.language) == (Standing.CHILD, True, "fr")
    assert [place.state for place in page.places] == [LocationState.ASSESSING]
    assert (page.voice.words, page.messages) == ("", ())
    assert trail_of(kit, filed.request_id).count("child_code_issued") == 1


def test_the_representative_is_shown_nothing_of_it(kit: Kit) -> None:
    filed = represented(kit)
    check_authority(kit, ADA, filed.request_id)
    before = read_follow(kit, follow_with_code(kit, filed.code))
    session = follow_with_code(kit, filed.code)
    code = issue_child_code(kit, ADA, filed.request_id)
    child = next(one for one in open_case(kit, ADA, filed.request_id).parties if one.number == 2)
    write_message(kit, ADA, MessageInput("for the child alone", filed.request_id, child.id))
    assert is_current(kit, session)
    assert read_follow(kit, session) == before
    assert [one.text for one in read_follow(kit, unused(kit, code)).messages] == ["for the child alone"]


def test_a_new_code_before_the_first_use_replaces_the_old_one(kit: Kit) -> None:
    filed = represented(kit)
    first = issue_child_code(kit, ADA, filed.request_id)
    session = unused(kit, first)
    second = issue_child_code(kit, ADA, filed.request_id)
    with pytest.raises(CodeProblem):
        unused(kit, first)
    assert not is_current(kit, session)
    assert read_follow(kit, unused(kit, second)).is_handed_over
    assert len(parties(kit, filed)) == 2


def test_once_the_child_uses_it_no_other_code_is_made(kit: Kit) -> None:
    known = family(kit)
    with pytest.raises(NotAllowed):
        issue_child_code(kit, ADA, known.request_id)
    assert read_follow(kit, follow_with_code(kit, known.child_code)).standing is Standing.CHILD


@pytest.mark.parametrize("asker", [Asker.PERSON, Asker.UNSAID, Asker.BYSTANDER])
def test_only_where_somebody_acts_for_the_child(kit: Kit, asker: Asker) -> None:
    filed = represented(kit, asker)
    with pytest.raises(NotAllowed):
        issue_child_code(kit, ADA, filed.request_id)
    with pytest.raises(NotAllowed):
        verify_child(kit, ADA, filed.request_id)


def test_codes_made_at_the_same_moment_leave_one_that_opens(kit: Kit) -> None:
    filed = represented(kit)
    came_of = all_at_once(*[lambda: issue_child_code(kit, ADA, filed.request_id)] * 3)
    assert kinds(came_of) == ["str"] * 3
    opening = 0
    for code in came_of:
        try:
            unused(kit, str(code))
        except CodeProblem:
            continue
        opening += 1
    assert (opening, len(parties(kit, filed))) == (1, 2)


def test_a_caseworker_says_that_it_is_the_child(kit: Kit) -> None:
    known = family(kit)
    verify_child(kit, ADA, known.request_id)
    assert parties(kit, known.filed)[1] == (2, Standing.OWN, False)
    assert read_follow(kit, follow_with_code(kit, known.child_code)).may_end
    assert trail_of(kit, known.request_id)[-2:].count("child_verified") == 1
    with pytest.raises(NotAllowed):
        verify_child(kit, ADA, known.request_id)


def test_who_does_not_hold_the_case_changes_nothing(kit: Kit) -> None:
    filed = represented(kit)
    party_id = open_case(kit, ADA, filed.request_id).filer.id
    for refused in (
        lambda: issue_child_code(kit, BEN, filed.request_id),
        lambda: verify_child(kit, BEN, filed.request_id),
        lambda: revoke_party_at_desk(kit, BEN, RevokeInput(filed.request_id, party_id)),
    ):
        with pytest.raises(NotHolding):
            refused()
    for missing in (
        lambda: issue_child_code(kit, ADA, new_id()),
        lambda: verify_child(kit, ADA, new_id()),
        lambda: revoke_party_at_desk(kit, ADA, RevokeInput(filed.request_id, new_id())),
    ):
        with pytest.raises(NotFound):
            missing()
    assert parties(kit, filed) == [(1, Standing.UNCHECKED, False)]


def test_the_desk_ends_a_representatives_access_in_silence(kit: Kit) -> None:
    known = family(kit)
    before = read_follow(kit, known.representative)
    filer = open_case(kit, ADA, known.request_id).filer
    revoke_party_at_desk(kit, ADA, RevokeInput(known.request_id, filer.id))
    again = follow_with_code(kit, known.filed.code)
    assert read_follow(kit, again).places == before.places
    child = follow_with_code(kit, known.child_code)
    assert again.request_key.raw != child.request_key.raw
    assert [place.number for place in read_follow(kit, child).places] == [1, 2]
    assert open_case(kit, ADA, known.request_id).filer.is_revoked
    with pytest.raises(NotAllowed):
        revoke_party_at_desk(kit, ADA, RevokeInput(known.request_id, filer.id))


def test_a_second_access_that_is_not_the_childs_can_be_ended_too(kit: Kit) -> None:
    known = family(kit)
    second = open_case(kit, ADA, known.request_id).parties[1]
    revoke_party_at_desk(kit, ADA, RevokeInput(known.request_id, second.id))
    with pytest.raises(NotAllowed):
        verify_child(kit, ADA, known.request_id)
    with pytest.raises(NotAllowed):
        issue_child_code(kit, ADA, known.request_id)


@pytest.mark.parametrize("asker", [Asker.PERSON, Asker.BYSTANDER])
def test_who_asks_for_themselves_is_never_cut_off(kit: Kit, asker: Asker) -> None:
    filed = represented(kit, asker)
    filer = open_case(kit, ADA, filed.request_id).filer
    with pytest.raises(NotAllowed):
        revoke_party_at_desk(kit, ADA, RevokeInput(filed.request_id, filer.id))


def test_the_authority_of_a_revoked_representative_is_not_checked_any_more(kit: Kit) -> None:
    known = family(kit, checked=False)
    filer = open_case(kit, ADA, known.request_id).filer
    revoke_party_at_desk(kit, ADA, RevokeInput(known.request_id, filer.id))
    with pytest.raises(NotAllowed):
        check_authority(kit, ADA, known.request_id)
