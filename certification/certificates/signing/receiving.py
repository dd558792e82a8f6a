"""A document that somebody signed: the file they were given, and signatures after it."""

from dataclasses import asdict, dataclass
from typing import Any

from django.core.files import File
from django.utils.translation import gettext as _

from certification import clock
from certification.audit.services import record
from certification.audit.verbs import AuditVerb
from certification.documents.models import StoredDocument
from certification.documents.services import open_verified, store
from certification.documents.signatures import After, Examination, examine
from certification.errors import CannotDo
from institutions.models import User
from institutions.uploads import Kind, Refused, inspect

MAX_BYTES = 20 * 1024 * 1024
MOST = 20  # signed copies of one document: as many signatures as `examine` looks at


@dataclass(frozen=True)
class SignedFile:
    """What came back, proved to be the document `follows` with signatures `added` to it."""

    content: bytes
    added: Examination
    follows: StoredDocument


def read_signed(file: File, newest: StoredDocument) -> SignedFile:
    """Look at what came back; keeps nothing.

    Raises Refused or CannotDo for anything but the newest document with signatures added to it,
    Busy like `examine`.
    """
    checked = inspect(file, file.name or "", max_bytes=MAX_BYTES)
    if checked.kind != Kind.PDF:
        raise Refused(
            _("Send the signed PDF file itself, not a scan and not a separate signature.")
        )
    checked.file.seek(0)
    content = checked.file.read()
    _refuse_another(content, open_verified(newest))
    return SignedFile(content, _signatures_added(checked.file, newest), newest)


def _refuse_another(content: bytes, ours: bytes) -> None:
    if content == ours:
        raise CannotDo(_("This is the document as it was downloaded: nobody has signed it yet."))
    if not content.startswith(ours):
        raise CannotDo(
            _(
                "This file does not begin with the document that stands here now: it was saved "
                "anew, it is another document, or somebody added a signature meanwhile. Download "
                "the document anew and sign that very file; do not print it to PDF."
            )
        )


def _signatures_added(file: File, newest: StoredDocument) -> Examination:
    """What is known of the new signatures; refuses whatever else was added."""
    now = clock.now()
    with newest.file.open("rb") as stored:
        before = examine(stored, moment=now)
    found = examine(file, moment=now, original_size=newest.size)
    if found is None or before is None or found.unreadable:
        raise CannotDo(_("The signatures in this file cannot be read. Sign the document anew."))
    known = {each.field for each in before.signatures}
    added = tuple(each for each in found.signatures if each.field not in known)
    if not added:
        raise CannotDo(_("No signature was added to this file."))
    # what follows our bytes is compared with the signature they bear, or else with themselves
    is_clean = bool(known) or found.since_original == After.ALLOWED
    if not (is_clean and all(each.is_whole for each in found.signatures)):
        raise CannotDo(
            _(
                "Something else than a signature was added to the document, or a signature does "
                "not fit it. Download the document anew and sign that very file."
            )
        )
    return Examination(signatures=added, since_original=found.since_original)


def keep_signed(signed: SignedFile, document: Any, verb: AuditVerb, *, title: str, by: User) -> Any:
    """Keep it as the newest copy of a locked row, which has `newest_document` and `signed_copies`,
    and journal it as `verb`.

    Raises CannotDo where somebody else was quicker, or where there are too many.
    """
    if document.newest_document != signed.follows:
        raise CannotDo(
            _(
                "Somebody added a signature meanwhile. Download the document anew, which bears it "
                "already, and sign that."
            )
        )
    if document.signed_copies.count() >= MOST:
        raise CannotDo(_("This document bears as many signatures as the program can look at."))
    copy = document.signed_copies.create(
        document=store(StoredDocument.Kind.SIGNED, title, signed.content, by=by),
        findings=asdict(signed.added),
        added_by=by,
        added_at=clock.now(),
    )
    record(
        verb,
        document,
        by=by,
        case=document.application,
        sha256=copy.document.sha256,
        signatures=len(signed.added.signatures),
    )
    return copy
