"""Never an image: what a request body may be, decided before a byte of it is read."""

from typing import IO, Any

from flask import Request, request
from werkzeug.exceptions import LengthRequired, RequestEntityTooLarge, UnsupportedMediaType

MOST_BYTES = 1_000_000  # 500 places of 2,000 characters
_FORM = "application/x-www-form-urlencoded"


class TextOnlyRequest(Request):
    """A request that cannot take a file: Werkzeug would spool one to disk."""

    max_content_length = MOST_BYTES
    max_form_memory_size = MOST_BYTES

    def _get_file_stream(self, *args: Any, **options: Any) -> IO[bytes]:
        raise UnsupportedMediaType


def check() -> None:
    """Only small, plain forms come in. Raises UnsupportedMediaType, LengthRequired, RequestEntityTooLarge."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    if request.content_length is None:
        raise LengthRequired
    if request.content_length > MOST_BYTES:
        raise RequestEntityTooLarge
    if request.content_length and request.mimetype != _FORM:
        raise UnsupportedMediaType
