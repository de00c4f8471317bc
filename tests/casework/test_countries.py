"""What is kept of a country: read and written by id alone, never over somebody else's words."""

from dataclasses import replace
from functools import partial

import pytest

from app.casework.errors import NotFound, Stale
from app.casework.keep_country import (
    CountryInput,
    country_of,
    keep_country,
    print_of_country,
    remove_country,
)
from app.casework.kit import Kit
from app.domain.desk_words import ReferralPolicy
from app.domain.trail import HOTLINE
from app.persistence.countries import Country
from app.reads.countries import read_countries, read_country
from tests.casework.steps import all_at_once, kinds
from tests.make import MIRA

NL = CountryInput(
    code="NL",
    hotline_name="Meldpunt Example",
    hotline_way="By its portal.",
    policy=ReferralPolicy.AFTER_HOURS,
    policy_hours=48,
    police_name="Police Example",
    police_way="By its portal, too.",
    legal_note="Hosts have to report.",
    verified_on="2025-03-31",
    regulator_name="Authority Example",
    regulator_way="By its form.",
    seen=print_of_country(None),
)


def kept(kit: Kit, code: str = "NL") -> Country | None:
    with kit.database.reading() as work:
        return country_of(work, code)


def test_a_country_is_kept_changed_and_taken_away(kit: Kit) -> None:
    assert kept(kit) is None
    keep_country(kit, MIRA, NL)
    found = kept(kit)
    assert found is not None
    assert vars(found) == {name: value for name, value in vars(NL).items() if name != "seen"}
    keep_country(kit, MIRA, replace(NL, legal_note="", seen=print_of_country(found)))
    changed = kept(kit)
    assert changed == replace(found, legal_note="")
    remove_country(kit, MIRA, "NL", print_of_country(changed))
    assert kept(kit) is None
    with pytest.raises(NotFound):
        remove_country(kit, MIRA, "NL", print_of_country(None))


def test_the_trail_names_the_country_and_nothing_else(kit: Kit) -> None:
    keep_country(kit, MIRA, NL)
    with kit.database.reading() as work:
        line, _ = work.trail.lines(HOTLINE)[-1]
    assert (line.entry.kind, line.entry.subject, line.by) == ("country_changed", "NL", MIRA.id)


def test_somebody_who_was_faster_is_not_overwritten(kit: Kit) -> None:
    keep_country(kit, MIRA, NL)
    before = kept(kit)
    for act in (
        partial(keep_country, kit, MIRA, replace(NL, hotline_name="Other")),
        partial(remove_country, kit, MIRA, "NL", NL.seen),
    ):
        with pytest.raises(Stale):
            act()
    assert kept(kit) == before


def test_of_several_at_once_one_is_kept(kit: Kit) -> None:
    came_of = all_at_once(
        *(lambda name=name: keep_country(kit, MIRA, replace(NL, hotline_name=name)) for name in "ABCD")
    )
    assert kinds(came_of).count("NoneType") == 1
    assert read_country(kit, "NL").country is not None


@pytest.mark.parametrize("policy", list(ReferralPolicy))
def test_hours_count_only_where_a_notice_waits_for_them(kit: Kit, policy: ReferralPolicy) -> None:
    keep_country(kit, MIRA, replace(NL, policy=policy))
    found = kept(kit)
    assert found is not None
    assert found.policy_hours == (48 if policy is ReferralPolicy.AFTER_HOURS else 0)
    assert found.policy is policy


def test_without_a_hotline_there_is_nothing_to_refer_to(kit: Kit) -> None:
    keep_country(kit, MIRA, replace(NL, hotline_name="", policy=ReferralPolicy.PARALLEL))
    found = kept(kit)
    assert found is not None
    assert (found.has_hotline, found.hotline_way, found.policy) == (False, "", ReferralPolicy.REFER_ONLY)


def test_the_list_holds_countries_of_providers_too(kit: Kit) -> None:
    keep_country(kit, MIRA, NL)
    rows = {row.code: (row.providers, row.country is not None) for row in read_countries(kit)}
    assert rows == {"CA": (2, False), "NL": (0, True)}
