"""A certificate of a case that two assessors have rated, with something to praise."""

from typing import Any

from certification.certificates.models import Certificate
from certification.holders.models import Praise
from certification.holders.services import agree_praise, propose_praise
from certification.standards.models import Standard
from institutions.models import User
from institutions.states import MemberRole, Role
from tests.assessments.factories import make_card, sign_all
from tests.certificates.factories import write_certificate
from tests.factories import make_member, make_user

CANARY = "kanareknieopublikowany"


def rated_certificate(serial: int = 1, strengths: str = CANARY, **fields: Any) -> Certificate:
    """Every text of its assessment holds the canary."""
    texts = {"weaknesses": CANARY, "question": CANARY}
    card = make_card(strengths=strengths, private_note=CANARY, texts=texts)
    sign_all(card)
    application = card.application
    return write_certificate(serial, application.institution, application=application, **fields)


def standards_of(certificate: Certificate) -> list[Standard]:
    return list(Standard.objects.of_set(certificate.application.standard_set))


def custodian_of(certificate: Certificate) -> User:
    return make_member(certificate.institution, MemberRole.CUSTODIAN)


def propose(certificate: Certificate, *texts: str) -> Praise:
    sentences = dict(
        zip(standards_of(certificate), texts or ("Grupy działają same.",), strict=False)
    )
    return propose_praise(certificate, by=make_user(Role.OFFICE), sentences=sentences)


def publish(certificate: Certificate, *texts: str) -> Praise:
    praise = propose(certificate, *texts)
    agree_praise(praise, by=custodian_of(certificate))
    return praise
