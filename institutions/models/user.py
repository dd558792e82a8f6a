"""People, and the roles they were appointed to."""

from datetime import date
from functools import cached_property
from typing import Any

import rules
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certification import clock
from institutions.searching import contains
from institutions.states import MemberRole, Role


def is_within(day: date, since: date, until: date | None) -> bool:
    """Whether the day is one of these, both ends included; without a last one they go on."""
    return since <= day and (until is None or until >= day)


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: "User") -> "UserQuerySet":
        """The office and administrators see the list of people; nobody else does."""
        return self if user.has_role(Role.OFFICE, Role.ADMINISTRATOR) else self.none()

    def matching(self, text: str) -> "UserQuerySet":
        """Every word typed occurs in the name or the e-mail address."""
        found = self
        for word in text.split():
            found = found.filter(contains("full_name", word) | Q(email__icontains=word))
        return found


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Accounts are found by e-mail, whatever its capitals."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)

    def acting_as(self, *roles: Role, on: date | None = None) -> "models.QuerySet[User]":
        """Active people who hold one of these roles on that day (today by default)."""
        held = Appointment.objects.in_force(on or clock.today()).filter(role__in=roles)
        return self.filter(is_active=True, pk__in=held.values("user")).order_by("full_name")


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in, with an e-mail address as the name."""

    email = models.EmailField(_("e-mail"), unique=True)
    full_name = models.CharField(_("first and last name"), max_length=150)
    function = models.CharField(
        _("function"),
        max_length=150,
        blank=True,
        help_text=_("As it stands below a signature, e.g. “President of the Board”."),
    )
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, blank=True, default=""
    )  # empty: as the browser's cookie says
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        ordering = ["full_name"]
        constraints = [models.UniqueConstraint(Lower("email"), name="institutions_one_email")]

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """What rules.py of each app says; Django's own rows of permissions are not asked for."""
        return bool(rules.has_perm(perm, self, obj))

    def __str__(self) -> str:
        return self.full_name

    def get_absolute_url(self) -> str:
        return reverse("person_detail", args=[self.pk])

    @cached_property
    def roles(self) -> frozenset[str]:
        """Roles held today. A deactivated account holds none."""
        return frozenset(role for institution, role in self._standing if institution is None)

    def has_role(self, *roles: str) -> bool:
        """Whether the person holds any of these roles today."""
        return not self.roles.isdisjoint(roles)

    @cached_property
    def remembered(self) -> dict[str, Any]:
        """What layers above read about the person, once for this object, as the roles are."""
        return {}

    @cached_property
    def _periods(self) -> list[tuple[int | None, str, date, date | None]]:
        """What the person is, was and will be: the institution, the role, since and until of each
        membership, and of each appointment, with no institution. One query answers all a page asks.
        """
        nowhere = Value(None, models.BigIntegerField())
        columns = "role", "since", "until"
        belongs = self.memberships.order_by().values_list("institution_id", *columns)
        appointed = self.appointments.order_by().values_list(nowhere, *columns)
        return list(belongs.union(appointed, all=True))

    @cached_property
    def _standing(self) -> list[tuple[int | None, str]]:
        """The institution and the role in it of today; a role appointed to has no institution."""
        if not self.is_active:
            return []
        today = clock.today()
        return [
            (where, role)
            for where, role, since, until in self._periods
            if is_within(today, since, until)
        ]

    @property
    def institution_ids_ever(self) -> frozenset[int]:
        """Institutions the person belongs or once belonged to."""
        today = clock.today()
        return frozenset(
            pk for pk, _role, since, _until in self._periods if pk is not None and since <= today
        )

    @cached_property
    def institution_ids(self) -> frozenset[int]:
        """Institutions the person belongs to today, in whatever role."""
        return self.institution_ids_as(*MemberRole)

    def institution_ids_as(self, *roles: MemberRole) -> frozenset[int]:
        """Institutions the person belongs to today in one of these roles."""
        return frozenset(pk for pk, role in self._standing if pk is not None and role in roles)

    @property
    def is_member_anywhere(self) -> bool:
        return bool(self.institution_ids)


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def in_force(self, day: date) -> "AppointmentQuerySet":
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


class Appointment(models.Model):
    """A role given to a person, since a day and until a day (both inclusive).

    `resolution` names the resolution that appointed them (regulation, points 5 and 6).
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    resolution = models.CharField(_("by resolution"), max_length=60, blank=True)
    appointed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    appointed_at = models.DateTimeField(default=clock.now, editable=False)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["role", "since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="institutions_appointment_ends_after_start",
                violation_error_message=_("The last day cannot come before the first."),
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(until=None),
                name="institutions_one_open_appointment",
                violation_error_message=_("This person holds this role already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"

    def is_in_force(self, day: date) -> bool:
        return is_within(day, self.since, self.until)
