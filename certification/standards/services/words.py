"""The words all editions share."""

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from certification.audit.services import record
from certification.errors import CannotDo, Stale
from certification.standards.models import EvidenceType, StandardSet
from certification.standards.states import State, Verb


@transaction.atomic
def add_evidence_type(*, by: Any, code: str, name_pl: str, name_en: str = "") -> EvidenceType:
    """Add a kind of evidence at the end; from then on every draft can name it."""
    last = EvidenceType.objects.aggregate(last=models.Max("position"))["last"] or 0
    added = EvidenceType.objects.create(
        code=code, name_pl=name_pl, name_en=name_en, position=last + 1
    )
    record(Verb.ADD, added, by=by, what="evidence_type", code=code)
    return added


@transaction.atomic
def reword_evidence_type(
    kind: EvidenceType, *, by: Any, name_pl: str, name_en: str, expected_version: int
) -> EvidenceType:
    """Give a kind of evidence other names, here and in the library; its code stays.

    Drafts are locked before it, so that none that names it is published meanwhile. Raises
    CannotDo once a published edition names it, Stale when somebody else was faster.
    """
    drafts = StandardSet.objects.select_for_update().filter(state=State.DRAFT)
    list(drafts.order_by("pk").values_list("pk", flat=True))
    locked = EvidenceType.objects.select_for_update(of=("self",)).get(pk=kind.pk)
    if EvidenceType.objects.of_published().filter(pk=kind.pk).exists():
        raise CannotDo(
            _("A published edition names this kind, and keeps its words. Add another kind instead.")
        )
    if locked.version != expected_version:
        raise Stale(locked)
    locked.name_pl, locked.name_en, locked.version = name_pl, name_en, locked.version + 1
    locked.save(update_fields=["name_pl", "name_en", "version"])
    record(Verb.EDIT, locked, by=by, what="evidence_type", code=locked.code)
    return locked
