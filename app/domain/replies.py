"""What a provider's word means for a place, however it came: by link, by mail, or noted by a caseworker."""

from app.domain.moves import MOVES, NOTICED
from app.domain.notice_words import NoticeKind
from app.domain.words import LocationState as S
from app.domain.words import Reply

_STATE = {
    Reply.HAS_IT: S.HAS_IT,
    Reply.REMOVED: S.SAYS_REMOVED,
    Reply.NOT_OURS: S.MOVED,
    Reply.ASKS: S.ASKS,
    Reply.REFUSES: S.REFUSED,
    Reply.AGE_DOUBT: S.HAS_IT,  # answered at once with what the hotline confirmed; the clock goes on
    Reply.OVER_18: S.REFUSED,  # opens a counter-claim; a caseworker looks at once
}
_RECEIPT = frozenset({Reply.HAS_IT, Reply.AGE_DOUBT})
_FROM_RECEIPT = frozenset({S.NOTICE_SENT, S.BOUNCED})
"""A receipt takes nothing back: not a refusal, a question, or that somebody else was turned to."""


def state_after(kind: NoticeKind, state: S, reply: Reply) -> S | None:
    """Where the place stands after this word; None where it stands as before.

    A search engine's word says nothing of the place itself. Who supplies a provider moves it only by
    removing it. A place that is not waited for (gone, withdrawn, not noticed) is moved by nobody's word.
    """
    if kind is NoticeKind.SEARCH or state not in NOTICED | {S.MOVED}:
        return None
    if kind is NoticeKind.UPSTREAM and reply is not Reply.REMOVED:
        return None
    if reply in _RECEIPT and state not in _FROM_RECEIPT:
        return None
    to = _STATE[reply]
    return to if to is not state and to in MOVES[state] else None
