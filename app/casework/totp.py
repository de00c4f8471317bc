"""The number of the second factor: six digits of a phone or a key, new every 30 seconds (RFC 6238)."""

import hmac
from datetime import datetime

import pyotp

STEP_S = 30
ISSUER = "Heard"  # as a phone lists it: a name that says nothing of what the site is about


def new_totp_secret() -> str:
    return pyotp.random_base32()


def totp_address(secret: str, name: str) -> str:
    """What a phone reads from the square code."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)


def totp_step(secret: str, typed: str, at: datetime) -> int | None:
    """The time step whose number was typed: this one, the one before or the one after; else None."""
    digits = "".join(typed[:20].split()).encode()
    totp, step = pyotp.TOTP(secret), int(at.timestamp()) // STEP_S
    return next(
        (c for c in (step, step - 1, step + 1) if hmac.compare_digest(totp.generate_otp(c).encode(), digits)),
        None,
    )
