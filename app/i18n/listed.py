"""Lists an operator keeps as TOML (helplines, doors): what every entry of one is checked for."""

from collections.abc import Mapping
from datetime import date, datetime
from urllib.parse import urlsplit

Entry = Mapping[str, object]


def text_of(entry: Entry, field: str) -> str:
    """A field's text without the spaces around it; empty where it is not there."""
    return str(entry.get(field, "")).strip()


def is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def day_of(entry: Entry) -> date:
    """When it was last checked. Only for an entry without problems."""
    found = entry["verified_on"]
    if not isinstance(found, date):
        raise TypeError  # problems_with_reach has named it already
    return found


def problems_with_reach(entry: Entry, reach_needed: bool) -> list[str]:
    """What is wrong with phone, web and verified_on, each in a sentence that follows "helpline 2: "."""
    problems = []
    for field in ("phone", "web"):
        if field in entry and not isinstance(entry[field], str):
            problems.append(f"please put {field} in quotation marks")
    if reach_needed and not is_text(entry.get("phone")) and not is_text(entry.get("web")):
        problems.append("please fill in phone or web, or both")
    if is_text(entry.get("web")) and not _is_safe_site(text_of(entry, "web")):
        problems.append("web must begin with https:// (an onion address may begin with http://)")
    verified_on = entry.get("verified_on")
    if not isinstance(verified_on, date) or isinstance(verified_on, datetime):
        problems.append("please say when you last checked it: verified_on = 2025-01-31, no quotation marks")
    return problems


def _is_safe_site(web: str) -> bool:
    try:
        parts = urlsplit(web)
        host = parts.hostname or ""
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and host.endswith(".onion")))
