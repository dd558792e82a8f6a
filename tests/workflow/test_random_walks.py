"""Promise 23: whatever people do in whatever order, no case comes to an illegal state, no answer is
lost and the journal has each verb once.

Hypothesis walks through the real services, sensibly and senselessly, and shortens a walk that
breaks something to the fewest steps. What is refused must change nothing.
"""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from certification.applications.states import Verb

from .checks import REACHED
from .machine import Walk
from .tour import tour

pytestmark = pytest.mark.django_db

WALKS, STEPS = 40, 50
# Calls are the office's own; what they do to an application is in tests of their own.
OF_CALLS = {Verb.OPEN_CALL, Verb.EDIT_CALL, Verb.CLOSE_CALL, Verb.EXTEND_CALL, Verb.LEAVE_CALL}


def test_every_verb_can_be_reached() -> None:
    REACHED.clear()
    walk = Walk()
    try:
        for step in tour(walk):
            step()
            walk.everything_holds()
    finally:
        walk.teardown()
    assert set(Verb) - OF_CALLS - REACHED == set()


def test_random_walks_keep_every_promise() -> None:
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=WALKS,
            stateful_step_count=STEPS,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
