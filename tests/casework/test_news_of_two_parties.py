"""Mails to two parties of one request: each hears of the places it knows of, and of no others."""

from app.casework.actors import Requester
from app.casework.add_places import AddInput, add_places
from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.casework.record_reply import ReplyInput, record_reply
from app.casework.say_back_again import say_back_again
from app.domain.contacts import News
from app.domain.words import LocationState, Reply
from tests.casework.contact_steps import confirm, leave, mails_of, with_courier
from tests.casework.party_steps import NEW, Family, family, places, put_in_state
from tests.casework.steps import assess_all
from tests.make import ADA


def news(kit: Kit, actor: Requester) -> list[News]:
    return [mail.about for mail in mails_of(kit, actor) if mail.about is not News.NUMBER]


def both_told(kit: Kit) -> Family:
    courier, both = with_courier(kit), family(kit)
    for actor in (both.representative, both.child):
        leave(kit, actor)
        confirm(kit, courier, actor)
    return both


def test_a_place_only_the_child_named_is_no_news_to_who_acts_for_them(kit: Kit) -> None:
    both = both_told(kit)
    for number in (1, 2):
        put_in_state(kit, both.request_id, number, LocationState.HEARING_DUE)
    before = news(kit, both.representative)
    add_places(kit, both.child, AddInput(places(NEW)))
    assess_all(kit, both.request_id)
    assert LocationState.ASSESSED in [one.state for one in open_case(kit, ADA, both.request_id).places]
    assert news(kit, both.child) == [News.STEP]
    put_in_state(kit, both.request_id, 1001, LocationState.NOTICE_SENT)
    assert news(kit, both.representative) == before


def test_it_ended_for_a_party_when_all_that_it_knows_of_is_done_with(kit: Kit) -> None:
    both = both_told(kit)
    add_places(kit, both.child, AddInput(places(NEW)))
    for number in (1, 2):
        put_in_state(kit, both.request_id, number, LocationState.NOTICE_SENT)
    first, second, _ = (one.id for one in open_case(kit, ADA, both.request_id).places)
    record_reply(kit, ADA, ReplyInput(both.request_id, (first, second), Reply.REMOVED))
    assert news(kit, both.representative) == [News.END]
    assert news(kit, both.child) == [News.STEP]


def test_who_says_that_it_is_back_is_not_told_so(kit: Kit) -> None:
    both = both_told(kit)
    put_in_state(kit, both.request_id, 1, LocationState.GONE)
    with kit.database.writing() as work:
        for actor in (both.representative, both.child):
            work.contact_mails.drop(actor.party_id)
        work.commit()
    waiting = [news(kit, actor) for actor in (both.representative, both.child)]
    say_back_again(kit, both.child, 1)
    assert [len(news(kit, actor)) for actor in (both.representative, both.child)] == [
        len(waiting[0]) + 1,
        len(waiting[1]),
    ]
