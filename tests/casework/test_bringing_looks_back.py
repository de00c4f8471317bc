"""What was seen at places on a day of the watch comes back from the authorised system as a list."""

import pytest

from app.casework.bring_findings_back import BringInput, bring_findings_back, preview_findings, stage_findings
from app.casework.case_keys import open_case_keys
from app.casework.errors import NotAllowed
from app.casework.kit import Kit
from app.casework.place_references import reference_of
from app.casework.staged_lists import Staged
from app.casework.take_case import take_case
from app.domain.notice_words import Seen, SignalSource
from app.domain.words import LocationState, Reply
from app.places.list_files import ListRefused
from tests.casework.steps import assess_all, places_of
from tests.casework.watch_steps import clock_of, gone, location_of, noticed, reply, states
from tests.make import ADA, Filed, file_one, make_known

S = LocationState


def said_removed(kit: Kit) -> Filed:
    make_known(kit, ADA)
    filed = noticed(kit)
    reply(kit, filed, Reply.REMOVED, 1, 2)
    clock_of(kit).move(hours=24)
    take_case(kit, ADA, filed.request_id)
    return filed


def references(kit: Kit, filed: Filed) -> list[str]:
    places = places_of(kit, filed.request_id)
    with kit.database.reading() as work:
        keys = open_case_keys(work, ADA.team, filed.request_id)
        return [reference_of(keys, place.id, place.version) for place in places]


def brought(kit: Kit, filed: Filed, names: str, *lines: str) -> Staged:
    return stage_findings(kit, ADA, filed.request_id, "\n".join([names, *lines]).encode())


def go_on(kit: Kit, waiting: Staged) -> int:
    shown = preview_findings(kit, ADA, waiting.id)
    versions = {one.place.id: one.place.version for one in shown.lines}
    return bring_findings_back(
        kit, ADA, BringInput(waiting.id, tuple(one.line for one in shown.lines), versions)
    )


def test_what_was_seen_confirms_or_brings_back_each_place(kit: Kit) -> None:
    filed = said_removed(kit)
    first, second = references(kit, filed)
    lines = (f"{first},Gone,", f"{second},there,A partner")
    waiting = brought(kit, filed, "reference,seen,assessed_by", *lines)
    shown = preview_findings(kit, ADA, waiting.id)
    assert [(one.brought.seen, one.brought.source, one.finding, one.is_open) for one in shown.lines] == [
        (Seen.GONE, SignalSource.US, None, True),
        (Seen.THERE, SignalSource.PARTNER, None, True),
    ]
    assert go_on(kit, waiting) == 2
    assert states(kit, filed) == [S.GONE, S.BACK]
    with kit.database.reading() as work:
        words = {(one.source, one.seen) for one in work.signals.of_request(filed.request_id)}
    assert words == {
        (SignalSource.PROVIDER, Seen.GONE),
        (SignalSource.US, Seen.GONE),
        (SignalSource.PARTNER, Seen.THERE),
    }


def test_what_is_back_may_have_a_new_finding_in_the_same_line(kit: Kit) -> None:
    filed = said_removed(kit)
    first, second = references(kit, filed)
    names = "reference,kind,child,harmed,principle,age,identified,assessed_by,seen"
    lines = (f"{first},csam,yes,yes,1,pubescent,no,,there", f"{second},csam,yes,yes,1,pubescent,no,,gone")
    assert go_on(kit, brought(kit, filed, names, *lines)) == 2
    assert states(kit, filed) == [S.ASSESSED, S.GONE]
    assert location_of(kit, filed).back_count == 1


def test_a_look_at_a_place_without_a_notice_goes_nowhere(kit: Kit) -> None:
    make_known(kit, ADA)
    filed = file_one(kit)
    assess_all(kit, filed.request_id)
    [reference] = references(kit, filed)
    waiting = brought(kit, filed, "reference,seen", f"{reference},gone")
    [line] = preview_findings(kit, ADA, waiting.id).lines
    assert not line.is_open
    with pytest.raises(NotAllowed):
        go_on(kit, waiting)
    assert states(kit, filed) == [S.ASSESSED]


def test_a_word_that_cannot_be_read_is_named_by_its_line(kit: Kit) -> None:
    filed = said_removed(kit)
    first, second = references(kit, filed)
    waiting = brought(kit, filed, "reference,seen,kind", f"{first},perhaps,", f"{second},,")
    shown = preview_findings(kit, ADA, waiting.id)
    assert shown.lines == ()
    assert [(one.line, one.code) for one in shown.problems] == [(2, "seen"), (3, "kind")]


def test_a_list_that_says_neither_what_was_found_nor_what_was_seen_is_refused(kit: Kit) -> None:
    filed = said_removed(kit)
    with pytest.raises(ListRefused):
        brought(kit, filed, "reference,assessed_by", f"{references(kit, filed)[0]},A partner")


def test_a_look_on_its_day_is_one_of_the_watch(kit: Kit) -> None:
    make_known(kit, ADA)
    filed = noticed(kit)
    gone(kit, filed, 1)
    clock_of(kit).move(days=1, minutes=1)
    take_case(kit, ADA, filed.request_id)
    go_on(kit, brought(kit, filed, "reference,seen", f"{references(kit, filed)[0]},gone"))
    assert (location_of(kit, filed).state, location_of(kit, filed).watch_step) == (S.WATCHED, 1)
