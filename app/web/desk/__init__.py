"""The caseworkers' pages. Importing this package puts every desk view on the blueprint."""

from app.web.desk import (
    assess,
    case,
    confirm,
    forgotten,
    join,
    letters,
    me,
    notices,
    outcomes,
    parties,
    people,
    proof,
    queue,
    safety,
    sign_in,
)
from app.web.desk.routes import blueprint

__all__ = [
    "assess",
    "blueprint",
    "case",
    "confirm",
    "forgotten",
    "join",
    "letters",
    "me",
    "notices",
    "outcomes",
    "parties",
    "people",
    "proof",
    "queue",
    "safety",
    "sign_in",
]
