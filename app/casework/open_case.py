"""Opening a case at the desk: everything in it, for one caseworker, and a line in the trail."""

from datetime import datetime

from app.casework.actors import Caseworker
from app.casework.case_folder import (
    CaseAnswer,
    CaseFolder,
    CaseMessage,
    CaseNotice,
    CaseParty,
    CasePlace,
    CaseSafetyNote,
    TrailLine,
)
from app.casework.case_holding import with_holding
from app.casework.case_keys import CaseKeys, open_case_keys
from app.casework.case_mails import mails_of
from app.casework.case_proofs import proofs_of
from app.casework.cases import load_for
from app.casework.directory import directory_for
from app.casework.exposure import count_case
from app.casework.findings import finding_of
from app.casework.kit import Kit
from app.casework.new_places import place_of
from app.casework.place_digests import digest_places
from app.casework.referral_records import referrals_of
from app.casework.series import series_of
from app.casework.voices import note_of, voice_of
from app.domain.assessments import Finding
from app.domain.notice_words import LetterKind
from app.domain.requests import Request
from app.domain.trail import Entry, TrailKind
from app.domain.words import Content, Reply, SafetyState
from app.persistence.assessments import Assessment
from app.persistence.database import Work
from app.persistence.notices import Notice
from app.persistence.parties import Party
from app.vault.pairs import Ring
from app.vault.records import Record, open_record_with, unlock_record
from app.vault.seal import NotOpened, Purpose, unlock


def handle_of(request_id: str) -> str:
    """The short name of a case at the desk."""
    return request_id[:8]


def open_case(kit: Kit, actor: Caseworker, request_id: str) -> CaseFolder:
    """Open what the team key opens, and write that into the trail. Raises NotFound, EnoughForToday."""
    with kit.database.writing() as work:
        folder = open_folder(kit, work, actor, request_id)
        work.commit()
    return folder


def open_folder(kit: Kit, work: Work, actor: Caseworker, request_id: str) -> CaseFolder:
    """The same within a transaction, for verbs that show more of the case."""
    at = kit.clock()
    work.team_keys.current()  # a rotation waits: digests of places are made under the index key in use
    request = load_for(work, actor, request_id)
    count_case(kit, work, actor, request)
    keys = open_case_keys(work, actor.team, request_id)
    shared = unlock_record(keys.request, Purpose.REQUEST_FACTS, request_id, request.facts_sealed)
    places = places_of(work, request, keys)
    notices = work.notices.of_request(request_id)
    series = series_of(work, actor, request_id)
    folder = CaseFolder(
        request_id=request_id,
        handle=handle_of(request_id),
        received_at=datetime.fromisoformat(shared["received_at"]),
        contents=tuple(Content(one) for one in shared["contents"]),
        safety=request.safety,
        safety_by=request.safety_by,
        safety_notes=_safety_notes(work, request_id, keys),
        parties=tuple(party_of(work, party, keys) for party in work.parties.of_request(request_id)),
        taken=request.lease_until is not None and request.lease_until > at,
        taken_by_me=request.is_held_by(actor.id, at),
        places=places,
        notices=tuple(_notice(work, notice, places) for notice in notices),
        trail=tuple(
            TrailLine(line.at, line.entry.kind, line.by) for line, _ in work.trail.lines(request.trail_id)
        ),
        answers=tuple(answer for notice in notices for answer in _answers(work, notice, actor.team)),
        proofs=proofs_of(work, request_id, keys, actor.team, at),
        trail_id=request.trail_id,
        signals=work.signals.of_request(request_id),
        mails=mails_of(work, notices),
        series=series,
        candidates=digest_places(work, actor, request_id, places, series.requests if series else ()),
        referrals=referrals_of(work, request_id, keys),
    )
    folder = with_holding(work, folder, request, keys, at)
    work.trail.append(request.trail_id, Entry(TrailKind.CASE_OPENED), actor.id, at)
    return folder


def places_of(work: Work, request: Request, keys: CaseKeys) -> tuple[CasePlace, ...]:
    """The case's locations, opened, with their newest findings and their providers."""
    newest = work.assessments.newest(request.id)
    opened = [
        (one, place_of(unlock_record(keys.request, Purpose.LOCATION, one.id, one.place_sealed)))
        for one in work.requests.locations_of(request.id)
    ]
    directory = directory_for(work, (place.host for _, place in opened))
    chosen = {one.id: one for one in work.providers.of_ids(loc.provider_id or "" for loc, _ in opened)}
    places = []
    for location, place in opened:
        made = newest.get(location.id)
        provider = chosen.get(location.provider_id or "") or directory.provider_of(place.host)
        places.append(
            CasePlace(
                id=location.id,
                number=location.number,
                version=location.version,
                place=place,
                state=location.state,
                state_at=location.state_at,
                due_at=location.due_at,
                finding=_finding(made, keys),
                provider_id=None if provider is None else provider.id,
                provider_name=None if provider is None else provider.name,
                has_way=provider is not None and provider.first_contact is not None,
                found_by="" if made is None else made.made_by,
                is_chosen=location.provider_id in chosen,
                back_count=location.back_count,
            )
        )
    return tuple(places)


def _finding(made: Assessment | None, keys: CaseKeys) -> Finding | None:
    if made is None:
        return None
    return finding_of(unlock_record(keys.desk, Purpose.ASSESSMENT, made.id, made.finding_sealed))


def _notice(work: Work, notice: Notice, places: tuple[CasePlace, ...]) -> CaseNotice:
    numbers = {place.id: place.number for place in places}
    letters = work.letters.of_notice(notice.id)
    letter = next((one for one in letters if one.kind is LetterKind.FIRST), None)
    return CaseNotice(
        id=notice.id,
        reference=notice.reference,
        provider_name=work.providers.load(notice.provider_id).name,
        state=notice.state,
        approved_at=notice.approved_at,
        sent_at=notice.sent_at,
        numbers=tuple(numbers[location_id] for location_id in work.notices.location_ids(notice.id)),
        letter_id="" if letter is None else letter.id,
        letter_state=None if letter is None else letter.state,
        kind=notice.kind,
        channel=notice.channel,
        root_id=notice.root_id,
        step=notice.step,
        wants=notice.wants,
    )


def party_of(work: Work, party: Party, keys: CaseKeys) -> CaseParty:
    """One of those who ask, with all that they said, opened."""
    voice_key = keys.voices[party.id]
    opened = {
        location_id: note_of(
            unlock_record(voice_key, Purpose.PLACE_NOTE, f"{location_id} {party.id}", sealed)
        )
        for location_id, sealed in work.parties.notes_of(party.id).items()
    }
    return CaseParty(
        id=party.id,
        number=party.number,
        standing=party.standing,
        is_handed_over=party.is_handed_over,
        is_revoked=party.is_revoked,
        voice=voice_of(unlock_record(voice_key, Purpose.STATEMENT, party.id, party.facts_sealed)),
        notes=opened,
        messages=_messages(work, party.id, keys),
    )


def _messages(work: Work, party_id: str, keys: CaseKeys) -> tuple[CaseMessage, ...]:
    voice = keys.voices[party_id]
    return tuple(
        CaseMessage(
            m.from_hotline,
            m.written_at,
            unlock(voice, Purpose.MESSAGE, m.id, m.text_sealed).decode(),
            m.is_aside,
        )
        for m in work.messages.of_party(party_id)
    )


def _safety_notes(work: Work, request_id: str, keys: CaseKeys) -> tuple[CaseSafetyNote, ...]:
    notes = []
    for one in work.safety_notes.of_request(request_id):
        record = unlock_record(keys.desk, Purpose.SAFETY_NOTE, one.id, one.note_sealed)
        notes.append(CaseSafetyNote(SafetyState(record["found"]), record["note"], one.made_by, one.made_at))
    return tuple(notes)


def _answers(work: Work, notice: Notice, team: Ring) -> list[CaseAnswer]:
    opened: list[CaseAnswer] = []
    for answer in work.answers.to_notice(notice.id):
        try:
            record = open_record_with(team, Purpose.PROVIDER_ANSWER, answer.id, answer.answer_sealed)
            opened += [_answer(notice, one, answer.given_at) for one in record["answers"]]
        except (NotOpened, KeyError, TypeError, ValueError):
            continue  # not ours, or damaged: an outsider's row must not keep a case from opening
    return opened


def _answer(notice: Notice, said: Record, at: datetime) -> CaseAnswer:
    whose = str(said.get("whose", ""))
    return CaseAnswer(notice.reference, said["number"], Reply(said["reply"]), said["words"], at, whose)
