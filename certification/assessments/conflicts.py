"""Why a person may not assess a case, in words: for the office, which assigns.

It says in words what `applications.rules.cases_in_conflict` says as a query; a test keeps
the two alike.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from certification import clock
from certification.applications.models import Application, ConflictDeclaration
from certification.applications.ties import helped
from institutions.models import Institution, Membership, User
from institutions.models.employee_list import GMINA, Listings

Ground = ConflictDeclaration.Ground


@dataclass(frozen=True)
class Found:
    """A conflict that nobody declared."""

    ground: Ground
    note: str


class Conflicts:
    """Loaded for many people and cases at once, in five queries."""

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
        self._listed = Listings(users)
        self._helped = helped(users, (case.institution for case in cases))

    def between(self, user: User, application: Application) -> str:
        """The reason these two must stay apart; empty when there is none."""
        declared = self._declared.get((application.pk, user.pk))
        if declared is not None:
            return _("a conflict of interest is recorded: %(ground)s") % {
                "ground": declared.get_ground_display()
            }
        found = self.found(user, application)
        return found.note if found else ""

    def found(self, user: User, application: Application) -> Found | None:
        """What the program knows of by itself."""
        institution, mine = application.institution, self._belongs[user.pk]
        if institution.pk in mine:
            return Found(Ground.WORKS, _("belongs or belonged to this institution"))
        if institution.parent_id in mine:
            return Found(
                Ground.WORKS,
                _("belongs or belonged to the institution that this one is a unit of"),
            )
        if mine & self._units[institution.pk]:
            return Found(Ground.WORKS, _("belongs or belonged to a unit of this institution"))
        listed = self._listed.by_email(user)
        if listed & self._circle(institution):
            return Found(
                Ground.WORKS,
                _("is on the list of employees of this institution, its unit or its parent"),
            )
        if institution.teryt[:GMINA] in listed:
            return Found(Ground.WORKS, _("is on the list of employees of this municipality"))
        if (user.pk, institution.pk) in self._helped:
            return Found(Ground.ADVISED, _("has worked for this institution in this program"))
        return None

    def namesake(self, user: User, application: Application) -> str:
        """A warning, since names repeat: a list of employees holds the person's name."""
        institution = application.institution
        near = {*self._circle(institution), institution.teryt[:GMINA]}
        if near & self._listed.by_name(user):
            return _("somebody of this name is on a list of employees; check whether it is them")
        return ""

    def _circle(self, institution: Institution) -> set[int | str | None]:
        return {institution.pk, institution.parent_id, *self._units[institution.pk]}


def conflict_between(user: User, application: Application) -> str:
    """The same for one person and one case."""
    return Conflicts([application], [user]).between(user, application)
