"""Two caseworkers at the same cases at the same moments: nothing that one of them did is lost, no notice goes
twice. 500 cases for a minute; tests/casework/test_two_caseworkers.py is the short form of it.
"""

import os

import pytest

from app.casework.kit import Kit
from tests.casework.hammering import hammer

CASES = 500


@pytest.mark.soak
def test_two_caseworkers_hammering_the_same_500_cases_for_a_minute(kit: Kit) -> None:
    seconds = float(os.environ.get("HEARD_SOAK_SECONDS", "60"))
    print(hammer(kit, CASES, seconds))
