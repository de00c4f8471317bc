"""A caseworker says whose a place is."""

import pytest

from app.casework.choose_provider import ChooseInput, choose_provider, find_providers
from app.casework.errors import NotAllowed, NotFound, NotHolding
from app.casework.kit import Kit, new_id
from app.casework.preview_notice import preview_notices
from app.domain.notice_words import ProviderKind
from app.domain.words import LocationState
from tests.casework.letter_steps import add_host, add_ladder, mail_to, move_place, notices_of
from tests.casework.steps import approve_all, assess_all, places_of, trail_of
from tests.make import ADA, BEN, URL, Filed, file_one

HOMELESS = "https://nobody.example/c"


def ready(kit: Kit, places: str = URL) -> Filed:
    filed = file_one(kit, places)
    assess_all(kit, filed.request_id)
    return filed


def choice(kit: Kit, filed: Filed, provider_id: str) -> ChooseInput:
    ids = tuple(one.id for one in places_of(kit, filed.request_id))
    return ChooseInput(filed.request_id, ids, provider_id)


def test_a_place_of_an_unknown_host_then_has_a_letter(kit: Kit) -> None:
    filed = ready(kit, HOMELESS)
    assert [one.provider_id for one in preview_notices(kit, ADA, filed.request_id)] == [None]
    provider_id = add_host(kit, "Otherhost", mail_to("abuse@otherhost.example"))
    choose_provider(kit, ADA, choice(kit, filed, provider_id))
    [preview] = preview_notices(kit, ADA, filed.request_id)
    assert (preview.provider_name, preview.is_letter) == ("Otherhost", True)
    approve_all(kit, filed.request_id)
    [notice] = notices_of(kit, filed.request_id).values()
    assert notice.provider_id == provider_id
    assert trail_of(kit, filed.request_id).count("provider_chosen") == 1


def test_a_choice_can_be_taken_back(kit: Kit) -> None:
    filed = ready(kit)
    provider_id = add_host(kit, "Otherhost", mail_to("abuse@otherhost.example"))
    choose_provider(kit, ADA, choice(kit, filed, provider_id))
    assert [(one.provider_name, one.is_chosen) for one in places_of(kit, filed.request_id)] == [
        ("Otherhost", True)
    ]
    choose_provider(kit, ADA, choice(kit, filed, ""))
    assert [(one.provider_name, one.is_chosen) for one in places_of(kit, filed.request_id)] == [
        ("Northlight Hosting", False)
    ]


@pytest.mark.parametrize("state", [LocationState.MOVED, LocationState.BOUNCED])
def test_what_lies_elsewhere_or_did_not_arrive_waits_for_a_new_notice(kit: Kit, state: LocationState) -> None:
    filed = ready(kit)
    approve_all(kit, filed.request_id)
    move_place(kit, filed.request_id, 1, LocationState.NOTICE_SENT)
    move_place(kit, filed.request_id, 1, state)
    provider_id = add_host(kit, "Otherhost", mail_to("abuse@otherhost.example"))
    choose_provider(kit, ADA, choice(kit, filed, provider_id))
    [place] = places_of(kit, filed.request_id)
    assert (place.state, place.provider_name) == (LocationState.ASSESSED, "Otherhost")
    approve_all(kit, filed.request_id)
    assert [one.provider_id for one in notices_of(kit, filed.request_id).values()].count(provider_id) == 1


@pytest.mark.parametrize("state", [LocationState.APPROVED, LocationState.NOTICE_SENT, LocationState.HAS_IT])
def test_nothing_changes_while_a_notice_is_under_way(kit: Kit, state: LocationState) -> None:
    filed = ready(kit)
    provider_id = add_host(kit, "Otherhost", mail_to("abuse@otherhost.example"))
    approve_all(kit, filed.request_id)
    for step in (LocationState.NOTICE_SENT, LocationState.HAS_IT):
        if places_of(kit, filed.request_id)[0].state is not state:
            move_place(kit, filed.request_id, 1, step)
    with pytest.raises(NotAllowed):
        choose_provider(kit, ADA, choice(kit, filed, provider_id))
    [place] = places_of(kit, filed.request_id)
    assert (place.state, place.provider_name) == (state, "Northlight Hosting")


def test_who_only_supplies_others_has_no_place_and_is_not_found(kit: Kit) -> None:
    add_ladder(kit)
    filed = ready(kit)
    with kit.database.reading() as work:
        [above] = work.providers.of_kind(ProviderKind.SUPPLIER)
    with pytest.raises(NotAllowed):
        choose_provider(kit, ADA, choice(kit, filed, above.id))
    assert find_providers(kit, "backbone") == ()


def test_only_who_holds_the_case_chooses_and_only_what_there_is(kit: Kit) -> None:
    filed = ready(kit)
    provider_id = add_host(kit, "Otherhost", mail_to("abuse@otherhost.example"))
    with pytest.raises(NotHolding):
        choose_provider(kit, BEN, choice(kit, filed, provider_id))
    with pytest.raises(NotFound):
        choose_provider(kit, ADA, choice(kit, filed, new_id()))
    for ids in ((), (new_id(),)):
        with pytest.raises(NotFound):
            choose_provider(kit, ADA, ChooseInput(filed.request_id, ids, provider_id))


def test_a_provider_is_found_by_its_name_or_a_host_of_it(kit: Kit) -> None:
    add_host(kit, "Otherhost", mail_to("abuse@otherhost.example"))
    add_host(kit, "Otherhost2", mail_to("abuse@otherhost2.example"))

    def found(typed: str) -> list[str]:
        return [one.name for one in find_providers(kit, typed)]

    assert found("otherhost") == ["Otherhost"]
    assert found(" OTHERHOST2.example ") == ["Otherhost2"]
    assert found("img.otherhost.example") == ["Otherhost"]
    assert found("otherho") == ["Otherhost", "Otherhost2"]
    assert found("") == found("nobody knows") == []
