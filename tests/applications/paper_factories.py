"""Papers of an application for tests: prints and signed papers, written straight."""

import hashlib
from typing import Any

from django.core.files.base import ContentFile

from certification.applications import dossiers
from certification.applications.models import (
    Application,
    Dossier,
    Paper,
    PaperReview,
    PrintedPaper,
    SignedPaper,
)
from certification.applications.papers.findings import Findings
from certification.documents.models import StoredDocument
from certification.documents.recognition import Comparison, Likeness
from certification.documents.services import store
from certification.documents.signatures import After, Examination, Signature, Stamp, Trust
from institutions.models import User
from tests.institutions.documents import pdf

BYTES = pdf("Invented")  # a page that can be drawn


def freeze(application: Application) -> Dossier:
    """One more dossier, its manifest as a submission freezes it."""
    number = application.dossiers.count() + 1
    manifest = dossiers.canonical(dossiers.manifest_of(application, number=number))
    return Dossier.objects.create(
        application=application,
        number=number,
        manifest=manifest,
        sha256=dossiers.sha256_of(manifest),
        frozen_by=application.opened_by,
    )


def make_print(
    dossier: Dossier, paper: Paper = Paper.REQUEST, content: bytes = BYTES
) -> PrintedPaper:
    kind = StoredDocument.Kind(paper.value)
    document = store(kind, f"{paper} {dossier.number}", content, by=dossier.frozen_by)
    return PrintedPaper.objects.create(dossier=dossier, paper=paper, document=document)


def make_signed(application: Application, **fields: Any) -> SignedPaper:
    """A signed request that came in and waits for the office."""
    content = fields.pop("content", BYTES)
    findings = Findings(Comparison(Likeness.SIGNED, 1, 1), Examination())
    given: dict[str, Any] = {
        "dossier": application.dossiers.first(),
        "paper": Paper.REQUEST,
        "signatory": "Jan Nowak, dyrektor",
        "filename": "Prośba podpisana.pdf",
        "content_type": "application/pdf",
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "findings": findings.dump(),
        "uploaded_by": application.opened_by,
    }
    signed = SignedPaper(application=application, **given | fields)
    signed.file.save("signed.pdf", ContentFile(content), save=False)
    signed.save(force_insert=True)
    return signed


def an_odd_signature() -> Signature:
    """Of an unknown authority, stamped, altered afterwards, by somebody with a long name."""
    moment = "2026-11-03T09:00:00+00:00"
    return Signature(
        field="Podpis",
        signer="Wandalina Konstancja Brzęczyszczykiewicz-Chrząszczewska",
        number="PNOPL-*******1458",
        organisation="Samorządowe Centrum Animacji, Kultury i Wspierania Inicjatyw",
        issuer="Urząd Próbny",
        is_intact=False,
        covers_whole_file=False,
        after=After.CHANGED,
        trust=Trust.UNKNOWN,
        anchor="",
        claimed_time=moment,
        valid_from=moment,
        valid_to=moment,
        says_qualified=True,
        is_seal=True,
        checked_revocation=True,
        certifies="no_changes",
        stamp=Stamp(moment, "Zegar Próbny", True, Trust.LISTED),
    )


def make_review(signed: SignedPaper, by: User, *, accepted: bool = True) -> PaperReview:
    note = "" if accepted else "Brak podpisu."
    return PaperReview.objects.create(
        signed=signed, is_accepted=accepted, note=note, reviewed_by=by
    )
