"""Host names and the endings a directory of providers may be keyed by. Offline: no list is ever fetched."""

import ipaddress
import re
from functools import cache

import ada_url
from publicsuffixlist import PublicSuffixList

ONION_LABEL = re.compile(r"[a-z2-7]{56}")  # version 3; version 2 (16 characters) was switched off in 2021
_LABEL = re.compile(r"[a-z0-9_-]{1,63}")
_PLAIN_NAME = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]+")
"""What a URL's host would stay as it is: a browser reads a number at the end, and "xn--", in its own way."""
_NOT_PUBLIC = frozenset(
    "localhost localdomain local internal intranet lan home corp private arpa test invalid".split()
)
_LONGEST_HOST = 253


@cache
def _public_suffixes() -> PublicSuffixList:
    """Built on first use: 40 ms. Registry endings only: github.io is a provider's name like any other."""
    return PublicSuffixList(only_icann=True)


def is_well_formed(host: str) -> bool:
    """Whether DNS or the onion network could know this (lower-case, punycode) name. It may end in a dot."""
    name = host.removesuffix(".")
    labels = name.split(".")
    if len(name) > _LONGEST_HOST or not all(_LABEL.fullmatch(label) for label in labels):
        return False
    return labels[-1] != "onion" or (len(labels) > 1 and ONION_LABEL.fullmatch(labels[-2]) is not None)


def is_public_name(host: str) -> bool:
    """False for names that lead nowhere outside a home or an office: localhost, printer.local, intranet."""
    labels = host.removesuffix(".").split(".")
    return len(labels) > 1 and labels[-1] not in _NOT_PUBLIC


def is_public_address(host: str) -> bool:
    """Whether an IP literal, as in a URL, can be reached from the open Internet."""
    address = ipaddress.ip_address(host.strip("[]"))
    if isinstance(address, ipaddress.IPv4Address):
        return address.is_global and not address.is_multicast
    inner = address.ipv4_mapped or address.sixtofour
    if inner is not None:
        return is_public_address(str(inner))
    # 2000::/3 is all that is handed out for the open Internet (RFC 4291, section 2.4).
    return address.is_global and address in ipaddress.ip_network("2000::/3")


def has_known_ending(host: str) -> bool:
    """Whether `host` ends in a top-level domain that exists, or in one kept for examples or for home use."""
    name = host.lower().removesuffix(".")
    if not is_public_name(name) or name.endswith(".example"):
        return "." in name or name == "localhost"
    return _public_suffixes().publicsuffix(name, accept_unknown=False) is not None


def clean_suffix(text: str) -> str:
    """`text` as the directory keeps it: lower case, punycode, no "*." or "." before it, no dot after it.

    Never raises; what cannot be a host name comes back only trimmed, and `suffix_problem` refuses it.
    """
    name = text.strip().removeprefix("*").strip(".").lower()
    if _PLAIN_NAME.fullmatch(name) and "xn--" not in name:
        return name
    try:
        return ada_url.URL(f"https://{name}/").hostname if re.fullmatch(r"[^\s/\\?#@:%]+", name) else name
    except ValueError:
        return name


def suffix_problem(text: str) -> str | None:
    """Why `text` cannot stand in the directory, or None.

    Codes: "empty", "unreadable", "ip", "single_label", "not_public", "public_suffix". A public suffix
    would hand the places of every site under it to one provider.
    """
    name = clean_suffix(text)
    if not name:
        return "empty"
    if _is_address(name):
        return "ip"
    if not is_well_formed(name):
        return "unreadable" if "." in name or not _LABEL.fullmatch(name) else "single_label"
    if "." not in name:
        return "single_label"
    if not is_public_name(name):
        return "not_public"
    return "public_suffix" if _public_suffixes().privatesuffix(name) is None else None


def is_form_address(text: str) -> bool:
    """Whether this is the whole address of a page on the open Internet, over TLS, for a person to open."""
    if not re.fullmatch(r"https://[!-{}~]+", text):
        return False
    try:
        url = ada_url.URL(text)
    except ValueError:
        return False
    is_named = not _is_address(url.hostname) and is_well_formed(url.hostname) and is_public_name(url.hostname)
    return is_named and not url.username and not url.password


def directory_suffixes(host: str) -> tuple[str, ...]:
    """The endings under which `host` may stand in the directory: longest first, the registrable domain last.

    Empty for an IP address, a public suffix or anything that is no host name.
    """
    name = clean_suffix(host)
    if not is_well_formed(name) or _is_address(name):
        return ()
    registrable = _public_suffixes().privatesuffix(name)
    if registrable is None:
        return ()
    labels = name.split(".")
    shortest = registrable.count(".") + 1
    return tuple(".".join(labels[start:]) for start in range(len(labels) - shortest + 1))


def _is_address(name: str) -> bool:
    if ":" not in name and not name[-1:].isdigit():
        return False
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True
