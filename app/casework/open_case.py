"""Opening a case at the desk: everything in it, for one caseworker, and a line in the trail."""

from dataclasses import dataclass
from datetime import datetime

from app.casework.actors import Caseworker
from app.casework.case_keys import CaseKeys, open_case_keys
from app.casework.cases import load
from app.casework.directory import Directory
from app.casework.findings import finding_of
from app.casework.kit import Kit
from app.domain.assessments import Finding
from app.domain.requests import Request
from app.domain.trail import Entry, TrailKind
from app.domain.words import Asker, Content, LetterState, LocationState, NoticeState, Reply, Standing
from app.persistence.database import Work
from app.persistence.notices import Notice
from app.persistence.requests import Assessment
from app.places.showing import defang, mask
from app.vault.pairs import Ring
from app.vault.records import Record, open_record_with, unlock_record
from app.vault.seal import NotOpened, Purpose, unlock


@dataclass(frozen=True)
class CasePlace:
    """One location. `ready`: a finding asks for removal, the provider is known, no notice is under way."""

    id: str
    number: int
    version: int
    url: str
    typed: str
    host: str
    state: LocationState
    state_at: datetime
    finding: Finding | None
    provider_id: str | None
    provider_name: str | None

    @property
    def ready(self) -> bool:
        return self.state is LocationState.ASSESSED and self.provider_id is not None

    @property
    def defanged(self) -> str:
        return defang(self.url)

    @property
    def masked(self) -> str:
        return mask(self.url)

    def __repr__(self) -> str:
        return f"CasePlace({self.id})"


@dataclass(frozen=True)
class CaseNotice:
    id: str
    reference: str
    provider_name: str
    state: NoticeState
    approved_at: datetime
    sent_at: datetime | None
    numbers: tuple[int, ...]  # of the locations, as numbered in the case
    letter_id: str
    letter_state: LetterState


@dataclass(frozen=True)
class CaseAnswer:
    """What somebody with the notice's link said. Nobody proved who they are: unverified."""

    notice_reference: str
    number: int
    reply: Reply
    words: str
    at: datetime


@dataclass(frozen=True)
class CaseMessage:
    from_hotline: bool
    at: datetime
    text: str

    def __repr__(self) -> str:
        return "CaseMessage(…)"


@dataclass(frozen=True)
class TrailLine:
    at: datetime
    kind: TrailKind
    by: str


@dataclass(frozen=True)
class CaseFolder:
    """A case as its page needs it. Holds opened content: never log it."""

    request_id: str
    handle: str
    received_at: datetime
    asker: Asker
    standing: Standing
    language: str
    contents: tuple[Content, ...]
    words: str
    taken: bool
    taken_by_me: bool
    places: tuple[CasePlace, ...]
    notices: tuple[CaseNotice, ...]
    messages: tuple[CaseMessage, ...]
    trail: tuple[TrailLine, ...]
    answers: tuple[CaseAnswer, ...]

    def __repr__(self) -> str:
        return f"CaseFolder({self.handle})"


def handle_of(request_id: str) -> str:
    """The short name of a case at the desk."""
    return request_id[:8]


def open_case(kit: Kit, actor: Caseworker, request_id: str) -> CaseFolder:
    """Open what the team key opens, and write that into the trail. Raises NotFound."""
    at = kit.clock()
    with kit.database.writing() as work:
        request = load(work, request_id)
        keys = open_case_keys(work, actor.team, request_id)
        party = work.requests.parties_of(request_id)[0]
        shared = unlock_record(keys.request, Purpose.REQUEST_FACTS, request_id, request.facts_sealed)
        own = unlock_record(keys.voices[party.id], Purpose.STATEMENT, party.id, party.facts_sealed)
        places = places_of(work, request, keys)
        notices = work.notices.of_request(request_id)
        folder = CaseFolder(
            request_id=request_id,
            handle=handle_of(request_id),
            received_at=datetime.fromisoformat(shared["received_at"]),
            asker=Asker(own["asker"]),
            standing=party.standing,
            language=own["language"],
            contents=tuple(Content(one) for one in shared["contents"]),
            words=own["words"],
            taken=request.lease_until is not None and request.lease_until > at,
            taken_by_me=request.is_held_by(actor.id, at),
            places=places,
            notices=tuple(_notice(work, notice, places) for notice in notices),
            messages=_messages(work, party.id, keys),
            trail=tuple(
                TrailLine(line.at, line.entry.kind, line.by) for line, _ in work.trail.lines(request.trail_id)
            ),
            answers=tuple(answer for notice in notices for answer in _answers(work, notice, actor.team)),
        )
        work.trail.append(request.trail_id, Entry(TrailKind.CASE_OPENED), actor.id, at)
        work.commit()
    return folder


def places_of(work: Work, request: Request, keys: CaseKeys) -> tuple[CasePlace, ...]:
    """The case's locations, opened, with their newest findings and their providers."""
    directory = Directory(work.providers.all())
    newest = work.requests.newest_assessments(request.id)
    places = []
    for location in work.requests.locations_of(request.id):
        record = unlock_record(keys.request, Purpose.LOCATION, location.id, location.place_sealed)
        made = newest.get(location.id)
        provider = directory.provider_of(record["host"])
        places.append(
            CasePlace(
                id=location.id,
                number=location.number,
                version=location.version,
                url=record["url"],
                typed=record["typed"],
                host=record["host"],
                state=location.state,
                state_at=location.state_at,
                finding=_finding(made, keys),
                provider_id=None if provider is None else provider.id,
                provider_name=None if provider is None else provider.name,
            )
        )
    return tuple(places)


def _finding(made: Assessment | None, keys: CaseKeys) -> Finding | None:
    if made is None:
        return None
    return finding_of(unlock_record(keys.desk, Purpose.ASSESSMENT, made.id, made.finding_sealed))


def _notice(work: Work, notice: Notice, places: tuple[CasePlace, ...]) -> CaseNotice:
    numbers = {place.id: place.number for place in places}
    letter = work.letters.of_notice(notice.id)[0]
    return CaseNotice(
        id=notice.id,
        reference=notice.reference,
        provider_name=work.providers.load(notice.provider_id).name,
        state=notice.state,
        approved_at=notice.approved_at,
        sent_at=notice.sent_at,
        numbers=tuple(numbers[location_id] for location_id in work.notices.location_ids(notice.id)),
        letter_id=letter.id,
        letter_state=letter.state,
    )


def _messages(work: Work, party_id: str, keys: CaseKeys) -> tuple[CaseMessage, ...]:
    voice = keys.voices[party_id]
    return tuple(
        CaseMessage(
            m.from_hotline, m.written_at, unlock(voice, Purpose.MESSAGE, m.id, m.text_sealed).decode()
        )
        for m in work.messages.of_party(party_id)
    )


def _answers(work: Work, notice: Notice, team: Ring) -> list[CaseAnswer]:
    opened: list[CaseAnswer] = []
    for answer in work.notices.answers_to(notice.id):
        try:
            record = open_record_with(team, Purpose.PROVIDER_ANSWER, answer.id, answer.answer_sealed)
            opened += [_answer(notice, one, answer.given_at) for one in record["answers"]]
        except (NotOpened, KeyError, TypeError, ValueError):
            continue  # not ours, or damaged: an outsider's row must not keep a case from opening
    return opened


def _answer(notice: Notice, said: Record, at: datetime) -> CaseAnswer:
    return CaseAnswer(notice.reference, said["number"], Reply(said["reply"]), said["words"], at)
