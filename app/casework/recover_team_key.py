"""Opening the team key with the printed shares of the recovery key."""

from dataclasses import dataclass

from app.casework.errors import KeyNotTrusted, OtherRecoveryKey
from app.casework.kit import Kit
from app.casework.vouching import recovery_name, require_vouched
from app.vault.pairs import KeyPair, open_with
from app.vault.seal import NotOpened, Purpose
from app.vault.shares import join_shares


@dataclass(frozen=True)
class Recovered:
    """The team key in use, opened by the shares."""

    team: KeyPair
    team_key_id: str
    recovery_key_id: str

    def __repr__(self) -> str:
        return "Recovered(…)"


def recover_team_key(kit: Kit, shares: tuple[str, ...]) -> Recovered:
    """Writes nothing. Raises ShareProblem, OtherRecoveryKey, and KeyNotTrusted when what the shares open
    is not the team key that is pinned, or the database's recovery key is not the one it vouches for."""
    pair = KeyPair(join_shares(shares))
    with kit.database.reading() as work:
        key, recovery = kit.team_key(work), work.team_keys.recovery()
        if recovery is None or recovery.public != pair.public:
            raise OtherRecoveryKey
        grant = work.team_keys.recovery_grant(recovery.id, key.id)
    try:
        team = KeyPair(open_with(pair, Purpose.TEAM_KEY_RECOVERY, key.id, grant or b""))
    except (NotOpened, ValueError):
        raise KeyNotTrusted(f"team key {key.id}") from None
    if team.public != key.public:
        raise KeyNotTrusted(f"team key {key.id}")
    require_vouched(team, recovery_name(recovery.id), recovery.public, recovery.public_mac)
    return Recovered(team, key.id, recovery.id)
