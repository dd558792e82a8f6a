"""One institution, and somebody who keeps its things."""

import pytest

from certification.standards.models import EvidenceType
from institutions.models import Institution, User
from tests.factories import make_institution, make_member


@pytest.fixture
def institution() -> Institution:
    return make_institution()


@pytest.fixture
def by(institution: Institution) -> User:
    return make_member(institution)


@pytest.fixture
def statute() -> EvidenceType:
    return EvidenceType.objects.create(code="statut", name_pl="Statut")
