"""Steps of a notice that went out: its link, its places, and what is said of them through the link."""

from dataclasses import replace
from email.message import EmailMessage

from app.casework.actors import Provider
from app.casework.answer_notice import AnswerInput, answer_notice
from app.casework.deliver_letter import deliver_letter
from app.casework.kit import Kit
from app.casework.open_notice import open_notice
from app.casework.packs import facts_of, facts_record
from app.domain.assessments import Finding
from app.domain.claims import Claim
from app.domain.locations import Location
from app.domain.notice_words import NoticeKind
from app.domain.words import LocationState, Reply
from app.outbound.ports import NullMailer
from app.persistence.notices import Notice, notices
from app.vault.records import lock_record, unlock_record
from app.vault.seal import Purpose
from tests.casework.steps import file_approved, open_courier
from tests.make import CSAM, URL, Clock, Filed

TWO = f"{URL}\nhttps://x.northlight.example/b"


def clock_of(kit: Kit) -> Clock:
    assert isinstance(kit.clock, Clock)
    return kit.clock


def sent(kit: Kit, places: str = TWO) -> tuple[Filed, str]:
    """A request whose notice went out, and the secret of the link in the letter."""
    filed = file_approved(kit, places=places)
    mailer = NullMailer()
    assert deliver_letter(kit, open_courier(kit), mailer)
    return filed, link_of(mailer.sent[0])


def link_of(letter: EmailMessage) -> str:
    body = letter.get_body()
    assert body is not None
    (link,) = [word for word in body.get_content().split() if "/n/" in word]
    return str(link.rpartition("/n/")[2].rstrip("."))


def say(kit: Kit, actor: Provider, *replies: Reply, words: str = "words") -> None:
    """One word on each place of the notice, from the first on."""
    answers = tuple((number, reply, words) for number, reply in enumerate(replies, start=1))
    answer_notice(kit, actor, AnswerInput(answers))


def opened(kit: Kit, places: str = TWO) -> tuple[Filed, Provider]:
    filed, link = sent(kit, places)
    return filed, open_notice(kit, link)


def locations(kit: Kit, filed: Filed) -> tuple[Location, ...]:
    with kit.database.reading() as work:
        return work.requests.locations_of(filed.request_id)


def states(kit: Kit, filed: Filed) -> list[LocationState]:
    return [one.state for one in locations(kit, filed)]


def notice_of(kit: Kit, actor: Provider) -> Notice:
    with kit.database.reading() as work:
        return work.notices.load(actor.notice_id)


def claims_of(kit: Kit, actor: Provider) -> list[Claim]:
    """All that were made in answers to this notice, by place."""
    with kit.database.reading() as work:
        return [
            claim
            for location_id in work.notices.location_ids(actor.notice_id)
            for claim in work.claims.about(actor.notice_id, location_id)
        ]


def turn_into(
    kit: Kit,
    actor: Provider,
    kind: NoticeKind,
    language: str = "en",
    finding: Finding = CSAM,
    **facts: object,
) -> None:
    """The same notice, as it were of another kind, in another language, of places with this finding."""
    notice = notice_of(kit, actor)
    key = actor.notice_key
    known = facts_of(unlock_record(key, Purpose.NOTICE_PLACES, notice.id, notice.places_sealed))
    known = replace(known, recipient=replace(known.recipient, language=language))
    known = replace(known, places=tuple(replace(one, finding=finding.for_notice()) for one in known.places))
    record = facts_record(replace(known, kind=kind, **facts))  # type: ignore[arg-type]
    sealed = lock_record(key, Purpose.NOTICE_PLACES, notice.id, record)
    with kit.database.writing() as work:
        changed = notices.update().where(notices.c.id == notice.id).values(kind=kind, places_sealed=sealed)
        work.connection.execute(changed)
        work.commit()
