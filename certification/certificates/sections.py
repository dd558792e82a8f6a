"""What an institution's page shows of its certificates, and where others add to theirs."""

from certification import clock
from certification.sections import Section, Sections
from institutions.models import Institution, User

from .models import Certificate

on_certificate = Sections()


def certificates_of(user: User, institution: Institution) -> Section | None:
    """Its certificates, the newest first, and awards from before the register."""
    today = clock.today()
    certificates = Certificate.objects.visible_to(user).filter(institution=institution)
    rows = [(each, each.status_on(today)) for each in certificates.with_facts()]
    awards = list(institution.earlier_awards.all())  # type: ignore[attr-defined]
    if not rows and not awards:
        return None
    return Section("certificates/_of_institution.html", {"rows": rows, "awards": awards})
