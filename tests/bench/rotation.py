"""How fast a rotation seals everything anew, and whether anything stays under the key before."""

import time
from collections.abc import Iterator
from unittest.mock import patch

from app.casework import follow_with_code
from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.casework.rotate_team_key import rotate_team_key
from app.vault.codes import CodeSecrets
from app.vault.derive import hkdf, key_from
from app.vault.pairs import key_id_of
from tests.bench.figures import BenchBroken, Figure
from tests.casework.key_steps import again, prepared
from tests.make import ADA, TEAM, file_one

LOST_BAR = 0
LOOK_AT = 20


def measure_rotation(kit: Kit, count: int, *, counts_lost: bool = False) -> Iterator[Figure]:
    """File `count` requests, rotate the team key, and open some of the cases with the new one."""
    ids = _file(kit, count)
    before = _sealed_to(kit, TEAM.public)
    if before < count:
        raise BenchBroken(f"{count} requests have {before} keys that are sealed to the team")
    kit = prepared(kit)
    began = time.monotonic()
    rotate_team_key(kit, ADA)
    took = time.monotonic() - began
    ada = again(kit, ADA)
    for request_id in ids[:: max(1, count // LOOK_AT)]:
        open_case(kit, ada, request_id)
    yield Figure("rotation_requests_per_s", round(count / took, 1), "per s")
    if counts_lost:
        lost = before - _sealed_to(kit, ada.team.current.public)
        yield Figure("rotation_lost", max(lost, _sealed_to(kit, TEAM.public)), "keys", LOST_BAR)


def _file(kit: Kit, count: int) -> list[str]:
    """Ids of new requests. Their codes are stretched quickly: a rotation never sees a code."""
    with patch.object(follow_with_code, "code_secrets", _quick_secrets):
        return [file_one(kit).request_id for _ in range(count)]


def _quick_secrets(code: str, salt: bytes) -> CodeSecrets:
    stretched = hkdf(code.encode() + salt, "bench", 32)
    return CodeSecrets(hkdf(stretched, "code lookup"), key_from(stretched, "code wrapping"))


def _sealed_to(kit: Kit, public: bytes) -> int:
    """How many keys of cases are sealed to one team key."""
    with kit.database.reading() as work:
        return work.wraps.count_sealed_to(key_id_of(public).hex())
