"""What the assessors want to ask on the spot, gathered from their benches.

Before one has submitted, one reads one's own questions alone; the office reads those of
submitted cards. A question is never sent to the institution by itself.
"""

import uuid
from dataclasses import dataclass

from django.db.models import QuerySet

from certification.assessments.models import Assessment, Rating
from certification.standards.models import Criterion
from institutions.models import User

from .models import SiteVisit
from .rules import reads_questions_of_all

NAMESPACE = uuid.UUID("6f0d3a52-5a59-4e0b-9d6f-0c1a4a1b7f25")


@dataclass(frozen=True)
class Question:
    """One question to one criterion; `uuid` is the note that will answer it, of this person."""

    criterion: Criterion
    text: str
    uuid: uuid.UUID


def questions_of(visit: SiteVisit, user: User) -> list[Question]:
    """Those the person may read, in the catalogue's order; what two ask alike stands once."""
    found: dict[uuid.UUID, Question] = {}
    for rating in _ratings(visit, user):
        text = rating.question.strip()
        key = uuid.uuid5(NAMESPACE, f"{visit.pk}:{user.pk}:{rating.criterion_id}:{text}")
        found.setdefault(key, Question(rating.criterion, text, key))
    return list(found.values())


def _ratings(visit: SiteVisit, user: User) -> "QuerySet[Rating]":
    of_case = Rating.objects.filter(
        assessment__assignment__application=visit.application_id,
        assessment__assignment__ended_at=None,
    )
    if reads_questions_of_all(user, visit.application):
        readable = of_case.filter(assessment__in=Assessment.objects.submitted().values("pk"))
    else:
        readable = of_case.filter(pk__in=Rating.objects.visible_to(user).values("pk"))
    asked = readable.exclude(question="").without_private_notes()
    return asked.select_related("criterion__standard__area").order_by("criterion", "pk")
