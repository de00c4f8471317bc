"""Loading a case for a verb: it is there, and who changes it holds it."""

from app.casework.actors import Caseworker
from app.casework.errors import NotFound, NotHolding
from app.casework.kit import Kit
from app.domain.requests import NotTaken, Request
from app.persistence.database import Work
from app.persistence.errors import NotThere


def load(work: Work, request_id: str) -> Request:
    """The request, or NotFound. A forgotten one is hidden: it is not found either."""
    request = load_even_forgotten(work, request_id)
    if request.is_forgotten:
        raise NotFound
    return request


def load_even_forgotten(work: Work, request_id: str) -> Request:
    """For forgetting itself, and for a letter that was on its way when its request was forgotten."""
    try:
        return work.requests.load(request_id)
    except NotThere:
        raise NotFound from None


def load_held(work: Work, actor: Caseworker, request_id: str, kit: Kit) -> Request:
    """The request with its lease renewed by use. Raises NotHolding: changes need the lease."""
    try:
        return load(work, request_id).renewed(actor.id, kit.clock())
    except NotTaken:
        raise NotHolding from None
