"""A hotline in the middle of its work, and one browser for everybody who might knock.

Ada holds the case of one requester: four places, each with another state. Ben holds another
requester's. A third case waits for a check of its representative's authority, in a fourth the child
has a code that nobody used yet, in a fifth a person asks alone; a sixth is forgotten. Noor waits for
a grant.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, session
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.casework.actors import Caseworker, Requester, Staff
from app.casework.add_places import AddInput, add_places
from app.casework.approve_notice import ApproveInput, approve_notice
from app.casework.assess import AssessInput, assess
from app.casework.canned_replies import ReplyText, keep_canned_reply
from app.casework.doubt_request import DoubtInput, doubt_request
from app.casework.follow_with_code import follow_with_code
from app.casework.forget_request import forget_request
from app.casework.give_proof import give_proof
from app.casework.issue_child_code import issue_child_code
from app.casework.kit import Kit
from app.casework.link_series import LinkInput, link_series
from app.casework.open_case import open_case
from app.casework.open_claim import open_claim
from app.casework.post_courier import CourierDoor
from app.casework.preview_notice import preview_notices
from app.casework.recuse import recuse
from app.casework.stage_own_motion import OwnMotionInput, stage_own_motion
from app.casework.staged_lists import ListKind, StageInput, stage_list
from app.casework.take_case import take_case
from app.casework.write_message import MessageInput, write_message
from app.domain.desk_words import ReferralKind
from app.domain.proof_words import Tier
from app.domain.proofs import ProofContent
from app.domain.staff import StaffState
from app.domain.words import Asker, Content, LetterState, Role
from app.i18n.site_texts import DEMO_TEXTS, load_site_texts
from app.outbound.ports import NotAccepted, NullMailer
from app.persistence.base import metadata
from app.persistence.database import open_embedded
from app.persistence.schema import migrate
from app.places.reading import Place
from app.reads.proofs import read_proofs
from app.vault.pairs import fingerprint_of
from app.vault.queue import Slowdown
from app.web.sessions import sign_in_requester, sign_in_staff
from app.web.site import make_site
from tests.casework.chase_steps import stall
from tests.casework.letter_steps import approve_by_hand
from tests.casework.put_mail import put_mail_of
from tests.casework.referral_steps import POLICE, prepare
from tests.make import (
    ADA,
    BEN,
    CSAM,
    DATABASE_KEY,
    LOU,
    MIRA,
    SINA,
    Clock,
    Filed,
    enrol_member,
    file_one,
    found,
    make_known,
    make_settings,
)
from tests.walks import FORM, HOST, deliver, link_in

# Odd words, to be looked for in what everybody is shown.
WORDS, MESSAGE, UNSENT, SENT = "grelbwords", "grelbmessage", "grelbunsent", "grelbsent"
PROOF = "grelbproof"
PLACES = (
    f"https://img.northlight.example/{UNSENT}/1",
    f"https://img.northlight.example/{UNSENT}/2",
    f"https://img.northlight.example/{SENT}/3",
    f"https://talkyard.example/{UNSENT}/4",
)
LISTED = OwnMotionInput(b"https://img.northlight.example/listed", "why", (Content.ABUSE,))
PEOPLE = (
    "anyone",
    "requester",
    "other_requester",
    "caseworker",
    "other_caseworker",
    "admin",
    "provider",
    "other_provider",
    "supervisor",
    "auditor",
)
PROVIDER_LIST = b"name,country,hosts,contacts\nNet,NL,net.example,content plain en abuse@net.example\n"
OF_NO_CASE = ("sessions", "trail", "courier_processes", "openings", "place_digests")
"""What only reading writes, too."""


class RefusingMailer:
    """A mail system that says no for good."""

    def send(self, message: EmailMessage, before_handing_over: Callable[[], None]) -> None:
        before_handing_over()
        raise NotAccepted(transient=False, code=550)


@dataclass
class World:
    """The site, the cases by name, and what each person brings: a session or a link."""

    kit: Kit
    app: Flask
    cases: dict[str, Filed] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    sessions: dict[str, tuple[str, str, str]] = field(default_factory=dict)  # cookie's name, value, token
    letter_id: str = ""
    hand_id: str = ""
    proof_id: str = ""
    provider_list_id: str = ""
    list_id: str = ""
    referral_id: str = ""
    claim_id: str = ""
    mail_id: str = ""
    reply_id: str = ""
    series_id: str = ""
    waiting: str = ""  # fingerprint of the member who waits

    @property
    def file(self) -> Path:
        return self.kit.settings.database_path

    def keep(self) -> None:
        """Remember the database as it is now."""
        with self.kit.database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        self.kit.database.engine.dispose()
        shutil.copyfile(self.file, self.file.with_suffix(".kept"))

    def restore(self) -> None:
        """Everything as it was when `keep` was called."""
        self.kit.database.engine.dispose()
        for old in (f"{self.file}-wal", f"{self.file}-shm"):
            Path(old).unlink(missing_ok=True)
        shutil.copyfile(self.file.with_suffix(".kept"), self.file)

    def written(self) -> str:
        """A print of all that is kept of cases and providers."""
        print_of = sha256()
        with self.kit.database.reading() as work:
            for table in metadata.sorted_tables:
                if table.name not in OF_NO_CASE:
                    rows = work.connection.execute(select(table).order_by(*table.primary_key)).all()
                    print_of.update(repr(rows).encode())
        return print_of.hexdigest()

    def ask(self, who: str, method: str, path: str, form: str = "") -> TestResponse:
        """One request, by one of PEOPLE; a POST as a page of this site sends it."""
        client, headers = self.app.test_client(), {"Sec-Fetch-Site": "same-origin"}
        if who in self.sessions:
            name, value, token = self.sessions[who]
            client.set_cookie(name, value, domain="127.0.0.1")
            form = f"{form}&csrf_token={token}"
        if method == "GET":
            return client.get(path, base_url=HOST, headers=headers)
        sizes = {"content_type": FORM, "content_length": len(form)}
        return client.post(path, base_url=HOST, data=form, headers=headers, **sizes)


def make_world(folder: Path) -> World:
    """Everything that can be refused to somebody."""
    database = open_embedded(folder / "heard.db", DATABASE_KEY)
    migrate(database)
    kit = Kit(database, make_settings(folder), clock=Clock(), slowdown=Slowdown(sleep=lambda _seconds: None))
    found(kit)
    world = World(kit, make_site(kit, load_site_texts(DEMO_TEXTS)))
    mine = world.cases["mine"] = file_one(kit, "\n".join(PLACES), words=WORDS)
    other = world.cases["other"] = file_one(kit, "https://img.northlight.example/other")
    unchecked = world.cases["unchecked"] = file_one(kit, asker=Asker.PARENT)
    family = world.cases["family"] = file_one(kit, asker=Asker.AUTHORISED)
    alone = world.cases["alone"] = file_one(kit, "https://img.northlight.example/alone")
    _step_back_and_doubt(kit, world)
    stalled = world.cases["stalled"] = file_one(kit, "https://img.northlight.example/stalled")
    stall(kit, stalled.request_id)
    gone = world.cases["forgotten"] = file_one(kit, "https://img.northlight.example/gone")
    forget_request(kit, follow_with_code(kit, gone.code), gone.request_id)
    requester, other_requester = (follow_with_code(kit, filed.code) for filed in (mine, other))
    write_message(kit, requester, MessageInput(MESSAGE))
    give_proof(kit, requester, ProofContent(Tier.DECLARED, words=PROOF))
    world.proof_id = read_proofs(kit, requester).proofs[0].id
    door = CourierDoor(kit)
    take_case(kit, ADA, mine.request_id)
    for filed in (unchecked, family, alone):
        take_case(kit, ADA, filed.request_id)
    issue_child_code(kit, ADA, family.request_id)
    add_told_place(kit, alone)
    take_case(kit, BEN, other.request_id)
    world.links["provider"] = send_one(kit, door, ADA, mine, 3)
    world.links["other_provider"] = send_one(kit, door, BEN, other, 1)
    _approve(kit, ADA, mine, 4)
    deliver(kit, door, RefusingMailer())
    with kit.database.reading() as work:
        world.letter_id = work.letters.in_state(LetterState.REFUSED)[0].id
    _assess(kit, ADA, mine, 2)
    world.cases["by hand"], world.hand_id = approve_by_hand(kit)
    noor = enrol_member(kit, Role.CASEWORKER, "Noor Field", "noor", StaffState.WAITING)
    world.waiting = fingerprint_of(noor.pair.public)
    make_known(kit, ADA)
    world.list_id = stage_own_motion(kit, ADA, LISTED).id
    make_known(kit, MIRA)
    world.provider_list_id = stage_list(kit, MIRA, StageInput(ListKind.PROVIDERS, PROVIDER_LIST)).id
    world.series_id = link_series(kit, ADA, LinkInput(alone.request_id, family.request_id))
    world.reply_id = keep_canned_reply(kit, SINA, ReplyText("en", "A title", "A text"))
    world.referral_id = prepare(kit, mine, ReferralKind.POLICE, (1,), POLICE)
    world.claim_id = claim_one(kit, mine)
    world.mail_id = put_mail_of(kit, mine.request_id)
    staff: dict[str, Staff] = {"caseworker": ADA, "other_caseworker": BEN, "admin": MIRA}
    staff |= {"supervisor": SINA, "auditor": LOU}
    for who, actor in {**staff, "requester": requester, "other_requester": other_requester}.items():
        world.sessions[who] = _signed_in(world.app, actor)
    world.keep()
    return world


def _step_back_and_doubt(kit: Kit, world: World) -> None:
    """Ben knows somebody in one case, and found no request in another."""
    make_known(kit, BEN)
    stepped = world.cases["stepped"] = file_one(kit, "https://img.northlight.example/stepped")
    recuse(kit, BEN, stepped.request_id)
    doubted = world.cases["doubted"] = file_one(kit, "https://img.northlight.example/doubted")
    take_case(kit, BEN, doubted.request_id)
    doubt_request(kit, BEN, DoubtInput(doubted.request_id, "why"))


def claim_one(kit: Kit, filed: Filed) -> str:
    """Somebody said of the first place of its first notice that the person was 18 or older."""
    with kit.database.writing() as work:
        notice = work.notices.of_request(filed.request_id)[0]
        [location_id, *_] = work.notices.location_ids(notice.id)
        open_claim(work, notice.id, location_id, kit.clock())
        [claim] = work.claims.about(notice.id, location_id)
        work.commit()
    return claim.id


def add_told_place(kit: Kit, filed: Filed) -> None:
    """One that has no address: an app and an account."""
    place = Place("", "", "Some App: somebody", "Some App", "somebody")
    add_places(kit, follow_with_code(kit, filed.code), AddInput((place,)))


def _assess(kit: Kit, actor: Caseworker, filed: Filed, number: int) -> None:
    place = open_case(kit, actor, filed.request_id).places[number - 1]
    assess(kit, actor, AssessInput(filed.request_id, (place.id,), (place.version,), CSAM))


def _approve(kit: Kit, actor: Caseworker, filed: Filed, number: int) -> None:
    _assess(kit, actor, filed, number)
    [letter] = preview_notices(kit, actor, filed.request_id)
    assert letter.provider_id is not None
    given = ApproveInput(filed.request_id, letter.provider_id, letter.location_ids, letter.seen)
    approve_notice(kit, actor, given)


def send_one(kit: Kit, door: CourierDoor, actor: Caseworker, filed: Filed, number: int) -> str:
    _approve(kit, actor, filed, number)
    [letter] = deliver(kit, door, NullMailer())
    return link_in(letter).rpartition("/")[2]


def _signed_in(app: Flask, actor: Staff | Requester) -> tuple[str, str, str]:
    """Name and value of the cookie of a live session, and the token that its forms carry."""
    with app.test_request_context(base_url=HOST):
        if isinstance(actor, Requester):
            sign_in_requester(actor)
        else:
            make_known(app.extensions["heard"].kit, actor)
            sign_in_staff(actor)
        answer = Response()
        app.session_interface.save_session(app, session, answer)
    name, _, value = answer.headers["Set-Cookie"].partition(";")[0].partition("=")
    client = app.test_client()
    client.set_cookie(name, value, domain="127.0.0.1")
    headers = {"Sec-Fetch-Site": "same-origin"}
    page = client.post("/ask", base_url=HOST, content_length=0, content_type=FORM, headers=headers).text
    return name, value, page.partition('name="csrf_token" value="')[2].partition('"')[0]
