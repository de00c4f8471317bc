"""What is in a referral's package: the same whoever began, and nothing of who asked."""

import json
from dataclasses import fields, replace
from datetime import UTC, datetime

from app.casework.kit import Kit
from app.casework.referral_package import csv_of, facts_of, record_of, text_of
from app.casework.take_referral_out import take_referral_out
from app.domain.asking import Voice
from app.domain.desk_words import ReferralKind, ReferralPolicy, ReferralState
from app.domain.referrals import ReferralFacts, ReferredPlace, ReferredTo
from app.domain.words import Asker
from tests.casework.referral_steps import (
    agree,
    move_providers,
    own_motion,
    prepare,
)
from tests.casework.steps import assess_all, trail_of
from tests.make import ADA, URL, Filed, file_one

S, K = ReferralState, ReferralKind
TWO = f"{URL}\nhttps://x.northlight.example/b"
WORDS = "grelbwords grelbstory"


def assessed(kit: Kit, places: str = TWO, policy: ReferralPolicy = ReferralPolicy.REFER_ONLY) -> Filed:
    agree(kit, policy)
    move_providers(kit)
    filed = file_one(kit, places, words=WORDS)
    assess_all(kit, filed.request_id)
    return filed


def test_a_package_holds_the_places_and_the_findings_and_nothing_of_who_asked(kit: Kit) -> None:
    filed = assessed(kit)
    facts = take_referral_out(kit, ADA, prepare(kit, filed))
    text = text_of(facts)
    for part in (facts.reference, URL, "https://x.northlight.example/b", "Far Hotline", "A law.", "(9–12)"):
        assert part in text
    assert "Example Hotline" in text
    assert [place.url for place in facts.places] == TWO.split("\n")
    everything = text + csv_of(facts) + json.dumps(record_of(facts))
    for odd in (*WORDS.split(), filed.request_id, filed.code, "survivor", "requester"):
        assert odd not in everything
    assert trail_of(kit, filed.request_id)[-1] == "referral_taken_out"


def test_the_facts_of_a_package_have_no_field_of_a_requester() -> None:
    assert {one.name for one in fields(ReferralFacts)} == {
        *("reference", "kind", "made_at", "hotline", "recipient", "places", "notices"),
        *("series_reference", "legal_note", "must_leave"),
    }
    assert {one.name for one in fields(ReferredPlace)} == {
        *("number", "url", "app", "account", "provider", "finding")
    }


def test_whoever_began_the_packages_are_equal_to_the_byte(kit: Kit) -> None:
    agree(kit)
    move_providers(kit)
    cases = [
        file_one(kit, TWO, voice=Voice(asker=asker, words=f"{WORDS} {asker}", language="fr"))
        for asker in Asker
    ]
    cases.append(own_motion(kit, TWO))
    found = []
    for filed in cases:
        assess_all(kit, filed.request_id)
        facts = take_referral_out(kit, ADA, prepare(kit, filed))
        facts = replace(facts, reference="R-0000-0000")
        found.append(text_of(facts) + csv_of(facts) + json.dumps(record_of(facts)))
    assert len(found) == len(Asker) + 1
    assert len(set(found)) == 1


def test_what_is_sealed_of_a_package_reads_back_the_same(kit: Kit) -> None:
    filed = assessed(kit)
    facts = take_referral_out(kit, ADA, prepare(kit, filed))
    assert facts_of(json.loads(json.dumps(record_of(facts)))) == facts


def test_a_table_runs_no_formula(embedded_kit: Kit) -> None:
    hotline = embedded_kit.settings.hotline
    place = ReferredPlace(1, "", "=HYPERLINK(1)", "@somebody", "-2+3", None)
    at, whom = datetime(2026, 1, 5, tzinfo=UTC), ReferredTo("Police")
    facts = ReferralFacts("R-0000-0000", K.POLICE, at, hotline, whom, (place,))
    line = csv_of(facts).splitlines()[1]
    assert line == "R-0000-0000,1,,'=HYPERLINK(1),'@somebody,'-2+3,,,,,,"
