"""Why a person may not assess a case, in words: for the office, which assigns.

It says in words what `applications.rules.cases_in_conflict` says as a query; a test keeps
the two alike.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from certification import clock
from certification.applications.models import Application, ConflictDeclaration
from institutions.models import Institution, Membership, User


class Conflicts:
    """Loaded for many people and cases at once, in three queries."""

    def __init__(self, applications: Iterable[Application], people: Iterable[User]) -> None:
        cases, users = list(applications), list(people)
        self._belongs: dict[int, set[int]] = defaultdict(set)
        memberships = Membership.objects.begun(clock.today()).filter(user__in=users)
        for user, institution in memberships.values_list("user_id", "institution_id"):
            self._belongs[user].add(institution)
        self._units: dict[int, set[int]] = defaultdict(set)
        units = Institution.objects.filter(parent__in={case.institution_id for case in cases})
        for parent, unit in units.values_list("parent_id", "pk"):
            self._units[parent].add(unit)
        declared = ConflictDeclaration.objects.filter(application__in=cases, user__in=users)
        self._declared = {(each.application_id, each.user_id): each for each in declared}

    def between(self, user: User, application: Application) -> str:
        """The reason these two must stay apart; empty when there is none."""
        declared = self._declared.get((application.pk, user.pk))
        if declared is not None:
            return _("declared a conflict of interest: %(ground)s") % {
                "ground": declared.get_ground_display()
            }
        institution, mine = application.institution, self._belongs[user.pk]
        if institution.pk in mine:
            return _("belongs or belonged to this institution")
        if institution.parent_id in mine:
            return _("belongs or belonged to the institution that this one is a unit of")
        if mine & self._units[institution.pk]:
            return _("belongs or belonged to a unit of this institution")
        return ""


def conflict_between(user: User, application: Application) -> str:
    """The same for one person and one case."""
    return Conflicts([application], [user]).between(user, application)
