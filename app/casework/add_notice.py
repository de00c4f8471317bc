"""The notice itself, its keys, its pack for the courier and its letter: for the verbs that approve."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.casework.actors import Caseworker
from app.casework.case_keys import wrap_for_team, wrap_under
from app.casework.kit import Kit, new_id
from app.casework.notice_facts import verify_digest
from app.casework.packs import facts_record, seal_pack
from app.casework.unlock_courier import courier_seed
from app.domain.desk_words import Channel
from app.domain.letters import Letter
from app.domain.notice_words import ChaseStep
from app.domain.notices import NoticeFacts
from app.domain.times import to_minute
from app.domain.words import LetterState, NoticeState
from app.persistence.database import Work
from app.persistence.notices import Notice
from app.persistence.team_keys import COURIER
from app.persistence.wraps import LINK
from app.vault.derive import hkdf, key_from
from app.vault.pairs import KeyPair
from app.vault.records import Record, lock_record
from app.vault.seal import Purpose, new_key


@dataclass(frozen=True)
class Approval:
    """Who approves, when, and the keys that everything is sealed to: one for all letters of a verb."""

    kit: Kit
    work: Work
    by: str
    at: datetime
    team_public: bytes
    courier: KeyPair

    def __repr__(self) -> str:
        return "Approval(…)"


def begin_approval(work: Work, kit: Kit, actor: Caseworker, team_public: bytes, at: datetime) -> Approval:
    """`team_public` was asked for first (current_team). Raises KeyNotTrusted."""
    courier = KeyPair(courier_seed(actor, work.hotline_keys.current(COURIER)))
    return Approval(kit, work, actor.id, at, team_public, courier)


@dataclass(frozen=True)
class NewNotice:
    """`location_ids`: in the order of the places in the facts. `root_id`, `step`: of a further letter."""

    request_id: str
    provider_id: str
    channel: Channel
    facts: NoticeFacts
    link_secret: str
    location_ids: tuple[str, ...]
    root_id: str | None = None
    step: ChaseStep | None = None

    def __repr__(self) -> str:
        return f"NewNotice({self.facts.reference})"


def add_notice(approval: Approval, new: NewNotice, state: NoticeState) -> Notice:
    """The notice with a key of its own: to the team, and under the link that is only in the letter. Its pack
    is sealed to the courier."""
    kit, work = approval.kit, approval.work
    notice_id, notice_key = new_id(), new_key()
    secret = new.link_secret.encode()
    notice = Notice(
        id=notice_id,
        version=1,
        request_id=new.request_id,
        provider_id=new.provider_id,
        reference=new.facts.reference,
        state=state,
        approved_by=approval.by,
        approved_at=to_minute(approval.at),
        sent_at=None,
        link_ends_at=new.facts.made_at + kit.settings.times.link,
        places_sealed=lock_record(notice_key, Purpose.NOTICE_PLACES, notice_id, shown_record(new.facts)),
        kind=new.facts.kind,
        channel=new.channel,
        root_id=new.root_id,
        step=new.step,
    )
    lookup, code = hkdf(secret, "notice link lookup"), verify_digest(new.facts.verify_code)
    work.notices.add(notice, lookup, code, new.location_ids)
    under_link = key_from(secret, "notice link")
    work.wraps.add(
        wrap_for_team(approval.team_public, Purpose.NOTICE_KEY, new.request_id, notice_id, notice_key),
        wrap_under(under_link, LINK, Purpose.NOTICE_KEY, new.request_id, notice_id, notice_key),
    )
    work.notices.add_pack(notice_id, seal_pack(approval.courier, notice_id, new.facts))
    return notice


def shown_record(facts: NoticeFacts) -> Record:
    """What the answer page may know. The link opens it, so the link is not inside; nor is what is for the
    letter's reader alone: the code that verifies it, own words, and names, which may be taken back while the
    link still opens. Who supplies a provider gets hosts alone, as in the letter."""
    return facts_record(replace(facts, answer_link="", verify_code="", statement="", names=()))


def add_first_letter(approval: Approval, notice: Notice, due_at: datetime) -> None:
    """Its first letter. The Message-ID is made here, once."""
    letter = Letter(
        id=new_id(),
        notice_id=notice.id,
        state=LetterState.WAITING,
        due_at=due_at,
        attempts=0,
        message_id=f"<{new_id()}@{approval.kit.settings.hotline.domain}>",
        lease=None,
        lease_until=None,
        provider_id=notice.provider_id,
    )
    approval.work.letters.add(letter)
