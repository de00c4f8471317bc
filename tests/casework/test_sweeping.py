"""What the courier deletes by itself, and `heard sweep` at once."""

from app import jobs
from app.casework.follow_with_code import follow_with_code
from app.casework.forget_request import forget_request
from app.casework.kit import Kit
from app.outbound.mailbox import NullMailbox
from app.outbound.ports import NullMailer
from app.persistence.errors import NotThere
from tests.casework.steps import Looks
from tests.command_line import run
from tests.make import Clock, file_one


def a_forgotten_one(kit: Kit) -> str:
    """A request whose seven days are over."""
    filed = file_one(kit)
    forget_request(kit, follow_with_code(kit, filed.code), filed.request_id)
    assert isinstance(kit.clock, Clock)
    kit.clock.move(days=7, seconds=1)
    return filed.request_id


def is_there(kit: Kit, request_id: str) -> bool:
    with kit.database.reading() as work:
        try:
            work.requests.load(request_id)
        except NotThere:
            return False
    return True


def test_the_courier_destroys_what_is_due_without_any_sign_in(kit: Kit) -> None:
    request_id = a_forgotten_one(kit)
    jobs.run_courier(kit, NullMailer(), NullMailbox(), Looks(3))
    assert not is_there(kit, request_id)


def test_the_command_destroys_what_is_due_now(kit: Kit) -> None:
    request_id, other = a_forgotten_one(kit), file_one(kit)
    done = run(kit, "sweep")
    assert (done.exit_code, "1 forgotten requests destroyed" in done.output) == (0, True)
    assert not is_there(kit, request_id)
    assert is_there(kit, other.request_id)
    again = run(kit, "sweep", "--full")
    assert (again.exit_code, "0 forgotten requests destroyed" in again.output) == (0, True)


def test_the_command_says_when_the_log_could_not_be_emptied(embedded_kit: Kit) -> None:
    a_forgotten_one(embedded_kit)
    with embedded_kit.database.reading() as work:
        work.requests.is_filed(b"")
        done = run(embedded_kit, "sweep")
    assert (done.exit_code, "somebody was reading" in done.output) == (1, True)
