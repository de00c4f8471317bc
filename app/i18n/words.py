"""The words for every closed list in app/domain/words.py: what people read instead of stored values.

`words` is for those who ask and for providers, `desk_words` for caseworkers, `hint` is the line under
a choice of the ask form, `next_words` says what happens next at a place.
"""

from enum import StrEnum

from app.domain.words import Asker, Content, LocationState
from app.i18n.field_words import DESK
from app.i18n.hotline_words import HOTLINE
from app.i18n.locales import gettext
from app.i18n.spoken_words import HINTS, NEXT, SPOKEN


def words(member: StrEnum) -> str:
    """What a requester or provider reads for `member`, in the current language.

    Lists that only providers and caseworkers meet (kinds, grounds, age bands, …) keep the field's terms.
    Raises KeyError for an enum that is not of the domain.
    """
    table = SPOKEN.get(type(member)) or DESK[type(member)]
    return gettext(table[member])


def desk_words(member: StrEnum) -> str:
    """What a caseworker reads for `member`: short, in the field's standard terms. KeyError as in `words`."""
    table = DESK.get(type(member)) or HOTLINE[type(member)]
    return gettext(table[member])


def next_words(state: LocationState) -> str:
    """What happens next at a place in this state, for the person who asked."""
    return gettext(NEXT[LocationState][state])


def hint(member: Asker | Content) -> str:
    """One plain line under a choice of the ask form, in the current language."""
    return gettext(HINTS[type(member)][member])
