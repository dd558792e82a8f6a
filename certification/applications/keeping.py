"""Which evidence applications keep, and why: what the library tells whoever would delete it.

What a dossier froze is kept for good. A citation keeps its revision while the application is
under way; one that was withdrawn lets go of what it never submitted.
"""

from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet
from django.template.defaultfilters import date as formatted
from django.urls import reverse
from django.utils.translation import gettext as _

from certification.audit.services import record
from institutions.keeping import Reason
from institutions.models import EvidenceRevision, User

from .models import Application, Citation, DossierFile
from .states import State, Verb

_WITHDRAWN = Q(answer__application__state=State.WITHDRAWN)


def frozen_of(*, libraries: Iterable[int]) -> "QuerySet[DossierFile]":
    return DossierFile.objects.filter(dossier__application__institution__in=libraries)


def cited_of(*, libraries: Iterable[int]) -> "QuerySet[Citation]":
    """An application cites its own institution's library alone (services/citing.py)."""
    return Citation.objects.filter(answer__application__institution__in=libraries)


def freezing(revisions: Sequence[EvidenceRevision], *, user: User) -> list[Reason]:
    """The dossiers that froze any of the revisions."""
    files = DossierFile.objects.filter(revision__in=revisions).select_related(
        "dossier__application", "revision"
    )
    seen = _seen_by(user, [file.dossier.application_id for file in files])
    return [_frozen(file, seen) for file in files.order_by("-dossier__frozen_at", "revision")]


def citing(revisions: Sequence[EvidenceRevision], *, user: User) -> list[Reason]:
    """The answers that cite any of the revisions, but for what a dossier froze anyway."""
    citations = _unfrozen(revisions)
    seen = _seen_by(user, [citation.answer.application_id for citation in citations])
    return [_cited(citation, seen) for citation in citations]


def let_go(revisions: Sequence[EvidenceRevision], *, by: User) -> None:
    """Remove the citations of withdrawn applications that never submitted the revisions."""
    for citation in _unfrozen(revisions).filter(_WITHDRAWN):
        record(
            Verb.UNCITE,
            citation.answer,
            by=by,
            case=citation.answer.application,
            criterion=citation.answer.criterion.code,
            revision=citation.revision_id,
            page=citation.page,
            second=citation.second,
        )
        citation.delete()


def _unfrozen(revisions: Sequence[EvidenceRevision]) -> "QuerySet[Citation]":
    frozen = DossierFile.objects.filter(revision__in=revisions).values("revision")
    return (
        Citation.objects.filter(revision__in=revisions)
        .exclude(revision__in=frozen)
        .select_related("answer__application", "answer__criterion", "revision")
        .order_by("-answer__application__opened_at", "answer__criterion__code", "pk")
    )


def _seen_by(user: User, applications: Sequence[int]) -> set[int]:
    seen = Application.objects.visible_to(user).filter(pk__in=applications)
    return set(seen.values_list("pk", flat=True))


def _frozen(file: DossierFile, seen: set[int]) -> Reason:
    dossier = file.dossier
    if dossier.application_id not in seen:
        return Reason(_("It is part of a submitted case and stays for good."))
    text = _(
        "Version %(version)s is in dossier %(number)s of the application %(application)s, "
        "submitted on %(day)s. It stays for good, as proof of what was submitted."
    ) % {
        "version": file.revision.number,
        "number": dossier.number,
        "application": dossier.application,
        "day": formatted(dossier.frozen_at.astimezone(), "j E Y"),
    }
    return Reason(text, dossier.get_absolute_url())


def _cited(citation: Citation, seen: set[int]) -> Reason:
    answer = citation.answer
    application = answer.application
    if application.pk not in seen:
        return Reason(_("It is cited in a case."), binding=True)
    names = {
        "version": citation.revision.number,
        "criterion": answer.criterion.code,
        "application": application,
    }
    url = reverse("answer_edit", args=[application.pk, answer.criterion.code])
    if application.state == State.WITHDRAWN:
        text = _(
            "The answer to %(criterion)s in the withdrawn application (%(application)s) cites "
            "version %(version)s, which was never submitted. That citation goes too."
        )
        return Reason(text % names, url, binding=False)
    text = _(
        "The answer to %(criterion)s cites version %(version)s (%(application)s). Remove the "
        "citation there first."
    )
    return Reason(text % names, url)
