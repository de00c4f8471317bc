"""A list of providers into the directory: what it would do is shown first; then all is done, or nothing."""

from dataclasses import dataclass, replace
from itertools import islice

from app.casework.actors import Admin
from app.casework.errors import NotFound, Stale
from app.casework.hotline_trail import note
from app.casework.kit import Kit
from app.casework.provider_lines import COLUMNS, line_of
from app.casework.provider_plan import BadLine, GoodLine, Plan, plan_list
from app.casework.staged_lists import ListKind, Staged, drop_staged, load_staged
from app.domain.trail import HOTLINE, TrailKind
from app.persistence.database import Work
from app.persistence.errors import AlreadyThere, NotThere

MOST_SHOWN = 200
_MOST_RUNS = 1000
DIRECTORY_KINDS = (TrailKind.PROVIDER_CHANGED, TrailKind.PROVIDERS_IMPORTED)


@dataclass(frozen=True)
class Change:
    """One column of a provider, before and after, as the list writes it."""

    column: str
    old: str
    new: str


@dataclass(frozen=True)
class ShownLine:
    """A line that can be taken; of a new provider all its columns are changes from nothing."""

    line: int
    name: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class ListPreview:
    """What a list would do: counts of all, and the first lines of each. `seen` goes back to confirm it."""

    list_id: str
    name: str
    new: int
    changed: int
    unchanged: int
    bad: int
    new_lines: tuple[ShownLine, ...]
    changed_lines: tuple[ShownLine, ...]
    bad_lines: tuple[BadLine, ...]
    other_bad: str  # numbers of the other bad lines: "305, 310–400"
    unknown: tuple[str, ...]
    seen: str

    @property
    def does_something(self) -> bool:
        return bool(self.new or self.changed)


@dataclass(frozen=True)
class ImportInput:
    """The list as it was previewed."""

    list_id: str
    seen: str


def preview_providers(kit: Kit, actor: Admin, list_id: str) -> ListPreview:
    """Raises NotFound when the list is gone."""
    staged = _own_list(kit, actor, list_id)
    with kit.database.reading() as work:
        directory, seen = work.providers.all(), directory_print(work)
    plan = plan_list(list_id, staged.rows, directory)
    new, changed = plan.new, plan.changed
    hosts = {one.id: one.suffixes[0] for one in directory}
    hosts |= {one.after.id: one.after.suffixes[0] for one in plan.good}
    return ListPreview(
        list_id=list_id,
        name=staged.name,
        new=len(new),
        changed=len(changed),
        unchanged=plan.unchanged,
        bad=len(plan.bad),
        new_lines=tuple(_shown(one, hosts) for one in islice(new, MOST_SHOWN)),
        changed_lines=tuple(_shown(one, hosts) for one in islice(changed, MOST_SHOWN)),
        bad_lines=plan.bad[:MOST_SHOWN],
        other_bad=_numbers([one.line for one in plan.bad[MOST_SHOWN:]]),
        unknown=plan.unknown,
        seen=seen,
    )


def import_providers(kit: Kit, actor: Admin, given: ImportInput) -> tuple[int, int]:
    """How many were added and changed: all the good lines in one transaction. Bad lines are left out.

    Raises Stale when the directory is not as it was for the preview, NotFound when the list is gone.
    """
    staged = _own_list(kit, actor, given.list_id)
    with kit.database.reading() as work:
        _as_seen(work, given.seen)
        directory = work.providers.all()
    plan = plan_list(given.list_id, staged.rows, directory)
    with kit.database.writing() as work:
        work.providers.lock()
        _as_seen(work, given.seen)
        drop_staged(work, actor, given.list_id)
        added, changed = _write(work, plan)
        note(work, TrailKind.PROVIDERS_IMPORTED, actor.id, kit.clock(), given.list_id)
        work.commit()
    return added, changed


def _own_list(kit: Kit, actor: Admin, list_id: str) -> Staged:
    staged = load_staged(kit, actor, list_id)
    if staged.kind is not ListKind.PROVIDERS:
        raise NotFound
    return staged


def directory_print(work: Work) -> str:
    """Another one after every change of the directory: each has its line in the hotline's trail."""
    return str(work.trail.newest_position(HOTLINE, DIRECTORY_KINDS))


def _as_seen(work: Work, seen: str) -> None:
    if directory_print(work) != seen:
        raise Stale


def _write(work: Work, plan: Plan) -> tuple[int, int]:
    """New ones first, without who supplies them, since that may be one of the list, too."""
    new, changed = plan.new, plan.changed
    supplied = [one.after for one in new if one.after.upstreams]
    try:
        work.providers.add(*(replace(one.after, upstreams=()) for one in new))
        work.providers.save(*supplied, *(one.after for one in changed))
    except (AlreadyThere, NotThere):
        raise Stale from None
    return len(new), len(changed)


def _numbers(lines: list[int]) -> str:
    """Runs of neighbours become a range; of very many runs only the first ones stand there."""
    runs: list[list[int]] = []
    for line in lines:
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    said = [str(first) if first == last else f"{first}–{last}" for first, last in runs[:_MOST_RUNS]]
    return ", ".join(said) + (" …" if len(runs) > _MOST_RUNS else "")


def _shown(line: GoodLine, hosts: dict[str, str]) -> ShownLine:
    new = line_of(line.after, hosts)
    old = line_of(line.before, hosts) if line.before else ("",) * len(COLUMNS)
    changes = (Change(*each) for each in zip(COLUMNS, old, new, strict=True) if each[1] != each[2])
    return ShownLine(line.line, line.after.name, tuple(changes))
