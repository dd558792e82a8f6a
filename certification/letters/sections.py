"""What a certificate's page shows of its letters."""

from certification import clock
from certification.certificates.models import Certificate
from certification.certificates.states import STANDING
from certification.sections import Section
from institutions.models import User

from .models import CommendationLetter


def letters_of(user: User, certificate: Certificate) -> Section | None:
    """The letters the person may see, and the way to draft the set that follows."""
    letters = list(CommendationLetter.objects.visible_to(user).filter(certificate=certificate))
    stands = certificate.status_on(clock.today()) in STANDING
    may_draft = stands and user.has_perm("letters.draft_letter", certificate.application)
    if not (letters or may_draft):
        return None
    context = {"certificate": certificate, "letters": letters, "may_draft": may_draft}
    return Section("letters/_of_certificate.html", context)
