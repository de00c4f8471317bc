"""The machine part: valid, honest, the same for all, and only where somebody really looked."""

import json
import re
import subprocess
import sys
from dataclasses import replace

import pytest
import xarf

from app.domain.words import Basis
from app.outbound.xarf import XarfInvalid, reports_for
from tests.make_notice import HOTLINE, csam, harmful, identity, notice_facts


def with_url(url: str) -> dict[str, object]:
    facts = notice_facts(csam())
    (report,) = reports_for(replace(facts, places=(replace(facts.places[0], url=url),)))
    return report


def test_a_report_passes_the_library_and_says_what_the_notice_says() -> None:
    (report,) = reports_for(notice_facts(csam()))
    outcome = xarf.parse(json.dumps(report))
    assert outcome.report is not None
    assert (outcome.errors, outcome.warnings) == ([], [])
    assert report["url"] == "https://img.host.example/a/1?x=1&y=%2F"
    assert report["source_identifier"] == report["domain"] == "img.host.example"
    assert report["timestamp"] == "2026-01-05T09:12:00Z"
    assert report["tags"] == ["ref:h-7kq2-m3td", "place:1"]
    assert (report["classification"], report["detection_method"]) == ("baseline", "manual_review")
    assert not {"confidence", "_internal", "evidence", "screenshot_url", "hash_values"} & report.keys()


def test_only_places_that_somebody_classified_get_a_report() -> None:
    facts = notice_facts(csam(), harmful(), identity(), csam(Basis.OTHER, "Example Body"))
    assert [report["url"] for report in reports_for(facts)] == [facts.places[0].url, facts.places[3].url]
    assert reports_for(notice_facts(harmful(), identity())) == ()


def test_a_provider_that_takes_no_reports_gets_none() -> None:
    assert reports_for(notice_facts(csam(), wants_xarf=False)) == ()


def test_reports_differ_only_in_place_and_id_whoever_assessed() -> None:
    first, second = reports_for(notice_facts(csam(), csam(Basis.OTHER, "Example Body")))
    differing = {key for key in first if first[key] != second[key]}
    assert differing == {"report_id", "url", "tags"}


def test_a_letter_built_again_carries_the_same_report_ids() -> None:
    facts = notice_facts(csam(), csam())
    assert reports_for(facts) == reports_for(facts)
    ids = {str(report["report_id"]) for report in reports_for(facts)}
    assert len(ids) == 2
    assert all(
        re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", i) for i in ids
    )


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://xn--bcher-kva.example/a", "xn--bcher-kva.example"),
        ("https://img.xn--p1ai/a", "img.xn--p1ai"),
        ("http://192.0.2.10:8080/a", "192.0.2.10"),
        ("http://[2001:db8::1]/a", "2001:db8::1"),
    ],
)
def test_the_domain_is_left_out_where_the_schema_cannot_hold_it(url: str, host: str) -> None:
    report = with_url(url)
    assert "domain" not in report
    assert (report["source_identifier"], report["url"]) == (host, url)


@pytest.mark.parametrize(
    "url",
    [
        "not a url canary",
        "hxxps://canary.example/a",
        "ftp://canary.example/a",
        "https:///canary",
        "https://[canary/a",
        "https://canary.example:port/a",
        "https://canary.example/a b",
        "https://canary.example/a\nb",
        "https://cänary.example/",
        "https://canary\u2100.example/",
        "",
    ],
)
def test_a_bad_url_is_refused_and_never_quoted(url: str) -> None:
    with pytest.raises(XarfInvalid) as caught:
        with_url(url)
    assert "anary" not in str(caught.value)
    assert caught.value.__context__ is None


def test_what_the_schema_refuses_is_refused_by_field_name() -> None:
    with pytest.raises(XarfInvalid) as caught:
        reports_for(replace(notice_facts(csam()), reference="H 7 canary"))
    assert "tags" in str(caught.value)
    assert "canary" not in str(caught.value)


def test_a_long_name_of_the_hotline_still_validates() -> None:
    (report,) = reports_for(notice_facts(csam(), hotline=replace(HOTLINE, name="n" * 300)))
    assert xarf.parse(report).errors == []


def test_importing_the_module_does_not_load_the_slow_library() -> None:
    code = "import sys, app.outbound.xarf; sys.exit('pydantic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
