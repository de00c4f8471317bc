"""Whose host is this? Matching hosts to the hotline's own directory of providers."""

from app.persistence.providers import Provider
from app.places.hosts import directory_suffixes


class Directory:
    """The directory, ready to be asked. The longest suffix wins."""

    def __init__(self, providers: tuple[Provider, ...]) -> None:
        self._by_suffix = {suffix: provider for provider in providers for suffix in provider.suffixes}

    def provider_of(self, host: str) -> Provider | None:
        for suffix in directory_suffixes(host):
            if suffix in self._by_suffix:
                return self._by_suffix[suffix]
        return None
