"""Promise 10: a conflict, an ended membership or a deactivated account closes pages at once."""

from typing import Any

import pytest
from django.test import Client

from certification.applications.models import ConflictDeclaration
from certification.applications.services.conflicts import declare_conflict
from institutions.models import User
from institutions.states import Role
from tests.access.looking import CLOSED, Foreign, addresses, client_of, end_membership, text_of
from tests.correspondence.factories import make_message
from tests.factories import make_evidence, make_member, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("where_the_files_are")]

OTHER = ConflictDeclaration.Ground.OTHER

# the office opens them for another reason than the case
NOT_OF_CASE = {"institution_import_preview", "evidence_detail", "decision_detail"}


def status(client: Client, address: str) -> int:
    response = client.get(address)
    text_of(response)  # a file is closed once it was read
    return response.status_code


def open_to(foreign: Foreign, client: Client) -> list[str]:
    """The addresses of the case that the person may open now."""
    return [
        address
        for name, address in addresses(foreign)
        if name in CLOSED and name not in NOT_OF_CASE and status(client, address) == 200
    ]


def statuses(client: Client, pages: list[str]) -> set[tuple[str, int]]:
    return {(address, status(client, address)) for address in pages}


@pytest.mark.parametrize(("who", "least"), [("custodian", 20), ("reader", 14)])
def test_an_ended_membership_closes_every_page_at_once(
    foreign: Foreign, who: str, least: int
) -> None:
    user: Any = foreign.world.people[who]
    client = client_of(user)
    pages = open_to(foreign, client)
    assert len(pages) >= least
    end_membership(user)
    assert {code for _page, code in statuses(client, pages)} == {404}


def _declares(foreign: Foreign, user: Any) -> None:
    declare_conflict(foreign.case, user=user, by=user, ground=OTHER, note="Znamy się.")


def _is_declared_by_the_office(foreign: Foreign, user: Any) -> None:
    declare_conflict(foreign.case, user=user, by=make_user(Role.OFFICE), ground=OTHER)


def _joins(foreign: Foreign, user: Any) -> None:
    """Yesterday, for one day: belonging once is enough."""
    make_member(foreign.case.institution, user=user)
    end_membership(user)


def _uploads(foreign: Foreign, user: Any) -> None:
    make_evidence(foreign.case.institution, by=user)


def _writes(foreign: Foreign, user: Any) -> None:
    make_message(foreign.case, by=user, side="institution")


@pytest.mark.parametrize(("who", "least"), [("office", 10), ("assessor", 8)])
@pytest.mark.parametrize(
    "conflict", [_declares, _is_declared_by_the_office, _joins, _uploads, _writes]
)
def test_a_conflict_closes_every_page_at_once(
    foreign: Foreign, who: str, least: int, conflict: Any
) -> None:
    user: Any = foreign.world.people[who]
    client = client_of(user)
    pages = open_to(foreign, client)
    assert len(pages) >= least
    conflict(foreign, user)
    assert {code for _page, code in statuses(client, pages)} == {404}


@pytest.mark.parametrize("who", ["custodian", "reader", "office", "assessor"])
def test_a_deactivated_account_closes_every_page_at_once(foreign: Foreign, who: str) -> None:
    user: Any = foreign.world.people[who]
    client = client_of(user)
    pages = open_to(foreign, client)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert {code for _page, code in statuses(client, pages)} == {302}  # to the sign-in
    assert "_auth_user_id" not in client.session or client.get(pages[0]).status_code == 302
