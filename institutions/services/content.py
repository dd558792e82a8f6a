"""What a version of evidence is made of, and how it gets there without losing a byte.

The order is what counts. A file is checked and stored before the transaction, since both take
time; its upload stays until the row is committed; a stored file whose row could not be written is
removed. Whoever is killed in between leaves a file without a row, which `clean_uploads` finds, and
never a row without its file.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.errors import CannotDo
from institutions.models import EvidenceRevision, Upload
from institutions.models.evidence import Form
from institutions.receiving import staging
from institutions.services.uploads import already_added, undoing, use_up
from institutions.uploads import inspect, sha256_of

MOST_COUNTED = 32_767  # what the column holds


class HasPersonalNumbers(CannotDo):
    """The file seems to hold PESEL numbers; it goes in when the person says so knowingly."""

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(
            ngettext(
                "This file seems to hold a PESEL number. Choose a file without it, or say below "
                "that it is to be added all the same.",
                "This file seems to hold %(count)s PESEL numbers. Choose a file without them, or "
                "say below that it is to be added all the same.",
                count,
            )
            % {"count": count}
        )


@dataclass(frozen=True)
class Content:
    """One of them: a file at hand, one that was sent before, an address, or a note."""

    file: "File[bytes] | None" = None
    upload: Upload | None = None
    url: str = ""
    text: str = ""
    with_personal_numbers: bool = False


@contextmanager
def filled(revision: EvidenceRevision, content: Content) -> Iterator[None]:
    """Fill the revision for a block that writes it; leave no stored file if the block fails.

    The block calls `used_up(content)` in its transaction. Raises Refused for a file we do not
    take, HasPersonalNumbers until the person agreed to them, CannotDo where nothing was given.
    """
    with undoing(lambda: _unstore(revision)):
        if revision.evidence.form == Form.FILE:
            _store(revision, content)
        else:
            _write(revision, content)
        yield


def used_up(content: Content) -> None:
    """Let go of the upload the content came from, if there was one."""
    if content.upload:
        use_up(content.upload)


def _unstore(revision: EvidenceRevision) -> None:
    if revision.file:
        revision.file.delete(save=False)


def _write(revision: EvidenceRevision, content: Content) -> None:
    if revision.evidence.form == Form.LINK:
        given = revision.url = content.url.strip()
    else:
        given = revision.text = content.text.replace("\r\n", "\n").strip()
    if not given:
        raise CannotDo(_("The evidence is empty. Add an address or a text."))
    revision.size = len(given.encode())
    revision.sha256 = hashlib.sha256(given.encode()).hexdigest()


def _store(revision: EvidenceRevision, content: Content) -> None:
    if content.upload:
        _store_upload(revision, content.upload, content.with_personal_numbers)
    elif content.file:
        _store_file(revision, content.file, content.with_personal_numbers)
    else:
        raise CannotDo(_("The file is missing. Choose it and send the form again."))


def _store_upload(revision: EvidenceRevision, upload: Upload, with_personal_numbers: bool) -> None:
    if not upload.is_complete:
        raise CannotDo(
            _("“%(file)s” has not come whole yet. Choose it again: only the rest will be sent.")
            % {"file": upload.filename}
        )
    try:
        with staging.borrowed(upload) as file:
            _store_file(revision, file, with_personal_numbers)
    except staging.Gone as error:
        raise already_added(upload.filename) from error


def _store_file(
    revision: EvidenceRevision, file: "File[bytes]", with_personal_numbers: bool
) -> None:
    """Check the file and write it to the storage; the hash is that of the stored bytes."""
    checked = inspect(file, file.name or "", max_bytes=settings.EVIDENCE_MAX_BYTES)
    revision.personal_numbers = min(getattr(checked, "personal_numbers", 0), MOST_COUNTED)
    if revision.personal_numbers and not with_personal_numbers:
        raise HasPersonalNumbers(revision.personal_numbers)
    revision.filename = checked.filename
    revision.content_type = checked.content_type
    revision.sha256 = getattr(checked.file, "sha256", "") or sha256_of(checked.file)
    revision.size = checked.file.size
    revision.file.save(f"evidence{checked.extension}", checked.file, save=False)
