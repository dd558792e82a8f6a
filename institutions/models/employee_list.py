"""Who works for an institution or in a municipality, so that they do not judge its cases.

No address and no name is kept: only keyed hashes, and only through the last day of the list.
"""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certification import clock
from institutions import employees

from .institution import Institution
from .user import User

if TYPE_CHECKING:
    from collections.abc import Iterable

GMINA = 6  # leading digits of TERYT that name the municipality; the seventh says of what kind


class EmployeeListQuerySet(models.QuerySet["EmployeeList"]):
    def in_force(self, day: date) -> "EmployeeListQuerySet":
        return self.filter(kept_until__gte=day)

    def about(self, institution: Institution) -> "EmployeeListQuerySet":
        """Its own list and its municipality's."""
        gmina = institution.teryt[:GMINA]
        found = Q(institution=institution)
        return self.filter(found | Q(municipality=gmina) if gmina else found)

    def naming(self, user: User) -> "EmployeeListQuerySet":
        """Those in force that hold the person's e-mail address; twice where it is in twice."""
        hashes = employees.of_email(user.email)
        return self.in_force(clock.today()).filter(people__digest__in=hashes)


class EmployeeList(models.Model):
    """One list of an institution, or of a municipality (the first six digits of TERYT).

    `kept_until` is the last day on which it counts; a chore removes it afterwards.
    """

    institution = models.OneToOneField(
        Institution, on_delete=models.PROTECT, null=True, related_name="employee_list"
    )
    municipality = models.CharField(max_length=GMINA, blank=True)
    source = models.CharField(_("where the list comes from"), max_length=200)
    kept_until = models.DateField(_("keep until"), db_index=True)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=clock.now, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = EmployeeListQuerySet.as_manager()

    class Meta:
        ordering = ["municipality", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(institution__isnull=False, municipality="")
                | (Q(institution=None) & ~Q(municipality="")),
                name="institutions_employees_of_one_or_the_other",
            ),
            models.UniqueConstraint(
                fields=["municipality"],
                condition=~Q(municipality=""),
                name="institutions_one_list_of_a_municipality",
            ),
        ]

    def __str__(self) -> str:
        return self.source

    @property
    def mark(self) -> str:
        """What a page has seen. A list that was removed and entered anew is another one."""
        return f"{self.pk}.{self.version}"


class ListedPerson(models.Model):
    """The keyed hash of an e-mail address or of a name; which of the two, the hash alone knows."""

    employees = models.ForeignKey(EmployeeList, on_delete=models.CASCADE, related_name="people")
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["digest", "employees"], name="institutions_listed_once")
        ]

    def __str__(self) -> str:
        return self.digest[:8]


class Listings:
    """Which lists in force hold the addresses, or the names, of these people. One query."""

    def __init__(self, people: "Iterable[User]") -> None:
        users = list(people)
        self._emails = {each.pk: employees.of_email(each.email) for each in users}
        self._names = {each.pk: employees.of_name(each.full_name) for each in users}
        asked = {
            one for kind in (self._emails, self._names) for all_ in kind.values() for one in all_
        }
        lists = EmployeeList.objects.in_force(clock.today())
        found = ListedPerson.objects.filter(digest__in=asked, employees__in=lists).order_by()
        self._where: dict[str, set[int | str]] = {}
        for digest, institution, gmina in found.values_list(
            "digest", "employees__institution", "employees__municipality"
        ):
            self._where.setdefault(digest, set()).add(institution or gmina)

    def by_email(self, user: User) -> set[int | str]:
        """Keys of institutions (numbers) and municipalities (text) that list the address."""
        return self._of(self._emails[user.pk])

    def by_name(self, user: User) -> set[int | str]:
        return self._of(self._names[user.pk])

    def _of(self, digests: "Iterable[str]") -> set[int | str]:
        return set().union(*(self._where.get(each, ()) for each in digests))
