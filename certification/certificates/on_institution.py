"""What the page of an institution shows of its certificates."""

from certification import clock
from institutions.models import Institution, User
from institutions.sections import Section

from .models import Certificate


def certificates_of(user: User, institution: Institution) -> Section | None:
    """Its certificates, the newest first, and awards from before the register."""
    today = clock.today()
    certificates = Certificate.objects.visible_to(user).filter(institution=institution)
    rows = [(each, each.status_on(today)) for each in certificates.with_facts()]
    awards = list(institution.earlier_awards.all())  # type: ignore[attr-defined]
    if not rows and not awards:
        return None
    return Section("certificates/_of_institution.html", {"rows": rows, "awards": awards})
