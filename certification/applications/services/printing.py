"""Printing the request and the report of a frozen dossier, once and for good."""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q

from certification.applications.models import Application, Dossier, Paper, PrintedPaper
from certification.applications.papers.sheets import report_of, request_of
from certification.applications.states import Verb
from certification.audit.services import record
from certification.documents.models import StoredDocument
from certification.documents.report import render_report
from certification.documents.request import render_request
from certification.documents.services import store
from institutions.models import User

logger = logging.getLogger(__name__)

AT_ONCE = 5  # dossiers that the chore prints at one go
KINDS = {
    Paper.REQUEST: (StoredDocument.Kind.REQUEST, "Prośba"),
    Paper.REPORT: (StoredDocument.Kind.REPORT, "Raport"),
}


def papers_of(dossier: Dossier) -> set[Paper]:
    """What a dossier prints: its report, and the first one the request that opens the process.

    The request is signed once; what a completion adds is told by its report.
    """
    return {Paper.REQUEST, Paper.REPORT} if dossier.number == 1 else {Paper.REPORT}


def print_papers(dossier: Dossier, *, by: User) -> list[PrintedPaper]:
    """Print what the dossier lacks. Done twice, also at once, it prints nothing twice.

    Printing takes a second or two, so it is done before the transaction.
    """
    there = set(dossier.prints.values_list("paper", flat=True))
    printed = {paper: _print(dossier, paper) for paper in papers_of(dossier) - there}
    return _keep(dossier, printed, by=by) if printed else list(dossier.prints.all())


def print_all(application: Application, *, by: User) -> None:
    """Print what any dossier of the application lacks. What cannot be printed stays for later:
    what was submitted is submitted, and the page of the papers says what it lacks.
    """
    for dossier in application.dossiers.all():
        dossier.application = application
        try:
            print_papers(dossier, by=by)
        except Exception:
            logger.exception("Dossier %s could not be printed", dossier.pk)


def _print(dossier: Dossier, paper: Paper) -> bytes:
    if paper == Paper.REQUEST:
        return render_request(request_of(dossier))
    return render_report(report_of(dossier))


@transaction.atomic
def _keep(dossier: Dossier, printed: dict[Paper, bytes], *, by: User) -> list[PrintedPaper]:
    application = Application.objects.select_for_update().get(pk=dossier.application_id)
    there = set(dossier.prints.values_list("paper", flat=True))
    hashes = {}
    for paper in sorted(printed.keys() - there):
        kind, title = KINDS[paper]
        name = f"{title} {application.number}, akta {dossier.number}"
        document = store(kind, name, printed[paper], by=by)
        PrintedPaper.objects.create(dossier=dossier, paper=paper, document=document)
        hashes[str(paper)] = document.sha256
    if hashes:
        record(
            Verb.PRINT_PAPERS, dossier, by=by, case=application, dossier=dossier.number, **hashes
        )
    return list(dossier.prints.all())


def print_missing(now: datetime) -> str:
    """Print what a killed process left unprinted; a chore of the worker."""
    lacking = (
        Dossier.objects.annotate(printed=Count("prints"))
        .filter(Q(printed=0) | Q(number=1, printed=1))
        .select_related("frozen_by")
        .order_by("-frozen_at")[:AT_ONCE]
    )
    for dossier in lacking:
        application = Application.objects.with_names().get(pk=dossier.application_id)
        print_all(application, by=dossier.frozen_by)
    return f"{len(lacking)} dossiers" if lacking else ""
