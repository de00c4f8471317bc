"""Writing the courier's key to the file of HEARD_COURIER_KEY_FILE. See app/casework/courier_key_file.py."""

import os
from pathlib import Path

from app.casework.actors import Caseworker
from app.casework.hotline_trail import note
from app.casework.kit import Kit
from app.casework.unlock_courier import courier_seed
from app.domain.staff import KeyState
from app.domain.trail import TrailKind
from app.persistence.team_keys import COURIER


def write_courier_key(kit: Kit, actor: Caseworker, file: Path) -> None:
    """Whole or not at all, readable for its owner alone; an earlier file is replaced.

    Raises KeyNotTrusted when the courier's key in the database was swapped, OSError.
    """
    with kit.database.writing() as work:
        keys = work.hotline_keys.of_kind(COURIER, KeyState.CURRENT, KeyState.OLD)
        note(work, TrailKind.COURIER_KEY_WRITTEN, actor.id, kit.clock())
        work.commit()
    seeds = [courier_seed(actor, key).hex() for key in keys]
    fresh = file.with_name(f".{file.name}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write("".join(f"{seed}\n" for seed in seeds))
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)
