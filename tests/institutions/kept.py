"""Files put straight into an institution's library, whatever is in them."""

import hashlib
from typing import Any

from django.core.files.base import ContentFile

from institutions.models import EvidenceRevision, Institution
from institutions.uploads.kinds import TYPES
from tests.factories import make_evidence

CONTENT_TYPES = {str(type_.kind): type_.content_type for type_ in TYPES}


def keep(institution: Institution, kind: str, data: bytes, **evidence: Any) -> EvidenceRevision:
    """The second version of a new piece of evidence; `kind` may also be one that is not known."""
    note = make_evidence(institution, **evidence)
    revision = EvidenceRevision(
        evidence=note.evidence,
        number=2,
        filename=f"a.{kind}",
        content_type=CONTENT_TYPES.get(kind, ""),
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        added_by=note.added_by,
    )
    revision.file.save(f"a.{kind}", ContentFile(data), save=False)
    revision.save()
    return revision
