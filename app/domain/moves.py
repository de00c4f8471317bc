"""The states of a location and every move between them, and what the states have in common.

Plain values; who moves a location, and when, is in domain/locations.py.
"""

from datetime import timedelta

from app.domain.words import LocationState as S

_AFTER_NOTICE = frozenset(
    {S.HAS_IT, S.ASKS, S.REFUSED, S.SAYS_REMOVED, S.GONE, S.MOVED, S.BOUNCED, S.REFERRED, S.UPSTREAM}
    | {S.STALLED, S.WITHDRAWN}
)
_OUR_TURN = _AFTER_NOTICE | {S.NOTICE_SENT, S.ASSESSED, S.HEARING_DUE}

# Every move there is. Nothing leads to a refusal by the hotline: an adverse decision needs a hearing
# first, and a place whose finding does not ask for removal stays open. WITHDRAWN is the person's own wish.
# Nothing leads to a closed place either: what nobody moves is STALLED, and due again every month.
MOVES: dict[S, frozenset[S]] = {
    S.RECEIVED: frozenset({S.ASSESSING, S.WITHDRAWN}),
    S.ASSESSING: frozenset({S.ASSESSED, S.HEARING_DUE, S.ASKED, S.WITHDRAWN}),
    S.ASKED: frozenset({S.ASSESSING, S.ASSESSED, S.HEARING_DUE, S.ASKED, S.WITHDRAWN}),
    S.ASSESSED: frozenset({S.ASSESSED, S.HEARING_DUE, S.ASKED, S.APPROVED, S.REFERRED, S.WITHDRAWN}),
    S.HEARING_DUE: frozenset({S.ASSESSED, S.HEARING_DUE, S.ASKED, S.WITHDRAWN}),
    S.APPROVED: frozenset({S.NOTICE_SENT, S.BOUNCED, S.ASSESSED, S.WITHDRAWN}),
    S.NOTICE_SENT: _AFTER_NOTICE | {S.NOTICE_SENT},
    S.HAS_IT: _AFTER_NOTICE,
    S.ASKS: _OUR_TURN - {S.ASKS},
    S.REFUSED: _OUR_TURN,
    S.BOUNCED: _OUR_TURN - {S.BOUNCED},
    S.MOVED: frozenset({S.ASSESSED, S.HEARING_DUE, S.ASKED, S.REFERRED, S.SAYS_REMOVED, S.GONE, S.WITHDRAWN}),
    S.REFERRED: _AFTER_NOTICE | {S.ASSESSED, S.APPROVED},
    S.UPSTREAM: _AFTER_NOTICE,
    S.STALLED: _OUR_TURN,
    S.SAYS_REMOVED: frozenset({S.GONE, S.BACK, S.WITHDRAWN}),
    S.GONE: frozenset({S.WATCHED, S.BACK, S.WITHDRAWN}),
    S.WATCHED: frozenset({S.WATCHED, S.BACK, S.WITHDRAWN}),
    S.BACK: frozenset(
        {S.ASSESSED, S.HEARING_DUE, S.APPROVED, S.REFERRED, S.SAYS_REMOVED, S.GONE, S.WITHDRAWN}
    ),
    S.WITHDRAWN: frozenset(),
}
DONE = frozenset({S.SAYS_REMOVED, S.GONE, S.WATCHED, S.WITHDRAWN})
NOTICED = frozenset(
    {S.NOTICE_SENT, S.BOUNCED, S.HAS_IT, S.ASKS, S.REFUSED, S.REFERRED, S.UPSTREAM, S.STALLED}
)
"""A notice went out, and the place is not known to be gone."""
GONE_OUT = NOTICED | {S.MOVED, S.SAYS_REMOVED, S.GONE, S.WATCHED, S.BACK}
"""A notice went out at least once: that cannot be called back."""
SAID_GONE = frozenset({S.SAYS_REMOVED, S.GONE, S.WATCHED})
"""Somebody said that it is gone: it may be there again."""

ASSESSABLE = frozenset(
    {S.ASSESSING, S.ASKED, S.ASSESSED, S.HEARING_DUE, S.REFUSED, S.ASKS, S.BACK, S.MOVED, S.STALLED}
)
"""A finding may be made, or made anew."""

NOTICE_FROM = frozenset({S.ASSESSED, S.REFERRED, S.BACK})
"""A first notice may be approved; beside or after a referral only as the policy for the country says. What is
back again is asked for anew by the finding it has."""

OUR_TURN = frozenset({S.REFUSED, S.ASKS, S.BOUNCED, S.MOVED, S.STALLED})
"""After a notice, and yet the next word is the hotline's: such a place waits for it at once."""

WITH_OTHERS = NOTICED - OUR_TURN | {S.APPROVED, S.SAYS_REMOVED, S.ASKED}
"""The next word is somebody else's, or the courier has it: such a place waits for the hotline from the day on
which it is due."""

CORRECTABLE = frozenset({S.RECEIVED, S.ASSESSING, S.ASKED})
"""Nobody has judged it yet, so its address may still be put right."""

LOOK_AGAIN: dict[S, timedelta] = {
    S.RECEIVED: timedelta(hours=24),
    S.ASSESSING: timedelta(hours=24),
    S.ASKED: timedelta(days=7),
    S.ASSESSED: timedelta(hours=24),
    S.HEARING_DUE: timedelta(days=7),
    S.APPROVED: timedelta(hours=24),
    S.NOTICE_SENT: timedelta(hours=48),
    S.HAS_IT: timedelta(hours=48),
    S.SAYS_REMOVED: timedelta(days=3),
    S.BACK: timedelta(0),  # straight to the top
    S.REFUSED: timedelta(hours=24),
    S.REFERRED: timedelta(days=7),
    S.UPSTREAM: timedelta(days=7),
    S.BOUNCED: timedelta(hours=24),
    S.ASKS: timedelta(hours=24),
    S.MOVED: timedelta(hours=24),
    S.STALLED: timedelta(days=7),
}
"""When a caseworker looks at a location again, at the latest. The queue lists what is due, so that the
date a requester is shown is one that somebody keeps."""
