"""A conflict of interest closes the case."""

import pytest
from django.db import transaction

from certification.applications import access, services
from certification.applications.models import Application, ConflictDeclaration
from certification.applications.states import State
from certification.audit.models import Event
from certification.errors import CannotDo
from institutions.states import Role
from tests.applications.factories import in_state
from tests.factories import (
    make_user,
)

pytestmark = pytest.mark.django_db

GROUND = ConflictDeclaration.Ground.ADVISED


def test_declare_conflict_closes_the_case_at_once():
    application, clerk = in_state(State.FORMAL_CHECK), make_user(Role.OFFICE)
    assert list(Application.objects.visible_to(clerk)) == [application]

    services.declare_conflict(application, user=clerk, by=clerk, ground=GROUND, note="Szkolenie.")

    assert list(Application.objects.visible_to(clerk)) == []
    event = Event.objects.of_case(application).get()
    assert (event.verb, event.facts) == (
        "applications.declare_conflict",
        {"user": clerk.pk, "ground": "advised", "source": "person"},
    )


def test_declare_conflict_twice():
    application, clerk = in_state(State.FORMAL_CHECK), make_user(Role.OFFICE)
    services.declare_conflict(application, user=clerk, by=clerk, ground=GROUND)

    with pytest.raises(CannotDo):
        services.declare_conflict(application, user=clerk, by=clerk, ground=GROUND)


def test_declare_conflict_tells_the_layers_above(monkeypatch):
    monkeypatch.setattr(access, "_on_conflict", [])
    application, clerk = in_state(State.FORMAL_CHECK), make_user(Role.OFFICE)
    told = []

    @access.on_conflict
    def end(application, *, user, by):
        told.append((application, user, by, transaction.get_connection().in_atomic_block))

    services.declare_conflict(application, user=clerk, by=application.opened_by, ground=GROUND)

    assert told == [(application, clerk, application.opened_by, True)]


def test_declare_conflict_is_undone_when_a_layer_above_fails(monkeypatch):
    monkeypatch.setattr(access, "_on_conflict", [])
    application, clerk = in_state(State.FORMAL_CHECK), make_user(Role.OFFICE)

    @access.on_conflict
    def fail(application, *, user, by):
        raise RuntimeError

    with pytest.raises(RuntimeError), transaction.atomic():
        services.declare_conflict(application, user=clerk, by=clerk, ground=GROUND)

    assert ConflictDeclaration.objects.count() == 0
    assert Event.objects.count() == 0
