"""The pages of those who ask. Importing this package puts every portal view on the blueprint."""

from app.web.portal import (
    ask,
    contact,
    follow,
    follow_access,
    follow_codes,
    follow_end,
    follow_file,
    follow_messages,
    follow_names,
    follow_places,
    follow_wishes,
    forget,
    pages,
    proof,
    review,
    voucher,
)
from app.web.portal.blueprint import portal

__all__ = [
    "ask",
    "contact",
    "follow",
    "follow_access",
    "follow_codes",
    "follow_end",
    "follow_file",
    "follow_messages",
    "follow_names",
    "follow_places",
    "follow_wishes",
    "forget",
    "pages",
    "portal",
    "proof",
    "review",
    "voucher",
]
