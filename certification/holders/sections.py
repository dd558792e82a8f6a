"""What a certificate's page shows of its life: the public page, the hand-over, name and mark."""

from certification import clock
from certification.certificates import register
from certification.certificates.models import Certificate
from certification.certificates.states import STANDING
from certification.documents.masthead import issuer_named
from certification.sections import Section
from institutions.models import User

from .handing_over import last_hand_over
from .licence import licence_of
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


def hand_over_of(user: User, certificate: Certificate) -> Section | None:
    """When and where it was or is to be handed over."""
    last = last_hand_over(certificate)
    stands = certificate.status_on(clock.today()) in STANDING
    may_record = stands and user.has_perm("holders.record_hand_over", certificate)
    if last is None and not may_record:
        return None
    context = {"certificate": certificate, "last": last, "may_record": may_record}
    return Section("holders/_hand_over.html", context)


def licence(user: User, certificate: Certificate) -> Section:
    """Whether the holder may use name and mark, and what to take down once it may not."""
    context = {
        "certificate": certificate,
        "licence": licence_of(certificate, clock.today()),
        "has_mark": bool(issuer_named().mark),
    }
    return Section("holders/_licence.html", context)
