"""Keeping a certificate that somebody signed: the file they were given, and signatures after it."""

from dataclasses import asdict

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from certification import clock
from certification.audit.services import record
from certification.certificates.models import Certificate, SignedCopy
from certification.certificates.states import STANDING, Verb
from certification.documents.models import StoredDocument
from certification.documents.services import open_verified, store
from certification.documents.signatures import After, Examination, examine
from certification.errors import CannotDo, TransitionNotAllowed
from institutions.models import User
from institutions.uploads import Kind, Refused, inspect

MAX_BYTES = 20 * 1024 * 1024
MOST = 20  # signed copies of one certificate: as many signatures as `examine` looks at


def add_signed_copy(certificate: Certificate, *, by: User, file: File) -> SignedCopy:
    """Keep the signed file; from now on it is what people download.

    Raises Refused or CannotDo for anything but the newest document with signatures added to it,
    TransitionNotAllowed for a certificate that is withdrawn or replaced, Busy like `examine`.
    """
    newest = certificate.newest_document
    checked = inspect(file, file.name or "", max_bytes=MAX_BYTES)
    if checked.kind != Kind.PDF:
        raise Refused(
            _("Send the signed PDF file itself, not a scan and not a separate signature.")
        )
    checked.file.seek(0)
    content = checked.file.read()
    _refuse_another(content, open_verified(newest))
    added = _signatures_added(checked.file, newest)
    with transaction.atomic():
        return _keep(certificate, newest, content, added, by=by)


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


def _keep(
    certificate: Certificate,
    newest: StoredDocument,
    content: bytes,
    added: Examination,
    *,
    by: User,
) -> SignedCopy:
    locked = Certificate.objects.select_for_update(of=("self",)).with_facts().get(pk=certificate.pk)
    status = locked.status_on(clock.today())
    if status not in STANDING:
        raise TransitionNotAllowed(Verb.ADD_SIGNED, status)
    if locked.newest_document != newest:
        raise CannotDo(
            _(
                "Somebody added a signature meanwhile. Download the document anew, which bears it "
                "already, and sign that."
            )
        )
    if locked.signed_copies.count() >= MOST:
        raise CannotDo(_("This certificate bears as many signatures as the program can look at."))
    title = f"Certyfikat {locked.number} z podpisami"
    copy = SignedCopy.objects.create(
        certificate=locked,
        document=store(StoredDocument.Kind.SIGNED, title, content, by=by),
        findings=asdict(added),
        added_by=by,
        added_at=clock.now(),
    )
    record(
        Verb.ADD_SIGNED,
        locked,
        by=by,
        case=locked.application,
        sha256=copy.document.sha256,
        signatures=len(added.signatures),
    )
    return copy
