"""Who does something, and the keys they brought. Reprs show no key."""

from dataclasses import dataclass

from app.domain.words import Role, Standing
from app.vault.pairs import KeyPair, Ring
from app.vault.seal import SecretKey


@dataclass(frozen=True)
class Requester:
    """Someone who opened the follow page with a receipt code."""

    request_id: str
    party_id: str
    generation: int
    standing: Standing
    request_key: SecretKey
    voice_key: SecretKey

    def __repr__(self) -> str:
        return "Requester(…)"


@dataclass(frozen=True)
class Caseworker:
    """Someone at the desk, with their own key and their grant of the team key open.

    `team` holds the key before, too, while a rotation runs. `role`: CASEWORKER or SUPERVISOR.
    """

    id: str
    name: str
    pair: KeyPair
    team: Ring
    role: Role = Role.CASEWORKER

    def __repr__(self) -> str:
        return f"Caseworker({self.id})"


@dataclass(frozen=True)
class Admin:
    """Someone who looks after people, providers and countries. Has no grant and cannot open a case."""

    id: str
    name: str
    pair: KeyPair
    role: Role = Role.ADMIN

    def __repr__(self) -> str:
        return f"Admin({self.id})"


@dataclass(frozen=True)
class Auditor:
    """Someone who reads trail and numbers. Has no grant, opens nothing, changes nothing."""

    id: str
    name: str
    pair: KeyPair
    role: Role = Role.AUDITOR

    def __repr__(self) -> str:
        return f"Auditor({self.id})"


@dataclass(frozen=True)
class Provider:
    """Whoever holds the link of a notice."""

    notice_id: str
    notice_key: SecretKey

    def __repr__(self) -> str:
        return f"Provider({self.notice_id})"


@dataclass(frozen=True)
class Voucher:
    """Whoever was asked to confirm, with link and phrase. Opens one proof, and nothing of the request."""

    proof_id: str
    proof_key: SecretKey

    def __repr__(self) -> str:
        return "Voucher(…)"


@dataclass(frozen=True)
class Courier:
    """The sending process; `ring` holds its lasting keys, open in memory only."""

    process_id: str
    ring: Ring

    def __repr__(self) -> str:
        return f"Courier({self.process_id})"


Staff = Caseworker | Admin | Auditor
