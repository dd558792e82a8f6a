"""The people of the demonstration. Every name and address is invented."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache

from django.contrib.auth.hashers import make_password

from certification.assessments.models import MOST, AssessorProfile
from certification.assessments.services import change_profile
from certification.panel.demo_accounts import DOMAIN, PASSWORD
from institutions.identifiers import Voivodeship
from institutions.models import Appointment, User
from institutions.services.people import appoint_user, create_account
from institutions.states import Role

SINCE = date(2015, 1, 1)


@dataclass(frozen=True)
class Person:
    """Somebody of the association; the e-mail's first part is also the key used in the story."""

    key: str
    full_name: str
    roles: tuple[Role, ...]
    function: str = ""
    resolution: str = ""
    regions: tuple[Voivodeship, ...] = ()  # where an assessor readily goes

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"


PEOPLE = (
    Person("biuro", "Barbara Biurowska", (Role.OFFICE,)),
    Person("biuro2", "Bogdan Biuralski", (Role.OFFICE,)),
    Person(
        "oceniajaca1",
        "Olga Oceńska",
        (Role.ASSESSOR,),
        resolution="2/2015",
        regions=(Voivodeship.LUBELSKIE, Voivodeship.PODKARPACKIE),
    ),
    Person(
        "oceniajacy2",
        "Edward Ekspercki",
        (Role.ASSESSOR,),
        resolution="2/2015",
        regions=(Voivodeship.MAZOWIECKIE, Voivodeship.WIELKOPOLSKIE),
    ),
    Person(
        "oceniajaca3",
        "Wanda Wizytowska",
        (Role.ASSESSOR,),
        resolution="2/2015",
        regions=(Voivodeship.SLASKIE, Voivodeship.MALOPOLSKIE, Voivodeship.OPOLSKIE),
    ),
    Person("komisja", "Krystyna Komisyjna", (Role.COMMITTEE_CHAIR,), resolution="1/2015"),
    Person("czlonek.komisji", "Czesław Członkowski", (Role.COMMITTEE_MEMBER,), resolution="1/2015"),
    Person(
        "zarzad",
        "Zofia Zarządzka",
        (Role.BOARD_MEMBER, Role.RESPONSIBLE_BOARD_MEMBER),
        function="Prezes Zarządu",
    ),
    Person("czlonek.zarzadu", "Zenon Zarzecki", (Role.BOARD_MEMBER,), function="Członek Zarządu"),
    Person("administrator", "Adam Administracki", (Role.ADMINISTRATOR,)),
)


@dataclass
class Cast:
    """Everybody who acts in the story, by key."""

    people: dict[str, User] = field(default_factory=dict)

    def __getitem__(self, key: str) -> User:
        return self.people[key]


@cache
def _hashed_password() -> str:
    """Hashed once for all: hashing is slow on purpose, and this password is no secret."""
    return make_password(PASSWORD)


def open_account(email: str, full_name: str, function: str = "") -> User:
    """An account with the demonstration's password; one that exists is left as it is."""
    user = User.objects.filter(email=email).first()
    if user is None:
        user = create_account(by=None, email=email, full_name=full_name, function=function)
        user.password = _hashed_password()
        user.save(update_fields=["password"])
    return user


def hire() -> Cast:
    """Open the association's accounts and appoint people to their roles. Safe to run again."""
    cast = Cast()
    for person in PEOPLE:
        user = open_account(person.email, person.full_name, person.function)
        for role in person.roles:
            if not Appointment.objects.filter(user=user, role=role).exists():
                appoint_user(user, by=None, role=role, since=SINCE, resolution=person.resolution)
        cast.people[person.key] = User.objects.get(pk=user.pk)  # roles are read anew
        _say_where(cast[person.key], person.regions)
    return cast


def _say_where(user: User, regions: tuple[Voivodeship, ...]) -> None:
    """Said once: what somebody changed since stays."""
    if regions and not AssessorProfile.objects.filter(user=user).exists():
        change_profile(
            user, by=user, regions=regions, most_at_once=MOST, away_from=None, away_until=None
        )
