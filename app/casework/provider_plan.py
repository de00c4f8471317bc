"""What a list of providers would do to the directory, line by line. Pure: it reads and writes nothing.

A line is about the provider that has one of its hosts already; if none has, about a new one. Providers of
whom the list says nothing stay as they are.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from app.casework.provider_input import Fault, ProviderInput, read_provider
from app.casework.provider_lines import COLUMNS, NEEDED, as_typed, typed_line, unguarded
from app.domain.providers import Provider
from app.places.hosts import clean_suffix
from app.places.list_files import ListRow, ListRows
from app.vault.derive import digest

_MOST_FAULTS = 3
_MOST_ROUNDS = 10


@dataclass(frozen=True)
class BadLine:
    """A line that is not taken. `faults` are at most a few."""

    line: int
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class GoodLine:
    """A line that can be taken: `before` is None for a new provider."""

    line: int
    after: Provider
    before: Provider | None

    @property
    def changes(self) -> bool:
        return self.before is not None and self.before != self.after


@dataclass(frozen=True)
class Plan:
    """By line. `unknown`: names of columns that say nothing to us."""

    good: tuple[GoodLine, ...] = ()
    bad: tuple[BadLine, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def new(self) -> tuple[GoodLine, ...]:
        return tuple(one for one in self.good if one.before is None)

    @property
    def changed(self) -> tuple[GoodLine, ...]:
        return tuple(one for one in self.good if one.changes)

    @property
    def unchanged(self) -> int:
        return sum(one.before == one.after for one in self.good)


def plan_list(list_id: str, rows: ListRows, directory: tuple[Provider, ...]) -> Plan:
    """The same for the same list and directory, ids of new providers too."""
    names = [name.strip().casefold() for name in rows.header]
    missing = [name for name in NEEDED if name not in names]
    bad = [BadLine(one.line, (Fault("line", one.code),)) for one in rows.problems]
    unknown = tuple(name for name in rows.header if name and name.strip().casefold() not in COLUMNS)
    if missing:
        return Plan(bad=(BadLine(1, tuple(Fault("line", "no_column", name) for name in missing)), *bad))
    if len(set(names)) != len(names):
        return Plan(bad=(BadLine(1, (Fault("line", "column_twice"),)), *bad), unknown=unknown)
    planning = _Planning(list_id, directory, has_upstreams="upstreams" in names)
    for row in rows.rows:
        planning.read(row, dict(zip(names, row.values, strict=True)))
    planning.connect()
    bad += [BadLine(line, faults) for line, faults in planning.bad.items()]
    return Plan(tuple(planning.lines.values()), tuple(sorted(bad, key=lambda one: one.line)), unknown)


@dataclass
class _Planning:
    """What is known while a list is gone through. `lines` are those that are good so far, by number."""

    list_id: str
    directory: tuple[Provider, ...]
    has_upstreams: bool
    lines: dict[int, GoodLine] = field(default_factory=dict)
    bad: dict[int, tuple[Fault, ...]] = field(default_factory=dict)
    wanted: dict[int, tuple[str, ...]] = field(default_factory=dict)  # hosts of who supplies them
    owners: dict[str, Provider] = field(init=False)  # as the directory is before
    claimed: dict[str, int] = field(default_factory=dict)  # hosts, by the line that has them
    about: dict[str, int] = field(
        default_factory=dict
    )  # ids of the directory, by the line that is about them

    def __post_init__(self) -> None:
        self.owners = {suffix: one for one in self.directory for suffix in one.suffixes}

    def read(self, row: ListRow, cells: Mapping[str, str]) -> None:
        """One line by itself, and beside those above it."""
        hosts = [clean_suffix(one) for one in unguarded(cells["hosts"]).split()]
        found = {one.id: one for host in hosts if (one := self.owners.get(host)) is not None}
        before = next(iter(found.values()), None)
        typed = typed_line(cells, None if before is None else as_typed(before))
        given, faults = read_provider(replace(typed, upstreams=()))
        faults = (*faults, *self._faults_beside(hosts, found))
        if given is None or faults:
            self.bad[row.line] = faults[:_MOST_FAULTS]
            return
        self.claimed |= dict.fromkeys(given.suffixes, row.line)
        if before is not None:
            self.about[before.id] = row.line
        self.lines[row.line] = GoodLine(row.line, self._provider(row.line, given, before), before)
        self.wanted[row.line] = tuple(dict.fromkeys(clean_suffix(one) for one in typed.upstreams))

    def _faults_beside(self, hosts: list[str], found: Mapping[str, Provider]) -> Iterator[Fault]:
        twice = next((host for host in hosts if host in self.claimed), None)
        if twice is not None:
            yield Fault("suffixes", "host_twice", twice)
        elif len(found) > 1:
            yield Fault("suffixes", "two_providers")
        elif any(one in self.about for one in found):
            yield Fault("suffixes", "provider_twice")

    def _provider(self, line: int, given: ProviderInput, before: Provider | None) -> Provider:
        if before is not None:
            return Provider(**vars(given) | {"id": before.id, "upstreams": before.upstreams})
        made = digest("provider of a list", f"{self.list_id} {line}".encode()).hex()[:32]
        return Provider(**vars(given) | {"id": made})

    def connect(self) -> None:
        """Who supplies whom: a line whose suppliers are not known, or that closes a circle, is bad."""
        if not self.has_upstreams:
            return
        for number in range(_MOST_ROUNDS):
            self._resolve()
            circles = self._in_circles()
            if not circles:
                return
            if number == _MOST_ROUNDS - 2:  # made to be so: none of it is taken
                circles = {line for line in self.lines if self.wanted[line]}
            for line in circles:
                self._spoil(line, Fault("upstreams", "circle"))

    def _resolve(self) -> None:
        """Hosts to ids, until no line hangs on one that is bad."""
        hanging: dict[str, list[int]] = defaultdict(list)
        for line, hosts in self.wanted.items():
            for host in hosts:
                hanging[host].append(line)
        waiting = list(self.lines)
        while waiting:
            line = waiting.pop()
            if line not in self.lines:
                continue
            owners = {host: self._owner(host) for host in self.wanted[line]}
            lost = next((host for host, owner in owners.items() if owner is None), None)
            if lost is None:
                self._supply(line, tuple(dict.fromkeys(filter(None, owners.values()))))
            else:
                gone = self.lines[line].after.suffixes
                self._spoil(line, Fault("upstreams", "unknown_upstream", lost[:80]))
                waiting += [one for host in gone for one in hanging[host]]

    def _owner(self, host: str) -> str | None:
        """Whose host it is when all good lines are taken."""
        line = self.claimed.get(host)
        if line in self.lines:
            return self.lines[line].after.id
        before = self.owners.get(host)
        if before is None or self.about.get(before.id) in self.lines:  # that line gives the host away
            return None
        return before.id

    def _supply(self, line: int, upstreams: tuple[str, ...]) -> None:
        good = self.lines[line]
        self.lines[line] = replace(good, after=replace(good.after, upstreams=upstreams))

    def _spoil(self, line: int, fault: Fault) -> None:
        self.bad[line] = (fault,)
        self.lines.pop(line)

    def _in_circles(self) -> set[int]:
        """Lines about providers on a circle. Whoever supplies nobody left, or is supplied by nobody left, is
        on none, and is taken away until only circles, and what lies between two of them, are left."""
        above = {one.id: set(one.upstreams) for one in self.directory}
        line_of = {one.after.id: one.line for one in self.lines.values()}
        above |= {one.after.id: set(one.after.upstreams) for one in self.lines.values()}
        below: dict[str, set[str]] = defaultdict(set)
        for one, supplied_by in above.items():
            for other in supplied_by:
                below[other].add(one)
        left = _peeled(_peeled(set(above), above, below), below, above)
        return {line_of[one] for one in left if one in line_of}


def _peeled(those: set[str], ahead: Mapping[str, set[str]], behind: Mapping[str, set[str]]) -> set[str]:
    """Without whoever has nobody of those ahead, again and again."""
    left = set(those)
    count = {one: len(ahead.get(one, set()) & left) for one in left}
    waiting = [one for one in left if not count[one]]
    while waiting:
        one = waiting.pop()
        left.discard(one)
        for other in behind.get(one, ()):
            if other in left:
                count[other] -= 1
                if not count[other]:
                    waiting.append(other)
    return left
