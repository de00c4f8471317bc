"""Logging with an allow-list of keys: a word, URL or address of a person cannot slip in by a new key."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

ALLOWED = frozenset(
    {
        "event",
        "level",
        "timestamp",
        "code",
        "route",
        "method",
        "status",
        "error",
        "where",
        "count",
        "seconds",
        "name",
    }
)


def only_allowed(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop every key that is not on the list."""
    return {key: value for key, value in event.items() if key in ALLOWED}


def configure() -> None:
    """One JSON line per event, on standard error. Third-party loggers print warnings without values."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            only_allowed,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=logging.CRITICAL)


def fault_place(error: BaseException) -> str:
    """Where an error was raised, as file:line of our own code; never its text, which may hold values."""
    place, step = "", error.__traceback__
    while step is not None:
        name = step.tb_frame.f_code.co_filename
        if "/app/" in name and "/site-packages/" not in name:
            place = f"{name.rsplit('/app/', 1)[-1]}:{step.tb_lineno}"
        step = step.tb_next
    return place


def log() -> Any:
    """The logger; bound late so that tests can catch what it prints."""
    return structlog.get_logger()
