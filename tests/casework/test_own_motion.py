"""Requests that the hotline opens itself: as any other, and nobody asks in them."""

import re
import threading
from email.message import EmailMessage

import pytest
from sqlalchemy import select

from app.casework import import_own_motion as importing
from app.casework.case_keys import open_case_keys
from app.casework.errors import NotAllowed, NotFound
from app.casework.import_own_motion import Progress, import_own_motion
from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.casework.open_own_motion import open_own_motion
from app.casework.post_courier import CourierDoor
from app.casework.stage_own_motion import listed_places
from app.casework.staged_lists import load_staged, staged_of
from app.casework.unlock_courier import unlock_courier
from app.casework.write_message import MessageInput, write_message
from app.domain.desk_words import NoteKind
from app.domain.trail import TrailKind
from app.domain.words import Asker, Content, LocationState, RequestState, Standing
from app.persistence.desk_notes import desk_notes
from app.persistence.wraps import TEAM, wraps
from app.places.list_files import ListRefused
from app.reads.queue import read_queue
from app.vault.records import unlock_record
from app.vault.seal import Purpose
from tests.casework.key_steps import dump
from tests.casework.list_steps import REASON, TWO, opened, request_ids, staged
from tests.casework.steps import all_at_once, approve_all, assess_all, kinds, trail_of
from tests.make import ADA, BEN, file_one
from tests.walks import deliver

OF_LISTS = ("staged_lists", "sessions")


def kept(kit: Kit) -> dict[str, object]:
    """All rows of everything but lists and sessions."""
    return {name: rows for name, rows in dump(kit).items() if name not in OF_LISTS}


def test_it_is_a_case_like_others_that_nobody_holds_a_code_to(kit: Kit) -> None:
    [request_id] = opened(kit, f"url,label\n{TWO.split()[0]},the first\n{TWO.split()[1]},\n")
    case = open_case(kit, ADA, request_id)
    assert [(place.number, place.url, place.state) for place in case.places] == [
        (number, url, LocationState.RECEIVED) for number, url in enumerate(TWO.split(), start=1)
    ]
    assert case.contents == (Content.ABUSE,)
    [party] = case.parties
    assert party.standing is Standing.HOTLINE
    assert (party.voice.words, party.voice.asker, party.messages) == ("", Asker.UNSAID, ())
    assert [note.label for note in party.notes.values()] == ["the first"]
    assert trail_of(kit, request_id)[0] == TrailKind.OWN_MOTION_OPENED
    with kit.database.reading() as work:
        request = work.requests.load(request_id)
        assert (request.state, request.open_places, request.taken_by) == (RequestState.OPEN, 2, None)
        holders = work.connection.execute(select(wraps.c.holder, wraps.c.key_kind)).all()
    assert {row.key_kind for row in holders if row.holder == TEAM} == {"request", "voice", "desk"}
    assert [row.key_kind for row in holders if row.holder != TEAM] == ["request"], "under its own voice alone"


def test_it_stands_in_the_queue(kit: Kit) -> None:
    [request_id] = opened(kit)
    assert [row.request_id for row in read_queue(kit, ADA, "free", None).rows] == [request_id]


def test_the_reason_is_kept_as_a_note_of_the_desk(kit: Kit) -> None:
    [request_id] = opened(kit)
    with kit.database.reading() as work:
        desk_key = open_case_keys(work, ADA.team, request_id).desk
        note = work.connection.execute(select(desk_notes)).mappings().one()
    assert REASON.encode() not in note["note_sealed"]
    record = unlock_record(desk_key, Purpose.DESK_NOTE, note["id"], note["note_sealed"])
    assert record == {"kind": NoteKind.BEST_INTERESTS, "text": REASON}
    assert note["made_by"] == ADA.id


def letters_of(kit: Kit, request_id: str) -> list[str]:
    """Every letter of a case, whole and decoded, but for what is drawn at random: reference, link, code, ids.
    The clock of the tests stands still."""
    door = CourierDoor(kit)
    unlock_courier(kit, ADA)
    assess_all(kit, request_id)
    approve_all(kit, request_id)
    return sorted(_without_random(letter) for letter in deliver(kit, door))


def _without_random(letter: EmailMessage) -> str:
    said = [f"{name}: {value}" for name, value in letter.items() if name != "Message-ID"]
    for part in letter.walk():
        if not part.is_multipart():
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            said += [part.get_content_type(), content.decode()]
    written = "\n".join(said)
    for random in (
        r"(?i)\bH-[0-9A-Z]{4}-[0-9A-Z]{4}",
        r"/n/[\w-]+",
        r"(?<=and the code )[0-9A-Z]{10}\b",
        r"={5,}\d+==",
        r"[0-9a-f]{8}(?:-[0-9a-f]{4,12}){4}",
    ):
        written = re.sub(random, "*", written)
    return written


def test_its_notices_are_those_of_a_survivors_request_to_the_byte(kit: Kit) -> None:
    theirs = file_one(kit, TWO, words="grelbwords")
    [ours] = opened(kit, TWO)
    one, other = letters_of(kit, theirs.request_id), letters_of(kit, ours)
    assert len(one) == 2
    assert any("csam" in letter for letter in one), "the machine part, too, is compared"
    assert one == other


def test_more_than_a_thousand_places_become_several_requests(kit: Kit) -> None:
    raw = "\n".join(f"https://img.northlight.example/{number}" for number in range(2001))
    steps = list(import_own_motion(kit, ADA, staged(kit, raw).id))
    assert [one.sealed for one in steps] == [0, 1000, 2000, 2001, 2001]
    assert steps[0] == Progress(0, 2001)
    numbers = [len(open_case(kit, ADA, one).places) for one in steps[-1].request_ids]
    assert numbers == [1000, 1000, 1]


def test_equal_lines_are_one_place_and_bad_ones_stay_behind(kit: Kit) -> None:
    waiting = staged(
        kit, f"{TWO}nothing\n{TWO.split()[0]}\nhttps://localhost/x\nHXXPS://talkyard[.]example/t/2"
    )
    assert [place.url for place in listed_places(waiting).places] == TWO.split()
    assert waiting.more["repeats"] == 2
    assert [(one.line, one.code) for one in waiting.rows.problems] == [(3, "no_host"), (5, "not_public")]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("name,provider\nx,y\n", "no_column"),
        ('[{"name": "x"}]', "no_column"),
        ("https://a.example/1,one\nhttps://a.example/2,two\n", "no_names"),
        ("url,label\n", "no_place"),
        (" \n", "empty"),
    ],
)
def test_a_list_that_cannot_be_understood_is_refused_whole(kit: Kit, raw: str, code: str) -> None:
    with pytest.raises(ListRefused) as refused:
        staged(kit, raw)
    assert refused.value.code == code
    assert staged_of(kit, ADA) == ()


def test_several_addresses_on_a_line_that_somebody_typed_are_several_places(kit: Kit) -> None:
    waiting = staged(kit, "see https://a.example/1 and https://b.example/2\nhttps://c.example/3, x.example/4")
    assert [place.host for place in listed_places(waiting).places] == [
        "a.example",
        "b.example",
        "c.example",
        "x.example",
    ]


def test_whoever_stops_half_way_has_changed_nothing(kit: Kit) -> None:
    waiting = staged(kit)
    before = kept(kit)
    steps = import_own_motion(kit, ADA, waiting.id)
    next(steps), next(steps)
    steps.close()  # type: ignore[attr-defined]
    assert kept(kit) == before
    assert load_staged(kit, ADA, waiting.id) == waiting


def test_a_fault_in_the_middle_of_writing_leaves_nothing(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = staged(kit, "\n".join(f"https://img.northlight.example/{number}" for number in range(2001)))
    before, calls = kept(kit), []

    def fail_at_the_third(*given: object) -> None:
        calls.append(1)
        if len(calls) == 3:
            raise RuntimeError
        open_own_motion(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(importing, "open_own_motion", fail_at_the_third)
    with pytest.raises(RuntimeError):
        list(import_own_motion(kit, ADA, waiting.id))
    assert kept(kit) == before
    monkeypatch.undo()
    assert len(list(import_own_motion(kit, ADA, waiting.id))[-1].request_ids) == 3


def test_a_list_that_is_sent_twice_at_once_is_imported_once(kit: Kit) -> None:
    waiting, gate = staged(kit), threading.Barrier(2)

    def go_on() -> None:
        steps = import_own_motion(kit, ADA, waiting.id)
        gate.wait(60)
        list(steps)

    assert kinds(all_at_once(go_on, go_on)) == ["NoneType", "NotFound"]
    assert len(request_ids(kit)) == 1
    with pytest.raises(NotFound):
        import_own_motion(kit, ADA, waiting.id)


def test_a_list_of_somebody_else_cannot_be_imported(kit: Kit) -> None:
    waiting = staged(kit)
    with pytest.raises(NotFound):
        import_own_motion(kit, BEN, waiting.id)


def test_nobody_is_told_anything_and_nobody_can_be_written_to(kit: Kit) -> None:
    [request_id] = opened(kit)
    letters_of(kit, request_id)
    with pytest.raises(NotAllowed):
        write_message(kit, ADA, MessageInput("hello", request_id))
    rows = dump(kit)
    assert (rows["contact_mails"], rows["messages"]) == ([], [])
