"""How a provider answered, counted from plain columns of real cases; and whom own words never go to."""

from dataclasses import replace
from typing import Any

import pytest

from app.casework.answer_notice import AnswerInput, answer_notice
from app.casework.approve_notice import approve_notice
from app.casework.errors import Stale
from app.casework.kit import Kit
from app.casework.note_signal import SignalInput, note_signal
from app.casework.open_notice import open_notice
from app.casework.post_courier import CourierDoor
from app.casework.preview_notice import preview_notices
from app.casework.record_reply import ReplyInput, record_reply
from app.domain.asking import Voice
from app.domain.desk_words import Behaviour
from app.domain.notice_words import Seen, SignalSource
from app.domain.providers import Provider
from app.domain.words import Reply
from app.reads.provider_record import ShownRecord, read_record
from app.vault import pairs, records, seal
from tests.casework.steps import approvals, approve_all, assess_all, places_of
from tests.make import ADA, MIRA, Clock, file_one
from tests.walks import deliver, link_in

HIDDEN = ShownRecord(*(None,) * 9, proposed=())
AGREED = Voice(words="Odd-word-42: this is what I say.", may_provider_hear=True)


def northlight(kit: Kit) -> Provider:
    with kit.database.reading() as work:
        return next(one for one in work.providers.all() if one.name == "Northlight Hosting")


def noticed(kit: Kit, count: int) -> tuple[str, str]:
    """A case whose places are all in one notice that went out, and the path of its answer page."""
    places = "\n".join(f"https://img.northlight.example/{number}" for number in range(count))
    filed, door = file_one(kit, places), CourierDoor(kit)
    assess_all(kit, filed.request_id)
    approve_all(kit, filed.request_id)
    [letter] = deliver(kit, door)
    return filed.request_id, link_in(letter)


def reply(kit: Kit, request_id: str, numbers: range, said: Reply) -> None:
    ids = tuple(place.id for place in places_of(kit, request_id) if place.number in numbers)
    record_reply(kit, ADA, ReplyInput(request_id, ids, said))


def move(kit: Kit, **by: float) -> None:
    assert isinstance(kit.clock, Clock)
    kit.clock.move(**by)


def test_a_record_counts_what_became_of_each_place(kit: Kit) -> None:
    provider = northlight(kit)
    assert read_record(kit, MIRA, provider.id) == HIDDEN
    request_id, _ = noticed(kit, 40)
    assert read_record(kit, MIRA, provider.id) == HIDDEN, "it is too early to say anything"
    move(kit, minutes=10)
    reply(kit, request_id, range(1, 11), Reply.REMOVED)
    reply(kit, request_id, range(11, 21), Reply.REFUSES)
    move(kit, minutes=10)
    back = tuple(place.id for place in places_of(kit, request_id) if place.number <= 10)
    note_signal(kit, ADA, SignalInput(request_id, back, SignalSource.PARTNER, Seen.THERE))
    move(kit, days=8)
    found = read_record(kit, ADA, provider.id)
    assert found.notices is None, "one notice tells of one case"
    assert (found.places, found.answered, found.removed, found.fast) == (40, 20, 10, 10)
    assert (found.debated, found.refused, found.silent, found.back) == (10, 10, 20, 10)
    assert found.proposed == (Behaviour.RESISTANT, Behaviour.NON_COMPLIANT)
    assert read_record(kit, MIRA, "0" * 32) == HIDDEN
    move(kit, days=400)
    assert read_record(kit, ADA, provider.id) == HIDDEN, "only the last year counts"


def test_doubting_the_age_and_claiming_18_is_debating(kit: Kit) -> None:
    request_id, _ = noticed(kit, 30)
    move(kit, minutes=10)
    reply(kit, request_id, range(1, 11), Reply.AGE_DOUBT)
    reply(kit, request_id, range(11, 21), Reply.OVER_18)
    move(kit, days=8)
    found = read_record(kit, ADA, northlight(kit).id)
    assert (found.places, found.answered, found.silent) == (30, 20, 10)
    assert (found.debated, found.refused, found.removed) == (20, 0, 0)
    assert found.proposed == (Behaviour.RESISTANT,)


def test_small_numbers_and_what_gives_them_away_are_hidden(kit: Kit) -> None:
    request_id, _ = noticed(kit, 12)
    move(kit, minutes=10)
    reply(kit, request_id, range(1, 10), Reply.REMOVED)
    move(kit, days=8)
    found = read_record(kit, ADA, northlight(kit).id)
    assert (found.places, found.removed, found.silent, found.answered) == (12, None, None, None)
    assert (found.refused, found.back) == (0, 0)


def test_an_answer_through_the_link_is_a_word(kit: Kit) -> None:
    _, link = noticed(kit, 10)
    answer_notice(kit, open_notice(kit, link.rpartition("/")[2]), AnswerInput(((1, Reply.ASKS, ""),)))
    move(kit, days=8)
    found = read_record(kit, ADA, northlight(kit).id)
    assert (found.places, found.answered, found.silent) == (10, 10, 0)


def test_a_record_opens_nothing_sealed(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    noticed(kit, 10)
    move(kit, days=8)

    def nothing(*_: Any, **__: Any) -> Any:
        raise AssertionError("something sealed was opened")

    for module in (seal, records):
        monkeypatch.setattr(module, "unlock", nothing)
    monkeypatch.setattr(pairs, "open_with", nothing)
    assert read_record(kit, ADA, northlight(kit).id).silent == 10


@pytest.mark.parametrize("behaviour", list(Behaviour))
def test_own_words_are_not_even_offered_where_they_may_not_go(
    embedded_kit: Kit, behaviour: Behaviour
) -> None:
    kit = embedded_kit
    filed = file_one(kit, voice=AGREED)
    assess_all(kit, filed.request_id)
    [before] = approvals(kit, filed.request_id)
    party = preview_notices(kit, ADA, filed.request_id)[0].statements[0].party_id
    with kit.database.writing() as work:
        work.providers.save(replace(northlight(kit), behaviours=(behaviour,)))
        work.commit()
    with pytest.raises(Stale):
        approve_notice(kit, ADA, replace(before, words_of=party))
    [now] = preview_notices(kit, ADA, filed.request_id)
    never = behaviour in (Behaviour.NON_COMPLIANT, Behaviour.COMPLICIT)
    assert (now.statements == ()) is never
    chosen = replace(before, seen=now.seen, words_of=party)
    if never:
        with pytest.raises(Stale):
            approve_notice(kit, ADA, chosen)
        approve_notice(kit, ADA, replace(chosen, words_of=""))
    else:
        approve_notice(kit, ADA, chosen)
