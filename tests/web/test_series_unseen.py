"""Linking cases changes nothing that who asks can see, and nothing that a provider gets: byte by byte."""

import re
from email.message import EmailMessage

import pytest
from flask import Flask

from app.casework.assess_series import SeriesFinding, assess_series
from app.casework.change_series import ChangeInput, change_series
from app.casework.kit import Kit
from app.casework.link_series import LinkInput, link_series
from app.casework.post_courier import CourierDoor
from app.casework.preview_notice import preview_notices
from app.casework.series_to_assess import read_series_to_assess
from app.casework.take_case import take_case
from app.casework.unlink_series import unlink_series
from app.domain.series import PoliceFile
from app.domain.words import Asker
from tests.casework.contact_steps import clock_of, mails_of, sent_by, with_courier
from tests.casework.contact_steps import told as reached_by_mail
from tests.casework.key_steps import dump
from tests.casework.series_steps import all_series
from tests.casework.steps import approve_all, assess_all
from tests.make import ADA, CSAM, URL, Filed, file_one
from tests.walks import Asking, deliver
from tests.web.following import coming_back
from tests.web.pages import post, token_of, without_tokens
from tests.web.test_follow_file import told

SEALED_AT_THE_DESK = {"series", "series_links", "place_digests", "trail", "sessions", "openings"}
LEASE = {"version", "lease_until", "taken_by"}
OF_ONE_LETTER = {"Message-ID", "Date", "Content-Type"}
SECRET = re.compile(
    r"/n/[\w-]+"  # the link
    r"|(?<=and the code )[0-9A-Z]{10}\b"  # the code that verifies it
    r"|\b[Hh]-[0-9A-Za-z]{4}-[0-9A-Za-z]{4}"  # the reference
    r"|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"  # the report's id
    r"|\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)"  # and its time
)


def pages_of(site: Flask, asking: Asking) -> dict[str, str]:
    """Every page of the portal that needs no choice, and one of each that does."""
    rules = site.url_map.iter_rules()
    paths = {
        rule.rule for rule in rules if rule.endpoint.startswith("portal.") and "GET" in (rule.methods or ())
    }
    paths -= {"/leave", "/n/<link>", "/v/<link>"}
    filled = {path.replace("<int:number>", "1").replace("<question>", "wishes") for path in paths}
    plain = sorted(path for path in filled if "<" not in path)
    assert len(plain) > 25
    shown = {}
    for path in plain:
        asking.go(path)
        shown[path] = without_tokens(asking)
    for form in ("json", "page"):
        asking.go("/follow/file")
        if asking.path == "/follow/file":  # who merely came across it has none
            post(asking, "/follow/file", {"csrf_token": token_of(asking), "form": form})
        shown[f"file as {form}"] = without_tokens(asking)
    return shown


def put_into_a_series(kit: Kit, filed: Filed) -> str:
    """With another person's case of the same place, and with what police know."""
    other, third = file_one(kit), file_one(kit, asker=Asker.PARENT, words="Odd-word-of-a-parent")
    for one in (filed, other, third):
        take_case(kit, ADA, one.request_id)
    series_id = link_series(kit, ADA, LinkInput(filed.request_id, other.request_id))
    link_series(kit, ADA, LinkInput(third.request_id, series_id=series_id))
    version = all_series(kit)[series_id].version
    police = PoliceFile(True, "Odd-reference-1", "CA")
    change_series(kit, ADA, ChangeInput(series_id, version, police, "Odd-note-1"))
    return series_id


@pytest.mark.parametrize("asker", [Asker.PERSON, Asker.PARENT, Asker.BYSTANDER])
def test_every_page_and_the_own_file_stay_as_they_were(site: Flask, embedded_kit: Kit, asker: Asker) -> None:
    filed = told(embedded_kit) if asker is Asker.PERSON else file_one(embedded_kit, asker=asker)
    take_case(embedded_kit, ADA, filed.request_id)
    asking = coming_back(site, filed.code)
    before = pages_of(site, asking)
    assert pages_of(site, asking) == before, "they stand still when nothing happens"
    series_id = put_into_a_series(embedded_kit, filed)
    assert pages_of(site, asking) == before
    unlink_series(embedded_kit, ADA, filed.request_id)
    assert pages_of(site, asking) == before
    assert not any(series_id in page for page in before.values())


def test_nothing_is_written_but_what_is_sealed_at_the_desk(embedded_kit: Kit) -> None:
    one, other = told(embedded_kit), file_one(embedded_kit)
    for filed in (one, other):
        take_case(embedded_kit, ADA, filed.request_id)
    before = dump(embedded_kit)
    series_id = link_series(embedded_kit, ADA, LinkInput(one.request_id, other.request_id))
    change_series(embedded_kit, ADA, ChangeInput(series_id, 1, PoliceFile(True, "K-4711"), "a note"))
    unlink_series(embedded_kit, ADA, one.request_id)
    after = dump(embedded_kit)
    changed = {
        (table, column)
        for table in before.keys() - SEALED_AT_THE_DESK
        for was, now in zip(before[table], after[table], strict=True)
        for column in was
        if was[column] != now[column]
    }
    assert changed <= {("requests", column) for column in LEASE}


def test_no_mail_goes_to_anybody(embedded_kit: Kit) -> None:
    courier = with_courier(embedded_kit)
    filed, actor = reached_by_mail(embedded_kit, courier)
    take_case(embedded_kit, ADA, filed.request_id)
    clock_of(embedded_kit).move(days=1)
    sent_by(embedded_kit, courier)
    before = mails_of(embedded_kit, actor)
    put_into_a_series(embedded_kit, filed)
    unlink_series(embedded_kit, ADA, filed.request_id)
    clock_of(embedded_kit).move(days=1)
    assert (sent_by(embedded_kit, courier), mails_of(embedded_kit, actor)) == ([], before)


def test_a_notice_reads_the_same_with_and_without_a_series(embedded_kit: Kit) -> None:
    door = CourierDoor(embedded_kit)
    alone, linked = file_one(embedded_kit, URL), file_one(embedded_kit, URL)
    put_into_a_series(embedded_kit, linked)
    for filed in (alone, linked):
        assess_all(embedded_kit, filed.request_id)
        previews = preview_notices(embedded_kit, ADA, filed.request_id)
        assert not any("Odd-" in str(preview) for preview in previews)
        approve_all(embedded_kit, filed.request_id)
    first, second = deliver(embedded_kit, door)
    assert without_secrets(first) == without_secrets(second)


def test_found_for_the_whole_series_a_notice_reads_as_if_found_alone(embedded_kit: Kit) -> None:
    door = CourierDoor(embedded_kit)
    alone, linked = file_one(embedded_kit, URL), file_one(embedded_kit, URL)
    assess_all(embedded_kit, alone.request_id)
    series_id = put_into_a_series(embedded_kit, linked)
    seen = {one.request_id: one.mark for one in read_series_to_assess(embedded_kit, ADA, series_id).cases}
    assess_series(embedded_kit, ADA, SeriesFinding(series_id, CSAM, seen))
    for filed in (alone, linked):
        approve_all(embedded_kit, filed.request_id)
    first, second = deliver(embedded_kit, door)
    assert without_secrets(first) == without_secrets(second)


def without_secrets(letter: EmailMessage) -> list[str]:
    """Headers and parts, opened, but for what is drawn anew for each letter."""
    said = [f"{name}: {value}" for name, value in letter.items() if name not in OF_ONE_LETTER]
    parts = [part for part in letter.walk() if not part.is_multipart()]
    for part in parts:
        content = part.get_content()
        said.append(content.decode() if isinstance(content, bytes) else str(content))
    assert "northlight" in "".join(said)
    return [SECRET.sub("…", one) for one in said]
