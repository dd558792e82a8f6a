"""A signed paper comes in; the office lets it stand, or asks for another."""

import uuid

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from certification import clock
from certification.applications.formal.points import REQUEST_POINT
from certification.applications.models import (
    Application,
    Paper,
    PaperReview,
    PrintedPaper,
    SignedPaper,
)
from certification.applications.papers.findings import findings_of
from certification.applications.recipients import custodians_of, office_of
from certification.applications.states import ENDED, State, Verb
from certification.audit.services import record
from certification.errors import CannotDo, TransitionNotAllowed
from certification.outbox.kinds import Kind as MailKind
from institutions.models import User
from institutions.notices import notify
from institutions.services.uploads import undoing
from institutions.uploads import Kind, Refused, inspect, sha256_of

from .formal_check import find_unmet

MAX_BYTES = 20 * 1024 * 1024
MOST = 20  # signed papers of one case
ACCEPTED = {Kind.PDF, Kind.JPEG, Kind.PNG}


def add_signed_paper(
    application: Application, *, by: User, paper: Paper, signatory: str, file: File
) -> SignedPaper:
    """Keep a signed paper with what is found about it; a PDF byte for byte.

    It is checked, read and stored before the transaction begins, and the stored file goes again
    when that fails. Raises Refused for a file we do not take.
    """
    _refuse_untimely(application)
    prints = _prints_of(application, paper)
    checked = inspect(file, file.name or "", max_bytes=MAX_BYTES)
    if checked.kind not in ACCEPTED:
        raise Refused(_("Send the signed paper as a PDF, or its scan as a PDF, JPEG or PNG."))
    findings, printed = findings_of(checked.file, checked.kind, prints)
    signed = SignedPaper(
        application=application,
        dossier=printed.dossier,
        paper=paper,
        signatory=" ".join(signatory.split()),
        filename=checked.filename,
        content_type=checked.content_type,
        sha256=sha256_of(checked.file),
        size=checked.file.size,
        findings=findings.dump(),
        uploaded_by=by,
    )
    signed.file.save(f"{uuid.uuid4()}{checked.extension}", checked.file, save=False)
    with undoing(lambda: signed.file.delete(save=False)), transaction.atomic():
        return _keep(signed, by=by)


def _keep(signed: SignedPaper, *, by: User) -> SignedPaper:
    application = Application.objects.with_names().select_for_update(of=("self",))
    locked = application.get(pk=signed.application_id)
    _refuse_untimely(locked)
    if locked.signed.filter(paper=signed.paper).accepted().exists():
        raise CannotDo(_("This paper was accepted already; no other is needed."))
    if locked.signed.count() >= MOST:
        raise CannotDo(_("Many papers came in this case already. Write to the CAL office first."))
    signed.save(force_insert=True)
    record(
        Verb.ADD_SIGNED_PAPER,
        signed,
        by=by,
        case=locked,
        paper=str(signed.paper),
        dossier=signed.dossier.number,
        sha256=signed.sha256,
    )
    notify(
        office_of(locked),
        "signed_paper_came",
        kind=MailKind.WORK,
        about=locked,
        url=signed.get_absolute_url(),
        signed=signed,
    )
    return signed


def accept_paper(signed: SignedPaper, *, by: User, note: str = "") -> PaperReview:
    """Let the paper stand: an authorised person signed it, and it is the one that we made."""
    return _review(signed, Verb.ACCEPT_PAPER, is_accepted=True, note=note, by=by)


def refuse_paper(signed: SignedPaper, *, by: User, reason: str) -> PaperReview:
    """Refuse the paper with a reason; the institution is asked for another.

    The written request of a formal check under way is not met then, if it was found to be.
    """
    if not reason.strip():
        raise CannotDo(_("Say what is wrong with the paper and what the institution should do."))
    return _review(signed, Verb.REFUSE_PAPER, is_accepted=False, note=reason, by=by)


@transaction.atomic
def _review(
    signed: SignedPaper, verb: Verb, *, is_accepted: bool, note: str, by: User
) -> PaperReview:
    application = Application.objects.with_names().select_for_update(of=("self",))
    locked = application.get(pk=signed.application_id)
    if PaperReview.objects.filter(signed=signed).exists() or signed.is_superseded:
        raise TransitionNotAllowed(verb, locked.state)
    review = PaperReview.objects.create(
        signed=signed,
        is_accepted=is_accepted,
        note=note.strip(),
        reviewed_by=by,
        reviewed_at=clock.now(),
    )
    record(verb, signed, by=by, case=locked, paper=str(signed.paper), sha256=signed.sha256)
    if not is_accepted and signed.paper == Paper.REQUEST:
        find_unmet(locked, REQUEST_POINT, by=by, note=review.note)
    notify(
        custodians_of(locked),
        "signed_paper_accepted" if is_accepted else "signed_paper_refused",
        kind=MailKind.RECEIPT if is_accepted else MailKind.COMPLETION,
        about=locked,
        url=signed.get_absolute_url(),
        signed=signed,
        note=review.note,
    )
    return review


def _refuse_untimely(application: Application) -> None:
    """A paper belongs to a case that was submitted and goes on."""
    if application.state in ENDED or application.state == State.DRAFT:
        raise TransitionNotAllowed(Verb.ADD_SIGNED_PAPER, application.state)


def _prints_of(application: Application, paper: Paper) -> list[PrintedPaper]:
    prints = PrintedPaper.objects.filter(dossier__application=application, paper=paper)
    found = list(prints.select_related("dossier", "document").order_by("-dossier__number"))
    if not found:
        raise CannotDo(_("This paper is not prepared yet. Prepare it, sign it, then send it."))
    return found
