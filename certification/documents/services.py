"""Keeping what was printed: the file first, then the row that vouches for it. And who issues."""

import hashlib
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from certification import clock
from certification.audit.services import record
from certification.errors import CannotDo

from . import masthead
from .marks import is_svg
from .models import Issuer, SealCertificate, StoredDocument, stored_path
from .orders import NotPrinted
from .render import render_certificate, render_letter
from .samples import sample_certificate, sample_letter
from .seal import SealedFile, seal
from .states import Verb

FOLDER = "documents"


class Tampered(CannotDo):
    """The stored file is missing, or its bytes are no longer those that were issued."""


SEALED = (StoredDocument.Kind.CERTIFICATE, StoredDocument.Kind.LETTER)


def store(kind: StoredDocument.Kind, title: str, content: bytes, *, by: Any) -> StoredDocument:
    """Keep a printed document for good; belongs in the transaction of its verb.

    What strangers are to rely on is sealed first, where a seal is set (`documents.seal`). Raises
    Unavailable where it is set and cannot be used.

    The file is written before the row, so that no row is ever without its file. Where that
    transaction fails later, or the process is killed in between, a file without a row stays
    behind: it is harmless, and `manage.py verify_documents --sweep` removes it.
    """
    now = clock.now()
    sealed = seal(content, now) if kind in SEALED else None
    if sealed:
        content = sealed.content
    document = StoredDocument(
        kind=kind,
        title=title,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        created_by=by,
        created_at=now,
        **(_facts(sealed, by=by) if sealed else {}),
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


def _facts(sealed: SealedFile, *, by: Any) -> dict[str, Any]:
    """What sealed a document, as its row says it; a seal used for the first time is journaled."""
    facts = asdict(sealed.by)
    level, fingerprint = facts.pop("level"), facts.pop("fingerprint")
    certificate, is_new = SealCertificate.objects.get_or_create(
        fingerprint=fingerprint, defaults={**facts, "first_used_at": sealed.at}
    )
    if is_new:
        record(Verb.USE_SEAL, certificate, by=by, fingerprint=fingerprint)
    return {"seal": certificate, "seal_level": level, "sealed_at": sealed.at}


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
    try:
        _folders, files = default_storage.listdir(FOLDER)
    except FileNotFoundError:  # nothing was printed yet
        return []
    known = set(StoredDocument.objects.values_list("file", flat=True))
    return sorted(name for name in (f"{FOLDER}/{file}" for file in files) if name not in known)


@transaction.atomic
def change_issuer(*, by: Any, **data: Any) -> Issuer:
    """Save the given fields of the issuer's one row, which is made where there is none yet.

    `mark` is a file that passed `validate_mark`, or "" for the neutral mark. A replaced file is
    kept: issued certificates name it. Raises CannotDo when nothing could be printed with this data.
    """
    Issuer.objects.get_or_create(id=1)
    issuer = Issuer.objects.select_for_update().get(id=1)
    if data.get("mark"):
        data["mark"] = _keep_mark(data["mark"])
    changed = sorted(name for name, value in data.items() if getattr(issuer, name) != value)
    if not changed:
        return issuer
    for name in changed:
        setattr(issuer, name, data[name])
    _prove_printable(issuer)
    issuer.save(update_fields=changed)
    record(Verb.CHANGE_ISSUER, issuer, by=by, fields=", ".join(changed))
    transaction.on_commit(masthead.forget)
    return issuer


def _keep_mark(file: File) -> str:
    """Where the mark is stored: under its own hash, so the same mark is one file for ever."""
    file.seek(0)
    content = file.read()
    extension = "svg" if is_svg(content) else "png"
    name = f"issuer/{hashlib.sha256(content).hexdigest()[:32]}.{extension}"
    if default_storage.exists(name):
        return name
    return str(default_storage.save(name, ContentFile(content)))


def _prove_printable(issuer: Issuer) -> None:
    """Print one of each kind now, rather than fail on the day of a certificate."""
    day = clock.today()
    try:
        render_certificate(sample_certificate(issuer, day))
        render_letter(sample_letter(issuer, day))
    except NotPrinted as error:  # a drawing that passes for an SVG can still break the press
        raise CannotDo(
            _("This mark cannot be printed. Save it anew in a drawing program, or use a PNG file.")
        ) from error
