"""To how many a number was sent of late, so that nobody can use this site to flood a stranger's mailbox."""

import hmac
import threading
from collections import OrderedDict
from datetime import datetime, timedelta
from os import urandom

_MOST_A_DAY = 6  # two requests of one person, with three numbers each
_A_DAY = timedelta(days=1)
_REMEMBERED = 20_000


class RecentNumbers:
    """In the courier's memory alone, as keyed digests: no address that was written to can be looked up."""

    def __init__(self) -> None:
        self._key = urandom(32)
        self._sent: OrderedDict[bytes, tuple[datetime, ...]] = OrderedDict()
        self._lock = threading.Lock()

    def may_send(self, email: str, at: datetime) -> bool:
        """Whether one more number may go to this address today. Asking counts as sending."""
        who = hmac.digest(self._key, email.casefold().encode(), "sha256")
        with self._lock:
            times = tuple(one for one in self._sent.pop(who, ()) if one > at - _A_DAY)
            is_free = len(times) < _MOST_A_DAY
            self._sent[who] = (*times, at) if is_free else times
            if len(self._sent) > _REMEMBERED:
                self._sent.popitem(last=False)
        return is_free
