"""The databases that are measured: made once, then reused."""

import time
from pathlib import Path

from django.core.management import call_command
from django.db import connection, connections, transaction

from bench.seed import seed
from certification.applications.models import Application
from certification.audit.append_only import unguarded


def use(size: int) -> None:
    """Let everything from now on, `default` being its name, go to the database of that size."""
    connections["default"] = connections[f"size_{size}"]


def prepare(size: int, *, fresh: bool) -> None:
    """Create and fill the database of that size, unless it is there; `fresh` drops it first."""
    use(size)
    connection.ensure_connection() if _exists() and not fresh else _create()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    if Application.objects.exists():
        return
    start = time.perf_counter()
    with transaction.atomic(), unguarded(connection):
        seed(size)
    if connection.vendor == "postgresql":  # which would do so itself before long
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    print(f"seeded {size:,} applications in {time.perf_counter() - start:.0f} s")


def _exists() -> bool:
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return Path(name).exists()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def _create() -> None:
    name = connection.settings_dict["NAME"]
    connection.close()
    if connection.vendor == "sqlite":
        for ending in ("", "-wal", "-shm"):
            Path(f"{name}{ending}").unlink(missing_ok=True)
        return
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}"')
