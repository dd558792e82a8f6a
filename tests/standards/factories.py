"""A draft that follows a published edition."""

from certification.standards.models import Criterion, Descent, Standard, StandardSet
from certification.standards.services import start_edition
from institutions.models import User
from institutions.states import Role
from tests.factories import make_standard_set, make_user


def make_keeper() -> User:
    return make_user(Role.ADMINISTRATOR)


def make_draft(*, code: str = "drugie", by: User | None = None) -> StandardSet:
    """A copy of a published edition with the criteria A1.1, A1.2, A2.1 and B1.1."""
    return start_edition(
        make_standard_set(), by=by, code=code, edition="2", name_pl="Drugie wydanie"
    )


def criterion(edition: StandardSet, code: str) -> Criterion:
    return Criterion.objects.of_set(edition).get(code=code)


def standard(edition: StandardSet, code: str) -> Standard:
    return Standard.objects.of_set(edition).get(code=code)


def codes(edition: StandardSet) -> list[str]:
    return [each.code for each in Criterion.objects.of_set(edition).in_order()]


def lines(edition: StandardSet) -> set[tuple[str, str | None]]:
    """The drawn lines as codes: (old, new), new None for a dropped one."""
    return {
        (line.old.code, line.new.code if line.new else None)
        for line in Descent.objects.filter(standard_set=edition).select_related("old", "new")
    }
