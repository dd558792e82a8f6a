"""The same link opened twice at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import connections

from certification import clock
from certification.audit.models import Event
from certification.errors import CannotDo
from institutions.models import Invitation, Membership, User
from institutions.services.account import change_email, key_for
from institutions.services.invitations import (
    accept_invitation,
    accept_with_new_account,
    cancel_invitation,
)
from institutions.services.members import change_member_role, end_membership
from institutions.states import MemberRole, Verb
from tests.factories import make_institution, make_invitation, make_member, make_user

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 4


def at_once(*acts):
    """What each gets who acts at the same moment as the others."""

    def one(act):
        try:
            return act()
        except CannotDo:
            return "refused"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def test_two_acceptances_make_one_membership():
    invitation = make_invitation(make_institution())
    person = make_user(email=invitation.email)

    def accept():
        mine = Invitation.objects.get(pk=invitation.pk)
        return accept_invitation(mine, by=User.objects.get(pk=person.pk)).pk

    results = at_once(*[accept] * PEOPLE)
    assert results.count("refused") == PEOPLE - 1
    assert Membership.objects.filter(user=person).count() == 1
    assert Event.objects.filter(verb=Verb.ADD_MEMBER).count() == 1


def test_two_new_accounts_make_one():
    invitation = make_invitation(make_institution())

    def accept():
        mine = Invitation.objects.get(pk=invitation.pk)
        return accept_with_new_account(mine, full_name="Nowa", password="zielony-rower").pk

    results = at_once(*[accept] * PEOPLE)
    assert results.count("refused") == PEOPLE - 1
    assert User.objects.filter(email=invitation.email).count() == 1


def test_accepting_and_cancelling_do_one_of_the_two():
    invitation = make_invitation(make_institution())
    person = make_user(email=invitation.email)
    results = at_once(
        lambda: accept_invitation(Invitation.objects.get(pk=invitation.pk), by=person),
        lambda: cancel_invitation(
            Invitation.objects.get(pk=invitation.pk), by=invitation.invited_by
        ),
    )
    assert results.count("refused") == 1
    invitation.refresh_from_db()
    assert (invitation.accepted_at is None) != (invitation.cancelled_at is None)


def test_custodians_who_all_leave_at_once_leave_one():
    institution = make_institution()
    custodians = [make_member(institution) for _n in range(6)]

    def leave(turn):
        person = custodians[turn]
        row = person.memberships.get()
        if turn % 2:
            return end_membership(row, by=person)
        return change_member_role(row, by=person, role=MemberRole.READER)

    results = at_once(*[partial(leave, turn) for turn in range(6)])
    assert results.count("refused") == 1
    in_force = Membership.objects.in_force(clock.today()).filter(institution=institution)
    assert in_force.filter(role=MemberRole.CUSTODIAN).count() == 1


def test_two_links_to_new_addresses_change_it_once():
    """Each is worth nothing as soon as the other was used."""
    person = make_user()
    keys = [key_for(person, f"nowy{number}@example.org") for number in range(PEOPLE)]
    results = at_once(*[partial(change_email, key) for key in keys])
    assert results.count("refused") == PEOPLE - 1
    assert Event.objects.filter(verb=Verb.CHANGE_EMAIL).count() == 1
