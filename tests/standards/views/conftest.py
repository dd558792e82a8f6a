"""Who keeps the catalogue, and a draft of its next edition."""

from typing import Any

import pytest
from django.test import Client

from certification.standards.models import StandardSet
from tests.standards.factories import make_draft, make_keeper


@pytest.fixture
def keeper(signed_in: Any) -> Client:
    client: Client = signed_in(make_keeper())
    return client


@pytest.fixture
def draft() -> StandardSet:
    return make_draft()
