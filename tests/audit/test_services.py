"""The journal is a chain, and a fault in it is found and named."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from certification.audit.append_only import unguarded
from certification.audit.models import ChainHead, Event
from certification.audit.services import GENESIS, faults, record, seal
from institutions.states import Verb
from tests.factories import make_institution, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain() -> list[Event]:
    by, institution = make_user(), make_institution()
    return [
        record(Verb.CHANGE_INSTITUTION, institution, by=by, case=institution, step=step)
        for step in range(5)
    ]


def tamper(**changes: Any) -> None:
    pk = changes.pop("pk")
    with unguarded(connection):
        Event.objects.filter(pk=pk).update(**changes)


def test_record_links_each_event_to_the_one_before(chain: list[Event]) -> None:
    assert chain[0].previous == GENESIS
    assert [event.previous for event in chain[1:]] == [event.hash for event in chain[:-1]]
    assert [event.seq for event in chain] == [1, 2, 3, 4, 5]


def test_record_survives_the_round_trip_through_the_database(chain: list[Event]) -> None:
    assert [seal(event) for event in Event.objects.all()] == [event.hash for event in chain]


def test_faults_none_when_whole(chain: list[Event]) -> None:
    assert list(faults()) == []


@pytest.mark.parametrize(
    "change",
    [{"verb": "other"}, {"facts": {"step": 9}}, {"case": "x:1"}, {"by": None}, {"subject": "y:2"}],
)
def test_faults_changed_row_is_named(chain: list[Event], change: dict[str, Any]) -> None:
    tamper(pk=chain[2].pk, **change)
    assert [str(chain[2].seq) in fault for fault in faults()] == [True]


def test_faults_removed_row_is_named(chain: list[Event]) -> None:
    with unguarded(connection):
        Event.objects.filter(pk=chain[2].pk).delete()
    assert len(list(faults())) == 2  # a gap in the numbers, and a link that does not fit


def test_faults_cut_off_end_is_found(chain: list[Event]) -> None:
    with unguarded(connection):
        Event.objects.filter(pk=chain[4].pk).delete()
    assert len(list(faults())) == 1


def test_faults_chain_computed_anew_is_found_by_its_anchor(chain: list[Event]) -> None:
    anchor = chain[4].hash
    previous = GENESIS
    with unguarded(connection):
        for event in Event.objects.order_by("seq"):
            event.facts, event.previous = {"step": 0}, previous
            event.hash = previous = seal(event)
            Event.objects.filter(pk=event.pk).update(
                facts=event.facts, previous=event.previous, hash=event.hash
            )
    ChainHead.objects.update(hash=previous)
    assert list(faults()) == []
    assert len(list(faults(anchor))) == 1


def test_verify_audit_says_whole(chain: list[Event]) -> None:
    out = StringIO()
    call_command("verify_audit", stdout=out)
    assert chain[-1].hash in out.getvalue()


def test_verify_audit_fails_on_a_fault(chain: list[Event]) -> None:
    tamper(pk=chain[0].pk, verb="other")
    with pytest.raises(CommandError):
        call_command("verify_audit", stderr=StringIO())


@pytest.mark.django_db(transaction=True)
def test_record_refuses_to_stand_outside_a_transaction() -> None:
    with pytest.raises(RuntimeError):
        record(Verb.CREATE_INSTITUTION, make_institution(), by=None)


@pytest.mark.django_db(transaction=True)
def test_record_goes_with_a_verb_that_is_rolled_back() -> None:
    institution = make_institution()
    with transaction.atomic():
        record(Verb.CREATE_INSTITUTION, institution, by=None)
        transaction.set_rollback(True)
    assert Event.objects.count() == 0
