"""The database itself refuses to change or delete what is append-only."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from certification.audit.append_only import GUARDS, install_guards, lift_guards, unguarded
from certification.audit.models import Event
from certification.audit.services import record
from institutions.states import Verb
from tests.factories import make_institution, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return record(Verb.CREATE_INSTITUTION, make_institution(), by=make_user())


def test_event_update_refused(event: Event) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(verb="nothing")
    event.refresh_from_db()
    assert event.verb == Verb.CREATE_INSTITUTION


def test_event_delete_refused(event: Event) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=event.pk).delete()
    assert Event.objects.filter(pk=event.pk).exists()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
def test_event_truncate_refused(event: Event) -> None:
    connection.check_constraints()  # a table with checks to be made cannot be truncated anyway
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE audit_event")


def test_unguarded_lifts_guards_for_the_block_only(event: Event) -> None:
    with unguarded(connection):
        Event.objects.filter(pk=event.pk).update(verb="changed")
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(verb="again")


def test_every_guard_is_installed() -> None:
    wanted = {
        guard.name
        for guards in GUARDS.values()
        for guard in guards
        if connection.vendor == "postgresql" or guard.event != "TRUNCATE"
    }
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        installed = {name for (name,) in cursor.fetchall()}
    # PostgreSQL cuts names at 63 characters
    assert {name[:63] for name in wanted} <= {name[:63] for name in installed}


def names_of_triggers() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL alters tables in place")
def test_guards_make_way_for_migrations_and_come_back() -> None:
    before = names_of_triggers()
    audit = apps.get_app_config("audit")
    lift_guards(audit, plan=[])  # nothing to migrate
    assert names_of_triggers() == before
    lift_guards(audit, plan=["a migration"])
    assert names_of_triggers() == set()
    for app in apps.get_app_configs():
        if app.models_module:
            install_guards(app)
    assert names_of_triggers() == before
