"""The office, and an assessor with a card of an open round."""

import pytest

from institutions.states import Role
from tests.assessments.calibration.factories import make_sample_card, open_row
from tests.factories import make_user


@pytest.fixture
def office(signed_in):
    return signed_in(make_user(Role.OFFICE))


@pytest.fixture
def card():
    return make_sample_card(open_row())


@pytest.fixture
def me(card, signed_in):
    return signed_in(card.assessor)
