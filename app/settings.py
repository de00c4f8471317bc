"""Settings, from the environment (12-factor), checked once at start.

A missing or unsafe setting ends the start with one clear line per fault; no value is repeated.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from environs import Env, EnvError

from app.domain.contacts import is_address, is_same_house, is_zone
from app.domain.notices import Hotline
from app.domain.timers import TIMERS, Times, read_time
from app.setting_values import (
    ContactSender,
    Mailbox,
    Security,
    Smtp,
    read_fingerprint,
    read_key,
    read_mailbox,
)


class SettingsError(Exception):
    """One or more settings are missing or unsafe; `faults` says which and why, without values."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Settings:
    """Everything the operator decides. `secret` and `database_key` are 32 bytes each."""

    folder: Path
    base_url: str
    port: int
    proxies: int
    secret: bytes
    database_key: bytes
    database_url: str
    team_fingerprints: tuple[str, ...]
    two_person: bool
    courier_key_file: Path | None
    exit_url: str
    texts: Path
    hotline: Hotline
    smtp: Smtp
    demo: bool
    contact: ContactSender = field(default_factory=ContactSender)
    timezone: str = "UTC"
    onion_url: str = ""
    on_call_email: str = ""  # who is called when a child is in danger now; empty: nobody
    times: Times = field(default_factory=Times)
    letters_per_hour: int = 240  # to one provider, at most; 0: no limit
    mailbox: Mailbox | None = None  # where providers' answers by mail arrive

    def __repr__(self) -> str:
        return "Settings(…)"

    @property
    def database_path(self) -> Path:
        return self.folder / "heard.db"


def read_settings(env: Env | None = None, is_founding: bool = False) -> Settings:
    """Read and check every HEARD_ setting. Raises SettingsError naming all faults at once.

    `is_founding`: `heard init` makes the team key, so there is no fingerprint to pin yet.
    """
    faults: list[str] = []
    env = env or Env()
    with env.prefixed("HEARD_"):
        get = _Getter(env, faults)
        demo = get.flag("DEMO")
        hotline, base_url = _hotline(get), get.base_url("BASE_URL", demo)
        settings = Settings(
            folder=Path(get.text("DATA", "./var")).resolve(),
            base_url=base_url,
            port=get.number("PORT", 8080),
            proxies=get.number("PROXIES", 0),
            secret=get.key("SECRET"),
            database_key=get.key("DATABASE_KEY"),
            database_url=get.text("DATABASE_URL", ""),
            team_fingerprints=get.fingerprints("TEAM_FINGERPRINT", is_founding),
            two_person=get.flag("TWO_PERSON"),
            courier_key_file=get.path("COURIER_KEY_FILE"),
            exit_url=get.web("EXIT_URL"),
            texts=Path(get.text("TEXTS")).resolve(),
            hotline=hotline,
            smtp=_smtp(get),
            demo=demo,
            contact=_contact(get, hotline, base_url),
            timezone=get.zone("TIMEZONE"),
            onion_url=get.web("ONION_URL", "").rstrip("/"),
            on_call_email=get.email("ON_CALL_EMAIL"),
            times=get.times(),
            letters_per_hour=get.number("LETTERS_PER_HOUR", 240),
            mailbox=get.mailbox("MAILBOX"),
        )
    if faults:
        raise SettingsError(faults)
    return settings


def _hotline(get: "_Getter") -> Hotline:
    email = get.text("HOTLINE_EMAIL")
    if email and email.count("@") != 1:
        get.faults.append("HEARD_HOTLINE_EMAIL: not a mail address")
    return Hotline(
        name=get.text("HOTLINE_NAME"),
        address=get.text("HOTLINE_ADDRESS"),
        email=email,
        phone=get.text("HOTLINE_PHONE"),
        hours=get.text("HOTLINE_HOURS"),
        country=get.text("HOTLINE_COUNTRY"),
        flagger_number=get.text("HOTLINE_FLAGGER_NUMBER", ""),
        domain=email.rpartition("@")[2],
    )


def _contact(get: "_Getter", hotline: Hotline, base_url: str) -> ContactSender:
    """Whoever else reads a person's mailbox must not find this site, or the hotline, by its mails."""
    email, name = get.email("CONTACT_EMAIL"), get.text("CONTACT_NAME", "News")
    domain, own = email.rpartition("@")[2], urlsplit(base_url).hostname or ""
    if is_same_house(domain, hotline.domain) or is_same_house(domain, own):
        get.faults.append("HEARD_CONTACT_EMAIL: its domain leads to the hotline; take one that does not")
    if any(one and one.casefold() in name.casefold() for one in ("Heard", hotline.name)):
        get.faults.append("HEARD_CONTACT_NAME: it names the hotline or this site; take a word that does not")
    return ContactSender(email, name)


def _smtp(get: "_Getter") -> Smtp:
    security, host, user = _security(get), get.text("SMTP_HOST"), get.text("SMTP_USER", "")
    if security == "none" and user:
        get.faults.append("HEARD_SMTP_USER: a password never goes over an open line; set HEARD_SMTP_SECURITY")
    if security == "none" and host not in ("127.0.0.1", "localhost", "::1", ""):
        get.faults.append("HEARD_SMTP_SECURITY: none is for a relay on this machine only")
    return Smtp(host, get.number("SMTP_PORT", 587), security, user, get.text("SMTP_PASSWORD", ""))


def _security(get: "_Getter") -> Security:
    named: dict[str, Security] = {"none": "none", "starttls": "starttls", "tls": "tls"}
    chosen = named.get(get.text("SMTP_SECURITY", "starttls"))
    if chosen is None:
        get.faults.append("HEARD_SMTP_SECURITY: one of none, starttls, tls")
    return chosen or "tls"


class _Getter:
    """Reads one setting at a time and collects faults instead of stopping at the first."""

    def __init__(self, env: Env, faults: list[str]) -> None:
        self._env, self.faults = env, faults

    def text(self, name: str, default: str | None = None) -> str:
        value = str(self._env.str(name, default or "")).strip()
        if not value and default is None:
            self.faults.append(f"HEARD_{name}: is missing")
        return value

    def email(self, name: str) -> str:
        """One mail address, or none."""
        value = self.text(name, "")
        if value and not is_address(value):
            self.faults.append(f"HEARD_{name}: not a mail address")
        return value

    def path(self, name: str) -> Path | None:
        value = self.text(name, "")
        return Path(value).resolve() if value else None

    def zone(self, name: str) -> str:
        value = self.text(name, "UTC") or "UTC"
        if not is_zone(value):
            self.faults.append(f"HEARD_{name}: this machine knows no such time zone (Europe/Paris is one)")
        return value

    def fingerprints(self, name: str, is_founding: bool) -> tuple[str, ...]:
        """One, or two while the team key is being rotated, separated by a comma; spacing and case aside."""
        typed = self.text(name, "" if is_founding else None)
        found = tuple(read_fingerprint(one) for one in typed.split(",") if one.strip())
        if "" in found or len(found) > 2:
            self.faults.append(f"HEARD_{name}: ten groups of four hex digits, as `heard init` printed it")
        return found

    def flag(self, name: str) -> bool:
        try:
            return bool(self._env.bool(name, False))
        except EnvError:
            self.faults.append(f"HEARD_{name}: true or false")
            return False

    def number(self, name: str, default: int) -> int:
        try:
            return int(self._env.int(name, default))
        except EnvError:
            self.faults.append(f"HEARD_{name}: a whole number")
            return default

    def mailbox(self, name: str) -> Mailbox | None:
        value = self.text(name, "")
        found = read_mailbox(value) if value else None
        if value and found is None:
            self.faults.append(f"HEARD_{name}: maildir:/folder, or imaps://user:password@host/INBOX")
        return found

    def times(self) -> Times:
        """HEARD_TIME_REMINDER_1=24h and the like; days of watching as HEARD_TIME_WATCH=1d,3d,7d."""
        chosen: dict[str, Any] = {}
        for name in [*(one.name for one in TIMERS), "watch"]:
            typed = self.text(f"TIME_{name.upper()}", "")
            read = tuple(read_time(one) for one in typed.split(",")) if typed else ()
            if None in read or (len(read) > 1 and name != "watch"):
                self.faults.append(f"HEARD_TIME_{name.upper()}: a time like 15m, 24h or 7d")
            elif read:
                chosen[name] = read if name == "watch" else read[0]
        times = Times(**chosen)
        for name in times.faults():
            self.faults.append(f"HEARD_TIME_{name.upper()}: out of bounds, or before an earlier step")
        return times

    def key(self, name: str) -> bytes:
        value = self.text(name)
        key = read_key(value)
        if value and not key:
            self.faults.append(f"HEARD_{name}: 64 hexadecimal digits, drawn at random")
        return key

    def web(self, name: str, default: str | None = None) -> str:
        value = self.text(name, default)
        if value and urlsplit(value).scheme not in ("http", "https"):
            self.faults.append(f"HEARD_{name}: a web address")
        return value

    def base_url(self, name: str, demo: bool) -> str:
        value = self.web(name).rstrip("/")
        parts = urlsplit(value)
        onion = (parts.hostname or "").endswith(".onion")
        if value and parts.scheme == "http" and not (demo or onion):
            self.faults.append(f"HEARD_{name}: https, or http for an onion service")
        return value
