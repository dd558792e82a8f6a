"""Deleting from a library what was never submitted. Everything else is refused, with reasons."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from certification.audit.services import record
from certification.errors import CannotDo, Stale
from institutions import copies, keeping
from institutions.models import Evidence, EvidenceRevision, User
from institutions.services.describing import sum_up
from institutions.states import Verb


class Kept(CannotDo):
    """Something points at it. `reasons` say what; the text says so in short."""

    def __init__(self, reasons: Sequence[keeping.Reason] = ()) -> None:
        self.reasons = [reason for reason in reasons if reason.binding]
        super().__init__(_("This cannot be deleted, because it is in use."))


def delete_evidence(evidence: Evidence, *, by: User, newest: int | None = None) -> None:
    """Delete the evidence with all its versions and, after the commit, their files.

    `newest` is the number of the newest version the person saw; raises Stale when there is a
    newer one. Raises Kept while anything points at a version. Deleting what is gone already
    (a second click) changes nothing.
    """
    with _unless_pointed_at(), transaction.atomic():
        locked = Evidence.objects.select_for_update().filter(pk=evidence.pk).first()
        if locked is None:
            return
        versions = _locked_versions(locked)
        if newest is not None and versions[-1].number != newest:
            raise Stale(locked)
        _let_go_or_refuse(versions, by=by)
        record(
            Verb.DELETE_EVIDENCE,
            locked,
            by=by,
            versions=len(versions),
            sha256=versions[-1].sha256,
        )
        _remove(versions)
        locked.delete()


def delete_version(evidence: Evidence, number: int, *, by: User) -> None:
    """Delete one version, and after the commit its file; the others keep their numbers.

    Raises Kept while anything points at it, CannotDo for the only version: then the evidence
    is what goes. Deleting what is gone already changes nothing.
    """
    with _unless_pointed_at(), transaction.atomic():
        locked = Evidence.objects.select_for_update().get(pk=evidence.pk)
        versions = _locked_versions(locked)
        going = [version for version in versions if version.number == number]
        if not going:
            return
        if len(versions) == 1:
            raise CannotDo(_("This is the only version. Delete the whole evidence instead."))
        _let_go_or_refuse(going, by=by)
        record(Verb.DELETE_VERSION, locked, by=by, number=number, sha256=going[0].sha256)
        _remove(going)
        sum_up(locked)


def _locked_versions(evidence: Evidence) -> list[EvidenceRevision]:
    """The versions, held so that nobody cites one of them before this is done."""
    return list(evidence.revisions.select_for_update().order_by("number"))


def _let_go_or_refuse(versions: Sequence[EvidenceRevision], *, by: User) -> None:
    reasons = keeping.reasons(versions, user=by)
    if any(reason.binding for reason in reasons):
        raise Kept(reasons)
    keeping.let_go(versions, by=by)


def _remove(versions: Sequence[EvidenceRevision]) -> None:
    """Delete the rows now and the files after the commit.

    A process killed in between leaves a file without a row, which `clean_uploads` finds.
    """
    for version in versions:
        if name := version.file.name:
            remove = partial(version.file.storage.delete, name)
            transaction.on_commit(remove, robust=True)
            transaction.on_commit(partial(copies.forget, version.sha256), robust=True)
    EvidenceRevision.objects.filter(pk__in=[version.pk for version in versions]).delete()


@contextmanager
def _unless_pointed_at() -> Iterator[None]:
    """The database has the last word: a row that still points at a version keeps it."""
    try:
        yield
    except (ProtectedError, IntegrityError) as error:
        raise Kept from error
