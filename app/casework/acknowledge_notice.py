"""A provider says, with one press of a button, that they have the notice: for all places not answered yet."""

from app.casework.actors import Provider
from app.casework.answer_notice import AnswerInput, keep_answer, load_answerable
from app.casework.kit import Kit
from app.domain.words import Reply


def acknowledge_notice(kit: Kit, actor: Provider) -> int:
    """Of how many places it was said; none where each has an answer, and then nothing is kept.

    Raises NotAllowed when there were too many answers, NotFound as `answer_notice`.
    """
    at = kit.clock()
    with kit.database.writing() as work:
        to = load_answerable(kit, work, actor, at)
        replies = work.notices.replies(to.notice.id).values()
        left = [number for number, reply in enumerate(replies, start=1) if reply is None]
        if left:
            said = AnswerInput(tuple((number, Reply.HAS_IT, "") for number in left))
            keep_answer(kit, work, to, said, at)
            work.commit()
    return len(left)
