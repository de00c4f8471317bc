"""Whose host is this, and who supplies them? The hotline's own directory; nothing is looked up outside."""

from collections.abc import Iterable, Mapping

from app.persistence.database import Work
from app.persistence.providers import Provider
from app.places.hosts import directory_suffixes


class Directory:
    """Part of the directory, ready to be asked. The longest suffix wins."""

    def __init__(self, providers: tuple[Provider, ...]) -> None:
        self._by_suffix = {suffix: provider for provider in providers for suffix in provider.suffixes}

    def provider_of(self, host: str) -> Provider | None:
        for suffix in directory_suffixes(host):
            if suffix in self._by_suffix:
                return self._by_suffix[suffix]
        return None


def directory_for(work: Work, hosts: Iterable[str]) -> Directory:
    """The directory as far as these hosts may ask it. However large it is, little of it is read."""
    suffixes = {suffix for host in set(hosts) if host for suffix in directory_suffixes(host)}
    return Directory(work.providers.of_ids(sorted(set(work.providers.owners_of(suffixes).values()))))


Supplies = Mapping[str, Iterable[str]]
"""Ids of upstream providers in their order, by id of the provider that they supply."""


def goes_in_circle(supplies: Supplies, provider_id: str) -> bool:
    """Whether somebody would, by way of others, supply themselves."""
    seen: set[str] = set()
    waiting = list(supplies.get(provider_id, ()))
    while waiting:
        one = waiting.pop()
        if one == provider_id:
            return True
        if one not in seen:
            seen.add(one)
            waiting += supplies.get(one, ())
    return False


def chain_above(supplies: Supplies, provider_id: str) -> tuple[tuple[str, ...], ...]:
    """Who supplies a provider, then who supplies those, and so on up; each once, where it comes first."""
    seen, steps = {provider_id}, []
    step = tuple(dict.fromkeys(supplies.get(provider_id, ())))
    while step := tuple(one for one in step if one not in seen):
        steps.append(step)
        seen.update(step)
        step = tuple(dict.fromkeys(above for one in step for above in supplies.get(one, ())))
    return tuple(steps)
