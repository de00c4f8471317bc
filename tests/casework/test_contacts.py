"""Leaving an address: nothing but one number goes there before it is confirmed, and it can be taken back."""

from dataclasses import replace

import pytest

from app.casework.actors import Requester
from app.casework.ask_number import ask_number
from app.casework.change_voice import VoiceInput, change_voice
from app.casework.confirm_contact import confirm_contact
from app.casework.errors import ContactRefused, NotAllowed, NotFound
from app.casework.follow_with_code import follow_with_code
from app.casework.keep_contact import ContactInput, keep_contact
from app.casework.kit import Kit
from app.casework.open_own_file import open_own_file
from app.casework.stop_contact import stop_contact
from app.casework.sweep_contacts import sweep_contacts
from app.casework.take_case import take_case
from app.domain.asking import Wishes
from app.domain.proof_words import ContactState
from app.domain.words import Asker, Hours, Telling
from app.persistence.contacts import contact_mails, contacts
from app.reads.contact import NumberState, OwnContact, read_contact
from app.reads.follow import read_follow
from app.setting_values import ContactSender
from tests.casework.contact_steps import (
    EMAIL,
    clock_of,
    confirm,
    contact_of,
    leave,
    mails_of,
    number_in,
    sent_by,
    told,
    with_courier,
)
from tests.casework.steps import all_at_once, trail_of
from tests.make import ADA, file_one

OTHER = "other@mail.example"


def shown(kit: Kit, actor: Requester) -> OwnContact:
    contact = read_contact(kit, actor).contact
    assert contact is not None
    return contact


def wrong(number: str) -> str:
    return f"{(int(number) + 1) % 1_000_000:06}"


def refusal(kit: Kit, actor: Requester, typed: str) -> str:
    with pytest.raises(ContactRefused) as refused:
        confirm_contact(kit, actor, typed)
    return refused.value.code


def test_nothing_but_the_number_leaves_before_it_was_typed(kit: Kit) -> None:
    courier, filed = with_courier(kit), file_one(kit)
    actor = follow_with_code(kit, filed.code)
    leave(kit, actor)
    take_case(kit, ADA, filed.request_id)
    clock_of(kit).move(hours=1)
    [mail] = sent_by(kit, courier)
    assert mail["To"] == EMAIL
    clock_of(kit).move(hours=7)
    assert sent_by(kit, courier) == []
    assert read_follow(kit, actor).contact is ContactState.UNCONFIRMED
    confirm_contact(kit, actor, number_in(mail))
    assert read_follow(kit, actor).contact is ContactState.CONFIRMED
    clock_of(kit).move(hours=7)
    assert sent_by(kit, courier) == [], "what happened before is no news"
    assert trail_of(kit, filed.request_id)[-1] == "contact_confirmed"


def test_an_address_left_while_filing_is_kept_with_the_request(kit: Kit) -> None:
    courier = with_courier(kit)
    filed = file_one(kit, contact=ContactInput(EMAIL, Telling.END, Hours.ANY))
    actor = follow_with_code(kit, filed.code)
    assert shown(kit, actor).number is NumberState.WAITS
    confirm(kit, courier, actor)
    assert shown(kit, actor).state is ContactState.CONFIRMED
    assert shown(kit, actor).telling is Telling.END


@pytest.mark.parametrize(
    "given",
    [ContactInput(EMAIL, Telling.NOTHING), ContactInput("no address", Telling.END)],
)
def test_filing_is_never_refused_for_an_address(kit: Kit, given: ContactInput) -> None:
    filed = file_one(kit, contact=given)
    assert contact_of(kit, follow_with_code(kit, filed.code)) is None


def test_who_merely_came_across_a_place_is_told_nothing(kit: Kit) -> None:
    given = ContactInput(EMAIL, Telling.EACH_STEP)
    filed = file_one(kit, asker=Asker.BYSTANDER, contact=given)
    actor = follow_with_code(kit, filed.code)
    assert contact_of(kit, actor) is None
    with pytest.raises(NotAllowed):
        keep_contact(kit, actor, given)
    with pytest.raises(NotAllowed):
        stop_contact(kit, actor)


def test_a_number_is_good_for_a_day_from_when_it_was_sent(kit: Kit) -> None:
    courier, actor = with_courier(kit), follow_with_code(kit, file_one(kit).code)
    leave(kit, actor)
    clock_of(kit).move(hours=30)
    [mail] = sent_by(kit, courier)
    assert shown(kit, actor).number is NumberState.OUT
    clock_of(kit).move(hours=24)
    assert shown(kit, actor).number is NumberState.OVER
    assert refusal(kit, actor, number_in(mail)) == "number_over"
    ask_number(kit, actor)
    confirm(kit, courier, actor)


def test_five_wrong_tries_and_another_number_must_be_asked_for(kit: Kit) -> None:
    courier, actor = with_courier(kit), follow_with_code(kit, file_one(kit).code)
    leave(kit, actor)
    [mail] = sent_by(kit, courier)
    number = number_in(mail)
    assert [refusal(kit, actor, typed) for typed in ("", "12345", "1234567", "abc")] == ["number_short"] * 4
    assert shown(kit, actor).tries_left == 5
    assert [refusal(kit, actor, wrong(number)) for _ in range(6)] == ["number_wrong"] * 5 + ["number_over"]
    assert refusal(kit, actor, number) == "number_over"
    ask_number(kit, actor)
    [another] = sent_by(kit, courier)
    if number_in(another) != number:
        assert refusal(kit, actor, number) == "number_wrong"
    confirm_contact(kit, actor, number_in(another))


def test_wrong_tries_at_one_moment_are_all_counted(kit: Kit) -> None:
    courier, actor = with_courier(kit), follow_with_code(kit, file_one(kit).code)
    leave(kit, actor)
    [mail] = sent_by(kit, courier)
    typed = wrong(number_in(mail))
    came_of = all_at_once(*[lambda: confirm_contact(kit, actor, typed)] * 8)
    codes = sorted(one.code for one in came_of if isinstance(one, ContactRefused))
    assert codes == ["number_over"] * 3 + ["number_wrong"] * 5


def test_at_most_three_numbers_go_out_in_a_day(kit: Kit) -> None:
    courier, actor = with_courier(kit), follow_with_code(kit, file_one(kit).code)
    leave(kit, actor)
    for email in (EMAIL, OTHER):
        assert len(sent_by(kit, courier)) == 1
        leave(kit, actor, email if email == OTHER else "third@mail.example")
    assert len(sent_by(kit, courier)) == 1
    assert not read_contact(kit, actor).may_ask
    with pytest.raises(ContactRefused, match="too_many"):
        ask_number(kit, actor)
    with pytest.raises(ContactRefused, match="too_many"):
        leave(kit, actor, "fourth@mail.example")
    stop_contact(kit, actor)
    with pytest.raises(ContactRefused):
        leave(kit, actor)
    clock_of(kit).move(hours=24, seconds=1)
    leave(kit, actor)
    assert len(sent_by(kit, courier)) == 1


def test_an_address_typed_wrong_three_times_and_never_written_to_costs_nothing(kit: Kit) -> None:
    courier, actor = with_courier(kit), follow_with_code(kit, file_one(kit).code)
    for number in range(5):
        leave(kit, actor, f"a{number}@mail.example")
    [mail] = sent_by(kit, courier)
    assert mail["To"] == "a4@mail.example"


def test_another_address_is_confirmed_anew_and_the_old_one_hears_nothing_more(kit: Kit) -> None:
    courier = with_courier(kit)
    filed, actor = told(kit, courier)
    take_case(kit, ADA, filed.request_id)
    leave(kit, actor, OTHER)
    clock_of(kit).move(hours=1)
    [mail] = sent_by(kit, courier)
    assert mail["To"] == OTHER
    assert shown(kit, actor).state is ContactState.UNCONFIRMED
    confirm_contact(kit, actor, number_in(mail))
    assert shown(kit, actor).email == OTHER


def test_other_hours_and_another_telling_need_no_number(kit: Kit) -> None:
    courier = with_courier(kit)
    _, actor = told(kit, courier)
    leave(kit, actor, EMAIL.replace("mail", "MAIL"), telling=Telling.END, hours=Hours.SCHOOL)
    contact = shown(kit, actor)
    assert (contact.state, contact.telling, contact.hours) == (
        ContactState.CONFIRMED,
        Telling.END,
        Hours.SCHOOL,
    )
    assert read_follow(kit, actor).voice.wishes.telling is Telling.END
    assert sent_by(kit, courier) == []


def test_stopping_destroys_the_address_at_once_and_can_be_done_twice(kit: Kit) -> None:
    courier = with_courier(kit)
    filed, actor = told(kit, courier)
    take_case(kit, ADA, filed.request_id)
    stop_contact(kit, actor)
    stop_contact(kit, actor)
    clock_of(kit).move(days=1)
    assert sent_by(kit, courier) == []
    with kit.database.reading() as work:
        assert work.connection.execute(contacts.select()).all() == []
    assert read_follow(kit, actor).contact is None
    assert read_follow(kit, actor).voice.wishes.telling is Telling.NOTHING
    assert trail_of(kit, filed.request_id).count("contact_changed") == 2
    with pytest.raises(NotFound):
        ask_number(kit, actor)
    with pytest.raises(NotFound):
        confirm_contact(kit, actor, "123456")


def test_to_be_told_nothing_is_to_stop_wherever_it_is_said(kit: Kit) -> None:
    courier = with_courier(kit)
    _, first = told(kit, courier)
    leave(kit, first, telling=Telling.NOTHING)
    assert contact_of(kit, first) is None
    _, second = told(kit, courier)
    change_voice(kit, second, VoiceInput(wishes=Wishes(telling=Telling.NOTHING)))
    assert contact_of(kit, second) is None


def test_an_address_follows_what_its_person_said(kit: Kit) -> None:
    courier = with_courier(kit)
    filed, actor = told(kit, courier, telling=Telling.END)
    change_voice(kit, actor, VoiceInput(wishes=Wishes(telling=Telling.EACH_STEP), language="fr"))
    take_case(kit, ADA, filed.request_id)
    clock_of(kit).move(minutes=15)
    [mail] = sent_by(kit, courier)
    assert mail["Subject"] == "Du nouveau pour vous"


def test_where_no_mail_is_offered_none_is_kept_and_none_waits(kit: Kit) -> None:
    courier = with_courier(kit)
    filed, actor = told(kit, courier)
    take_case(kit, ADA, filed.request_id)
    off = without_mail(kit)
    clock_of(kit).move(hours=1)
    assert sent_by(off, courier) == []
    sweep_contacts(off)
    assert all(mail.lease is None and mail.state != "waiting" for mail in mails_of(kit, actor))
    with pytest.raises(ContactRefused) as refused:
        leave(off, actor)
    assert refused.value.code == "not_offered"
    stop_contact(off, actor)
    assert contact_of(kit, actor) is None


def without_mail(kit: Kit) -> Kit:
    return replace(kit, settings=replace(kit.settings, contact=ContactSender()))


def test_an_address_nobody_confirmed_is_destroyed_after_a_week(kit: Kit) -> None:
    courier = with_courier(kit)
    _, confirmed = told(kit, courier)
    actor = follow_with_code(kit, file_one(kit).code)
    leave(kit, actor)
    assert len(sent_by(kit, courier)) == 1
    clock_of(kit).move(days=6)
    sweep_contacts(kit)
    assert contact_of(kit, actor) is not None
    clock_of(kit).move(days=1, minutes=1)
    sweep_contacts(kit)
    assert contact_of(kit, actor) is None
    assert contact_of(kit, confirmed) is not None
    with kit.database.reading() as work:
        assert work.connection.execute(contact_mails.select()).all() == []


def test_the_address_is_in_its_persons_own_file_without_the_number(kit: Kit) -> None:
    with_courier(kit)
    actor = follow_with_code(kit, file_one(kit).code)
    leave(kit, actor)
    record = open_own_file(kit, actor).as_record()["contact"]
    assert record == {"email": EMAIL, "telling": Telling.EACH_STEP, "hours": Hours.ANY}


def test_no_repr_shows_an_address(kit: Kit) -> None:
    with_courier(kit)
    actor = follow_with_code(kit, file_one(kit).code)
    leave(kit, actor)
    kept = contact_of(kit, actor)
    for thing in (ContactInput(EMAIL, Telling.END), kept, shown(kit, actor), read_contact(kit, actor)):
        assert EMAIL not in repr(thing)
