"""What the person who asked reads after a notice: what is so, what comes next, and by when."""

from datetime import timedelta

import pytest
from flask import Flask

from app.casework.kit import Kit
from app.domain.notice_words import Seen, SignalSource
from app.domain.words import LocationState, Reply
from app.i18n.locales import format_day
from tests.casework.watch_steps import clock_of, gone, location_of, noticed, reply, seen
from tests.make import Filed
from tests.walks import Asking
from tests.web.pages import Page

S = LocationState


def ledger(site: Flask, filed: Filed) -> str:
    return Page(Asking(site).follow(filed.code).text).text


def test_the_providers_word_stays_the_providers_word_until_it_is_confirmed(
    site: Flask, embedded_kit: Kit
) -> None:
    filed = noticed(embedded_kit)
    reply(embedded_kit, filed, Reply.REMOVED, 1)
    text = ledger(site, filed)
    assert "The provider says it is removed" in text
    assert "Checked: it is gone" not in text
    seen(embedded_kit, filed, Seen.GONE, 1)  # too soon to count
    assert "Checked: it is gone" not in ledger(site, filed)
    clock_of(embedded_kit).move(hours=1)
    seen(embedded_kit, filed, Seen.GONE, 1)
    assert "Checked: it is gone" in ledger(site, filed)


def test_what_is_gone_says_by_when_it_is_looked_at_again(site: Flask, embedded_kit: Kit) -> None:
    filed = noticed(embedded_kit)
    gone(embedded_kit, filed, 1, 2)
    text = ledger(site, filed)
    assert "we look again if it stays gone. You do not have to look." in text
    due_at = location_of(embedded_kit, filed).due_at
    assert due_at is not None
    assert due_at.date() - clock_of(embedded_kit).at.date() == timedelta(days=1)
    assert f"By {format_day(due_at.date())} at the latest." in text


def test_after_the_last_look_no_day_is_promised(site: Flask, embedded_kit: Kit) -> None:
    filed = noticed(embedded_kit)
    gone(embedded_kit, filed, 1, 2)
    clock_of(embedded_kit).move(days=366)
    seen(embedded_kit, filed, Seen.GONE, 1, 2)
    text = ledger(site, filed)
    assert "It stayed gone each time we looked. If it is ever back, tell us." in text
    assert "at the latest" not in text
    asking = Asking(site)
    asking.follow(filed.code)
    assert "It stayed gone each time we looked." in Page(asking.go("/follow/place/1").text).text


def test_what_is_back_is_for_today_and_late_only_tomorrow(site: Flask, embedded_kit: Kit) -> None:
    filed = noticed(embedded_kit)
    gone(embedded_kit, filed, 1, 2)
    clock_of(embedded_kit).at = clock_of(embedded_kit).at.replace(hour=9)
    seen(embedded_kit, filed, Seen.THERE, 1, 2, by=SignalSource.REQUESTER)
    clock_of(embedded_kit).move(hours=14)
    assert "We are late" not in ledger(site, filed)
    clock_of(embedded_kit).move(hours=2)
    assert "We are late" in ledger(site, filed)


@pytest.mark.parametrize("source", [SignalSource.US, SignalSource.PARTNER])
def test_it_is_never_told_who_looked(site: Flask, embedded_kit: Kit, source: SignalSource) -> None:
    filed = noticed(embedded_kit)
    reply(embedded_kit, filed, Reply.REMOVED, 1)
    clock_of(embedded_kit).move(hours=2)
    seen(embedded_kit, filed, Seen.GONE, 1, by=source)
    assert location_of(embedded_kit, filed).state is S.GONE
    text = ledger(site, filed)
    for word in ("partner", "Our own check", "came back"):
        assert word not in text
