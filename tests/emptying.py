"""How a transactional test leaves the database: without a row, and with all its guards.

Django truncates every table, which takes PostgreSQL longer than most tests, and then makes the
rows anew that follow each migration: permissions and types, for which nobody asks here.
"""

from typing import Any

from django.core.management.commands import flush
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from certification.audit.append_only import unguarded


def handle(_command: flush.Command, **options: Any) -> None:
    """In place of what Django's command `flush` does, while tests run."""
    connection = connections[options["database"]]
    with transaction.atomic(using=connection.alias):
        if tables := _with_rows(connection):
            with unguarded(connection):
                _empty(connection, tables)


def _with_rows(connection: BaseDatabaseWrapper) -> list[str]:
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    asked = (f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {table})" for table in tables)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return [table for (table,) in cursor.fetchall()]


def _empty(connection: BaseDatabaseWrapper, tables: list[str]) -> None:
    """Whatever points at what: SQLite looks when it commits, PostgreSQL after each statement."""
    each = [f"DELETE FROM {table}" for table in tables]  # noqa: S608
    if connection.vendor == "postgresql":
        parts = (f"of_{number} AS ({one})" for number, one in enumerate(each))
        each = [f"WITH {', '.join(parts)} SELECT 1"]
    with connection.cursor() as cursor:
        for statement in each:
            cursor.execute(statement)
