import os
import time
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from certification.documents.models import StoredDocument
from certification.documents.services import store, strays
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def document() -> StoredDocument:
    return store(StoredDocument.Kind.LETTER, "CAL/LG/1/2016", b"%PDF", by=make_user())


def test_all_is_well(document: StoredDocument, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify_documents")
    assert capsys.readouterr().out == "Every stored document is as it was issued.\n"


def test_a_changed_document_fails_the_command(document: StoredDocument) -> None:
    Path(document.file.path).write_bytes(b"%PDF!")
    with pytest.raises(CommandError, match="1 stored documents"):
        call_command("verify_documents")


def test_sweep_removes_old_strays_only(document: StoredDocument) -> None:
    old = default_storage.save("documents/old.pdf", ContentFile(b"x"))
    new = default_storage.save("documents/new.pdf", ContentFile(b"x"))
    two_hours_ago = time.time() - 7200
    os.utime(default_storage.path(old), (two_hours_ago, two_hours_ago))
    call_command("verify_documents")
    assert strays() == [new, old]
    call_command("verify_documents", sweep=True)
    assert strays() == [new]
    assert default_storage.exists(document.file.name)
