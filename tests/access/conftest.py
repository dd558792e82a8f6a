"""The case with canaries, made once for a file of tests."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from tests.access.looking import Foreign, make_foreign


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


@pytest.fixture(scope="module")
def foreign(django_db_setup: None, django_db_blocker: Any, files: Path) -> Iterator[Foreign]:
    """Made once: what a test changes is undone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(MEDIA_ROOT=files):
            made = make_foreign()
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def where_the_files_are(settings: Any, files: Path) -> None:
    settings.MEDIA_ROOT = files
