"""What the tests of notices walk before their own begins: a directory with more in it, letters as they lie
in their packs, laws that counsel confirmed."""

from dataclasses import replace

from app.casework.actors import Caseworker
from app.casework.add_provider import add_provider
from app.casework.approve_notice import ApproveInput
from app.casework.cases import save_moves
from app.casework.kit import Kit
from app.casework.letter_previews import NoticePreview
from app.casework.packs import facts_of
from app.casework.preview_notice import preview_notices
from app.casework.provider_input import ProviderInput
from app.domain.desk_words import Channel, Scope
from app.domain.laws import SHIPPED, LawCode
from app.domain.notice_words import ProviderKind
from app.domain.notices import NoticeFacts
from app.domain.providers import Contact
from app.domain.words import LocationState
from app.persistence.errors import NotThere
from app.persistence.notices import Notice
from app.vault.records import open_record_with
from app.vault.seal import Purpose
from tests.casework.steps import approve_all, assess_all, open_courier
from tests.make import ADA, MIRA, Filed, file_one


def mail_to(address: str, scope: Scope = Scope.CONTENT, language: str = "en") -> Contact:
    return Contact(scope, Channel.PLAIN, address, language)


def form_at(address: str, scope: Scope = Scope.CONTENT, channel: Channel = Channel.FORM) -> Contact:
    return Contact(scope, channel, address, "en")


def add_host(
    kit: Kit,
    name: str,
    *contacts: Contact,
    upstreams: tuple[str, ...] = (),
    kind: ProviderKind = ProviderKind.HOST,
    country: str = "CA",
    **more: object,
) -> str:
    """A provider with one host, which is its name in small letters; its id."""
    given = ProviderInput(
        name, (f"{name.lower()}.example",), country, "", contacts, upstreams=upstreams, kind=kind
    )
    return add_provider(kit, MIRA, replace(given, **more))  # type: ignore[arg-type]


def add_ladder(kit: Kit) -> str:
    """Nightpool, with a first and a second contact and a registrar, and Backbone, who supplies it."""
    above = add_host(
        kit,
        "Backbone",
        mail_to("noc@backbone.example", Scope.UPSTREAM),
        kind=ProviderKind.SUPPLIER,
    )
    return add_host(
        kit,
        "Nightpool",
        mail_to("abuse@nightpool.example"),
        mail_to("legal@nightpool.example", Scope.HOSTING),
        mail_to("abuse@registrar.example", Scope.REGISTRAR),
        upstreams=(above,),
    )


def switch_on(kit: Kit, code: LawCode) -> None:
    """As an admin does after counsel confirmed it."""
    law = next(one for one in SHIPPED if one.code == code)
    with kit.database.writing() as work:
        work.laws.save(replace(law, is_on=True, verified_on="2026-01-05"))
        work.commit()


def preview_of(kit: Kit, request_id: str, name: str, actor: Caseworker = ADA) -> NoticePreview:
    """The one letter to this provider."""
    [found] = [one for one in preview_notices(kit, actor, request_id) if one.provider_name == name]
    return found


def approval_of(request_id: str, preview: NoticePreview, **choices: object) -> ApproveInput:
    """As the page sends it back, with nothing added but `choices`."""
    assert preview.provider_id is not None
    given = ApproveInput(request_id, preview.provider_id, preview.location_ids, preview.seen)
    return replace(given, is_search=preview.is_search, **choices)  # type: ignore[arg-type]


def notices_of(kit: Kit, request_id: str) -> dict[str, Notice]:
    """By reference, in the order in which they were approved."""
    with kit.database.reading() as work:
        return {one.reference: one for one in work.notices.of_request(request_id)}


def facts_of_notice(kit: Kit, notice: Notice) -> NoticeFacts:
    """What the courier finds in its pack."""
    courier = open_courier(kit)
    with kit.database.reading() as work:
        pack = work.notices.pack(notice.id)
    return facts_of(open_record_with(courier.ring, Purpose.CHASE_PACK, notice.id, pack))


def has_pack(kit: Kit, notice: Notice) -> bool:
    with kit.database.reading() as work:
        try:
            return bool(work.notices.pack(notice.id))
        except NotThere:
            return False


def move_place(kit: Kit, request_id: str, number: int, state: LocationState) -> None:
    """By the table of moves, as whatever leads there would."""
    with kit.database.writing() as work:
        found = work.requests.locations_of(request_id)
        location = next(one for one in found if one.number == number)
        save_moves(work, work.requests.load(request_id), location.move(state, kit.clock()))
        work.commit()


def approve_by_hand(kit: Kit) -> tuple[Filed, str]:
    """A request of which Ada has to take the notice to a form; and the id of that notice."""
    add_host(kit, "Waypost", form_at("https://waypost.example/form"))
    filed = file_one(kit, "https://waypost.example/1")
    assess_all(kit, filed.request_id)
    [reference] = approve_all(kit, filed.request_id)
    return filed, notices_of(kit, filed.request_id)[reference].id
