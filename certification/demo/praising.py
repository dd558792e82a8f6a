"""What assessors praised, chosen for the public page; where it says so, the institution agreed."""

from datetime import timedelta

from certification.certificates.models import Certificate
from certification.holders.candidates import candidates
from certification.holders.services import agree_praise, propose_praise
from institutions.models import User

from .people import Cast
from .timing import on

SENTENCES = 3


def praise_in_public(certificate: Certificate, *, cast: Cast, custodian: User) -> None:
    """The first sentence of what was written of the first standards."""
    chosen = [each for each in candidates(certificate.application) if each.strengths][:SENTENCES]
    with on(certificate.issued_on + timedelta(days=20)):
        praise = propose_praise(
            certificate,
            by=cast["biuro"],
            sentences={each.standard: _first_sentence(each.strengths[0]) for each in chosen},
        )
    with on(certificate.issued_on + timedelta(days=24)):
        agree_praise(praise, by=custodian)


def _first_sentence(text: str) -> str:
    return text.partition(". ")[0].rstrip(".") + "."
