"""Ratings saved at the same moment; only a database with row locks can show it."""

import pytest
from django.db import connection

from certification.assessments.models import Assessment, Rating
from certification.assessments.services import save_rating
from certification.audit.models import Event
from certification.errors import Stale
from tests.applications.services.test_races import at_once

from .factories import criterion, make_assessment, of_value

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="shows row locks"),
]


def saving(assessment: Assessment, code: str):
    case = assessment.application
    level, about = of_value(case, 2), criterion(case, code)

    def save(turn):
        return save_rating(
            Assessment.objects.get(pk=assessment.pk),
            about,
            by=assessment.assignment.assessor,
            level=level,
            strengths=f"Zapis {turn}.",
            unasked=True,
            seconds=10,
        ).strengths

    return save


def test_tabs_that_save_at_once_keep_the_first_and_tell_the_others():
    assessment = make_assessment()

    results = at_once(saving(assessment, "A1.1"))

    assert results.count(Stale) == 7
    rating = Rating.objects.get()
    assert (rating.version, rating.strengths in results) == (1, True)
    assert Event.objects.of_case(assessment.application).count() == 1


def test_assessors_who_save_at_once_lose_nothing():
    saves = [saving(make_assessment(), "A1.2") for _assessor in range(8)]

    results = at_once(lambda turn: saves[turn % 8](turn))

    assert sorted(results) == sorted(Rating.objects.values_list("strengths", flat=True))
    assert {each.seconds_spent for each in Assessment.objects.all()} == {10}
