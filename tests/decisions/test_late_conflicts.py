"""Who decides reads that a person in conflict took part, and what the office said follows."""

from typing import Any

import pytest
from django.urls import reverse

from certification import clock
from certification.applications.models import Application, ConflictDeclaration
from certification.applications.services import declare_conflict, review_conflict
from certification.decisions.models import Decision
from certification.decisions.services import grant
from institutions.states import Role
from tests.assessments.factories import make_card, sign_all
from tests.factories import make_user

pytestmark = pytest.mark.django_db

MARK = "W tej sprawie brała udział osoba w konflikcie interesów"
WAITS = "biuro jeszcze nie postanowiło, co z tego wynika"
FOLLOWS = "Karty przeczytała druga osoba; nic się nie zmienia."


@pytest.fixture
def conflict() -> ConflictDeclaration:
    """One of those who signed the closed card."""
    card = sign_all(make_card())
    first = card.signers()[0]
    case = Application.objects.get(pk=card.application_id)
    return declare_conflict(case, user=first, by=first, ground=ConflictDeclaration.Ground.FAMILY)


def card_of(conflict: ConflictDeclaration) -> str:
    return reverse("card_detail", args=[conflict.application_id])


def decision_of(conflict: ConflictDeclaration) -> str:
    return reverse("decision_create", args=[conflict.application_id])


def decided(conflict: ConflictDeclaration) -> Decision:
    return grant(conflict.application, by=make_user(), session_on=clock.today())


def page_of(client: Any, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return str(response.content.decode())


def test_the_card_and_the_decision_are_marked(
    conflict: ConflictDeclaration, signed_in: Any
) -> None:
    chair = signed_in(make_user(Role.COMMITTEE_CHAIR))
    second = conflict.application.card.signers()[1]
    readers = [
        (chair, card_of(conflict)),
        (chair, decision_of(conflict)),
        (signed_in(second), card_of(conflict)),
    ]
    for client, address in readers:
        page = page_of(client, address)
        assert MARK in page
        assert WAITS in page
    review_conflict(conflict, by=make_user(Role.OFFICE), note=FOLLOWS)
    for client, address in readers:
        page = page_of(client, address)
        assert FOLLOWS in page
        assert WAITS not in page
    made = decided(conflict)
    assert FOLLOWS in page_of(chair, reverse("decision_detail", args=[made.pk]))


def test_the_way_to_what_was_done_is_for_the_office(
    conflict: ConflictDeclaration, signed_in: Any
) -> None:
    way = reverse("conflict_list", args=[conflict.application_id])
    office = signed_in(make_user(Role.OFFICE))
    assert way in page_of(office, card_of(conflict))
    chair = signed_in(make_user(Role.COMMITTEE_CHAIR))
    assert way not in page_of(chair, card_of(conflict))
    assert way not in page_of(chair, decision_of(conflict))


def test_the_institution_reads_nothing_of_it(conflict: ConflictDeclaration, signed_in: Any) -> None:
    made = decided(conflict)
    page = page_of(
        signed_in(conflict.application.opened_by), reverse("decision_detail", args=[made.pk])
    )
    assert MARK not in page
    assert WAITS not in page


def test_without_a_late_conflict_there_is_no_mark(signed_in: Any) -> None:
    card = sign_all(make_card())
    chair = signed_in(make_user(Role.COMMITTEE_CHAIR))
    for name in ("card_detail", "decision_create"):
        assert MARK not in page_of(chair, reverse(name, args=[card.application_id]))


def test_the_mark_takes_two_queries(
    conflict: ConflictDeclaration, signed_in: Any, django_assert_num_queries: Any
) -> None:
    chair = signed_in(make_user(Role.COMMITTEE_CHAIR))
    chair.get(decision_of(conflict))
    with django_assert_num_queries(14):
        chair.get(decision_of(conflict))
