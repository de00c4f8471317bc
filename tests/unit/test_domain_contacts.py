"""Who is told of what, when a mail may leave, and what looks like an address."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.contacts import (
    AT_MOST_EVERY,
    GROUPED_FOR,
    News,
    digits_of,
    is_address,
    is_same_house,
    is_told,
    is_zone,
    masked_address,
    more_telling,
    next_due,
    next_safe,
    normal_address,
    wants,
    zone_of,
)
from app.domain.words import Hours, Standing, Telling

PARIS = zone_of("Europe/Paris")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("hours", "now", "safe"),
    [
        (Hours.ANY, "2026-01-10T03:00+01:00", "2026-01-10T03:00+01:00"),
        (Hours.SCHOOL, "2026-01-13T10:00+01:00", "2026-01-13T10:00+01:00"),  # a Tuesday
        (Hours.SCHOOL, "2026-01-13T08:59+01:00", "2026-01-13T09:00+01:00"),
        (Hours.SCHOOL, "2026-01-13T14:44+01:00", "2026-01-13T14:44+01:00"),
        (Hours.SCHOOL, "2026-01-13T14:45+01:00", "2026-01-14T09:00+01:00"),  # a mail needs time to arrive
        (Hours.SCHOOL, "2026-01-16T16:00+01:00", "2026-01-19T09:00+01:00"),  # over a weekend
        (Hours.SCHOOL, "2026-01-17T10:00+01:00", "2026-01-19T09:00+01:00"),
        (Hours.SCHOOL, "2026-01-18T23:30+00:00", "2026-01-19T09:00+01:00"),  # Monday already, in Paris
        (Hours.EVENING, "2026-01-17T12:00+01:00", "2026-01-17T18:00+01:00"),  # on a Saturday, too
        (Hours.EVENING, "2026-01-17T20:50+01:00", "2026-01-18T18:00+01:00"),
        (Hours.EVENING, "2026-03-28T22:00+01:00", "2026-03-29T18:00+02:00"),  # the night the clocks change
        (Hours.EVENING, "2026-10-24T22:00+02:00", "2026-10-25T18:00+01:00"),
    ],
)
def test_a_mail_waits_for_the_hours_that_are_safe(hours: Hours, now: str, safe: str) -> None:
    assert next_safe(at(now), hours, PARIS) == at(safe)


@pytest.mark.parametrize("hours", [Hours.SCHOOL, Hours.EVENING])
def test_in_every_hour_of_a_year_the_next_safe_one_is_within_four_days_and_is_safe(hours: Hours) -> None:
    begin, end = {Hours.SCHOOL: (9, 15), Hours.EVENING: (18, 21)}[hours]
    for number in range(365 * 24):
        now = at("2026-01-01T00:30+00:00") + timedelta(hours=number)
        safe = next_safe(now, hours, PARIS)
        assert now <= safe < now + timedelta(days=4)
        assert begin <= safe.astimezone(PARIS).hour < end
        assert hours is Hours.EVENING or safe.astimezone(PARIS).weekday() < 5
        assert next_safe(safe, hours, PARIS) == safe


@pytest.mark.parametrize(
    ("standing", "about", "told"),
    [
        (Standing.OWN, News.STEP, True),
        (Standing.OWN, News.END, True),
        (Standing.CHILD, News.STEP, True),
        (Standing.CHECKED, News.END, True),
        (Standing.UNCHECKED, News.MESSAGE, True),
        (Standing.UNCHECKED, News.STEP, False),
        (Standing.UNCHECKED, News.END, False),
        (Standing.BYSTANDER, News.MESSAGE, False),
        (Standing.BYSTANDER, News.STEP, False),
    ],
)
def test_nobody_is_told_more_than_their_page_shows(standing: Standing, about: News, told: bool) -> None:
    assert is_told(about, standing, is_revoked=False) is told
    assert not is_told(about, standing, is_revoked=True)


def test_everybody_is_told_as_much_as_they_asked_for() -> None:
    wanted = {(telling, about) for telling in Telling for about in News if wants(telling, about)}
    each = {(Telling.EACH_STEP, about) for about in News}
    assert wanted == each | {(Telling.END, News.END)}


def test_what_happens_together_is_one_mail_and_six_hours_lie_between_two() -> None:
    now = at("2026-01-13T10:00+00:00")
    assert next_due(now, None) == now + GROUPED_FOR
    assert next_due(now, now - timedelta(hours=1)) == now - timedelta(hours=1) + AT_MOST_EVERY
    assert next_due(now, now - timedelta(days=1)) == now + GROUPED_FOR


def test_a_mail_that_waits_and_the_end_are_about_the_end() -> None:
    assert more_telling(News.STEP, News.END) is News.END
    assert more_telling(News.END, News.MESSAGE) is News.END
    assert more_telling(News.MESSAGE, News.STEP) is News.MESSAGE


@pytest.mark.parametrize(
    "typed", ["a@mail.example", "  a.b+c@Mail.EXAMPLE\n", "a@é.example", "a@xn--9ca.example", "0'x@m.example"]
)
def test_an_address_is_an_address(typed: str) -> None:
    assert is_address(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "a",
        "a@b",
        "@mail.example",
        "a@mail..example",
        "a@mail.example, b@mail.example",
        "a b@mail.example",
        "a@mail.example\nBcc: b@mail.example",
        "<a@mail.example>",
        "Name <a@mail.example>",
        '"a"@mail.example',
        "é@mail.example",
        "a@" + "x" * 64 + ".example",
        "a" * 65 + "@mail.example",
        "a@" + ".".join(["x" * 60] * 5) + ".example",
        "a@-\u202e.example\u0000",
    ],
)
def test_what_is_no_single_address_is_refused(typed: str) -> None:
    assert not is_address(typed)


def test_one_address_is_kept_one_way() -> None:
    assert normal_address(" A.b@Mail.EXAMPLE ") == "A.b@mail.example"


def test_a_masked_address_shows_two_letters() -> None:
    assert masked_address("someone@mail.example") == "s…@m…"


@pytest.mark.parametrize("typed", ["123456", "123 456", " 123-456\n", "١٢٣٤٥٦", "１２３４５６", "12.34.56"])
def test_digits_are_read_in_any_script(typed: str) -> None:
    assert digits_of(typed) == "123456"


@pytest.mark.parametrize("name", ["UTC", "Europe/Paris", "America/Toronto"])
def test_a_zone_is_known_by_its_name(name: str) -> None:
    assert is_zone(name)


@pytest.mark.parametrize("name", ["", "Paris", "Europe", "../etc/passwd", "/etc/passwd", "x" * 500, "UTC\0"])
def test_what_is_no_zone_is_told_apart(name: str) -> None:
    assert not is_zone(name)


def test_a_domain_below_another_is_of_the_same_house() -> None:
    assert is_same_house("mail.hotline.example", "Hotline.example")
    assert is_same_house("hotline.example", "portal.hotline.example")
    assert not is_same_house("nohotline.example", "hotline.example")
    assert not is_same_house("", "hotline.example")
