"""Not a request: one finds it, a second one agrees, the person is told kindly, one word opens it again."""

from collections.abc import Callable

import pytest

from app.casework.actors import Requester
from app.casework.add_places import AddInput, add_places
from app.casework.ask_to_end import EndInput, ask_to_end
from app.casework.assess import AssessInput, assess
from app.casework.change_voice import VoiceInput, change_voice
from app.casework.correct_place import CorrectInput, correct_place
from app.casework.decide_doubts import Decided, DecideInput, decide_doubts
from app.casework.doubt_request import DoubtInput, doubt_request
from app.casework.errors import NotAllowed, NotFound, NotHolding, Recused, SecondCaseworkerNeeded
from app.casework.follow_with_code import follow_with_code
from app.casework.give_proof import give_proof
from app.casework.issue_child_code import issue_child_code
from app.casework.kit import Kit
from app.casework.note_place import NoteInput, note_place
from app.casework.open_case import open_case
from app.casework.open_own_file import open_own_file
from app.casework.recuse import recuse
from app.casework.set_danger import DangerInput, set_danger
from app.casework.take_case import take_case
from app.casework.write_message import MessageInput, write_message
from app.domain.asking import About, PlaceNote, Voice
from app.domain.proof_words import Tier
from app.domain.proofs import ProofContent
from app.domain.words import Asker, RequestState
from app.reads.doubted import read_doubted
from app.reads.follow import read_follow
from tests.casework.holding_steps import clock_of, everything_in, known_staff, notes_of, request_of
from tests.casework.party_steps import family, places
from tests.casework.steps import all_at_once, assess_all, places_of, trail_of
from tests.make import ADA, BEN, CSAM, SINA, Filed, file_one

SPAM = "Odd-reason-of-mine"


def doubted(kit: Kit, filed: Filed) -> str:
    """Ada found no request in it."""
    known_staff(kit)
    take_case(kit, ADA, filed.request_id)
    doubt_request(kit, ADA, DoubtInput(filed.request_id, SPAM))
    return filed.request_id


def set_aside(kit: Kit, filed: Filed) -> str:
    """Ada and Ben found no request in it."""
    request_id = doubted(kit, filed)
    assert decide_doubts(kit, BEN, DecideInput((request_id,), agree=True)) == Decided(1, 0)
    return request_id


def test_a_doubt_gives_the_case_back_and_waits_for_another_caseworker(kit: Kit) -> None:
    request_id = doubted(kit, file_one(kit))
    request = request_of(kit, request_id)
    assert (request.doubted_by, request.taken_by, request.state) == (ADA.id, None, RequestState.OPEN)
    assert request.open_places == 1, "it stays open until two agree"
    assert notes_of(kit, request_id) == [("not_a_request", SPAM, ADA.id)]
    [row] = read_doubted(kit, BEN, "waiting").rows
    assert (row.request_id, row.reason, row.by_me) == (request_id, SPAM, False)
    assert read_doubted(kit, ADA, "waiting").rows[0].by_me
    assert SPAM not in repr(row) + repr(DoubtInput(request_id, SPAM))


def test_who_doubted_does_not_agree_with_themselves(kit: Kit) -> None:
    request_id = doubted(kit, file_one(kit))
    other = file_one(kit)
    take_case(kit, BEN, other.request_id)
    doubt_request(kit, BEN, DoubtInput(other.request_id, SPAM))
    before = everything_in(kit)
    with pytest.raises(SecondCaseworkerNeeded):
        decide_doubts(kit, ADA, DecideInput((request_id, other.request_id), agree=True))
    assert everything_in(kit) == before, "all of them, or none"


def test_what_two_agree_on_leaves_the_queue_and_is_kept(kit: Kit) -> None:
    request_id = set_aside(kit, file_one(kit))
    request = request_of(kit, request_id)
    assert request.state is RequestState.NOT_A_REQUEST
    assert (request.open_places, request.queue_at, request.due_by) == (0, None, None)
    lines = [line for line in trail_of(kit, request_id) if line.startswith("not_a")]
    assert lines == ["not_a_request_proposed", "not_a_request"]
    assert read_doubted(kit, SINA, "waiting").rows == ()
    assert [row.request_id for row in read_doubted(kit, SINA, "aside").rows] == [request_id]
    assert open_case(kit, ADA, request_id).is_set_aside


def test_the_person_is_told_kindly_and_is_shown_no_state_that_is_not_true(kit: Kit) -> None:
    filed = file_one(kit)
    set_aside(kit, filed)
    requester = follow_with_code(kit, filed.code)
    shown = read_follow(kit, requester)
    [message] = shown.messages
    assert message.from_hotline
    says = "We could not find a place in what you sent. Write to us where it is and we look again."
    assert message.text.startswith(says)
    assert shown.is_set_aside
    assert SPAM not in message.text
    assert {place.state for place in open_own_file(kit, requester).places} == {None}, "no state is true"


def test_a_message_in_another_language_is_written_in_it(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    spoken: list[str] = []
    from app.casework import decide_doubts as deciding
    from app.i18n import locales

    def words() -> str:
        spoken.append(locales.current().code)
        return "words"

    monkeypatch.setattr(deciding, "_words", words)
    for language in ("fr", "ar", "en", "tlh"):
        set_aside(kit, file_one(kit, voice=Voice(asker=Asker.PERSON, language=language)))
    assert spoken == ["fr", "ar", "en", "en"]


def test_a_bystander_is_told_nothing(kit: Kit) -> None:
    filed = file_one(kit, asker=Asker.BYSTANDER)
    set_aside(kit, filed)
    assert everything_in(kit)["messages"] == []
    bystander = follow_with_code(kit, filed.code)
    with pytest.raises(NotAllowed):
        write_message(kit, bystander, MessageInput("hello"))
    assert request_of(kit, filed.request_id).state is RequestState.NOT_A_REQUEST


def writes(kit: Kit, who: Requester) -> None:
    write_message(kit, who, MessageInput("hello"))


def adds(kit: Kit, who: Requester) -> None:
    add_places(kit, who, AddInput(places("https://img.northlight.example/new")))


def corrects(kit: Kit, who: Requester) -> None:
    correct_place(kit, who, CorrectInput(1, places("https://img.northlight.example/right")[0]))


def notes(kit: Kit, who: Requester) -> None:
    note_place(kit, who, NoteInput(1, PlaceNote("mine")))


def says_more(kit: Kit, who: Requester) -> None:
    change_voice(kit, who, VoiceInput(about=About(how_known="hello")))


def proves(kit: Kit, who: Requester) -> None:
    give_proof(kit, who, ProofContent(Tier.DECLARED))


@pytest.mark.parametrize("step", [set_aside, doubted])
@pytest.mark.parametrize("change", [writes, adds, corrects, notes, says_more, proves])
def test_one_word_or_change_of_the_person_opens_it_again(
    kit: Kit, change: Callable[[Kit, Requester], None], step: Callable[[Kit, Filed], str]
) -> None:
    filed = file_one(kit)
    request_id = step(kit, filed)
    change(kit, follow_with_code(kit, filed.code))
    request = request_of(kit, request_id)
    assert (request.state, request.doubted_by) == (RequestState.OPEN, None)
    assert request.open_places == (2 if change is adds else 1)
    assert request.queue_at is not None
    assert trail_of(kit, request_id).count("request_reopened") == 1
    assert not read_follow(kit, follow_with_code(kit, filed.code)).is_set_aside
    assert decide_doubts(kit, BEN, DecideInput((request_id,), agree=True)) == Decided(0, 1)


def test_a_representatives_wish_opens_it_again_too(kit: Kit) -> None:
    filed = file_one(kit, asker=Asker.PARENT)
    request_id = set_aside(kit, filed)
    ask_to_end(kit, follow_with_code(kit, filed.code), EndInput(everything=True))
    assert request_of(kit, request_id).state is RequestState.OPEN


def test_reading_alone_opens_nothing(kit: Kit) -> None:
    filed = file_one(kit)
    request_id = set_aside(kit, filed)
    requester = follow_with_code(kit, filed.code)
    read_follow(kit, requester)
    open_own_file(kit, requester)
    assert request_of(kit, request_id).state is RequestState.NOT_A_REQUEST


@pytest.mark.parametrize("again", range(3))
def test_a_message_and_a_second_look_at_the_same_moment_never_lose_the_person(kit: Kit, again: int) -> None:
    filed = file_one(kit)
    request_id = doubted(kit, filed)
    requester = follow_with_code(kit, filed.code)
    came_of = all_at_once(
        lambda: write_message(kit, requester, MessageInput("hello")),
        lambda: decide_doubts(kit, BEN, DecideInput((request_id,), agree=True)),
    )
    assert came_of[0] is None
    assert came_of[1] in (Decided(1, 0), Decided(0, 1))
    assert request_of(kit, request_id).state is RequestState.OPEN


def test_two_who_agree_at_the_same_moment_tell_the_person_once(kit: Kit) -> None:
    filed = [file_one(kit) for _ in range(3)]
    ids = tuple(doubted(kit, one) for one in filed)
    came_of = all_at_once(
        *(lambda who=who: decide_doubts(kit, who, DecideInput(ids, agree=True)) for who in (BEN, SINA))
    )
    assert sorted((one.done, one.left) for one in came_of if isinstance(one, Decided)) == [(0, 3), (3, 0)]
    assert len(everything_in(kit)["messages"]) == 3


def test_what_is_not_agreed_to_is_in_the_queue_as_before(kit: Kit) -> None:
    request_id = doubted(kit, file_one(kit))
    before = request_of(kit, request_id)
    assert decide_doubts(kit, BEN, DecideInput((request_id,), agree=False)) == Decided(1, 0)
    after = request_of(kit, request_id)
    assert (after.doubted_by, after.queue_at, after.due_by) == (None, before.queue_at, before.due_by)
    assert everything_in(kit)["messages"] == []
    assert decide_doubts(kit, BEN, DecideInput((request_id,), agree=False)) == Decided(0, 1)


def test_a_doubt_can_be_taken_back_and_what_was_set_aside_put_back(kit: Kit) -> None:
    mine = doubted(kit, file_one(kit))
    assert decide_doubts(kit, ADA, DecideInput((mine,), agree=False)) == Decided(1, 0)
    aside = set_aside(kit, file_one(kit))
    assert decide_doubts(kit, ADA, DecideInput((aside,), agree=False)) == Decided(1, 0)
    request = request_of(kit, aside)
    assert (request.state, request.open_places) == (RequestState.OPEN, 1)


def test_what_was_judged_is_in_danger_or_has_two_parties_is_no_spam(kit: Kit) -> None:
    known_staff(kit)
    judged, danger = file_one(kit).request_id, file_one(kit).request_id
    assess_all(kit, judged)
    take_case(kit, ADA, danger)
    set_danger(kit, ADA, DangerInput(danger, True, "x"))
    for request_id in (judged, danger, family(kit).request_id):
        assert not open_case(kit, ADA, request_id).may_be_doubted
        with pytest.raises(NotAllowed):
            doubt_request(kit, ADA, DoubtInput(request_id, SPAM))
        assert request_of(kit, request_id).doubted_by is None


def test_what_a_colleague_judges_gives_a_code_for_or_calls_danger_is_no_longer_doubted(
    kit: Kit,
) -> None:
    judged, danger = doubted(kit, file_one(kit)), doubted(kit, file_one(kit))
    coded = doubted(kit, file_one(kit, asker=Asker.PARENT))
    for request_id in (judged, coded):
        take_case(kit, BEN, request_id)
    [place] = places_of(kit, judged, BEN)
    assess(kit, BEN, AssessInput(judged, (place.id,), (place.version,), CSAM))
    issue_child_code(kit, BEN, coded)
    set_danger(kit, BEN, DangerInput(danger, True, "x"))
    for request_id in (judged, coded, danger):
        assert request_of(kit, request_id).doubted_by is None
        assert "request_reopened" in trail_of(kit, request_id)
    assert read_doubted(kit, SINA, "waiting").rows == ()


def test_what_somebody_has_in_hand_is_left(kit: Kit) -> None:
    request_id = doubted(kit, file_one(kit))
    take_case(kit, SINA, request_id)
    assert decide_doubts(kit, BEN, DecideInput((request_id,), agree=True)) == Decided(0, 1)
    clock_of(kit).move(minutes=31)
    assert decide_doubts(kit, BEN, DecideInput((request_id,), agree=True)) == Decided(1, 0)


def test_who_stepped_back_neither_decides_nor_sees_it_and_their_doubt_no_longer_counts(kit: Kit) -> None:
    request_id, own = doubted(kit, file_one(kit)), doubted(kit, file_one(kit))
    recuse(kit, BEN, request_id)
    assert [row.request_id for row in read_doubted(kit, BEN, "waiting").rows] == [own]
    for agree in (True, False):
        with pytest.raises(Recused):
            decide_doubts(kit, BEN, DecideInput((request_id, own), agree=agree))
    assert request_of(kit, own).state is RequestState.OPEN
    recuse(kit, ADA, own)
    assert request_of(kit, own).doubted_by is None


def test_a_doubt_needs_a_reason_and_the_case(kit: Kit) -> None:
    known_staff(kit)
    request_id = file_one(kit).request_id
    with pytest.raises(NotHolding):
        doubt_request(kit, ADA, DoubtInput(request_id, SPAM))
    take_case(kit, ADA, request_id)
    with pytest.raises(NotAllowed):
        doubt_request(kit, ADA, DoubtInput(request_id, " "))
    for ids in ((), ("0" * 32,), tuple(f"{number:032}" for number in range(101))):
        with pytest.raises(NotFound):
            decide_doubts(kit, BEN, DecideInput(ids, agree=True))
