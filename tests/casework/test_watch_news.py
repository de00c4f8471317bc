"""Who is told of what comes after a notice: news where something changed for them, and never more than they
see."""

import pytest

from app.casework.follow_with_code import follow_with_code
from app.casework.kit import Kit
from app.casework.say_back_again import say_back_again
from app.casework.tell_news import tell_moves
from app.domain.contacts import News
from app.domain.notice_words import Seen
from app.domain.words import LocationState, Reply
from app.reads.follow import read_follow
from tests.casework.contact_steps import clock_of, confirm, leave, mails_of, sent_by, with_courier
from tests.casework.watch_steps import gone, location_of, noticed, reply, seen
from tests.make import Filed

S = LocationState
NEWS = {S.ASKS, S.MOVED, S.STALLED, S.REFUSED, S.HAS_IT, S.SAYS_REMOVED, S.GONE, S.UPSTREAM, S.WITHDRAWN}


@pytest.mark.parametrize("state", [*sorted(NEWS), S.BOUNCED])
def test_what_is_news_after_a_notice(kit: Kit, state: LocationState) -> None:
    courier, filed = with_courier(kit), noticed(kit)
    actor = follow_with_code(kit, filed.code)
    leave(kit, actor)
    confirm(kit, courier, actor)
    before = location_of(kit, filed, 1)
    after = before.move(state, kit.clock())
    with kit.database.writing() as work:
        request = work.requests.load(filed.request_id)
        tell_moves(work, request, {before.id: before}, {before.id: after}, "")
        work.commit()
    told = [mail.about for mail in mails_of(kit, actor) if mail.about is not News.NUMBER]
    assert bool(told) == (state in NEWS)


def test_that_it_is_still_gone_calls_nobody_and_that_it_is_back_does(kit: Kit) -> None:
    courier, filed = with_courier(kit), noticed(kit)
    actor = follow_with_code(kit, filed.code)
    leave(kit, actor)
    confirm(kit, courier, actor)
    gone(kit, filed, 1)
    clock_of(kit).move(days=1)
    sent_by(kit, courier)
    before = len(mails_of(kit, actor))
    seen(kit, filed, Seen.GONE, 1)
    assert location_of(kit, filed).state is S.WATCHED
    assert len(mails_of(kit, actor)) <= before
    clock_of(kit).move(days=2)
    sent_by(kit, courier)
    seen(kit, filed, Seen.THERE, 1)
    assert News.STEP in [mail.about for mail in mails_of(kit, actor)]


def test_who_was_revoked_sees_the_same_as_they_would_have_seen(kit: Kit) -> None:
    """Saying "it is back" after being revoked looks as it does to everybody else: state, day and all."""
    filed, other = noticed(kit), noticed(kit)
    for one in (filed, other):
        reply(kit, one, Reply.REMOVED, 1)
    shown = []
    for one, is_revoked in ((filed, True), (other, False)):
        if is_revoked:
            _revoke(kit, one)
        actor = follow_with_code(kit, one.code)
        say_back_again(kit, actor, 1)
        place = read_follow(kit, actor).places[0]
        shown.append((place.state, place.state_at, place.due_at))
    assert shown[0] == shown[1]
    assert location_of(kit, filed).state is S.SAYS_REMOVED, "the case itself did not change"
    with kit.database.reading() as work:
        words = work.signals.of_location(location_of(kit, filed).id)
    assert [one.seen for one in words] == [Seen.GONE]


def _revoke(kit: Kit, filed: Filed) -> None:
    from dataclasses import replace

    from app.casework.case_keys import open_case_keys
    from app.casework.frozen_page import freeze, page_of
    from tests.make import ADA

    with kit.database.writing() as work:
        request = work.requests.load(filed.request_id)
        [party] = work.parties.of_request(request.id)
        key = open_case_keys(work, ADA.team, request.id).request
        page = page_of(request, party, work.requests.locations_of(request.id), key)
        frozen = freeze(party.id, page, key)
        work.parties.save(replace(party, revoked_at=kit.clock(), frozen_sealed=frozen))
        work.commit()
