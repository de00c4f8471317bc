"""A database with at least one row in every table, made by the verbs."""

from dataclasses import replace
from pathlib import Path

from app.casework.add_provider import add_provider
from app.casework.answer_notice import AnswerInput, answer_notice
from app.casework.canned_replies import ReplyText, keep_canned_reply
from app.casework.change_policy import PolicyInput, change_policy
from app.casework.confirm_law import confirm_law
from app.casework.follow_with_code import follow_with_code
from app.casework.give_proof import give_proof
from app.casework.invite_member import Invite, invite_member
from app.casework.keep_contact import ContactInput
from app.casework.keep_country import keep_country
from app.casework.kit import Kit
from app.casework.link_series import LinkInput, link_series
from app.casework.note_place import NoteInput, note_place
from app.casework.note_signal import SignalInput, note_signal
from app.casework.open_case import open_case
from app.casework.open_notice import open_notice
from app.casework.post_courier import CourierDoor
from app.casework.propose_grant import propose_grant
from app.casework.provider_input import ProviderInput, one_contact
from app.casework.record_safety_check import SafetyInput, record_safety_check
from app.casework.recuse import recuse
from app.casework.ring_alarm import ring_alarm
from app.casework.stage_own_motion import stage_own_motion
from app.casework.take_case import take_case
from app.casework.write_message import MessageInput, write_message
from app.casework.write_note import NoteInput as DeskNoteInput
from app.casework.write_note import write_note
from app.domain.asking import PlaceNote
from app.domain.desk_words import Channel, ReferralKind
from app.domain.notice_words import Seen, SignalSource
from app.domain.policy import Policy
from app.domain.proof_words import Tier
from app.domain.proofs import ProofContent
from app.domain.staff import StaffState
from app.domain.words import Reply, Role, SafetyState, Telling
from app.persistence.database import Database
from app.persistence.passkeys import Passkey
from app.persistence.sessions import SessionRow
from app.reads.laws import read_law
from app.vault.pairs import fingerprint_of
from tests.casework.put_mail import put_mail_of
from tests.casework.referral_steps import POLICE, prepare
from tests.casework.test_countries import NL
from tests.make import (
    ADA,
    BEN,
    MIRA,
    SINA,
    Clock,
    enrol_member,
    file_one,
    found,
    make_known,
    make_settings,
)
from tests.rules.people import LISTED, send_one


def make_rows(database: Database, folder: Path) -> None:
    """At least one row in every table, made by the verbs."""
    kit = Kit(database, replace(make_settings(folder), letters_per_hour=240), clock=Clock())
    found(kit)
    contact = ContactInput("someone@mail.example", Telling.END)
    filed, door = file_one(kit, contact=contact), CourierDoor(kit)
    requester = follow_with_code(kit, filed.code)
    write_message(kit, requester, MessageInput("hello"))
    note_place(kit, requester, NoteInput(1, PlaceNote("the one")))
    make_known(kit, BEN)
    recuse(kit, BEN, filed.request_id)
    write_note(kit, ADA, DeskNoteInput(filed.request_id, "why"))
    give_proof(kit, requester, ProofContent(Tier.DECLARED))
    take_case(kit, ADA, filed.request_id)
    record_safety_check(kit, ADA, SafetyInput(filed.request_id, SafetyState.CLEAR, "why"))
    prepare(kit, filed, ReferralKind.POLICE, whom=POLICE)
    link = send_one(kit, door, ADA, filed, 1)
    answer_notice(kit, open_notice(kit, link), AnswerInput(((1, Reply.ASKS, "where?"),)))
    answer_notice(kit, open_notice(kit, link), AnswerInput(((1, Reply.OVER_18, "who says so"),)))
    link_series(kit, ADA, LinkInput(filed.request_id, file_one(kit).request_id))
    [place] = open_case(kit, ADA, filed.request_id).places
    put_mail_of(kit, filed.request_id)
    note_signal(kit, ADA, SignalInput(filed.request_id, (place.id,), SignalSource.US, Seen.THERE))
    change_policy(kit, SINA, PolicyInput(Policy(soft_limit=7), Policy().written))
    keep_canned_reply(kit, SINA, ReplyText("en", "Thank you", "Thank you for writing."))
    keep_country(kit, MIRA, NL)
    confirm_law(kit, MIRA, "dsa_16", "2025-03-31", read_law(kit, "dsa_16").seen)
    _add_supplied(kit)
    ada = enrol_member(kit)
    stage_own_motion(kit, replace(ADA, id=ada.id), LISTED)
    noor = enrol_member(kit, Role.CASEWORKER, "Noor Field", "noor", StaffState.WAITING)
    propose_grant(kit, ADA, fingerprint_of(noor.pair.public))
    invite_member(kit, MIRA, Invite(Role.ADMIN, "lou"))
    at = kit.clock()
    called = replace(kit, settings=replace(kit.settings, on_call_email="night@oncall.example"))
    with kit.database.writing() as work:
        ring_alarm(called, work, at)
        work.staff.replace_factor_codes(ada.id, (bytes(32),))
        work.passkeys.add(Passkey("f" * 32, ada.id, b"credential", b"public", 0, at, b"sealed"))
        work.sessions.add(SessionRow(bytes(32), at, at, b"sealed"))
        work.commit()


def _add_supplied(kit: Kit) -> None:
    """A provider that another one supplies."""
    with kit.database.reading() as work:
        supplier = work.providers.all()[0].id
    contacts = one_contact("abuse@supplied.example", "en", Channel.PLAIN)
    supplied = ProviderInput("Supplied", ("supplied.example",), "CA", "", contacts, upstreams=(supplier,))
    add_provider(kit, MIRA, supplied)
