"""Where the hotline's policy asks for two people at a step, the second one is not who did the first part."""

from collections.abc import Iterable

from app.casework.actors import Caseworker
from app.casework.errors import SecondCaseworkerNeeded
from app.casework.policy import policy_of
from app.domain.desk_words import Step
from app.persistence.database import Work


def require_second(work: Work, actor: Caseworker, step: Step, made_by: Iterable[str]) -> None:
    """`made_by`: ids of who did the first part. Raises SecondCaseworkerNeeded."""
    if needs_second(work, actor, step, made_by):
        raise SecondCaseworkerNeeded


def needs_second(work: Work, actor: Caseworker, step: Step, made_by: Iterable[str]) -> bool:
    """Whether somebody else than `actor` has to take this step."""
    return actor.id in set(made_by) and policy_of(work).takes_two(step)


def finders_of(work: Work, request_id: str, location_ids: Iterable[str]) -> frozenset[str]:
    """Ids of who made the newest findings on these places."""
    newest = work.assessments.newest(request_id)
    return frozenset(newest[one].made_by for one in location_ids if one in newest)
