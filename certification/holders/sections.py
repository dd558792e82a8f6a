"""What a certificate's page shows of the praise that its holder's public page may have."""

from certification import clock
from certification.certificates import register
from certification.certificates.models import Certificate
from certification.certificates.states import STANDING
from certification.sections import Section
from institutions.models import User

from .models import Praise


def praise_of(user: User, certificate: Certificate) -> Section | None:
    """The way to the public page; for the office and the custodian what is proposed besides."""
    of_case = Praise.objects.filter(application=certificate.application_id)
    may_propose = user.has_perm("holders.propose_praise", certificate)
    may_answer = user.has_perm("holders.answer_praise", certificate)
    stands = certificate.status_on(clock.today()) in STANDING
    context = {
        "certificate": certificate,
        "page": register.holder_path(certificate.institution),
        "published": of_case.published().exists(),
        "awaiting": (may_propose or may_answer) and of_case.awaiting().exists(),
        "may_propose": may_propose and stands,
        "may_answer": may_answer,
    }
    return Section("holders/_of_certificate.html", context)
