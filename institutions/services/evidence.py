"""The verbs that put something into a library: add evidence, add a version of it."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from certification.audit.services import record
from certification.errors import CannotDo
from certification.standards.models import EvidenceType
from institutions.models import Evidence, EvidenceRevision, Institution, User
from institutions.models.evidence import Form
from institutions.services.describing import set_tags, write_search_text
from institutions.states import Verb
from institutions.uploads import inspect, sha256_of


def add_evidence(
    institution: Institution,
    *,
    by: User,
    title: str,
    type: EvidenceType,
    form: str,
    file: File | None = None,
    url: str = "",
    text: str = "",
    description: str = "",
    occurred_from: date | None = None,
    occurred_to: date | None = None,
    tags: Iterable[str] = (),
) -> Evidence:
    """Put a file, a link or a note into the institution's library, as version 1.

    The file is checked and written under MEDIA_ROOT before the transaction begins, since both
    take time; it is removed again when the row cannot be written. Raises Refused when the
    file is not one we take, CannotDo when what `form` asks for is missing.
    """
    evidence = Evidence(
        institution=institution,
        title=title,
        type=type,
        form=form,
        description=description,
        occurred_from=occurred_from,
        occurred_to=occurred_to,
        added_by=by,
    )
    revision = EvidenceRevision(evidence=evidence, number=1, added_by=by)
    with _content(revision, file=file, url=url, text=text), transaction.atomic():
        evidence.save(force_insert=True)
        revision.save(force_insert=True)
        set_tags(evidence, tags)
        write_search_text(evidence)
        record(Verb.ADD_EVIDENCE, evidence, by=by, form=str(form), sha256=revision.sha256)
    return evidence


def revise_evidence(
    evidence: Evidence, *, by: User, file: File | None = None, url: str = "", text: str = ""
) -> EvidenceRevision:
    """Add a newer version in the same form; the older ones stay, and cases keep theirs.

    Raises Refused for a file we do not take, and CannotDo when nothing has changed.
    """
    revision = EvidenceRevision(evidence=evidence, added_by=by)
    with _content(revision, file=file, url=url, text=text), transaction.atomic():
        locked = Evidence.objects.select_for_update().get(pk=evidence.pk)
        newest = locked.latest
        if newest.sha256 == revision.sha256:
            raise CannotDo(
                _("This is the same as version %(number)s. Nothing was added.")
                % {"number": newest.number}
            )
        revision.number = newest.number + 1
        revision.save(force_insert=True)
        write_search_text(locked)
        record(Verb.REVISE_EVIDENCE, locked, by=by, number=revision.number, sha256=revision.sha256)
    return revision


@contextmanager
def _content(
    revision: EvidenceRevision, *, file: File | None, url: str, text: str
) -> Iterator[None]:
    """Fill the revision with what was given; leave no file behind if the block fails."""
    try:
        if revision.evidence.form == Form.FILE:
            _store(revision, file)
        else:
            _write(revision, url=url.strip(), text=text.replace("\r\n", "\n").strip())
        yield
    except BaseException:
        if revision.file:
            revision.file.delete(save=False)
        raise


def _write(revision: EvidenceRevision, *, url: str, text: str) -> None:
    if revision.evidence.form == Form.LINK:
        revision.url, content = url, url
    else:
        revision.text, content = text, text
    if not content:
        raise CannotDo(_("The evidence is empty. Add an address or a text."))
    revision.size = len(content.encode())
    revision.sha256 = hashlib.sha256(content.encode()).hexdigest()


def _store(revision: EvidenceRevision, file: File | None) -> None:
    """Check the file and write it to the storage; the hash is that of the stored bytes."""
    if file is None:
        raise CannotDo(_("The file is missing. Choose it and send the form again."))
    checked = inspect(file, file.name or "", max_bytes=settings.EVIDENCE_MAX_BYTES)
    revision.filename = checked.filename
    revision.content_type = checked.content_type
    revision.sha256, revision.size = sha256_of(checked.file), checked.file.size
    revision.file.save(f"evidence{checked.extension}", checked.file, save=False)
