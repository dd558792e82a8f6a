import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from certification.documents.models import StoredDocument
from certification.documents.services import Tampered, open_verified, store, strays, tampered
from certification.errors import CannotDo
from tests.factories import make_user

pytestmark = pytest.mark.django_db
LETTER = StoredDocument.Kind.LETTER


def test_store_keeps_the_bytes_and_vouches_for_them() -> None:
    person = make_user()
    document = store(LETTER, "CAL/LG/1/2016", b"%PDF-1.7 list", by=person)
    document.refresh_from_db()
    assert open_verified(document) == b"%PDF-1.7 list"
    assert document.sha256 == hashlib.sha256(b"%PDF-1.7 list").hexdigest()
    assert (document.kind, document.size, document.created_by) == (LETTER, 13, person)


def test_the_title_is_never_part_of_the_path() -> None:
    document = store(LETTER, "../../etc/passwd", b"%PDF", by=make_user())
    assert re.fullmatch(r"documents/[0-9a-f-]{36}\.pdf", document.file.name)


@pytest.mark.parametrize("damage", [b"%PDF-1.7 lisT", b"", b"%PDF-1.7 list "])
def test_changed_bytes_are_found(damage: bytes) -> None:
    document = store(LETTER, "CAL/LG/1/2016", b"%PDF-1.7 list", by=make_user())
    Path(document.file.path).write_bytes(damage)
    with pytest.raises(Tampered, match="CAL/LG/1/2016"):
        open_verified(document)
    assert list(tampered()) == [document]
    assert issubclass(Tampered, CannotDo)


def test_a_missing_file_is_found() -> None:
    document = store(LETTER, "CAL/LG/1/2016", b"%PDF", by=make_user())
    Path(document.file.path).unlink()
    with pytest.raises(Tampered):
        open_verified(document)


def test_a_row_that_cannot_be_saved_leaves_no_file(settings: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        store(LETTER, "CAL/LG/1/2016", b"%PDF", by=None)
    assert strays() == []
    assert list(Path(settings.MEDIA_ROOT).rglob("*.pdf")) == []


def test_a_verb_rolled_back_leaves_a_stray_that_is_found() -> None:
    kept = store(LETTER, "CAL/LG/1/2016", b"%PDF", by=make_user())
    with transaction.atomic():
        lost = store(LETTER, "CAL/LG/2/2016", b"%PDF 2", by=kept.created_by)
        transaction.set_rollback(True)
    assert strays() == [lost.file.name]
    assert default_storage.exists(kept.file.name)


def test_nothing_stored_means_nothing_stray() -> None:
    assert strays() == []
