"""One institution, and somebody who keeps its things."""

from typing import Any

import pytest
from django.test import Client

from certification.standards.models import EvidenceType
from institutions.models import Institution, User
from institutions.states import Role
from tests.factories import make_institution, make_member, make_user


@pytest.fixture
def institution() -> Institution:
    return make_institution()


@pytest.fixture
def by(institution: Institution) -> User:
    return make_member(institution)


@pytest.fixture
def statute() -> EvidenceType:
    return EvidenceType.objects.create(code="statut", name_pl="Statut")


@pytest.fixture
def office(signed_in: Any) -> Client:
    return signed_in(make_user(Role.OFFICE))
