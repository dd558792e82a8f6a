"""Citing evidence in an answer, while the application is the institution's to write."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from certification import clock
from certification.applications.models import Application, Citation
from certification.applications.places import NOWHERE, Place
from certification.applications.states import Verb
from certification.audit.services import record
from certification.errors import CannotDo
from certification.standards.models import Criterion
from institutions.models import EvidenceRevision, User

from .answering import locked_answer


@transaction.atomic
def cite(
    application: Application,
    criterion: Criterion,
    revision: EvidenceRevision,
    *,
    by: User,
    place: Place = NOWHERE,
) -> Citation:
    """Point the answer at one revision from the institution's own library, at a place in it."""
    answer = locked_answer(application, criterion)
    if revision.evidence.institution_id != application.institution_id:
        raise CannotDo(_("Only evidence from the institution's own library can be cited."))
    _hold(revision)
    if answer.pk is None:
        answer.updated_by = by
        answer.save()
    citation = Citation(answer=answer, revision=revision, added_by=by, **place.columns)
    _refuse_second(citation)
    citation.save()
    _record(Verb.CITE, citation, by=by)
    return citation


@transaction.atomic
def change_place(citation: Citation, *, by: User, place: Place) -> Citation:
    """Say anew where in the evidence to look."""
    citation = _locked(citation)
    if citation.place == place:
        return citation
    return _changed(citation, Verb.CHANGE_PLACE, by=by, **place.columns)


@transaction.atomic
def cite_newest(citation: Citation, *, by: User) -> Citation:
    """Point at the newest version of the same evidence instead; the place stays as it was."""
    citation = _locked(citation)
    newest = citation.revision.evidence.latest
    if newest.pk == citation.revision_id:
        return citation
    _hold(newest)
    return _changed(citation, Verb.CITE_NEWEST, by=by, revision=newest)


@transaction.atomic
def uncite(citation: Citation, *, by: User) -> None:
    """Take a citation back; the evidence stays in the library."""
    answer = citation.answer
    locked_answer(answer.application, answer.criterion)
    if not Citation.objects.filter(pk=citation.pk).exists():
        return  # removed already, by a second click
    _record(Verb.UNCITE, citation, by=by)
    citation.delete()


def _locked(citation: Citation) -> Citation:
    """The citation as it stands now, with its application locked for writing."""
    locked_answer(citation.answer.application, citation.answer.criterion)
    rows = Citation.objects.select_related("answer__application", "answer__criterion", "revision")
    found = rows.filter(pk=citation.pk).first()
    if found is None:
        raise CannotDo(_("Somebody removed this citation in the meantime."))
    return found


def _hold(revision: EvidenceRevision) -> None:
    """Keep the revision from being deleted until the transaction ends."""
    if EvidenceRevision.objects.select_for_update().filter(pk=revision.pk).first() is None:
        raise CannotDo(_("Somebody deleted this evidence in the meantime. Choose another."))


def _changed(citation: Citation, verb: Verb, *, by: User, **columns: Any) -> Citation:
    for name, value in columns.items():
        setattr(citation, name, value)
    citation.added_by, citation.added_at = by, clock.now()
    _refuse_second(citation)
    citation.save()
    _record(verb, citation, by=by)
    return citation


def _refuse_second(citation: Citation) -> None:
    """The same version may be cited at several places, at each of them once."""
    same = Citation.objects.filter(
        answer=citation.answer, revision=citation.revision, **citation.place.columns
    )
    if not same.exclude(pk=citation.pk).exists():
        return
    if citation.place:
        raise CannotDo(
            _("This evidence is cited here already, at the same place: %(place)s.")
            % {"place": citation.place}
        )
    raise CannotDo(_("This evidence is cited here already. Name another place in it, or leave it."))


def _record(verb: Verb, citation: Citation, *, by: User) -> None:
    answer = citation.answer
    record(
        verb,
        answer,
        by=by,
        case=answer.application,
        criterion=answer.criterion.code,
        revision=citation.revision_id,
        page=citation.page,
        second=citation.second,
    )
