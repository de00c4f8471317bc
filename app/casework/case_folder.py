"""A case as its page at the desk needs it. These hold opened content: never log them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.casework.case_mails import CaseMail
from app.casework.case_proofs import CaseProof
from app.casework.case_referral import CaseReferral
from app.casework.desk_notes import CaseNote
from app.casework.series import CaseSeries
from app.domain.asking import PlaceNote, Voice
from app.domain.assessments import Finding
from app.domain.desk_words import Channel, Why
from app.domain.moves import NOTICE_FROM
from app.domain.notice_words import ChaseStep, NoticeKind
from app.domain.series import Candidate
from app.domain.signals import Signal
from app.domain.trail import TrailKind
from app.domain.words import Content, LetterState, LocationState, NoticeState, Reply, SafetyState, Standing
from app.places.reading import Place
from app.places.showing import masked_place, whole_place


@dataclass(frozen=True)
class CasePlace:
    """One location. `ready`: a finding asks for removal, the provider is known with a way to it, no notice is
    under way."""

    id: str
    number: int
    version: int
    place: Place
    state: LocationState
    state_at: datetime
    due_at: datetime | None
    finding: Finding | None
    provider_id: str | None
    provider_name: str | None
    has_way: bool  # whether a first notice gets to that provider, by mail or by hand
    found_by: str = ""  # who made the newest finding
    is_chosen: bool = False  # a caseworker said whose it is; else its host says so
    back_count: int = 0  # how often it came back

    @property
    def ready(self) -> bool:
        return self.state in NOTICE_FROM and self.provider_id is not None and self.has_way

    @property
    def url(self) -> str:
        """Empty while nobody has found the address of an account, or of a place told in words."""
        return self.place.url

    @property
    def defanged(self) -> str:
        return whole_place(self.place)

    @property
    def masked(self) -> str:
        return masked_place(self.place)

    def __repr__(self) -> str:
        return f"CasePlace({self.id})"


@dataclass(frozen=True)
class CaseNotice:
    """One notice, or one further letter of another one's ladder. `letter_state`: of its first letter; None
    where none was made: it is approved ahead, or a person carries it there."""

    id: str
    reference: str
    provider_name: str
    state: NoticeState
    approved_at: datetime
    sent_at: datetime | None
    numbers: tuple[int, ...]  # of the locations, as numbered in the case
    letter_id: str
    letter_state: LetterState | None
    kind: NoticeKind = NoticeKind.CSAM
    channel: Channel = Channel.PLAIN
    root_id: str | None = None
    step: ChaseStep | None = None
    wants: ChaseStep | None = None

    @property
    def waits_for_hand(self) -> bool:
        """Whether a person still has to take it there."""
        return self.state is NoticeState.APPROVED and not self.channel.is_mail


@dataclass(frozen=True)
class CaseAnswer:
    """What somebody with the notice's link said. Nobody proved who they are: unverified. `whose`: who has the
    place, by their word, where it is not theirs."""

    notice_reference: str
    number: int
    reply: Reply
    words: str
    at: datetime
    whose: str = ""


@dataclass(frozen=True)
class CaseMessage:
    """One message. An aside is what a revoked party did: the party is not shown it."""

    from_hotline: bool
    at: datetime
    text: str
    is_aside: bool = False

    def __repr__(self) -> str:
        return "CaseMessage(…)"


@dataclass(frozen=True)
class CaseParty:
    """One who asks in this case: what they said, with their own notes by location id. Number 1 filed it."""

    id: str
    number: int
    standing: Standing
    is_handed_over: bool
    is_revoked: bool
    voice: Voice
    notes: Mapping[str, PlaceNote]
    messages: tuple[CaseMessage, ...]

    def __repr__(self) -> str:
        return f"CaseParty({self.id})"


@dataclass(frozen=True)
class CaseSafetyNote:
    """One safety check and why it ended so. For the desk alone."""

    found: SafetyState
    note: str
    by: str
    at: datetime

    def __repr__(self) -> str:
        return f"CaseSafetyNote({self.found})"


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
    contents: tuple[Content, ...]
    safety: SafetyState
    safety_by: datetime | None
    safety_notes: tuple[CaseSafetyNote, ...]  # oldest first
    parties: tuple[CaseParty, ...]
    taken: bool
    taken_by_me: bool
    places: tuple[CasePlace, ...]
    notices: tuple[CaseNotice, ...]
    trail: tuple[TrailLine, ...]
    answers: tuple[CaseAnswer, ...]
    proofs: tuple[CaseProof, ...]
    trail_id: str = ""  # what an auditor finds the case's trail by
    notes: tuple[CaseNote, ...] = ()  # oldest first
    why: frozenset[Why] = frozenset()  # why it stands where it stands in the queue
    due_by: datetime | None = None  # until when somebody looks at it
    hold_until: datetime | None = None  # out of the queue until then
    police_until: datetime | None = None
    put_at: datetime | None = None  # where a caseworker put it
    offered_to: str | None = None  # the colleague it was handed over to
    doubted_by: str | None = None  # who found that it is not a request
    in_danger: bool = False
    is_set_aside: bool = False  # two found that it is not a request
    may_be_doubted: bool = False
    recused: tuple[str, ...] = ()  # ids of those who stepped back from it
    referrals: tuple[CaseReferral, ...] = ()  # oldest first
    signals: tuple[Signal, ...] = ()  # that places are gone, or there; oldest first
    mails: tuple[CaseMail, ...] = ()  # that came about its notices, oldest first
    series: CaseSeries | None = None
    candidates: tuple[Candidate, ...] = ()  # other cases with a place like one of these, likeliest first

    def __repr__(self) -> str:
        return f"CaseFolder({self.handle})"

    @property
    def filer(self) -> CaseParty:
        """Who filed the request."""
        return self.parties[0]
