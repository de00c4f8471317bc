"""Which laws a letter may cite: those confirmed with counsel, where they hold, to whom they bind."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.laws import EU_COUNTRIES, SHIPPED, Law, LawCode, is_citable, kinds_for, reworded, with_shipped
from app.domain.notice_words import LawUse, NoticeKind, ProviderKind
from app.domain.providers import Provider

CHECKED = "2025-03-31"
PROVIDER = Provider("p" * 32, "One", "IE", "", ("one.example",), ())


def on(law: Law) -> Law:
    return replace(law, is_on=True, verified_on=CHECKED)


def shipped(code: LawCode) -> Law:
    [found] = [law for law in SHIPPED if law.code == code]
    return on(found)


LAWS = st.builds(
    Law,
    id=st.just("1" * 32),
    code=st.sampled_from(list(LawCode)),
    country=st.sampled_from(["EU", "US", "IE", "GB", "CA"]),
    use=st.sampled_from(list(LawUse)),
    kinds=st.lists(st.sampled_from(list(NoticeKind)), unique=True).map(tuple),
    citation=st.just("Act, section 1"),
    is_on=st.booleans(),
    verified_on=st.sampled_from(["", CHECKED]),
)
PROVIDERS = st.builds(
    Provider,
    id=st.just("p" * 32),
    name=st.just("One"),
    country=st.sampled_from(["IE", "NL", "US", "GB", "CA", "NO"]),
    terms_clause=st.just(""),
    suffixes=st.just(("one.example",)),
    contacts=st.just(()),
    kind=st.sampled_from(list(ProviderKind)),
    is_covered=st.booleans(),
)
KINDS = st.sampled_from(list(NoticeKind))


@given(LAWS, PROVIDERS, KINDS, st.booleans())
def test_nothing_is_cited_that_must_not_be(
    law: Law, provider: Provider, kind: NoticeKind, with_mandate: bool
) -> None:
    if not is_citable(law, provider, kind, with_mandate=with_mandate):
        return
    assert law.is_on
    assert law.verified_on
    assert kind in law.kinds
    assert kind is not NoticeKind.UPSTREAM
    assert (provider.country in EU_COUNTRIES) if law.country == "EU" else provider.country == law.country
    if law.code == LawCode.DSA_16:
        assert provider.kind in (ProviderKind.HOST, ProviderKind.PLATFORM)
    if law.code == LawCode.TAKE_IT_DOWN:
        assert with_mandate
        assert provider.is_covered


@given(st.sampled_from(list(LawCode)), KINDS)
def test_no_ground_says_that_harmful_images_are_against_a_law(code: LawCode, kind: NoticeKind) -> None:
    grounds = kinds_for(code, LawUse.GROUND)
    if code is not LawCode.REPORT_ACT:  # of which only the keeping of records is ever cited
        assert NoticeKind.HARMFUL not in grounds
    assert NoticeKind.UPSTREAM not in grounds


@pytest.mark.parametrize(
    ("kind", "country", "cited"),
    [
        (ProviderKind.HOST, "IE", True),
        (ProviderKind.PLATFORM, "NL", True),
        (ProviderKind.SEARCH, "IE", False),
        (ProviderKind.SUPPLIER, "IE", False),
        (ProviderKind.HOST, "GB", False),
        (ProviderKind.HOST, "US", False),
        (ProviderKind.HOST, "CH", False),
    ],
)
def test_article_16_is_cited_to_hosts_in_the_union(kind: ProviderKind, country: str, cited: bool) -> None:
    provider = replace(PROVIDER, kind=kind, country=country)
    law = shipped(LawCode.DSA_16)
    assert is_citable(law, provider, NoticeKind.CSAM, with_mandate=True) is cited


@pytest.mark.parametrize("is_covered", [True, False])
@pytest.mark.parametrize("with_mandate", [True, False])
@pytest.mark.parametrize("country", ["US", "IE"])
def test_the_take_it_down_act_needs_a_mandate_and_a_covered_platform(
    is_covered: bool, with_mandate: bool, country: str
) -> None:
    provider = replace(PROVIDER, country=country, is_covered=is_covered, kind=ProviderKind.PLATFORM)
    found = is_citable(shipped(LawCode.TAKE_IT_DOWN), provider, NoticeKind.CSAM, with_mandate=with_mandate)
    assert found is (is_covered and with_mandate and country == "US")


def test_the_report_act_is_there_for_keeping_records_alone() -> None:
    law = shipped(LawCode.REPORT_ACT)
    assert (law.country, law.use) == ("US", LawUse.PRESERVATION)
    turned = reworded(law, law.citation, LawUse.GROUND, law.kinds)
    assert turned.use is LawUse.PRESERVATION


def test_the_right_to_erasure_is_for_identity_and_search() -> None:
    law = shipped(LawCode.GDPR_17)
    assert {kind for kind in NoticeKind if is_citable(law, PROVIDER, kind, with_mandate=False)} == {
        NoticeKind.IDENTITY,
        NoticeKind.SEARCH,
    }


def test_what_comes_along_is_off_and_cites_nothing() -> None:
    assert len({law.id for law in SHIPPED}) == len(SHIPPED) == 4
    for law in SHIPPED:
        assert (law.is_on, law.verified_on) == (False, "")
        assert set(law.kinds) <= set(kinds_for(law.code, law.use))
        provider = replace(PROVIDER, country="IE" if law.country == "EU" else law.country, is_covered=True)
        assert not any(is_citable(law, provider, kind, with_mandate=True) for kind in NoticeKind)


@pytest.mark.parametrize("half", [{"is_on": False}, {"verified_on": ""}])
def test_a_law_that_is_only_half_confirmed_is_not_cited(half: dict[str, object]) -> None:
    law = replace(shipped(LawCode.DSA_16), **half)  # type: ignore[arg-type]
    assert is_citable(shipped(LawCode.DSA_16), PROVIDER, NoticeKind.CSAM, with_mandate=False)
    assert not is_citable(law, PROVIDER, NoticeKind.CSAM, with_mandate=False)


def test_other_words_are_no_longer_those_that_counsel_saw() -> None:
    law = shipped(LawCode.DSA_16)
    assert reworded(law, law.citation, law.use, law.kinds) == law
    for changed in (
        reworded(law, "Another article", law.use, law.kinds),
        reworded(law, law.citation, law.use, law.kinds[:1]),
    ):
        assert (changed.is_on, changed.verified_on) == (False, "")


def test_what_is_kept_stands_for_what_came_along() -> None:
    kept = replace(SHIPPED[0], citation="As our counsel words it")
    shown = with_shipped((kept,))
    assert len(shown) == len(SHIPPED)
    assert kept in shown
    assert SHIPPED[0] not in shown


def test_the_union_has_its_27_states() -> None:
    assert len(EU_COUNTRIES) == 27
    assert not EU_COUNTRIES & {"GB", "NO", "CH", "IS", "EU", "EL"}
