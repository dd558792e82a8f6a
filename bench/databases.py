"""The databases that are measured: made once, reused until the tables or the data change."""

import hashlib
import time
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import DatabaseError, connection, connections, transaction

from bench.seed import seed
from certification.audit.append_only import unguarded

RECIPE = "bench-recipe"
INGREDIENTS = ("certification/*/migrations/*.py", "institutions/migrations/*.py", "bench/seed/*.py")


def use(size: int) -> None:
    """Let everything from now on, `default` being its name, go to the database of that size."""
    connections["default"] = connections[f"size_{size}"]


def prepare(size: int, *, fresh: bool) -> None:
    """Create and fill the database of that size, unless it is there; `fresh` makes it anew."""
    use(size)
    recipe = _recipe()
    if not fresh and _exists() and _was_made_by(recipe):
        return
    create()
    start = time.perf_counter()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    with unguarded(connection), transaction.atomic():
        seed(size)
    settle()
    cache.set(RECIPE, recipe, timeout=None)
    print(f"seeded {size:,} applications in {time.perf_counter() - start:.0f} s")


def settle() -> None:
    """What PostgreSQL would do itself before long: it plans by what it knows of the tables."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _recipe() -> str:
    """What the database is made from: the migrations and the seed."""
    files = [file for pattern in INGREDIENTS for file in settings.BASE_DIR.glob(pattern)]
    return hashlib.sha256(b"".join(file.read_bytes() for file in sorted(files))).hexdigest()


def _was_made_by(recipe: str) -> bool:
    try:
        return bool(cache.get(RECIPE) == recipe)
    except DatabaseError:  # it was left half made
        return False


def _exists() -> bool:
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return Path(name).exists()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def create() -> None:
    """Make the default database anew, empty."""
    name = connection.settings_dict["NAME"]
    connection.close()
    if connection.vendor == "sqlite":
        for ending in ("", "-wal", "-shm"):
            Path(f"{name}{ending}").unlink(missing_ok=True)
        return
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}"')
