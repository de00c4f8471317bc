"""What the queue knows of a case follows what is said and found: when it comes, and when it is taken back."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from secrets import token_hex

from app.casework.add_places import AddInput, add_places
from app.casework.assess import AssessInput, assess
from app.casework.change_voice import VoiceInput, change_voice
from app.casework.file_request import Filing, file_request
from app.casework.follow_with_code import follow_with_code
from app.casework.join_requests import JoinInput, join_requests
from app.casework.kit import Kit
from app.casework.note_place import NoteInput, note_place
from app.casework.say_back_again import say_back_again
from app.casework.take_case import take_case
from app.domain.asking import PlaceNote, Safety, Voice
from app.domain.assessments import Finding
from app.domain.desk_words import Why
from app.domain.queue_order import HEAD_START
from app.domain.words import AgeBand, Asker, Basis, Content, Kind, LocationState, YesNo
from app.vault.codes import new_code
from tests.casework.holding_steps import request_of
from tests.casework.party_steps import TWO_PLACES, family, places, put_in_state
from tests.casework.queue_steps import row_of
from tests.casework.steps import places_of
from tests.make import ADA, CSAM, URL, Filed, file_one, request_id_of

DAY = date(2031, 5, 17)
THREAT = PlaceNote(threat=YesNo.YES, threat_on=DAY)
NEAR, FAR = Safety(lives_near=YesNo.YES), Safety(lives_near=YesNo.NO)
EXPOSED = Finding(Kind.IDENTITY, None, None, None, None, None, Basis.US)


def why(kit: Kit, filed: Filed) -> set[Why]:
    return set(row_of(kit, filed.request_id).why)


def file_exposed(kit: Kit, asker: Asker = Asker.PERSON) -> Filed:
    contents = (Content.ABUSE, Content.IDENTITY)
    filing = Filing(token_hex(16), new_code(), places(URL), contents, Voice(asker=asker))
    file_request(kit, filing)
    return Filed(filing.code, request_id_of(kit, filing))


def threat_day(kit: Kit, filed: Filed) -> date | None:
    shown = row_of(kit, filed.request_id).threat_at
    return None if shown is None else shown.date()


def test_a_threat_is_known_until_it_is_taken_back_and_its_day_can_be_changed(kit: Kit) -> None:
    filed = file_one(kit)
    me = follow_with_code(kit, filed.code)
    note_place(kit, me, NoteInput(1, THREAT))
    assert (why(kit, filed), threat_day(kit, filed)) == ({Why.THREAT}, DAY)
    note_place(kit, me, NoteInput(1, replace(THREAT, threat_on=DAY + timedelta(days=9))))
    assert threat_day(kit, filed) == DAY + timedelta(days=9)
    note_place(kit, me, NoteInput(1, PlaceNote("only a name")))
    assert (why(kit, filed), threat_day(kit, filed)) == (set(), None)


def test_one_party_takes_back_no_threat_of_another(kit: Kit) -> None:
    both = family(kit, verified=True)
    note_place(kit, both.child, NoteInput(1, THREAT))
    note_place(kit, both.representative, NoteInput(1, PlaceNote("nothing to see")))
    assert (why(kit, both.filed), threat_day(kit, both.filed)) == ({Why.THREAT}, DAY)


def test_places_that_are_added_are_as_exposed_as_the_first_ones(kit: Kit) -> None:
    filed, plain = file_exposed(kit), file_one(kit)
    assert why(kit, filed) == {Why.IDENTITY}
    for one in (filed, plain):
        add_places(kit, follow_with_code(kit, one.code), AddInput(places(f"{URL}/more"), (THREAT,)))
        put_in_state(kit, one.request_id, 1, LocationState.GONE)
    with kit.database.reading() as work:
        assert work.requests.locations_of(filed.request_id)[1].known == "threat identity"
        assert work.requests.locations_of(plain.request_id)[1].known == "threat"


def test_danger_that_is_said_moves_a_case_up_and_that_is_taken_back_down_again(kit: Kit) -> None:
    filed = file_one(kit)
    me = follow_with_code(kit, filed.code)
    before = row_of(kit, filed.request_id)
    change_voice(kit, me, VoiceInput(safety=Safety(lives_near=YesNo.UNSURE)))
    assert why(kit, filed) == set()
    change_voice(kit, me, VoiceInput(safety=NEAR))  # no new worry, and yet danger
    assert why(kit, filed) == {Why.DANGER}
    assert request_of(kit, filed.request_id).queue_at == before.received_at - HEAD_START[Why.DANGER]
    change_voice(kit, me, VoiceInput(language="fr"))
    assert why(kit, filed) == {Why.DANGER}
    change_voice(kit, me, VoiceInput(safety=FAR))
    assert why(kit, filed) == set()


def test_danger_of_a_child_stays_whatever_their_representative_says(kit: Kit) -> None:
    both = family(kit, verified=True)
    change_voice(kit, both.child, VoiceInput(safety=NEAR))
    change_voice(kit, both.representative, VoiceInput(safety=NEAR))
    change_voice(kit, both.representative, VoiceInput(safety=FAR))
    assert why(kit, both.filed) == {Why.DANGER}


def test_a_finding_says_how_young_and_whether_somebody_is_exposed(kit: Kit) -> None:
    filed = file_one(kit)
    take_case(kit, ADA, filed.request_id)
    for finding, expected in (
        (replace(CSAM, age_band=AgeBand.PREPUBESCENT), {Why.YOUNGEST}),
        (replace(CSAM, age_band=AgeBand.PUBESCENT), {Why.YOUNG}),
        (EXPOSED, {Why.IDENTITY}),
        (CSAM, {Why.IDENTITY, Why.YOUNG}),  # nobody is less exposed for it
    ):
        (place,) = places_of(kit, filed.request_id)
        assess(kit, ADA, AssessInput(filed.request_id, (place.id,), (place.version,), finding))
        assert why(kit, filed) == expected


def test_what_is_back_again_waits_anew_and_far_up(kit: Kit) -> None:
    filed = file_one(kit)
    put_in_state(kit, filed.request_id, 1, LocationState.GONE)
    me = follow_with_code(kit, filed.code)
    say_back_again(kit, me, 1)
    row = row_of(kit, filed.request_id)
    assert row.why == (Why.BACK,)
    assert row.since_at == kit.clock().replace(second=0, microsecond=0)


def test_a_joined_request_keeps_what_was_known_of_both(kit: Kit) -> None:
    guarded = file_one(kit, TWO_PLACES, asker=Asker.PARENT)
    child = file_exposed(kit)
    me = follow_with_code(kit, child.code)
    note_place(kit, me, NoteInput(1, THREAT))
    change_voice(kit, me, VoiceInput(safety=NEAR))
    for one in (guarded, child):
        take_case(kit, ADA, one.request_id)
    (place,) = places_of(kit, child.request_id)
    young = replace(CSAM, age_band=AgeBand.PREPUBESCENT)
    assess(kit, ADA, AssessInput(child.request_id, (place.id,), (place.version,), young))
    join_requests(kit, ADA, JoinInput(guarded.request_id, child.request_id))
    assert why(kit, guarded) == {Why.DANGER, Why.THREAT, Why.IDENTITY, Why.YOUNGEST}
    assert row_of(kit, guarded.request_id).threat_at == datetime.combine(DAY, time(), UTC)
