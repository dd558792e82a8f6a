"""The papers that a holder gets: the charges, the withdrawal, the Board's answer to its appeal.

Each is numbered, printed on the letterhead of the day and stored in the transaction of its verb.
"""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from certification import clock
from certification.certificates.models import (
    AppealRefusal,
    Certificate,
    Charges,
    Reinstatement,
    Withdrawal,
)
from certification.certificates.models.papers import OnPaper
from certification.documents.models import Issuer, StoredDocument
from certification.documents.notices import Fact, NoticeSheet, render_notice
from certification.documents.services import store
from certification.numbering.services import next_number
from institutions.models import User

CHARGES_SERIES, SERIES = "CAL/Z", "CAL/O"


@dataclass(frozen=True)
class Paper:
    """A kind of paper. `is_public`: its number can be checked by whoever knows it."""

    kind: StoredDocument.Kind
    series: str
    title: str  # in Polish, as all that is printed
    words: str
    on_behalf: str
    is_public: bool = True


CHARGES = Paper(
    StoredDocument.Kind.CHARGES,
    CHARGES_SERIES,
    "Zarzuty",
    "charges",
    "W imieniu Komisji Certyfikacyjnej",
    is_public=False,
)
WITHDRAWAL = Paper(
    StoredDocument.Kind.WITHDRAWAL,
    SERIES,
    "Odebranie certyfikatu",
    "withdrawal",
    "W imieniu Komisji Certyfikacyjnej",
)
ANSWER = Paper(
    StoredDocument.Kind.APPEAL_ANSWER,
    SERIES,
    "Odpowiedź na odwołanie",
    "answer",
    "W imieniu Zarządu",
)


def print_charges(charges: Charges) -> None:
    """State them on paper. Raises CannotDo for a text too long, as the others do."""
    facts = {"until": charges.reply_until}
    _print(charges, CHARGES, charges.certificate, charges.text, by=charges.stated_by, **facts)


def print_withdrawal(withdrawal: Withdrawal) -> None:
    """What was decided, what follows, and until when and to whom the holder may appeal."""
    charges = withdrawal.charges
    _print(
        withdrawal,
        WITHDRAWAL,
        charges.certificate,
        withdrawal.reason,
        by=withdrawal.withdrawn_by,
        charges=charges.number or "",
        charged=charges.stated_on,
        replied=charges.replies.exists(),
        withdrawn=withdrawal.withdrawn_on,
        until=withdrawal.appeal_until,
    )


def print_answer(answer: Reinstatement | AppealRefusal, *, by: User) -> None:
    """What the Board resolved on the appeal, why, and what follows."""
    appeal = answer.appeal
    certificate = appeal.withdrawal.certificate
    _print(
        answer,
        ANSWER,
        certificate,
        answer.reason,
        by=by,
        allowed=isinstance(answer, Reinstatement),
        appealed=appeal.appealed_on,
        resolution=answer.resolution_number,
        adopted=answer.adopted_on,
        withdrawn=appeal.withdrawal.withdrawn_on,
        valid_to=certificate.valid_to,
    )


def _print(
    row: OnPaper, paper: Paper, certificate: Certificate, text: str, *, by: User, **facts: Fact
) -> None:
    """Give the row, which is not saved yet, its number and its document."""
    today, issuer = clock.today(), Issuer.load()
    row.number = f"{paper.series}/{next_number(paper.series, today.year)}/{today.year}"
    sheet = NoticeSheet(
        issuer=issuer.letterhead(),
        words=paper.words,
        title=paper.title,
        number=row.number,
        place=issuer.place,
        day=today,
        holder=certificate.holder_name,
        certificate=certificate.number,
        issued_on=certificate.issued_on,
        text=text,
        facts=facts,
        on_behalf=paper.on_behalf,
        signatory=by.full_name,
        proof=settings.SITE_URL + reverse("verification") if paper.is_public else "",
    )
    row.document = store(paper.kind, f"{paper.title} {row.number}", render_notice(sheet), by=by)
