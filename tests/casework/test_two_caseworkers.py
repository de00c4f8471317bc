"""The short form of tests/soak/test_two_caseworkers.py."""

from app.casework.kit import Kit
from tests.casework.hammering import hammer


def test_two_caseworkers_at_the_same_cases_lose_nothing_and_notice_nothing_twice(kit: Kit) -> None:
    print(hammer(kit, 30, 5))
