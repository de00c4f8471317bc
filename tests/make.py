"""Plain builders for tests: settings, a clock, a hotline with staff and providers, a filed request."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_hex

import pyotp

from app.casework.actors import Admin, Auditor, Caseworker, Staff
from app.casework.add_provider import add_provider
from app.casework.enrol_member import add_grant, draw_member, make_member, vouched_for
from app.casework.file_request import Filing, file_request
from app.casework.found_hotline import Recovery, found_hotline
from app.casework.keep_contact import ContactInput
from app.casework.kit import Kit
from app.casework.provider_input import ProviderInput, one_contact
from app.casework.staff_names import sign_in_digest
from app.casework.totp import new_totp_secret
from app.domain.asking import Voice
from app.domain.assessments import Finding
from app.domain.desk_words import Channel
from app.domain.notices import Hotline
from app.domain.staff import StaffState
from app.domain.timers import Times
from app.domain.words import AgeBand, Asker, Basis, Content, Kind, Role
from app.i18n.site_texts import DEMO_TEXTS
from app.persistence.database import Database, open_embedded, open_postgres
from app.persistence.errors import NotThere
from app.persistence.staff import Member
from app.places.reading import read_places
from app.setting_values import ContactSender, Smtp
from app.settings import Settings
from app.vault.codes import new_code
from app.vault.derive import digest
from app.vault.pairs import KeyPair, fingerprint_of, ring_of

TEAM = KeyPair(bytes(range(32)))
RECOVERY = KeyPair(bytes(range(1, 33)))
DATABASE_KEY = bytes(range(32, 64))
ADA = Caseworker("a" * 32, "Ada Quill", KeyPair(b"a" * 32), ring_of(TEAM))
BEN = Caseworker("b" * 32, "Ben Osei", KeyPair(b"b" * 32), ring_of(TEAM))
MIRA = Admin("c" * 32, "Mira Lund", KeyPair(b"c" * 32))
SINA = Caseworker("d" * 32, "Sina Holt", KeyPair(b"d" * 32), ring_of(TEAM), Role.SUPERVISOR)
LOU = Auditor("e" * 32, "Lou Verne", KeyPair(b"e" * 32))
CSAM = Finding(Kind.CSAM, True, True, None, AgeBand.PUBESCENT, False, Basis.US)
URL = "https://img.northlight.example/a/1"


@dataclass
class Clock:
    """A clock that stands still until a test moves it."""

    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


def make_settings(folder: Path, mail_port: int = 9, base_url: str = "http://127.0.0.1") -> Settings:
    return Settings(
        folder=folder,
        base_url=base_url,
        port=8080,
        proxies=0,
        secret=bytes(range(64, 96)),
        database_key=DATABASE_KEY,
        database_url="",
        team_fingerprints=(fingerprint_of(TEAM.public),),
        two_person=False,
        courier_key_file=None,
        exit_url="https://weather.example/",
        texts=DEMO_TEXTS,
        hotline=Hotline(
            name="Example Hotline",
            address="1 Example Street",
            email="notices@hotline.example",
            phone="+00 000 000 000",
            hours="24/7",
            country="CA",
            flagger_number="",
            domain="hotline.example",
        ),
        smtp=Smtp("127.0.0.1", mail_port, "none", "", ""),
        demo=True,
        contact=ContactSender("news@post.example", "News"),
        times=Times(grouping=timedelta(0)),
        letters_per_hour=0,
    )


def open_database(url: str) -> Database:
    """The database behind an address of the `database_url` fixture."""
    if url.startswith("sqlite:///"):
        return open_embedded(Path(url.removeprefix("sqlite:///")), DATABASE_KEY)
    return open_postgres(url)


def found(kit: Kit) -> None:
    """A hotline with a team key, a courier key and two providers. Ada, Ben and Mira act directly."""
    found_hotline(kit, TEAM, Recovery(RECOVERY, 2, 3))
    for name, host, channel in (
        ("Northlight Hosting", "northlight.example", Channel.PLAIN_XARF),
        ("Talkyard", "talkyard.example", Channel.PLAIN),
    ):
        given = ProviderInput(name, (host,), "CA", "", one_contact(f"abuse@{host}", "en", channel))
        add_provider(kit, MIRA, given)


@dataclass(frozen=True)
class Enrolled:
    """What a new member is shown once, and the name they sign in with."""

    id: str
    name: str
    sign_in: str
    passphrase: str
    totp_secret: str
    pair: KeyPair

    def __repr__(self) -> str:
        return "Enrolled(…)"


def enrol_member(
    kit: Kit,
    role: Role = Role.CASEWORKER,
    name: str = "Ada Quill",
    sign_in: str = "ada",
    state: StaffState = StaffState.ACTIVE,
) -> Enrolled:
    """A member with keys of their own, for signing in as people do; granted unless they wait."""
    drawn = replace(draw_member(name), totp_secret=secret_apart(kit))
    member = make_member(kit, drawn, role, state)
    _keep(kit, member, sign_in_digest(kit, sign_in))
    return Enrolled(drawn.member_id, name, sign_in, drawn.passphrase, drawn.totp_secret, drawn.pair)


def number_of(kit: Kit, totp_secret: str) -> str:
    """The number that a phone shows now."""
    return pyotp.TOTP(totp_secret).at(kit.clock())


WRONG_NUMBER = "000000"


def secret_apart(kit: Kit, *others: str) -> str:
    """A new secret of a second factor. Within minutes before and hours after now it shows no number twice,
    no WRONG_NUMBER, and none that another secret shows: by chance, any would be right once in a while."""
    taken = {WRONG_NUMBER, *(number for other in others for number in _numbers(kit, other))}
    while True:
        secret = new_totp_secret()
        numbers = [*_numbers(kit, secret)]
        if len(set(numbers)) == len(numbers) and not taken & set(numbers):
            return secret


def _numbers(kit: Kit, totp_secret: str) -> Iterable[str]:
    totp = pyotp.TOTP(totp_secret)
    now = totp.timecode(kit.clock())
    return (totp.generate_otp(now + step) for step in range(-20, 300))


def wrong_number_of(kit: Kit, totp_secret: str) -> str:
    """Six digits that are not a phone's number now, for a secret that the site itself has drawn."""
    shown = {*_numbers(kit, totp_secret)}
    return next(number for number in (f"{n:06}" for n in range(1_000_000)) if number not in shown)


def make_known(kit: Kit, actor: Staff) -> None:
    """A row for one of those who act directly, where a page asks whether they are members."""
    with kit.database.reading() as work:
        try:
            work.staff.member(actor.id)
        except NotThere:
            pass
        else:
            return
    nothing = (bytes(16), actor.pair.public, b"", 0, b"", b"", b"")
    _keep(kit, Member(actor.id, actor.role, StaffState.ACTIVE, *nothing), actor.id.encode())


def _keep(kit: Kit, member: Member, name_digest: bytes) -> None:
    waits = member.state is StaffState.WAITING
    member = member if waits else replace(member, public_mac=vouched_for(member, TEAM))
    with kit.database.writing() as work:
        work.staff.add_member(member, name_digest)
        if not waits and member.role.opens_cases:
            add_grant(work, member, work.team_keys.current().id, TEAM)
        work.commit()


@dataclass(frozen=True)
class Filed:
    """A request as its requester knows it, and its id as the desk knows it."""

    code: str
    request_id: str


def file_one(
    kit: Kit,
    places: str = URL,
    asker: Asker = Asker.PERSON,
    words: str = "",
    voice: Voice | None = None,
    second_word: str = "",
    contact: ContactInput | None = None,
) -> Filed:
    """File a request the way the portal does."""
    filing = Filing(
        filing_id=token_hex(16),
        code=new_code(),
        places=read_places(places).places,
        contents=(Content.ABUSE,),
        voice=voice or Voice(asker=asker, words=words),
        second_word=second_word,
        contact=contact,
    )
    file_request(kit, filing)
    return Filed(filing.code, request_id_of(kit, filing))


def request_id_of(kit: Kit, filing: Filing) -> str:
    from sqlalchemy import select

    from app.persistence.requests import requests

    filing_digest = digest("filing", filing.filing_id.encode())
    with kit.database.reading() as work:
        query = select(requests.c.id).where(requests.c.filing_digest == filing_digest)
        return str(work.connection.execute(query).scalar_one())
