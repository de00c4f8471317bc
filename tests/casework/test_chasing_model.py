"""Runs tests/casework/chase_model.py on both databases: a few rounds, and many with HEARD_SOAK."""

import os

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from app.casework.kit import Kit
from tests.casework.chase_model import ChaseModel
from tests.casework.chase_steps import know_slow

IS_LONG = bool(os.environ.get("HEARD_SOAK"))


def test_whatever_people_and_couriers_do_after_a_notice_the_ladder_keeps_its_promises(kit: Kit) -> None:
    know_slow(kit)
    model = type("Model", (ChaseModel,), {"kit": kit})
    rounds = settings(
        max_examples=400 if IS_LONG else 8,
        stateful_step_count=40 if IS_LONG else 20,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(model, settings=rounds)  # type: ignore[no-untyped-call]
