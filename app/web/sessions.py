"""Sessions: server-side rows sealed under a key that only the visitor's cookie carries.

Neither the database nor the settings can open a live session. No cookie is set before something
is kept. The cookie lives until the browser closes; the row has an idle and an absolute end.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta
from os import urandom
from typing import Any

from flask import Flask, Request, Response, current_app, request, session
from flask.sessions import SessionInterface, SessionMixin
from flask_login import login_user

from app.casework.actors import Admin, Auditor, Caseworker, Requester, Staff
from app.casework.kit import Kit
from app.domain.sessions import ALWAYS, IDLE, PORTAL, STAFF
from app.domain.words import Role, Standing
from app.persistence.sessions import SessionRow
from app.vault.derive import hkdf, key_from
from app.vault.pairs import KeyPair, ring_of
from app.vault.records import lock_record, unlock_record
from app.vault.seal import NotOpened, Purpose, SecretKey
from app.web.session_content import TOKEN_BYTES, HeardSession

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_PORT = re.compile(r":\d+$")
_TOUCH_AFTER = timedelta(minutes=1)


class SealedSessions(SessionInterface):
    """Flask's way to open and keep a session."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    def open_session(self, app: Flask, request: Request) -> HeardSession:
        token = _read_token(request)
        if token is None:
            return HeardSession()
        try:
            return self._read(token)
        except Exception as fault:  # noqa: BLE001, raised again by error_if_unread, where it has a page
            unread = HeardSession()
            unread.fault = fault
            return unread

    def _read(self, token: bytes) -> HeardSession:
        with self._kit.database.reading() as work:
            row = work.sessions.load(_lookup(token))
        content = None if row is None else _open(token, row)
        if row is None or content is None or self._is_over(row, content):
            fresh = HeardSession()
            fresh.lapsed = True
            return fresh
        if self._kit.clock() - row.seen_at > _TOUCH_AFTER:
            with self._kit.database.writing() as work:
                work.sessions.touch(row.token_digest, self._kit.clock())
                work.commit()
        return HeardSession(content, token)

    def _is_over(self, row: SessionRow, content: dict[str, Any]) -> bool:
        kind = STAFF if "staff" in content else PORTAL
        at = self._kit.clock()
        return at - row.seen_at > IDLE[kind] or at - row.made_at > ALWAYS[kind]

    def save_session(self, app: Flask, kept: SessionMixin, response: Response) -> None:
        if not isinstance(kept, HeardSession):  # only ours are ever opened; this tells the type checker
            raise TypeError
        if kept.ended or (kept.lapsed and not kept):
            self._forget(kept, response)
        elif kept.is_changed or kept.is_renewed:
            self._keep(kept, response)

    def _forget(self, kept: HeardSession, response: Response) -> None:
        tokens = [token for token in (kept.token, kept.old_token) if token is not None]
        if tokens:
            with self._kit.database.writing() as work:
                for token in tokens:
                    work.sessions.end(_lookup(token))
                work.commit()
        response.delete_cookie(
            _cookie_name(), secure=_is_secure(), httponly=True, samesite="Strict", path="/"
        )

    def _keep(self, kept: HeardSession, response: Response) -> None:
        at = self._kit.clock()
        is_new = kept.token is None or kept.is_renewed
        token = kept.token or urandom(TOKEN_BYTES)
        digest = _lookup(token)
        sealed = lock_record(key_from(token, "session content"), Purpose.SESSION, digest.hex(), dict(kept))
        with self._kit.database.writing() as work:
            if kept.old_token is not None:
                work.sessions.end(_lookup(kept.old_token))
            if is_new:
                work.sessions.add(SessionRow(digest, at, at, sealed, kept.get("staff", {}).get("id")))
            elif not work.sessions.save(digest, sealed, at):
                return  # ended in another window meanwhile: it stays ended
            work.commit()
        if is_new:
            written = urlsafe_b64encode(token).decode().rstrip("=")
            response.set_cookie(
                _cookie_name(), written, secure=_is_secure(), httponly=True, samesite="Strict", path="/"
            )


def _is_secure() -> bool:
    """False for plain http to this machine alone (demo, tests).

    Any other host gets Secure cookies: an onion site has them without TLS, and where a proxy forgets to
    say https, a browser that refuses the cookie is better than one that sends it in the clear.
    """
    return request.is_secure or _PORT.sub("", request.host) not in _LOOPBACK


def _cookie_name() -> str:
    """`__Host-` needs a secure connection."""
    return "__Host-heard" if _is_secure() else "heard"


def _read_token(request: Request) -> bytes | None:
    written = request.cookies.get(_cookie_name(), "")
    try:
        token = urlsafe_b64decode(written.encode("ascii", "ignore") + b"=")
    except ValueError:
        return None
    return token if len(token) == TOKEN_BYTES else None


def _lookup(token: bytes) -> bytes:
    return hkdf(token, "session lookup")


def _open(token: bytes, row: SessionRow) -> dict[str, Any] | None:
    try:
        key = key_from(token, "session content")
        return unlock_record(key, Purpose.SESSION, row.token_digest.hex(), row.content_sealed)
    except NotOpened:
        return None


def this_session() -> HeardSession:
    """The session of the request being answered."""
    return session._get_current_object()  # type: ignore[attr-defined,no-any-return]  # a werkzeug proxy


def error_if_unread() -> None:
    """Raises what kept the session from being read. Only the way out works without it."""
    fault = this_session().fault
    if fault is not None and request.endpoint != "portal.leave":
        raise fault


def end() -> None:
    """End this session: the row is deleted, the cookie taken back."""
    this_session().end()


def sign_in_requester(actor: Requester) -> None:
    """From now on this visitor follows one request. A draft of another request is dropped."""
    kept = this_session()
    kept.clear()
    kept["requester"] = {
        "request_id": actor.request_id,
        "party_id": actor.party_id,
        "generation": actor.generation,
        "standing": actor.standing,
        "request_key": actor.request_key.raw.hex(),
        "voice_key": actor.voice_key.raw.hex(),
    }
    kept.renew()


def read_requester() -> Requester | None:
    kept = session.get("requester")
    if kept is None:
        return None
    return Requester(
        request_id=kept["request_id"],
        party_id=kept["party_id"],
        generation=kept["generation"],
        standing=Standing(kept["standing"]),
        request_key=SecretKey(bytes.fromhex(kept["request_key"])),
        voice_key=SecretKey(bytes.fromhex(kept["voice_key"])),
    )


def sign_in_staff(actor: Staff) -> None:
    """From now on this visitor is a member of the hotline, with the keys they opened."""
    kept = this_session()
    kept.clear()
    kept["staff"] = {"id": actor.id, "name": actor.name, "role": actor.role, "pair": actor.pair.seed.hex()}
    kept["staff"]["confirmed_at"] = int(kit_of_app().clock().timestamp())
    if isinstance(actor, Caseworker):
        kept["staff"] |= {"team": [pair.seed.hex() for pair in actor.team.pairs]}
    login_user(StaffUser(actor))
    kept.pop("_id", None)  # Flask-Login's digest of address and browser: we keep no such thing
    kept.renew()


def read_staff() -> Staff | None:
    kept = session.get("staff")
    if kept is None:
        return None
    pair = KeyPair(bytes.fromhex(kept["pair"]))
    if kept["role"] == Role.ADMIN:
        return Admin(kept["id"], kept["name"], pair)
    if kept["role"] == Role.AUDITOR:
        return Auditor(kept["id"], kept["name"], pair)
    team = ring_of(*(KeyPair(bytes.fromhex(seed)) for seed in kept["team"]))
    return Caseworker(kept["id"], kept["name"], pair, team, Role(kept["role"]))


class StaffUser:
    """What Flask-Login wants to know of a member."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, actor: Staff) -> None:
        self.actor = actor

    def get_id(self) -> str:
        return self.actor.id


def kit_of_app() -> Kit:
    found: Kit = current_app.extensions["heard"].kit
    return found
