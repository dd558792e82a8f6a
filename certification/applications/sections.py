"""What the pages of an institution and of its evidence show of applications."""

from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from certification import clock
from certification.sections import Section
from institutions.models import Evidence, Institution, User

from .models import Application, Call, Citation, DossierFile
from .renewal.offers import holding_of


def applications_of(user: User, institution: Institution) -> Section | None:
    """Those the person may see, and the way to begin one."""
    seen = list(Application.objects.visible_to(user).filter(institution=institution))
    may_open = user.has_perm("applications.open_application", institution)
    if not (seen or may_open):
        return None
    under_way = any(not application.has_ended for application in seen)
    may_open = may_open and not under_way
    holding = holding_of(institution) if may_open else None
    context = {
        "institution": institution,
        "applications": seen,
        "may_open": may_open,
        "holding": holding,
        "calls": Call.objects.open_on(clock.today()).for_kinds([institution.kind])
        if may_open and not holding
        else [],
        "calls_only": settings.CALLS_ONLY,
        "may_renew": holding is not None and holding.is_renewable(clock.today()),
    }
    return Section("applications/_of_institution.html", context)


@dataclass
class Use:
    """Where one application uses a piece of evidence; `newest` is its newest version now."""

    application: Application
    newest: int
    citations: list[Citation] = field(default_factory=list)
    files: list[DossierFile] = field(default_factory=list)

    @property
    def url(self) -> str:
        return reverse("application_answers", args=[self.application.pk])

    @property
    def cites_older(self) -> bool:
        """Whether a newer version exists than all those the application cites."""
        return bool(self.citations) and all(
            citation.revision.number < self.newest for citation in self.citations
        )


def uses_of(user: User, evidence: Evidence) -> Section:
    """The applications the person may see that cite the evidence, or froze a version of it."""
    seen = Application.objects.visible_to(user).values("pk")
    newest, uses = evidence.latest.number, dict[int, Use]()
    for citation in _citations(evidence, seen):
        application = citation.answer.application
        uses.setdefault(application.pk, Use(application, newest)).citations.append(citation)
    for file in _files(evidence, seen):
        application = file.dossier.application
        uses.setdefault(application.pk, Use(application, newest)).files.append(file)
    newest_first = sorted(uses.values(), key=lambda use: -use.application.pk)
    return Section("applications/_uses_of_evidence.html", {"uses": newest_first})


def _citations(evidence: Evidence, seen: "QuerySet") -> "QuerySet[Citation]":
    return (
        Citation.objects.filter(revision__evidence=evidence, answer__application__in=seen)
        .select_related("answer__application", "answer__criterion__standard__area", "revision")
        .order_by("answer__criterion", "pk")
    )


def _files(evidence: Evidence, seen: "QuerySet") -> "QuerySet[DossierFile]":
    return (
        DossierFile.objects.filter(revision__evidence=evidence, dossier__application__in=seen)
        .select_related("dossier__application", "revision")
        .order_by("dossier__number", "revision__number")
    )
