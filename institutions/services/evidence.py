"""The verbs that put something into a library: add evidence, add a version of it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from certification.audit.services import record
from certification.errors import CannotDo
from certification.standards.models import EvidenceType
from institutions.models import Evidence, EvidenceRevision, Institution, User
from institutions.services.content import Content, filled, used_up
from institutions.services.describing import set_tags, sum_up
from institutions.states import Verb
from institutions.uploads import Refused


def add_evidence(
    institution: Institution,
    *,
    by: User,
    title: str,
    type: EvidenceType,
    form: str,
    description: str = "",
    occurred_from: date | None = None,
    occurred_to: date | None = None,
    tags: Iterable[str] = (),
    **given: Any,
) -> Evidence:
    """Put a file, a link or a note into the institution's library, as version 1.

    `given` are fields of Content: file, upload, url or text. Raises what `filled` raises:
    Refused when the file is not one we take, CannotDo when what `form` asks for is missing.
    """
    content = Content(**given)
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
    with filled(revision, content), transaction.atomic():
        evidence.save(force_insert=True)
        revision.save(force_insert=True)
        used_up(content)
        set_tags(evidence, tags)
        sum_up(evidence)
        record(Verb.ADD_EVIDENCE, evidence, by=by, form=str(form), sha256=revision.sha256)
    return evidence


def revise_evidence(evidence: Evidence, *, by: User, **given: Any) -> EvidenceRevision:
    """Add a newer version in the same form; the older ones stay, and cases keep theirs.

    `given` as for add_evidence. Raises Refused for a file we do not take and for the same
    content once more, CannotDo when the evidence was removed meanwhile.
    """
    content = Content(**given)
    revision = EvidenceRevision(evidence=evidence, added_by=by)
    with filled(revision, content), transaction.atomic():
        locked = _locked(evidence)
        newest = locked.latest
        if newest.sha256 == revision.sha256:
            raise Refused(
                _("This is the same as version %(number)s. Nothing was added.")
                % {"number": newest.number}
            )
        revision.number = newest.number + 1
        revision.save(force_insert=True)
        used_up(content)
        sum_up(locked)
        record(Verb.REVISE_EVIDENCE, locked, by=by, number=revision.number, sha256=revision.sha256)
    return revision


def _locked(evidence: Evidence) -> Evidence:
    try:
        return Evidence.objects.select_for_update().get(pk=evidence.pk)
    except Evidence.DoesNotExist as error:
        raise CannotDo(_("This evidence was removed meanwhile. Add it anew.")) from error
