"""Reading one address of a long list: what shows at a glance to be one is read ten times faster.

Everything else goes the slow way (reading.py), and both ways come to the same place.
"""

import re
from functools import lru_cache

import ada_url

from app.places.hosts import is_public_name, is_well_formed
from app.places.picture_marks import BASE64_START, HEX_START, RAW_START
from app.places.reading import Place, read_places

_PLAIN = re.compile(
    r"https?://[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}(?::\d{2,5})?/(?:[\w./~?=&-]{0,400}[A-Za-z0-9/])?",
    re.ASCII,
)


def is_plainly_address(text: str) -> bool:
    """One web address, with nothing in it that could be a picture. False: look closer."""
    if _PLAIN.fullmatch(text) is None or BASE64_START.search(text) or RAW_START.search(text):
        return False
    digits = text.lower().replace("0x", "").replace("-", "").replace(":", "")
    return HEX_START.search(digits) is None


def read_one(typed: str) -> Place | str:
    """The one place that a cell holds, or why there is none: a code of reading.Problem, or "several"."""
    if is_plainly_address(typed):
        url = ada_url.URL(typed)
        if url.href == typed and url.host_type == ada_url.HostType.DEFAULT and _is_open_host(url.hostname):
            return Place(typed, url.hostname, typed)
    found = read_places(typed)
    if found.problems:
        return found.problems[0].code
    if not found.places:
        return "no_host"
    return found.places[0] if len(found.places) == 1 else "several"


@lru_cache(maxsize=4096)
def _is_open_host(host: str) -> bool:
    return is_well_formed(host) and is_public_name(host)
