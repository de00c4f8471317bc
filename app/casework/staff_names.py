"""Sign-in names as the database knows them: keyed digests, so that a stolen one lists nobody."""

from app.casework.kit import Kit
from app.vault.derive import mac


def sign_in_digest(kit: Kit, name: str) -> bytes:
    return mac(kit.sign_in_key, "sign-in name", " ".join(name[:200].split()).casefold().encode())
