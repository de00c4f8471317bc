"""The settings of mail to people: faults are named at start, never with their value."""

import os

import pytest

from app.setting_values import ContactSender
from app.settings import SettingsError, read_settings

GOOD = {
    "HEARD_BASE_URL": "https://portal.hotline.example",
    "HEARD_SECRET": os.urandom(32).hex(),
    "HEARD_DATABASE_KEY": os.urandom(32).hex(),
    "HEARD_TEAM_FINGERPRINT": "0123456789" * 4,
    "HEARD_EXIT_URL": "https://weather.example/",
    "HEARD_TEXTS": "texts",
    "HEARD_HOTLINE_NAME": "Example Hotline",
    "HEARD_HOTLINE_ADDRESS": "1 Example Street",
    "HEARD_HOTLINE_EMAIL": "notices@hotline.example",
    "HEARD_HOTLINE_PHONE": "+00",
    "HEARD_HOTLINE_HOURS": "24/7",
    "HEARD_HOTLINE_COUNTRY": "CA",
    "HEARD_SMTP_HOST": "relay.hotline.example",
}


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in [one for one in os.environ if one.startswith("HEARD_")]:
        monkeypatch.delenv(name)
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def test_without_an_address_no_mail_is_offered() -> None:
    settings = read_settings()
    assert settings.contact == ContactSender("", "News")
    assert settings.timezone == "UTC"


def test_an_address_that_leads_nowhere_is_taken(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("HEARD_CONTACT_EMAIL", "n@post.example")
    environment.setenv("HEARD_CONTACT_NAME", "Letters")
    environment.setenv("HEARD_TIMEZONE", "America/Toronto")
    settings = read_settings()
    assert settings.contact == ContactSender("n@post.example", "Letters")
    assert settings.timezone == "America/Toronto"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HEARD_CONTACT_EMAIL", "no-address"),
        ("HEARD_CONTACT_EMAIL", "news@hotline.example"),
        ("HEARD_CONTACT_EMAIL", "news@Mail.Hotline.example"),
        ("HEARD_CONTACT_EMAIL", "news@portal.hotline.example"),
        ("HEARD_CONTACT_NAME", "News of Example Hotline"),
        ("HEARD_CONTACT_NAME", "heard"),
        ("HEARD_TIMEZONE", "Mars/Olympus"),
    ],
)
def test_a_fault_is_named_without_its_value(environment: pytest.MonkeyPatch, name: str, value: str) -> None:
    environment.setenv(name, value)
    with pytest.raises(SettingsError) as refused:
        read_settings()
    [fault] = refused.value.faults
    assert fault.startswith(f"{name}: ")
    assert value not in fault
