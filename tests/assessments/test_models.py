"""What the database itself refuses."""

from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from certification import clock
from certification.assessments import services
from certification.assessments.models import (
    Assessment,
    Assignment,
    ConsolidatedCard,
    ConsolidatedRating,
    Rating,
)
from certification.assessments.states import Ending
from tests.assessments.factories import (
    criterion,
    make_assessment,
    make_assignment,
    make_card,
    make_case,
    of_value,
    rate_all,
    sign_all,
    submit,
)
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def refused(action: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        action()


def closed_card():
    card = make_card(A1_1=1, second={"A1_1": 2})
    by = card.assessments()[0].assignment.assessor
    services.settle(
        card,
        criterion(card.application, "A1.1"),
        by=by,
        level=of_value(card.application, 2),
        reason="Zgoda.",
    )
    return sign_all(card)


def test_one_active_assignment_a_person():
    assignment = make_assignment(make_case())
    refused(lambda: make_assignment(assignment.application, assignment.assessor))


@pytest.mark.parametrize("half", [{"ended_by": "user"}, {"ended_at": "now"}])
def test_end_of_an_assignment_has_who_and_when(half):
    values = {"ended_by": make_user()} if "ended_by" in half else {"ended_at": clock.now()}
    values["ending"] = Ending.REPLACED
    make_assignment(make_case())
    refused(lambda: Assignment.objects.update(**values))


def test_one_rating_a_criterion():
    assessment = make_assessment()
    rate_all(assessment)
    refused(lambda: rate_all(assessment))


def test_one_consolidated_rating_a_criterion():
    card = make_card()
    first = card.ratings.first()
    refused(
        lambda: card.ratings.create(criterion=first.criterion, level=first.level, differed=False)
    )


def test_submitted_ratings_cannot_be_changed_deleted_or_added():
    assessment = make_assessment()
    rate_all(assessment)
    extra = Rating.objects.get(criterion__code="B1.1")
    extra.delete()
    submit(assessment)
    ratings = Rating.objects.filter(assessment=assessment)
    refused(lambda: ratings.update(strengths="Inaczej."))
    refused(lambda: ratings.update(private_note="Inaczej."))
    refused(ratings.delete)
    extra.pk = None
    refused(lambda: extra.save(force_insert=True))


def test_a_submitted_assessment_cannot_be_changed_or_deleted():
    submit(make_assessment())
    refused(lambda: Assessment.objects.update(summary="Inaczej."))
    refused(lambda: Assessment.objects.update(submitted_at=None))
    refused(Assessment.objects.all().delete)


def test_a_closed_card_cannot_be_changed_or_deleted():
    closed_card()
    refused(lambda: ConsolidatedCard.objects.update(closed_at=None, closed_by=None))
    refused(lambda: ConsolidatedCard.objects.all().delete())


def test_ratings_of_a_closed_card_cannot_be_changed_deleted_or_added():
    card = closed_card()
    refused(lambda: ConsolidatedRating.objects.update(reason="Inaczej."))
    refused(lambda: ConsolidatedRating.objects.all()._raw_delete("default"))
    row = ConsolidatedRating.objects.filter(card=card).first()
    row.pk = None
    refused(lambda: row.save(force_insert=True))


@pytest.mark.parametrize("half", ["closed_by", "closed_at"])
def test_a_closed_card_has_who_and_when(half):
    card = make_card()
    value = make_user() if half == "closed_by" else clock.now()
    refused(lambda: ConsolidatedCard.objects.filter(pk=card.pk).update(**{half: value}))


def test_an_agreed_criterion_has_a_level():
    card = make_card()
    refused(lambda: card.ratings.filter(criterion__code="A1.1").update(level=None))


@pytest.mark.parametrize(
    "values",
    [
        {"reason": ""},
        {"level": None},
        {"settled_by": None},
        {"settled_at": None},
        {"settled_by": None, "settled_at": None},
    ],
)
def test_a_settled_difference_has_level_reason_who_and_when(values):
    card = make_card(A1_1=1, second={"A1_1": 2})
    services.settle(
        card,
        criterion(card.application, "A1.1"),
        by=make_user(),
        level=of_value(card.application, 2),
        reason="Zgoda.",
    )
    refused(lambda: card.ratings.filter(criterion__code="A1.1").update(**values))


# --- reasons of a rating --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("strengths", "weaknesses", "reasons"),
    [
        ("", "", ""),
        ("Jest.", "", "Jest."),
        ("", "Brak.", "Brak."),
        ("Jest.", "Brak.", "Jest.\n\nBrak."),
    ],
)
@pytest.mark.parametrize("value", [2, "none yet"])
def test_complete_with_a_level_and_any_reason(strengths, weaknesses, reasons, value):
    assessment = make_assessment()
    rating = Rating.objects.create(
        assessment=assessment,
        criterion=criterion(assessment.application, "A1.1"),
        level=None if value == "none yet" else of_value(assessment.application, value),
        strengths=strengths,
        weaknesses=weaknesses,
        question="Kiedy?",
        private_note="Dopytać.",
    )
    assert rating.reasons == reasons
    assert rating.is_complete == (value == 2 and reasons != "")
    assert Rating.objects.complete().exists() == rating.is_complete


def test_comments_of_before_are_sorted_by_what_counts_as_met():
    """The migration, which finds what one wrote in the first of the columns."""
    migration = import_module("certification.assessments.migrations.0005_reasons_of_a_rating")
    assessment = make_assessment()
    rate_all(assessment, 2, strengths="Słowa.", A1_2=1, B1_1=None)
    Rating.objects.filter(criterion__code="A2.1").update(level=None)
    submit(assessment)

    editor = SimpleNamespace(connection=connection)
    migration.sort_out(apps, editor)

    written = Rating.objects.values_list("criterion__code", "strengths", "weaknesses")
    assert set(written) == {
        ("A1.1", "Słowa.", ""),
        ("A1.2", "", "Słowa."),
        ("A2.1", "", "Słowa."),
        ("B1.1", "", "Słowa."),
    }
    migration.put_together(apps, editor)
    assert set(Rating.objects.values_list("strengths", flat=True)) == {"Słowa."}
    refused(lambda: Rating.objects.update(strengths="Inaczej."))
