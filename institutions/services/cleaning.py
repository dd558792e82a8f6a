"""Finding and removing what a killed process or a person who never came back left behind.

Nothing younger than a day is touched, for it may be somebody's work of this minute, and nothing
that a row points at. Storages are asked through Django, so it is the same on a disk and on S3.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.storage import Storage, default_storage
from django.db.models import FileField

from certification import clock
from institutions.models import CustodyRequest, EvidenceRevision, Upload
from institutions.models.upload import KEPT_FOR
from institutions.services.uploads import discard_upload

A_DAY = timedelta(days=1)
FOLDERS: dict[str, FileField] = {
    "evidence": EvidenceRevision._meta.get_field("file"),
    "custody": CustodyRequest._meta.get_field("file"),
}  # the layers above add theirs when they start


@dataclass
class Leftovers:
    """What was found. `missing`: rows without their file, which nothing here can mend."""

    uploads: list[Upload] = field(default_factory=list)
    staged: list[Path] = field(default_factory=list)
    stored: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def find_leftovers() -> Leftovers:
    """Look at everything, change nothing."""
    now = clock.now()
    found = Leftovers(
        uploads=list(Upload.objects.filter(started_at__lte=now - KEPT_FOR)),
        staged=list(_staged_without_row(now - A_DAY)),
    )
    for folder, column in FOLDERS.items():
        _compare(folder, column, now - A_DAY, found)
    return found


def remove_leftovers(found: Leftovers) -> None:
    """Remove them. Done twice, or by two at once, it does no harm."""
    for upload in found.uploads:
        discard_upload(upload)
    for path in found.staged:
        path.unlink(missing_ok=True)
    for name in found.stored:
        default_storage.delete(name)


def _staged_without_row(before: datetime) -> Iterator[Path]:
    """Files in the waiting room, parts of forms, second names and noted digests included."""
    root = Path(settings.UPLOADS_ROOT)
    if not root.is_dir():
        return
    known = {str(pk) for pk in Upload.objects.values_list("pk", flat=True)}
    for path in sorted(root.iterdir()):
        try:
            facts = path.stat()
        except FileNotFoundError:
            continue
        touched = max(facts.st_mtime, facts.st_ctime)
        if path.name not in known and path.is_file() and touched < before.timestamp():
            yield path


def _compare(folder: str, column: FileField, before: datetime, found: Leftovers) -> None:
    """Rows first, then files: a file whose row came after is young, and so is left alone."""
    rows = column.model._default_manager.exclude(**{column.name: ""})
    named = set(rows.values_list(column.name, flat=True))
    there = set(_files_below(default_storage, folder))
    for name in sorted(there - named):
        if _is_older(name, before) and not rows.filter(**{column.name: name}).exists():
            found.stored.append(name)
    for name in sorted(named - there):
        # deleted together since, or kept elsewhere: looked at once more before it is said
        if rows.filter(**{column.name: name}).exists() and not default_storage.exists(name):
            found.missing.append(name)


def _files_below(storage: Storage, folder: str) -> Iterator[str]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}" for name in files)
    for one in folders:
        yield from _files_below(storage, f"{folder}/{one}")


def _is_older(name: str, before: datetime) -> bool:
    try:
        return default_storage.get_modified_time(name) < before
    except FileNotFoundError:  # removed meanwhile
        return False
