"""What is kept for one visitor, while a request is answered."""

from os import urandom
from typing import Any

from flask.sessions import SessionMixin

TOKEN_BYTES = 32


class HeardSession(dict[str, Any], SessionMixin):
    """A visitor's session. `is_live` once it was read from, or must go to, the database.

    `fault` is what kept it from being read: Flask has no page for an error that happens so early.
    """

    def __init__(self, content: dict[str, Any] | None = None, token: bytes | None = None) -> None:
        super().__init__(content or {})
        self.token = token
        self.old_token: bytes | None = None
        self.is_renewed = False
        self.ended = False
        self.lapsed = False
        self.fault: Exception | None = None
        self._at_start = dict.__repr__(self)

    def __repr__(self) -> str:
        return "HeardSession(…)"

    @property
    def is_live(self) -> bool:
        return self.token is not None

    @property
    def is_changed(self) -> bool:
        """By comparison, so that a change deep inside a value counts too."""
        return self._at_start != dict.__repr__(self)

    def renew(self) -> None:
        """A new token for what follows: called at every change of role."""
        self.old_token = self.old_token or self.token
        self.token = urandom(TOKEN_BYTES)
        self.is_renewed = True

    def end(self) -> None:
        self.clear()
        self.ended = True
