"""What the page of an institution shows of its applications."""

from certification.sections import Section
from institutions.models import Institution, User

from .models import Application


def applications_of(user: User, institution: Institution) -> Section | None:
    """Those the person may see, and the way to begin one."""
    seen = list(Application.objects.visible_to(user).filter(institution=institution))
    may_open = user.has_perm("applications.open_application", institution)
    if not (seen or may_open):
        return None
    under_way = any(not application.has_ended for application in seen)
    context = {
        "institution": institution,
        "applications": seen,
        "may_open": may_open and not under_way,
    }
    return Section("applications/_of_institution.html", context)
