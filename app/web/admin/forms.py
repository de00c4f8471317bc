"""One provider as an admin types it. Errors are kind sentences at the field."""

from itertools import zip_longest

from flask import request
from wtforms import HiddenField, RadioField, SelectMultipleField, StringField, TextAreaField

from app.casework.provider_input import (
    COVERED,
    MOST_RUNGS,
    Fault,
    ProviderInput,
    TypedProvider,
    TypedRung,
    read_provider,
)
from app.domain.desk_words import Channel, Scope
from app.domain.notice_words import ProviderKind
from app.i18n.locales import SOURCE
from app.places.pictures import has_picture
from app.reads.providers import ProviderRow
from app.web.admin.provider_words import fault_sentence
from app.web.forms import CleanText, Form, clean

EMPTY = TypedRung(Scope.CONTENT, Channel.PLAIN, SOURCE, "")
_RUNG = ("scope", "channel", "language", "address")


class ProviderForm(Form):
    """Name, hosts, the ladder of contacts, who supplies them. `rungs`: as typed, with the rows left empty."""

    name = CleanText()
    suffixes = TextAreaField()
    country = StringField()
    kind = RadioField(validate_choice=False, default=ProviderKind.HOST)
    covered = SelectMultipleField(validate_choice=False)
    letters_per_hour = StringField()
    terms_clause = CleanText()
    notes = CleanText()
    behaviours = SelectMultipleField(validate_choice=False)
    upstreams = SelectMultipleField(validate_choice=False)
    upstream = StringField()
    seen = HiddenField()

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.rungs: tuple[TypedRung, ...] = _typed_rungs() if self.is_submitted() else ()
        self.rung_problems: dict[int, str] = {}
        self.ladder_problem = ""

    def show(self, row: ProviderRow, seen: str) -> None:
        """Fill an empty form with a provider of the directory."""
        self.process(
            name=row.name,
            suffixes="\n".join(row.suffixes),
            country=row.country,
            kind=str(row.kind),
            covered=[COVERED] if row.is_covered else [],
            letters_per_hour=str(row.letters_per_hour or ""),
            terms_clause=row.terms_clause,
            notes=row.notes,
            behaviours=[str(one) for one in row.behaviours],
            upstreams=list(row.upstreams),
            seen=seen,
        )
        self.rungs = tuple(
            TypedRung(one.scope, one.channel, one.language, one.address) for one in row.contacts
        )

    @property
    def rows(self) -> tuple[tuple[int, TypedRung], ...]:
        """The rungs by number, and an empty one while there is room."""
        more = (
            (EMPTY,)
            if len(self.rungs) < MOST_RUNGS and not (self.rungs and _is_empty(self.rungs[-1]))
            else ()
        )
        return tuple(enumerate((*self.rungs, *more), start=1))

    def rearrange(self, pressed: str) -> bool:
        """Do what a button of the ladder, or of who supplies them, says. False for any other button."""
        what, _, which = pressed.partition("-")
        if what == "drop":
            self.upstreams.data = [one for one in self.upstreams.data or () if one != which]
            return True
        rungs = list(self.rungs)
        at = int(which) - 1 if which.isascii() and which.isdigit() and len(which) < 4 else -1
        match what:
            case "add" if len(rungs) < MOST_RUNGS:
                rungs.append(EMPTY)
            case "add":
                pass
            case "remove" if 0 <= at < len(rungs):
                rungs.pop(at)
            case "up" if 0 < at < len(rungs):
                rungs[at - 1], rungs[at] = rungs[at], rungs[at - 1]
            case "down" if 0 <= at < len(rungs) - 1:
                rungs[at + 1], rungs[at] = rungs[at], rungs[at + 1]
            case "remove" | "up" | "down":
                pass
            case _:
                return False
        self.rungs = tuple(rungs)
        return True

    def read(self) -> ProviderInput | None:
        """The provider as typed, or None with a sentence at each field that needs one."""
        self.validate()
        self.rungs = tuple(one for one in self.rungs if not _is_empty(one))
        given, faults = read_provider(
            TypedProvider(
                name=self.name.data or "",
                country=self.country.data or "",
                hosts=self.suffixes.data or "",
                rungs=self.rungs,
                terms_clause=self.terms_clause.data or "",
                notes=self.notes.data or "",
                behaviours=tuple(self.behaviours.data or ()),
                upstreams=tuple(self.upstreams.data or ()),
                kind=self.kind.data or "",
                covered=COVERED if COVERED in (self.covered.data or ()) else "",
                letters_per_hour=(self.letters_per_hour.data or "").strip(),
            )
        )
        for fault in faults:
            self.refuse(fault)
        return None if self.errors else given

    def refuse(self, fault: Fault) -> None:
        """Say it where it belongs."""
        said = fault_sentence(fault)
        if fault.field == "contacts" and fault.rung:
            self.rung_problems.setdefault(fault.rung, said)
        elif fault.field == "contacts":
            self.ladder_problem = said
        else:
            field = self["upstream" if fault.field == "upstreams" else fault.field]
            field.errors = [*field.errors, said]

    def supply(self, provider_id: str) -> None:
        """One more who supplies them, as was typed."""
        self.upstreams.data = list(dict.fromkeys((*(self.upstreams.data or ()), provider_id)))
        self.upstream.data = ""

    def problems(self) -> tuple[tuple[str, str], ...]:
        """(id of the field, sentence) for the list of what needs a change at the top of the page."""
        said = [(name, errors[0]) for name, errors in self.errors.items()]
        said += [("contacts", self.ladder_problem)] if self.ladder_problem else []
        return (*said, *((f"address-{number}", words) for number, words in self.rung_problems.items()))


def _typed_rungs() -> tuple[TypedRung, ...]:
    """The rows of the ladder, in their order. A picture is not kept, and not given back."""
    columns = (request.form.getlist(name)[: MOST_RUNGS + 1] for name in _RUNG)
    cleaned = ([clean(cell).strip() for cell in column] for column in columns)
    kept = (["" if has_picture(cell) else cell for cell in column] for column in cleaned)
    return tuple(TypedRung(*row) for row in zip_longest(*kept, fillvalue=""))


def _is_empty(rung: TypedRung) -> bool:
    """Left as it was offered: that is no contact, and no mistake."""
    return not rung.address and (rung.scope, rung.channel) == (EMPTY.scope, EMPTY.channel)
