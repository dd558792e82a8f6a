"""What a certificate's page shows of its letters."""

from certification.certificates.models import Certificate
from certification.sections import Section
from institutions.models import User

from .models import CommendationLetter


def letters_of(user: User, certificate: Certificate) -> Section | None:
    """The letters the person may see, and the way to draft one."""
    letters = list(CommendationLetter.objects.visible_to(user).filter(certificate=certificate))
    is_being_written = any(not letter.is_approved for letter in letters)
    may_draft = user.has_perm("letters.draft_letter", certificate) and not is_being_written
    if not (letters or may_draft):
        return None
    context = {"certificate": certificate, "letters": letters, "may_draft": may_draft}
    return Section("letters/_of_certificate.html", context)
