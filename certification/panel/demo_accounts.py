"""The accounts of the demo, offered on the sign-in page of a development checkout only."""

from dataclasses import dataclass

from django.conf import settings

from certification import clock
from institutions.models import User

DOMAIN = "demo.cal.example"
PASSWORD = "pokaz-certyfikatu"  # noqa: S105 - known to everybody on purpose, refused in production


@dataclass(frozen=True)
class DemoAccount:
    name: str
    email: str
    note: str


def demo_accounts() -> list[DemoAccount]:
    """Accounts to try the application with; none unless DEBUG."""
    if not settings.DEBUG:
        return []
    people = User.objects.filter(email__endswith=f"@{DOMAIN}", is_active=True).prefetch_related(
        "appointments", "memberships__institution"
    )
    return [DemoAccount(one.full_name, one.email, _note(one)) for one in people.order_by("pk")]


def _note(user: User) -> str:
    today = clock.today()
    roles = [
        str(one.get_role_display()) for one in user.appointments.all() if one.is_in_force(today)
    ]
    places = [f"{one.get_role_display()}, {one.institution}" for one in user.memberships.all()]
    return "; ".join(roles + places)
