"""Rows that stay as they were written, kept by triggers in the database itself.

    @append_only
    class Event(models.Model): ...

    @frozen_when("submitted_at IS NOT NULL")
    class Assessment(models.Model): ...

Python code can be bypassed by `.update()`, the shell or psql; a trigger cannot be forgotten.
The condition is SQL that both databases read; `{row}` in it is the row as it stands (OLD, or
NEW when inserting). A refused statement raises IntegrityError.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from django.apps import AppConfig, apps
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

M = TypeVar("M", bound=type[models.Model])


@dataclass(frozen=True)
class Guard:
    """Refuse `event` on `table` where `condition` holds; None means always."""

    table: str
    event: str
    condition: str | None

    @property
    def name(self) -> str:
        return f"append_only_{self.table}_{self.event.lower()}"

    def sql(self, vendor: str) -> list[str]:
        row = "NEW" if self.event == "INSERT" else "OLD"
        condition = self.condition.format(row=row) if self.condition else None
        refusal = f"{self.table} is append-only: {self.event} refused"
        if vendor == "sqlite":
            when = f"WHEN {condition} " if condition else ""
            return [
                f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} "
                f"FOR EACH ROW {when}BEGIN SELECT RAISE(ABORT, '{refusal}'); END",
            ]
        # A trigger's WHEN may hold no sub-select in PostgreSQL, so the function asks.
        go_on = f"IF NOT ({condition}) THEN RETURN {self._unchanged}; END IF; " if condition else ""
        return [
            f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger AS $$ BEGIN {go_on}"
            f"RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation'; "
            f"END; $$ LANGUAGE plpgsql",
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} "
            f"FOR EACH {'STATEMENT' if self.event == 'TRUNCATE' else 'ROW'} "
            f"EXECUTE FUNCTION {self.name}()",
        ]

    @property
    def _unchanged(self) -> str:
        return "OLD" if self.event == "DELETE" else "NEW"


GUARDS: dict[str, list[Guard]] = {}


def guard(table: str, *events: str, when: str | None = None) -> None:
    """Guard a table that has no model class of its own (a many-to-many table)."""
    GUARDS[table] = [Guard(table, event, when) for event in events]


def append_only(model: M) -> M:
    """Rows are inserted and never changed or deleted."""
    guard(model._meta.db_table, "UPDATE", "DELETE", "TRUNCATE")
    return model


def never_changed(model: M) -> M:
    """Rows never change. One that no other row points at may go: foreign keys keep the rest."""
    guard(model._meta.db_table, "UPDATE")
    return model


def frozen_when(condition: str, *, also_insert: bool = False) -> Callable[[M], M]:
    """Rows are free until `condition` holds for them, and then neither change nor go."""

    def decorate(model: M) -> M:
        events = ("INSERT",) if also_insert else ()
        guard(model._meta.db_table, "UPDATE", "DELETE", *events, when=condition)
        return model

    return decorate


def install_guards(sender: AppConfig, using: str = "default", **kwargs: Any) -> None:
    """Create the triggers of one app's tables anew, and no others; runs after each migrate."""
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    tables = {
        model._meta.db_table
        for model in apps.get_app_config(sender.label).get_models(include_auto_created=True)
    }
    with connection.cursor() as cursor:
        for table in sorted(tables & existing):
            _drop_all(connection, table)
            for each in GUARDS.get(table, ()):
                if each.event == "TRUNCATE" and connection.vendor == "sqlite":
                    continue  # SQLite has no such statement
                for statement in each.sql(connection.vendor):
                    cursor.execute(statement)


def lift_guards(sender: AppConfig, using: str = "default", plan: Any = (), **kwargs: Any) -> None:
    """Drop every trigger before migrations that have something to do; SQLite only.

    It rebuilds a table under another name, and refuses to name it back while a trigger of some
    other table reads it. `install_guards` puts all of them back after the last migration; should
    one fail, the next run of `migrate` does.
    """
    connection = connections[using]
    if connection.vendor == "sqlite" and plan:
        lift, _again = _sqlite_switches(connection)
        _execute(connection, lift)


def _drop_all(connection: BaseDatabaseWrapper, table: str) -> None:
    """Drop the table's triggers of ours, those of an earlier version of the program included."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
            )
            ending = ""
        else:
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
                [table],
            )
            ending = f" ON {table}"
        for (name,) in cursor.fetchall():
            if name.startswith("append_only_"):
                cursor.execute(f"DROP TRIGGER {name}{ending}")


def refuse_insert(model: type[models.Model], *, when: str) -> None:
    """Refuse new rows too where `when` holds, on a model that is guarded otherwise already."""
    table = model._meta.db_table
    GUARDS[table].append(Guard(table, "INSERT", when))


@contextmanager
def unguarded(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Lift every guard for the block: emptying a test database, and lawful erasure.

    Nothing in the program's own verbs uses it.
    """
    lift, restore = _SWITCHES[connection.vendor](connection)
    _execute(connection, lift)
    try:
        yield
    finally:
        _execute(connection, restore)


def _execute(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _sqlite_switches(connection: BaseDatabaseWrapper) -> tuple[list[str], list[str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE name LIKE 'append_only_%'")
        triggers = cursor.fetchall()
    lift = [f"DROP TRIGGER {name}" for name, _sql in triggers]
    # a migration inside the block may have put them back already
    again = [sql.replace("TRIGGER", "TRIGGER IF NOT EXISTS", 1) for _name, sql in triggers]
    return lift, again


def _postgresql_switches(connection: BaseDatabaseWrapper) -> tuple[list[str], list[str]]:
    tables = sorted(GUARDS.keys() & set(connection.introspection.table_names()))
    # a table with deferred checks still to be made cannot be altered: make them now
    lift = ["SET CONSTRAINTS ALL IMMEDIATE"]
    lift += [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables]
    restore = [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables]
    return lift, [*restore, "SET CONSTRAINTS ALL DEFERRED"]


_SWITCHES = {"sqlite": _sqlite_switches, "postgresql": _postgresql_switches}
