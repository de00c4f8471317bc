"""To whom a passkey of this installation belongs, and whether browsers would make one here at all."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from app.casework.errors import NotAllowed
from app.casework.kit import Kit
from app.vault.passkeys import Party


def has_passkeys(kit: Kit) -> bool:
    """Browsers make passkeys for names, not for number addresses, over https or on this machine."""
    return _party(kit) is not None


def passkey_party(kit: Kit) -> Party:
    """Raises NotAllowed where browsers would refuse."""
    party = _party(kit)
    if party is None:
        raise NotAllowed
    return party


def _party(kit: Kit) -> Party | None:
    address = urlsplit(kit.settings.base_url)
    host = address.hostname or ""
    if _is_number(host) or not (address.scheme == "https" or host == "localhost"):
        return None
    return Party(host, f"{address.scheme}://{address.netloc.rpartition('@')[2]}")


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
