"""A referral is never shown to who acts for somebody, nor to an access that may not be the child's: what they
are shown before one and after it is equal to the byte. The person it belongs to sees it."""

import json
import re
from datetime import datetime

import pytest
from flask import Flask

from app.casework.actors import Requester
from app.casework.follow_with_code import follow_with_code
from app.casework.kit import Kit
from app.casework.open_own_file import open_own_file
from app.casework.record_reply import ReplyInput, record_reply
from app.casework.take_case import take_case
from app.domain.contacts import News
from app.domain.desk_words import ReferralKind, ReferralState
from app.domain.locations import as_shown
from app.domain.words import LocationState, Reply, Standing
from app.reads.follow import FollowPage, read_follow
from tests.casework.contact_steps import confirm, leave, mails_of, with_courier
from tests.casework.party_steps import Family, family, put_in_state
from tests.casework.referral_steps import (
    agree,
    clock_of,
    move,
    move_providers,
    prepare,
    raise_emergency,
    refer,
)
from tests.casework.steps import assess_all, places_of
from tests.make import ADA, file_one
from tests.walks import Asking

BEFORE = [LocationState.ASSESSED, LocationState.NOTICE_SENT, LocationState.HAS_IT, LocationState.REFUSED]
TOKEN = re.compile(r'name="csrf_token" value="[^"]+"')  # it holds the second in which the page was made
PAGES = ("request", "place/1", "place/2", "withdraw", "file", "wishes", "add")


def family_at(kit: Kit, state: LocationState, verified: bool = False) -> Family:
    agree(kit)
    move_providers(kit)
    both = family(kit, verified=verified)
    assess_all(kit, both.request_id)
    for number in (1, 2):
        put_in_state(kit, both.request_id, number, state)
    return both


def everything(kit: Kit, actor: Requester) -> tuple[FollowPage, str]:
    """The page and the file; the moment at which the file was made is the test's clock, which stands."""
    file = json.dumps(open_own_file(kit, actor).as_record(), default=str)
    return read_follow(kit, actor), file


@pytest.mark.parametrize("state", BEFORE)
@pytest.mark.parametrize("who", ["representative", "child"])
def test_nothing_they_are_shown_changes(kit: Kit, state: LocationState, who: str) -> None:
    both = family_at(kit, state)
    actor = getattr(both, who)
    before = everything(kit, actor)
    clock_of(kit).move(minutes=3)
    referral_id = refer(kit, both.filed)
    move(kit, prepare(kit, both.filed, ReferralKind.POLICE), ReferralState.SENT)
    raise_emergency(kit, both.filed)
    clock_of(kit).move(minutes=-3)
    assert [one.state for one in places_of(kit, both.request_id)] == [LocationState.REFERRED] * 2
    assert everything(kit, actor) == before
    move(kit, referral_id, ReferralState.RECEIVED)
    assert everything(kit, actor) == before
    move(kit, referral_id, ReferralState.DECLINED, "Not theirs.")
    assert everything(kit, actor) == before


def test_their_pages_are_equal_to_the_byte(embedded_kit: Kit, site: Flask) -> None:
    kit = embedded_kit
    both = family_at(kit, LocationState.ASSESSED)
    for code in (both.filed.code, both.child_code):
        browser = Asking(site)
        browser.follow(code)

        def pages(browser: Asking = browser) -> list[str]:
            return [TOKEN.sub("", browser.go(f"/follow/{one}").text) for one in PAGES]

        before = pages()
        referral_id = refer(kit, both.filed)
        raise_emergency(kit, both.filed)
        assert pages() == before
        move(kit, referral_id, ReferralState.DECLINED, "Not theirs.")
        assert pages() == before


@pytest.mark.parametrize("verified", [True, False])
def test_the_child_sees_it_once_a_caseworker_knows_that_it_is_the_child(kit: Kit, verified: bool) -> None:
    both = family_at(kit, LocationState.ASSESSED, verified=verified)
    refer(kit, both.filed)
    seen = {one.state for one in read_follow(kit, both.child).places}
    assert seen == {LocationState.REFERRED if verified else LocationState.ASSESSED}


def test_the_person_it_belongs_to_sees_it(kit: Kit) -> None:
    agree(kit)
    move_providers(kit)
    filed = file_one(kit)
    assess_all(kit, filed.request_id)
    refer(kit, filed)
    [place] = read_follow(kit, follow_with_code(kit, filed.code)).places
    assert place.state is LocationState.REFERRED


def test_no_mail_tells_of_it_but_to_who_sees_it(kit: Kit) -> None:
    courier, both = with_courier(kit), family_at(kit, LocationState.ASSESSED, verified=True)
    for actor in (both.representative, both.child):
        leave(kit, actor)
        confirm(kit, courier, actor)
    refer(kit, both.filed)

    def told(actor: Requester) -> list[News]:
        return [one.about for one in mails_of(kit, actor) if one.about is not News.NUMBER]

    assert told(both.representative) == []
    assert told(both.child) == [News.STEP]


def test_what_comes_after_it_is_shown_to_everybody(kit: Kit) -> None:
    both = family_at(kit, LocationState.NOTICE_SENT)
    refer(kit, both.filed)
    clock_of(kit).move(hours=1)
    take_case(kit, ADA, both.request_id)
    first = places_of(kit, both.request_id)[0].id
    record_reply(kit, ADA, ReplyInput(both.request_id, (first,), Reply.REMOVED))
    shown = read_follow(kit, both.representative).places
    assert [one.state for one in shown] == [LocationState.SAYS_REMOVED, LocationState.NOTICE_SENT]
    assert shown[0].state_at > shown[1].state_at


def test_a_page_that_was_frozen_holds_none(kit: Kit) -> None:
    both = family_at(kit, LocationState.ASSESSED)
    before = everything(kit, both.representative)
    refer(kit, both.filed)
    revoke(kit, both)
    assert everything(kit, follow_with_code(kit, both.filed.code)) == before


def revoke(kit: Kit, both: Family) -> None:
    from app.casework.revoke_party_at_desk import RevokeInput, revoke_party_at_desk

    party_id = both.representative.party_id
    revoke_party_at_desk(kit, ADA, RevokeInput(both.request_id, party_id))


def test_one_noted_before_this_was_kept_shows_its_notice(kit: Kit) -> None:
    both = family_at(kit, LocationState.REFERRED)
    assert {one.state for one in read_follow(kit, both.representative).places} == {LocationState.NOTICE_SENT}


@pytest.mark.parametrize("standing", Standing)
def test_only_who_speaks_for_themselves_is_shown_a_referral(kit: Kit, standing: Standing) -> None:
    both = family_at(kit, LocationState.ASSESSED)
    refer(kit, both.filed)
    with kit.database.reading() as work:
        [first, _] = work.requests.locations_of(both.request_id)
    shown = as_shown(first, standing)
    assert (shown.state is LocationState.REFERRED) is (standing is Standing.OWN)
    assert isinstance(shown.due_at, datetime)
