"""Nobody notices that they were revoked: what they do looks as it would have, and changes nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from app.casework.actors import Requester
from app.casework.add_places import AddInput, add_places
from app.casework.ask_to_end import EndInput, ask_to_end
from app.casework.change_voice import VoiceInput, change_voice
from app.casework.correct_place import CorrectInput, correct_place
from app.casework.errors import CodeProblem, NotAllowed
from app.casework.follow_with_code import follow_with_code
from app.casework.forget_request import forget_request
from app.casework.kit import Kit
from app.casework.note_place import NoteInput, note_place
from app.casework.open_own_file import OwnFile, open_own_file
from app.casework.replace_code import ReplaceInput, replace_code
from app.casework.revoke_party import revoke_party
from app.casework.revoke_party_at_desk import RevokeInput, revoke_party_at_desk
from app.casework.say_back_again import say_back_again
from app.casework.withdraw_places import WithdrawInput, withdraw_places
from app.casework.write_message import MessageInput, write_message
from app.domain.asking import PlaceNote, Safety, Wishes
from app.domain.locations import Location
from app.domain.requests import Request
from app.domain.words import LocationState, Matter, YesNo
from app.reads.ending import read_ending
from app.reads.follow import FollowPage, read_follow
from app.vault.codes import new_code
from tests.casework.party_steps import NEW, asides, family, places, put_in_state
from tests.make import ADA, URL, make_known
from tests.walks import Desk, Visitor

THREAT = PlaceNote("the new one", threat=YesNo.YES, threat_on=date(2030, 1, 2))
DEEDS: dict[str, Callable[[Kit, Requester], object]] = {
    "adds": lambda kit, me: add_places(kit, me, AddInput(places(f"{NEW}\n{URL}"), (THREAT,))),
    "adds the same again": lambda kit, me: add_places(kit, me, AddInput(places(NEW))),
    "names what was gone": lambda kit, me: add_places(
        kit, me, AddInput(places("https://talkyard.example/t/9"))
    ),
    "says that it is back": lambda kit, me: say_back_again(kit, me, 2),
    "notes": lambda kit, me: note_place(kit, me, NoteInput(1, PlaceNote("first"))),
    "notes what was added": lambda kit, me: note_place(kit, me, NoteInput(3, PlaceNote("third"))),
    "writes": lambda kit, me: write_message(kit, me, MessageInput("a question")),
    "wishes an end": lambda kit, me: ask_to_end(kit, me, EndInput((1, 3))),
    "changes wishes": lambda kit, me: change_voice(
        kit, me, VoiceInput(wishes=Wishes((Matter.SPEED,)), safety=Safety(could_guess=YesNo.YES))
    ),
}


def live(kit: Kit, request_id: str) -> tuple[Request, tuple[Location, ...]]:
    with kit.database.reading() as work:
        return work.requests.load(request_id), work.requests.locations_of(request_id)


def seen(kit: Kit, me: Requester) -> tuple[FollowPage, OwnFile]:
    return read_follow(kit, me), open_own_file(kit, me)


def test_all_that_a_representative_does_looks_the_same_revoked_or_not(kit: Kit) -> None:
    free, revoked = family(kit), family(kit)
    for both in (free, revoked):
        put_in_state(kit, both.request_id, 2, LocationState.GONE)
    revoke_party(kit, revoked.child)
    one, other = (follow_with_code(kit, both.filed.code) for both in (free, revoked))
    before = live(kit, revoked.request_id)
    for name, deed in DEEDS.items():
        assert deed(kit, one) == deed(kit, other), name
        assert seen(kit, one) == seen(kit, other), name
    assert live(kit, revoked.request_id) == before
    told = asides(kit, revoked.request_id)
    assert told == [
        "+ 3 · hxxps://img[.]northlight[.]example/b/2 · the new one · ! · 2030-01-02",
        "↻ 2 · hxxps://talkyard[.]example/t/9",
        "✎ 1 · hxxps://img[.]northlight[.]example/a/1 · first",
        "✎ 3 · hxxps://img[.]northlight[.]example/b/2 · third",
    ]
    assert asides(kit, free.request_id) == []


def test_an_unchecked_representative_may_add_and_write_and_learns_nothing_by_it(kit: Kit) -> None:
    free, revoked = family(kit, checked=False), family(kit, checked=False)
    revoke_party(kit, revoked.child)
    one, other = (follow_with_code(kit, both.filed.code) for both in (free, revoked))
    for name in ("adds", "adds the same again", "writes", "changes wishes"):
        assert DEEDS[name](kit, one) == DEEDS[name](kit, other), name
        assert seen(kit, one) == seen(kit, other), name
    assert len(asides(kit, revoked.request_id)) == 1


def test_a_revoked_party_replaces_their_code_like_anybody(kit: Kit) -> None:
    both = family(kit)
    revoke_party(kit, both.child)
    me = follow_with_code(kit, both.filed.code)
    before, code = read_follow(kit, me), new_code()
    after = replace_code(kit, me, ReplaceInput(code))
    assert read_follow(kit, after) == before
    assert follow_with_code(kit, code) == after


def second_access_revoked(kit: Kit) -> tuple[str, Requester, str]:
    """One that had been taken for the child's; and its code."""
    both = family(kit, verified=True)
    put_in_state(kit, both.request_id, 2, LocationState.SAYS_REMOVED)
    revoke_party_at_desk(kit, ADA, RevokeInput(both.request_id, both.child.party_id))
    return both.request_id, follow_with_code(kit, both.child_code), both.child_code


def test_the_childs_access_that_was_not_the_childs_withdraws_and_corrects_for_its_own_eyes_only(
    kit: Kit,
) -> None:
    request_id, me, _ = second_access_revoked(kit)
    before = live(kit, request_id)
    assert read_ending(kit, me).gone_out == (2,)
    correct_place(kit, me, CorrectInput(1, places(NEW)[0]))
    add_places(kit, me, AddInput(places("https://img.northlight.example/c/3")))
    withdraw_places(kit, me, WithdrawInput((1, 1001)))
    withdraw_places(kit, me, WithdrawInput((1,)))
    shown = [(one.number, one.state, one.place.url) for one in read_follow(kit, me).places]
    assert shown == [
        (1, "withdrawn", NEW),
        (2, "says_removed", "https://talkyard.example/t/9"),
        (1001, "withdrawn", "https://img.northlight.example/c/3"),
    ]
    assert live(kit, request_id) == before
    assert [line[0] for text in asides(kit, request_id) for line in text.splitlines()] == ["✎", "+", "−", "−"]
    with pytest.raises(NotAllowed):
        revoke_party(kit, me)


def test_their_forgetting_shuts_their_own_door_and_destroys_nothing(kit: Kit) -> None:
    request_id, me, code = second_access_revoked(kit)
    before = live(kit, request_id)
    forget_request(kit, me, request_id)
    with pytest.raises(CodeProblem, match="unknown"):
        follow_with_code(kit, code)
    assert live(kit, request_id) == before
    assert asides(kit, request_id) == ["✗"]


def test_a_sealed_page_of_one_party_is_not_another_ones(kit: Kit) -> None:
    first, second = family(kit), family(kit)
    for both in (first, second):
        revoke_party(kit, both.child)
    mine, theirs = (follow_with_code(kit, both.filed.code) for both in (first, second))
    with kit.database.writing() as work:
        other = work.parties.load(theirs.party_id)
        work.parties.save(replace(work.parties.load(mine.party_id), frozen_sealed=other.frozen_sealed))
        work.commit()
    with pytest.raises(Exception, match="a sealed value did not open"):
        read_follow(kit, mine)


def test_the_desk_reads_what_they_did_and_their_own_pages_show_no_aside(
    embedded_kit: Kit, site: Flask
) -> None:
    both = family(embedded_kit)
    revoke_party(embedded_kit, both.child)
    add_places(embedded_kit, follow_with_code(embedded_kit, both.filed.code), AddInput(places(NEW)))
    make_known(embedded_kit, ADA)
    desk = Desk(site, ADA).go(f"/desk/case/{both.request_id}").text
    assert "+ 3 · hxxps://img[.]northlight[.]example/b/2" in desk
    assert "They do not see this line." in desk
    visitor = Visitor(site)
    visitor.go("/follow")
    visitor.send("/follow", code=both.filed.code)
    for path in ("/follow/request", "/follow/message"):
        page = visitor.go(path)
        assert page.status_code == 200
        assert "+ 3 · hxxps" not in page.text
