"""A provider with several ways to it, notices to it that went out, and a courier that goes round."""

from dataclasses import replace
from email.message import EmailMessage

from app.casework.add_provider import add_provider
from app.casework.approve_notice import ApproveInput, approve_notice
from app.casework.cases import save_moves
from app.casework.chase_notices import chase_notices
from app.casework.deliver_letter import deliver_letters
from app.casework.kit import Kit
from app.casework.preview_notice import preview_notices
from app.casework.provider_input import ProviderInput, one_contact
from app.casework.take_replies import take_replies
from app.domain.desk_words import Channel, Scope
from app.domain.letters import Letter
from app.domain.locations import Location
from app.domain.notice_words import ChaseStep, ProviderKind
from app.domain.providers import Contact
from app.domain.words import LocationState, Reply
from app.persistence.notices import Notice
from tests.casework.steps import FaultyMailer, all_letters, assess_all, open_courier
from tests.make import ADA, MIRA, Filed, file_one

SLOW = "https://img.slow.example/a/1"
TWO = f"{SLOW}\nhttps://img.slow.example/a/2"
AHEAD = (ChaseStep.SECOND_WAY, ChaseStep.UPSTREAM)


def know_slow(kit: Kit, channel: Channel = Channel.PLAIN) -> None:
    """A host with a second contact, and with who supplies it."""
    supplier = (Contact(Scope.UPSTREAM, Channel.PLAIN, "abuse@backbone.example", "en"),)
    given = ProviderInput("Backbone", ("backbone.example",), "CA", "", supplier, kind=ProviderKind.SUPPLIER)
    add_provider(kit, MIRA, given)
    with kit.database.reading() as work:
        backbone = next(one.id for one in work.providers.all() if one.name == "Backbone")
    first = one_contact("abuse@slow.example", "en", channel)
    second = Contact(Scope.HOSTING, Channel.PLAIN, "noc@slow.example", "en")
    contacts = (*first, second) if channel.is_mail else first
    add_provider(
        kit, MIRA, ProviderInput("Slow Hosting", ("slow.example",), "CA", "", contacts, upstreams=(backbone,))
    )


class Round:
    """One notice to Slow Hosting that went out, and the courier that does what comes after it."""

    def __init__(self, kit: Kit, places: str = SLOW, ahead: tuple[ChaseStep, ...] = AHEAD) -> None:
        know_slow(kit)
        self.kit, self.courier, self.mailer = kit, open_courier(kit), FaultyMailer()
        self.filed = file_one(kit, places)
        self.id = approve_with(kit, self.filed, *ahead)
        self.deliver()

    def deliver(self) -> list[EmailMessage]:
        """What goes out now."""
        before = len(self.mailer.sent)
        while deliver_letters(self.kit, self.courier, self.mailer):
            pass
        return self.mailer.sent[before:]

    def later(self, hours: float) -> list[EmailMessage]:
        """What the courier sends when it comes so many hours later, once; steps first, then letters."""
        self.kit.clock.move(hours=hours)  # type: ignore[attr-defined]
        chase_all(self.kit)
        return self.deliver()

    def to(self, sent: list[EmailMessage]) -> list[str]:
        return [one["To"].addresses[0].addr_spec for one in sent]

    @property
    def notice(self) -> Notice:
        with self.kit.database.reading() as work:
            return work.notices.load(self.id)

    @property
    def rungs(self) -> dict[ChaseStep | None, Notice]:
        with self.kit.database.reading() as work:
            return {one.step: one for one in work.notices.rungs_of(self.id)}

    @property
    def places(self) -> tuple[Location, ...]:
        return places_in(self.kit, self.filed)

    @property
    def letters(self) -> list[Letter]:
        """Of the notice itself."""
        return [one for one in all_letters(self.kit) if one.notice_id == self.id]

    def has_pack(self, notice_id: str) -> bool:
        with self.kit.database.reading() as work:
            return bool(work.notices.packs.batch(b"", "", 100).get(notice_id))

    def answers(self, reply: Reply, *numbers: int, by_rung: ChaseStep | None = None) -> None:
        answer(self.kit, self.id if by_rung is None else self.rungs[by_rung].id, reply, *numbers)


def approve_with(kit: Kit, filed: Filed, *ahead: ChaseStep) -> str:
    """Id of the notice about all places of the request, with these steps approved ahead."""
    assess_all(kit, filed.request_id)
    (preview,) = (
        one for one in preview_notices(kit, ADA, filed.request_id) if one.provider_id and one.is_letter
    )
    seen = tuple(one.seen for one in preview.rungs if one.step in ahead)
    assert len(seen) == len(ahead)
    ids, provider_id = preview.location_ids, preview.provider_id or ""
    given = ApproveInput(filed.request_id, provider_id, ids, preview.seen, rungs=seen)
    reference = approve_notice(kit, ADA, given)
    with kit.database.reading() as work:
        found = work.notices.by_reference(reference)
    assert found is not None
    return found.id


def chase_all(kit: Kit) -> int:
    """Until nothing is due; how many steps were looked at."""
    count = 0
    while more := chase_notices(kit):
        count += more
        assert count < 100
    return count


def places_in(kit: Kit, filed: Filed) -> tuple[Location, ...]:
    with kit.database.reading() as work:
        return work.requests.locations_of(filed.request_id)


def answer(kit: Kit, notice_id: str, reply: Reply, *numbers: int) -> None:
    """The provider's word about places, by their numbers in the notice; about all without any."""
    with kit.database.writing() as work:
        request = work.requests.load(work.notices.load(notice_id).request_id)
        notice = work.notices.load(notice_id)
        ids = work.notices.location_ids(notice_id)
        chosen = [one for n, one in enumerate(ids, start=1) if not numbers or n in numbers]
        said = dict.fromkeys(chosen, reply)
        take_replies(work, request, notice, said, "provider", kit.clock(), times=kit.settings.times)
        work.commit()


def stall(kit: Kit, request_id: str) -> None:
    """All its places, as if nobody had moved them for six weeks."""
    with kit.database.writing() as work:
        request = work.requests.load(request_id)
        stalled = [
            replace(one, state=LocationState.STALLED) for one in work.requests.locations_of(request_id)
        ]
        save_moves(work, request, *stalled)
        work.commit()
