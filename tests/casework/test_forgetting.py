"""Forgetting a request: hidden at once, brought back within seven days, then destroyed."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from app.casework.actors import Requester
from app.casework.answer_notice import AnswerInput, answer_notice
from app.casework.deliver_letter import deliver_letter
from app.casework.destroy_forgotten import destroy_forgotten
from app.casework.errors import CodeProblem, NotAllowed, NotFound, NotHolding
from app.casework.follow_with_code import follow_with_code, is_current
from app.casework.forget_request import forget_request
from app.casework.give_proof import give_proof
from app.casework.kit import Kit
from app.casework.link_series import LinkInput, link_series
from app.casework.note_place import NoteInput, note_place
from app.casework.note_signal import SignalInput, note_signal
from app.casework.open_case import open_case
from app.casework.open_notice import open_notice
from app.casework.record_safety_check import SafetyInput, record_safety_check
from app.casework.recuse import recuse
from app.casework.take_case import take_case
from app.casework.undo_forgetting import undo_forgetting
from app.casework.write_message import MessageInput, write_message
from app.casework.write_note import NoteInput as DeskNoteInput
from app.casework.write_note import write_note
from app.domain.asking import PlaceNote
from app.domain.desk_words import ReferralKind
from app.domain.notice_words import Seen, SignalSource
from app.domain.proof_words import Tier
from app.domain.proofs import ProofContent
from app.domain.trail import first_break
from app.domain.words import Asker, Reply, SafetyState, Standing
from app.outbound.ports import NullMailer
from app.persistence.base import metadata
from app.persistence.forgetting import of_a_request
from app.reads.follow import read_follow
from app.reads.forgotten import read_forgotten
from app.reads.queue import read_queue
from app.vault.codes import new_code
from tests.casework.contact_steps import leave
from tests.casework.put_mail import put_mail_of
from tests.casework.referral_steps import POLICE, prepare
from tests.casework.steps import (
    file_approved,
    open_courier,
    trail_of,
)
from tests.casework.test_following import counting
from tests.make import ADA, BEN, URL, Clock, Filed, file_one, make_known

OF_A_REQUEST = {
    "requests",
    "parties",
    "locations",
    "place_notes",
    "assessments",
    "messages",
    "wraps",
    "notices",
    "notice_locations",
    "letters",
    "answers",
    "chase_packs",
    "safety_notes",
    "proofs",
    "contacts",
    "contact_mails",
    "desk_notes",
    "stepped_aside",
    "series_links",
    "place_digests",
    "referrals",
    "referral_locations",
    "signals",
    "claims",
    "received_mails",
}
STAYS = {"trail", "courier_processes", "openings", "outcome_counts", "paces", "mailbox_counts"} | {
    "series"  # its record drops a destroyed id at its next change
}
TWO_HOSTS = f"{URL}\nhttps://talkyard.example/t/9"


def clock(kit: Kit) -> Clock:
    assert isinstance(kit.clock, Clock)
    return kit.clock


def problem(kit: Kit, code: str) -> str:
    with pytest.raises(CodeProblem) as refused:
        follow_with_code(kit, code)
    return refused.value.code


def forget_own(kit: Kit, filed: Filed) -> Requester:
    requester = follow_with_code(kit, filed.code)
    forget_request(kit, requester, filed.request_id)
    return requester


def test_a_person_forgets_their_own_request_and_it_is_hidden_at_once(kit: Kit) -> None:
    filed, other = file_one(kit), file_one(kit)
    take_case(kit, ADA, filed.request_id)
    requester = forget_own(kit, filed)
    assert problem(kit, filed.code) == "unknown"
    assert not is_current(kit, requester)
    for which in ("open", "mine", "free"):
        assert filed.request_id not in [row.request_id for row in read_queue(kit, ADA, which, None).rows]
    assert read_queue(kit, ADA, "open", None).counts == {
        "free": 1,
        "mine": 0,
        "open": 1,
        "due": 0,
    }
    for shut in (
        lambda: open_case(kit, ADA, filed.request_id),
        lambda: take_case(kit, ADA, filed.request_id),
        lambda: write_message(kit, ADA, MessageInput("hello", filed.request_id)),
        lambda: write_message(kit, requester, MessageInput("hello")),
        lambda: forget_request(kit, requester, filed.request_id),
        lambda: forget_request(kit, ADA, filed.request_id),
    ):
        with pytest.raises(NotFound):
            shut()
    assert trail_of(kit, filed.request_id)[-1] == "request_forgotten"
    assert follow_with_code(kit, other.code).request_id == other.request_id


def test_a_forgotten_code_does_the_same_things_as_an_unknown_one(
    kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed = file_one(kit)
    forget_own(kit, filed)
    with counting(kit, monkeypatch) as forgotten:
        assert problem(kit, filed.code) == "unknown"
    with counting(kit, monkeypatch) as unknown:
        assert problem(kit, new_code()) == "unknown"
    assert forgotten == unknown


@pytest.mark.parametrize("asker", [Asker.PARENT, Asker.AUTHORISED, Asker.BYSTANDER])
def test_a_representative_or_bystander_forgets_nothing(kit: Kit, asker: Asker) -> None:
    filed = file_one(kit, asker=asker)
    requester = follow_with_code(kit, filed.code)
    with pytest.raises(NotAllowed):
        forget_request(kit, requester, filed.request_id)
    forged = replace(requester, standing=Standing.OWN)  # standing counts as the database has it
    with pytest.raises(NotAllowed):
        forget_request(kit, forged, filed.request_id)
    assert is_current(kit, requester)
    assert trail_of(kit, filed.request_id) == ["request_filed"]


def test_a_checked_representative_forgets_nothing_either(kit: Kit) -> None:
    filed = file_one(kit, asker=Asker.PARENT)
    requester = follow_with_code(kit, filed.code)
    with kit.database.writing() as work:
        party = work.parties.load(requester.party_id)
        work.parties.save(replace(party, standing=Standing.CHECKED))
        work.commit()
    with pytest.raises(NotAllowed):
        forget_request(kit, requester, filed.request_id)


def test_nobody_forgets_another_persons_request(kit: Kit) -> None:
    mine, other = file_one(kit), file_one(kit)
    with pytest.raises(NotFound):
        forget_request(kit, follow_with_code(kit, mine.code), other.request_id)
    stale = replace(follow_with_code(kit, mine.code), generation=7)
    with pytest.raises(NotFound):
        forget_request(kit, stale, mine.request_id)


def test_a_caseworker_forgets_a_case_they_hold_and_the_trail_names_them(kit: Kit) -> None:
    filed = file_one(kit, asker=Asker.PARENT)
    with pytest.raises(NotHolding):
        forget_request(kit, ADA, filed.request_id)
    take_case(kit, ADA, filed.request_id)
    with pytest.raises(NotHolding):
        forget_request(kit, BEN, filed.request_id)
    forget_request(kit, ADA, filed.request_id)
    with kit.database.reading() as work:
        request = work.requests.load(filed.request_id)
        line, _ = work.trail.lines(request.trail_id)[-1]
    assert (line.entry.kind, line.by) == ("request_forgotten", ADA.id)
    assert (request.taken_by, request.lease_until, request.open_places) == (None, None, 0)


def test_forgotten_requests_are_listed_by_id_and_time_alone(kit: Kit) -> None:
    first, second = file_one(kit), file_one(kit)
    forget_own(kit, second)
    clock(kit).move(hours=1)
    forget_own(kit, first)
    rows = read_forgotten(kit, ADA)
    assert [row.request_id for row in rows] == [second.request_id, first.request_id]
    assert (rows[1].destroy_at - clock(kit).at).days in (6, 7)
    clock(kit).move(days=7)
    assert read_forgotten(kit, ADA) == ()


def test_within_seven_days_it_is_brought_back_whole(kit: Kit) -> None:
    filed = file_one(kit, TWO_HOSTS)
    before = follow_with_code(kit, filed.code)
    write_message(kit, before, MessageInput("question"))
    forget_request(kit, before, filed.request_id)
    clock(kit).move(days=6, hours=23)
    destroy_forgotten(kit)
    undo_forgetting(kit, BEN, filed.request_id)
    assert not is_current(kit, before)  # sessions stay ended: the code opens a new one
    page = read_follow(kit, follow_with_code(kit, filed.code))
    assert (len(page.places), [m.text for m in page.messages]) == (2, ["question"])
    assert [row.open_places for row in read_queue(kit, ADA, "open", None).rows] == [2]
    assert len(open_case(kit, ADA, filed.request_id).places) == 2
    assert trail_of(kit, filed.request_id)[-3:] == ["request_forgotten", "forgetting_undone", "case_opened"]
    assert read_forgotten(kit, ADA) == ()
    clock(kit).move(days=30)
    assert destroy_forgotten(kit).count == 0


def test_only_what_is_forgotten_and_not_yet_due_can_be_brought_back(kit: Kit) -> None:
    filed = file_one(kit)
    for request_id in (filed.request_id, "0" * 32):
        with pytest.raises(NotFound):
            undo_forgetting(kit, ADA, request_id)
    forget_own(kit, filed)
    clock(kit).move(days=7, seconds=1)
    with pytest.raises(NotFound):
        undo_forgetting(kit, ADA, filed.request_id)


def rows(kit: Kit) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but what outlives a request."""
    with kit.database.reading() as work:
        return {
            table.name: sorted((tuple(row) for row in work.connection.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
            if table.name not in STAYS
        }


def test_after_seven_days_it_is_as_if_nobody_had_asked_but_for_the_trail(kit: Kit) -> None:
    other, courier, mailer = file_approved(kit), open_courier(kit), NullMailer()
    make_known(kit, BEN)
    deliver_letter(kit, courier, mailer)
    series_id = link_series(kit, ADA, LinkInput(other.request_id, file_one(kit).request_id))
    before = rows(kit)
    filed = file_approved(kit, places=TWO_HOSTS)
    link_series(kit, ADA, LinkInput(filed.request_id, series_id=series_id))
    write_note(kit, ADA, DeskNoteInput(filed.request_id, "for colleagues"))
    recuse(kit, BEN, filed.request_id)
    prepare(kit, filed, ReferralKind.POLICE, whom=POLICE)
    while deliver_letter(kit, courier, mailer):
        pass
    text = mailer.sent[1].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    provider = open_notice(kit, text.split("/n/")[1].split()[0])
    answer_notice(kit, provider, AnswerInput(((1, Reply.ASKS, "which one"),)))
    me = follow_with_code(kit, filed.code)
    write_message(kit, me, MessageInput("question"))
    note_place(kit, me, NoteInput(1, PlaceNote("the first")))
    give_proof(kit, me, ProofContent(Tier.DECLARED))
    leave(kit, me)
    record_safety_check(kit, ADA, SafetyInput(filed.request_id, SafetyState.CLEAR, "Looked at with care."))
    answer_notice(kit, provider, AnswerInput(((1, Reply.OVER_18, "who says so"),)))
    with kit.database.reading() as work:
        trail_id = work.requests.load(filed.request_id).trail_id
        place = work.requests.locations_of(filed.request_id)[0].id
    note_signal(kit, ADA, SignalInput(filed.request_id, (place,), SignalSource.US, Seen.THERE))
    put_mail_of(kit, filed.request_id)
    assert all(len(now) > len(before[name]) for name, now in rows(kit).items() if name in OF_A_REQUEST)
    forget_own(kit, filed)
    clock(kit).move(days=6, hours=23)
    assert destroy_forgotten(kit).count == 0
    clock(kit).move(hours=2)
    done = destroy_forgotten(kit)
    assert (done.count, done.is_scrubbed) == (1, True)
    assert destroy_forgotten(kit).count == 0
    assert rows(kit) == before
    with kit.database.reading() as work:
        lines = work.trail.lines(trail_id)
    assert first_break(lines) is None
    assert [line.entry.kind for line, _ in lines][-2:] == ["request_forgotten", "request_destroyed"]
    assert lines[-1][0].by == "courier"
    assert problem(kit, filed.code) == "unknown"
    assert open_case(kit, ADA, other.request_id).places


def test_destroying_finds_every_table_that_hangs_on_a_request() -> None:
    assert {table.name for table in of_a_request()} == OF_A_REQUEST
