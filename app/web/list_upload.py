"""A list that comes in on one of LIST_PAGES (intake.py): a file of text held in memory, or pasted."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import request

from app.places.list_files import ListRefused
from app.web.intake import LIST_FIELD, HeldDocument


@contextmanager
def brought_list(pasted: str) -> Iterator[bytes | memoryview]:
    """What was brought, to be read here and not kept: the file when one was chosen, else what was pasted.

    Raises ListRefused: too_large, empty.
    """
    found = request.files.get(LIST_FIELD)
    if found is None or not isinstance(found.stream, HeldDocument):
        yield _not_empty(pasted.encode("utf-8", "surrogatepass"))
        return
    if found.stream.is_too_large:
        raise ListRefused("too_large")
    with found.stream.document() as document:
        yield document if document else _not_empty(pasted.encode("utf-8", "surrogatepass"))


def _not_empty(raw: bytes) -> bytes:
    if not raw.strip():
        raise ListRefused("empty")
    return raw
