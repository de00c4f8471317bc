"""The part of the case page about who has the case, what it waits for, and the notes."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.casework.actors import Caseworker
from app.casework.case_folder import CaseFolder
from app.casework.put_in_order import Order
from app.domain.contacts import zone_of
from app.domain.desk_words import Why
from app.domain.requests import MOST_HOLD
from app.domain.words import Role
from app.i18n.locales import gettext as _
from app.i18n.words import desk_words
from app.reads.colleagues import read_colleagues
from app.reads.people import handle_of_member
from app.web.desk.holding_forms import HoldingForms, seen_of
from app.web.glue import kit

Option = tuple[str, str, str]


@dataclass(frozen=True)
class ShownNote:
    """`about`: in a word or two; `by`: a member's id."""

    about: str
    text: str
    by: str
    at: datetime

    def __repr__(self) -> str:
        return f"ShownNote({self.at})"


@dataclass(frozen=True)
class HoldingPanel:
    """`notes`: the newest first. `recused`: (id, handle), for a supervisor alone, who may lift it."""

    forms: HoldingForms
    notes: tuple[ShownNote, ...]
    why: tuple[str, ...]
    colleagues: tuple[tuple[str, str], ...]
    offered_to: str
    offered_to_me: bool
    doubted_by_me: bool
    first_day: date
    last_day: date
    orders: tuple[Option, ...]
    order: str
    seen: str
    recused: tuple[tuple[str, str], ...]


def holding_panel(actor: Caseworker, case: CaseFolder, forms: HoldingForms) -> HoldingPanel:
    """Colleagues are looked up only for who can hand the case over, or just tried to."""
    today = kit().clock().astimezone(zone_of(kit().settings.timezone)).date()
    may_hand_over = case.taken_by_me or forms.hand_over.is_submitted()
    found = read_colleagues(kit(), actor, case.request_id) if may_hand_over else ()
    return HoldingPanel(
        forms=forms,
        notes=tuple(
            ShownNote(desk_words(note.kind), note.text, note.by, note.at) for note in reversed(case.notes)
        ),
        why=tuple(desk_words(one) for one in Why if one in case.why),
        colleagues=(("", _("Choose…")), *((one.id, one.handle) for one in found)),
        offered_to=handle_of_member(case.offered_to or ""),
        offered_to_me=case.offered_to == actor.id,
        doubted_by_me=case.doubted_by == actor.id,
        first_day=today + timedelta(days=1),
        last_day=today + MOST_HOLD,
        orders=_orders(),
        order=forms.order.where.data or "",
        seen=seen_of(case.put_at),
        recused=_recused(actor, case),
    )


def _orders() -> tuple[Option, ...]:
    return (
        (Order.FIRST, _("First"), _("Before everything else.")),
        (Order.BY_RULES, _("Where the rules put it"), ""),
        (Order.LAST, _("Last"), _("As if it had just come in. It moves up from day to day.")),
    )


def _recused(actor: Caseworker, case: CaseFolder) -> tuple[tuple[str, str], ...]:
    if actor.role is not Role.SUPERVISOR:
        return ()
    return tuple((one, handle_of_member(one)) for one in case.recused)
