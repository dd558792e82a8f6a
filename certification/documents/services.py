"""Keeping what was printed: the file first, then the row that vouches for it."""

import hashlib
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from certification import clock
from certification.errors import CannotDo

from .models import StoredDocument, stored_path

FOLDER = "documents"


class Tampered(CannotDo):
    """The stored file is missing, or its bytes are no longer those that were issued."""


def store(kind: StoredDocument.Kind, title: str, content: bytes, *, by: Any) -> StoredDocument:
    """Keep a printed document for good; belongs in the transaction of its verb.

    The file is written before the row, so that no row is ever without its file. Where that
    transaction fails later, or the process is killed in between, a file without a row stays
    behind: it is harmless, and `manage.py verify_documents --sweep` removes it.
    """
    document = StoredDocument(
        kind=kind,
        title=title,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        created_by=by,
        created_at=clock.now(),
    )
    name = default_storage.save(stored_path(document, title), ContentFile(content))
    document.file.name = name
    try:
        with transaction.atomic():
            document.save(force_insert=True)
    except Exception:
        default_storage.delete(name)
        raise
    return document


def open_verified(document: StoredDocument) -> bytes:
    """The document's bytes, proved to be those that were issued; else raises Tampered."""
    try:
        with document.file.open("rb") as file:
            content = file.read()
    except FileNotFoundError:
        content = b""
    if hashlib.sha256(content).hexdigest() != document.sha256:
        raise Tampered(
            _(
                "The stored file of “%(title)s” is not the one that was issued, so it is not "
                "shown. Tell the administrator: it can be restored from a backup."
            )
            % {"title": document.title}
        )
    return content


def tampered() -> Iterator[StoredDocument]:
    """Every stored document whose file is missing or changed."""
    for document in StoredDocument.objects.order_by("pk").iterator(chunk_size=200):
        try:
            open_verified(document)
        except Tampered:
            yield document


def strays() -> list[str]:
    """Files without a row: what a rolled-back or killed verb left behind."""
    if not default_storage.exists(FOLDER):
        return []
    _folders, files = default_storage.listdir(FOLDER)
    known = set(StoredDocument.objects.values_list("file", flat=True))
    return sorted(name for name in (f"{FOLDER}/{file}" for file in files) if name not in known)
