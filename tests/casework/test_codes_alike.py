"""Every code that opens nothing gets one answer by the same work, whatever the reason; a good one too."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event

from app.casework.destroy_forgotten import destroy_forgotten
from app.casework.errors import CodeProblem
from app.casework.follow_with_code import follow_with_code
from app.casework.forget_request import forget_request
from app.casework.issue_child_code import issue_child_code
from app.casework.kit import Kit
from app.casework.replace_code import ReplaceInput, replace_code
from app.casework.revoke_party import revoke_party
from app.casework.revoke_party_at_desk import RevokeInput, revoke_party_at_desk
from app.casework.take_case import take_case
from app.casework.take_over_code import take_over_code
from app.domain.words import Asker
from app.vault import codes, derive, seal
from app.vault.codes import new_code
from tests.casework.party_steps import family
from tests.make import ADA, Clock, file_one


def never_issued(_kit: Kit) -> str:
    return new_code()


def one_letter_off(kit: Kit) -> str:
    """Well formed, and very like a good one."""
    folded = codes.read_code(file_one(kit).code)
    drawn = folded[:-2] + ("Z" if folded[-2] != "Z" else "Y")
    return drawn + codes._checksum(drawn)


def replaced(kit: Kit) -> str:
    filed = file_one(kit)
    replace_code(kit, follow_with_code(kit, filed.code), ReplaceInput(new_code()))
    return filed.code


def forgotten(kit: Kit) -> str:
    filed = file_one(kit)
    forget_request(kit, follow_with_code(kit, filed.code), filed.request_id)
    return filed.code


def destroyed(kit: Kit) -> str:
    code = forgotten(kit)
    assert isinstance(kit.clock, Clock)
    kit.clock.move(days=8)
    assert destroy_forgotten(kit).count
    return code


def handed_over_and_taken(kit: Kit) -> str:
    """The code a caseworker gave out, after its first use."""
    filed = file_one(kit, asker=Asker.PARENT)
    take_case(kit, ADA, filed.request_id)
    code = issue_child_code(kit, ADA, filed.request_id)
    take_over_code(kit, follow_with_code(kit, code), new_code())
    return code


def left(kit: Kit) -> str:
    """Of a revoked party that asked to be forgotten."""
    both = family(kit, verified=True)
    revoke_party_at_desk(kit, ADA, RevokeInput(both.request_id, both.child.party_id))
    forget_request(kit, follow_with_code(kit, both.child_code), both.request_id)
    return both.child_code


OPENS_NOTHING = (never_issued, one_letter_off, replaced, forgotten, destroyed, handed_over_and_taken, left)


def good(kit: Kit) -> str:
    return file_one(kit).code


def revoked(kit: Kit) -> str:
    """It still opens: the page as it stood."""
    both = family(kit)
    revoke_party(kit, both.child)
    return both.filed.code


@contextmanager
def counting(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Each statement with the number of its parameters, and each use of a cipher, a KDF or a hash of keys."""
    done: list[str] = []

    def statement(_c: object, _cursor: object, text: str, parameters: object, *_rest: object) -> None:
        done.append(f"{text} ({len(parameters)})")  # type: ignore[arg-type]

    def noting(where: object, name: str) -> None:
        real: Callable[..., object] = getattr(where, name)

        def noted(*args: object, **named: object) -> object:
            done.append(name)
            return real(*args, **named)

        monkeypatch.setattr(where, name, noted)

    with monkeypatch.context():
        for where, name in ((derive, "Argon2id"), (derive, "HKDF"), (seal, "AESGCM"), (seal, "binding")):
            noting(where, name)
        event.listen(kit.database.engine, "before_cursor_execute", statement)
        try:
            yield done
        finally:
            event.remove(kit.database.engine, "before_cursor_execute", statement)
            monkeypatch.undo()


def work_of(kit: Kit, code: str, monkeypatch: pytest.MonkeyPatch) -> tuple[str, list[str]]:
    """What came of it, and what was done for it, in its order."""
    with counting(kit, monkeypatch) as done:
        try:
            follow_with_code(kit, code)
        except CodeProblem as problem:
            return problem.code, done
    return "opened", done


def test_one_answer_by_the_same_work(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    hit = work_of(kit, good(kit), monkeypatch)
    assert hit[0] == "opened"
    for kind in OPENS_NOTHING:
        assert work_of(kit, kind(kit), monkeypatch) == ("unknown", hit[1]), kind.__name__
    assert work_of(kit, revoked(kit), monkeypatch) == hit
    kinds = [step.split()[0] for step in hit[1]]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "Argon2id": 1,
        "HKDF": 3,  # the salt, where to look, the key that opens
        "SELECT": 2,
        "AESGCM": 4,  # two keys opened, and a stand-in locked for each
        "binding": 4,
    } | ({"BEGIN": 1} if kit.database.is_embedded else {})


def test_the_page_says_the_same_for_each_byte_for_byte(embedded_kit: Kit, site: Flask) -> None:
    answers = set()
    for kind in OPENS_NOTHING:
        response = site.test_client().post(
            "/follow", data={"code": kind(embedded_kit)}, headers={"Origin": "http://localhost"}
        )
        headers = sorted((name, value) for name, value in response.headers if "nonce" not in value)
        answers.add((response.status_code, str(headers), response.data))
    assert [status for status, _headers, _page in answers] == [422]
