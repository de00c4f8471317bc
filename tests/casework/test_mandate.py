"""A signed mandate: noted by who holds the case, taken back, and never a word of it to anybody outside."""

from dataclasses import replace

import pytest

from app.casework.case_keys import open_case_keys
from app.casework.change_provider import change_provider
from app.casework.errors import NotAllowed, NotHolding, Recused
from app.casework.follow_with_code import follow_with_code
from app.casework.kit import Kit
from app.casework.note_mandate import MandateInput, has_mandate, mandate_of, note_mandate
from app.casework.open_case import open_case
from app.casework.open_own_file import open_own_file
from app.casework.provider_input import ProviderInput
from app.casework.recuse import recuse
from app.casework.take_case import take_case
from app.casework.write_note import NoteInput, write_note
from app.domain.desk_words import Channel, NoteKind
from app.domain.notice_words import NoticeKind, ProviderKind
from app.domain.words import NoticeState
from tests.casework.notice_steps import state_of, waiting
from tests.casework.steps import trail_of
from tests.make import ADA, BEN, Filed, file_one, make_known

WHERE = "Odd-words-42: in the safe, third folder."


def held(kit: Kit) -> Filed:
    filed = file_one(kit)
    take_case(kit, ADA, filed.request_id)
    return filed


def is_noted(kit: Kit, filed: Filed) -> bool:
    with kit.database.reading() as work:
        return has_mandate(work, filed.request_id, open_case_keys(work, ADA.team, filed.request_id))


def say(kit: Kit, filed: Filed, where: str) -> None:
    note_mandate(kit, ADA, MandateInput(filed.request_id, where))


def test_a_mandate_is_noted_taken_back_and_noted_again(kit: Kit) -> None:
    filed = held(kit)
    assert not is_noted(kit, filed)
    for where, noted in ((WHERE, True), ("", False), ("Elsewhere", True), ("In the archive", True)):
        say(kit, filed, where)
        assert is_noted(kit, filed) is noted
    folder = open_case(kit, ADA, filed.request_id)
    assert [one.text for one in folder.notes] == [WHERE, "", "Elsewhere", "In the archive"]
    newest = mandate_of(folder.notes)
    assert newest is not None
    assert (newest.kind, newest.text, newest.by) == (NoteKind.MANDATE, "In the archive", ADA.id)
    assert trail_of(kit, filed.request_id).count("mandate_noted") == 4


def test_other_notes_are_no_mandate_and_take_none_back(kit: Kit) -> None:
    filed = held(kit)
    write_note(kit, ADA, NoteInput(filed.request_id, "They will sign next week."))
    assert not is_noted(kit, filed)
    say(kit, filed, WHERE)
    write_note(kit, ADA, NoteInput(filed.request_id, "They called."))
    assert is_noted(kit, filed)


def test_of_another_case_it_says_nothing(kit: Kit) -> None:
    filed, other = held(kit), held(kit)
    say(kit, filed, WHERE)
    assert not is_noted(kit, other)


@pytest.mark.parametrize("where", ["", "  \n "])
def test_what_is_not_there_is_not_taken_back(kit: Kit, where: str) -> None:
    filed = held(kit)
    with pytest.raises(NotAllowed):
        say(kit, filed, where)
    assert open_case(kit, ADA, filed.request_id).notes == ()


def test_the_same_said_twice_is_noted_once(kit: Kit) -> None:
    filed = held(kit)
    say(kit, filed, WHERE)
    with pytest.raises(NotAllowed):
        say(kit, filed, f" {WHERE} ")
    assert len(open_case(kit, ADA, filed.request_id).notes) == 1


def test_only_who_holds_the_case_notes_one(kit: Kit) -> None:
    filed = held(kit)
    make_known(kit, BEN)
    with pytest.raises(NotHolding):
        note_mandate(kit, BEN, MandateInput(filed.request_id, WHERE))
    recuse(kit, BEN, filed.request_id)
    with pytest.raises(Recused):
        note_mandate(kit, BEN, MandateInput(filed.request_id, WHERE))
    assert not is_noted(kit, filed)


def test_who_asked_never_reads_it_and_no_repr_shows_it(kit: Kit) -> None:
    filed = held(kit)
    say(kit, filed, WHERE)
    file = open_own_file(kit, follow_with_code(kit, filed.code))
    assert "Odd-words-42" not in str(file.as_record())
    assert "Odd-words-42" not in repr(MandateInput(filed.request_id, WHERE))
    assert all("Odd-words-42" not in repr(one) for one in open_case(kit, ADA, filed.request_id).notes)


def cover(kit: Kit, number: int) -> str:
    """Make one provider of the directory a covered platform; its id."""
    with kit.database.reading() as work:
        provider = work.providers.all()[number]
    fields = {name: value for name, value in vars(provider).items() if name != "id"}
    given = replace(ProviderInput(**fields), kind=ProviderKind.PLATFORM, is_covered=True)
    change_provider(kit, ADA, provider.id, given)  # type: ignore[arg-type]  # whoever keeps the directory
    return provider.id


def test_taken_back_what_waits_for_covered_platforms_is_stopped_and_nothing_else(kit: Kit) -> None:
    filed = held(kit)
    covered = cover(kit, 0)
    with kit.database.reading() as work:
        other = next(one.id for one in work.providers.all() if one.id != covered)
    say(kit, filed, WHERE)
    mail = waiting(kit, filed, NoticeKind.CSAM, provider_id=covered)
    form = waiting(kit, filed, NoticeKind.CSAM, Channel.FORM, provider_id=covered)
    elsewhere = waiting(kit, filed, NoticeKind.CSAM, provider_id=other)
    say(kit, filed, "Elsewhere")
    assert state_of(kit, mail) is NoticeState.APPROVED
    say(kit, filed, "")
    assert [state_of(kit, one) for one in (mail, form, elsewhere)] == [
        NoticeState.UNDELIVERED,
        NoticeState.UNDELIVERED,
        NoticeState.APPROVED,
    ]
