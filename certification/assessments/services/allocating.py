"""A whole batch of cases is given to assessors at once."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from certification.applications.models import Application
from certification.assessments.models import Assignment
from certification.errors import CannotDo
from institutions.models import User

from .assigning import assign_all


class NotAllocated(CannotDo):
    """One of the batch cannot be assigned, and none was; `application` says which."""

    def __init__(self, application: Application, refusal: CannotDo) -> None:
        self.application = application
        super().__init__(f"{application}: {refusal}")


@transaction.atomic
def allocate(
    choices: Iterable[tuple[Application, list[User]]], *, by: User, due_on: date
) -> list[Assignment]:
    """Give every case of the batch to the people chosen for it, or none of them.

    Each assignment is checked and announced as if it were made alone. Cases are taken in the
    order of their keys, so that two of the office who confirm at once never wait for each other.
    Raises NotAllocated for the first that is refused.
    """
    made: list[Assignment] = []
    for application, people in sorted(choices, key=lambda choice: choice[0].pk):
        try:
            made += assign_all(application, by=by, assessors=people, due_on=due_on)
        except CannotDo as refusal:
            raise NotAllocated(application, refusal) from refusal
    return made
