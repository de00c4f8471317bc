"""The words for where a member stands, for the desk and for admins."""

from types import MappingProxyType

from app.domain.staff import StaffState
from app.i18n.locales import N_
from app.i18n.locales import gettext as _

STATES = MappingProxyType(
    {
        StaffState.WAITING: N_("Waiting for a colleague's call"),
        StaffState.ACTIVE: N_("Active"),
        StaffState.SUSPENDED: N_("Suspended"),
        StaffState.LEFT: N_("Left"),
    }
)


def state_words(state: StaffState) -> str:
    return _(STATES[state])
