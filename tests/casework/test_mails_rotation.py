"""A new team key, and a backup: received mails go along."""

from app.casework.kit import Kit
from app.casework.reseal_to_team import left_under
from app.casework.rotate_team_key import rotate_team_key
from app.casework.show_mail import show_mail
from app.domain.staff import KeyState
from app.persistence.backup_rows import Part, tables_of
from tests.casework.key_steps import again, opened_by, pinning, prepared
from tests.casework.put_mail import put_mail
from tests.make import ADA, BEN, TEAM


def test_mails_open_with_the_new_key_and_no_longer_with_the_one_before(kit: Kit) -> None:
    mail_id = put_mail(kit, None, "A few words.")
    kit = prepared(kit)
    assert "received_mails.mail_sealed" in opened_by(kit, TEAM)
    with kit.database.reading() as work:
        assert left_under(work, work.team_keys.current(), KeyState.CURRENT).mails == 1
    rotate_team_key(kit, ADA)
    kit = pinning(kit, kit.settings.team_fingerprints[1])
    ben = again(kit, BEN)
    assert opened_by(kit, TEAM) == set()
    words = show_mail(kit, ben, mail_id).words
    assert words is not None
    assert words.text == "A few words."


def test_mails_are_in_the_part_of_a_backup_that_is_kept_for_days_only() -> None:
    assert "received_mails" in {table.name for table in tables_of(Part.WRAPS)}
    assert "received_mails" not in {table.name for table in tables_of(Part.MAIN)}
