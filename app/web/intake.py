"""Never an image: what a request body may be, decided before a byte of it is read.

One page takes a file: a PDF as proof, from somebody whose request is open in this session. It is held in
memory alone, wiped when the request was answered, and of it only the text is kept (app/outbound/pdf_text.py).
Few pages of the desk take a list of places, findings or providers as a file of text, from a member who is
signed in: held and wiped the same way, refused when it is or holds a picture (app/places/list_files.py).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import IO, Any

from flask import Request, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import LengthRequired, RequestEntityTooLarge, UnsupportedMediaType

from app.web.sessions import this_session

MOST_BYTES = 1_000_000  # 500 places of 2,000 characters
MOST_DOCUMENT_BYTES = 4 * 1024 * 1024
MOST_LIST_BYTES = 16 * 1024 * 1024
DOCUMENT_PAGE = "portal.proof_document"
LIST_PAGES = frozenset({"desk.own_motion", "desk.bring_findings", "admin.provider_list"})
LIST_FIELD = "list"
_AROUND_DOCUMENT = 20_000  # the form that brings it
_AT_ONCE = 200_000  # of what Werkzeug reads ahead, and of a field of text beside the document
_MOST_PARTS = 4
_MOST_PARTS_OF_LISTS = 40
_FORM = "application/x-www-form-urlencoded"
_FORM_WITH_FILE = "multipart/form-data"


class DocumentTooLarge(RequestEntityTooLarge):
    """More than the page for a document takes, by its own account: not a byte of it was read."""


class HeldDocument(BytesIO):
    """A file in memory alone: room for all of it is taken at once, so that no copy is left behind."""

    def __init__(self, most: int) -> None:
        super().__init__(bytes(most))
        self._most, self._length = most, 0
        self.is_too_large = False

    def write(self, part: Any) -> int:
        """What is too large is not even kept for a moment."""
        if self.is_too_large or self._length + len(part) > self._most:
            self._wipe()
            self.is_too_large = True
        else:
            self._length += super().write(part)
        return len(part)

    @contextmanager
    def document(self) -> Iterator[memoryview]:
        """What came in, to be read and not copied."""
        with self.getbuffer() as room, room[: self._length] as view:
            yield view

    def close(self) -> None:
        """Called when the request was answered, whatever came of it."""
        if not self.closed:
            self._wipe()
        super().close()

    def _wipe(self) -> None:
        with self.getbuffer() as room:
            room[:] = bytes(len(room))
        self._length = 0


class TextOnlyRequest(Request):
    """A request that cannot take a file: Werkzeug would spool one to disk. `room_for_file`: but for one, of
    so many bytes at most."""

    max_content_length = MOST_BYTES
    max_form_memory_size = MOST_BYTES
    room_for_file = 0

    def _get_file_stream(self, total_content_length: int | None, *_args: Any, **_options: Any) -> IO[bytes]:
        room, self.room_for_file = self.room_for_file, 0
        if not room:
            raise UnsupportedMediaType
        return HeldDocument(min(total_content_length or 0, room))


def check() -> ResponseReturnValue | None:
    """Only small, plain forms come in, a document on its page, and lists of the hotline on theirs.

    Raises UnsupportedMediaType, LengthRequired, RequestEntityTooLarge.
    """
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return None
    if request.content_length is None:
        raise LengthRequired
    if request.endpoint == DOCUMENT_PAGE and request.mimetype == _FORM_WITH_FILE:
        if this_session().lapsed:
            return redirect(url_for("portal.follow"), 303)  # the code is asked for; nothing was read
        if "requester" in session:
            _take_document(request.content_length)
            return None
    if request.endpoint in LIST_PAGES and request.mimetype == _FORM_WITH_FILE:
        if this_session().lapsed:
            return redirect(url_for("desk.sign_in"), 303)
        if "staff" in session:
            _take_list(request.content_length)
            return None
    if request.content_length > MOST_BYTES:
        raise RequestEntityTooLarge
    if request.content_length and request.mimetype != _FORM:
        raise UnsupportedMediaType
    return None


def _take_document(length: int) -> None:
    if length > MOST_DOCUMENT_BYTES + _AROUND_DOCUMENT:
        raise DocumentTooLarge
    _make_room(MOST_DOCUMENT_BYTES, _AROUND_DOCUMENT, _AT_ONCE, _MOST_PARTS)


def _take_list(length: int) -> None:
    """What is typed beside it, a pasted list, too, may be as long as in any form."""
    if length > MOST_LIST_BYTES + MOST_BYTES:
        raise RequestEntityTooLarge
    _make_room(MOST_LIST_BYTES, MOST_BYTES, MOST_BYTES, _MOST_PARTS_OF_LISTS)


def _make_room(for_file: int, around: int, at_once: int, parts: int) -> None:
    if isinstance(request, TextOnlyRequest):  # always; it tells the type checker
        request.max_content_length = for_file + around
        request.max_form_memory_size = at_once
        request.max_form_parts = parts
        request.room_for_file = for_file
