"""Assessors, their ratings, and the consolidated cards."""

from certification.assessments.models import (
    Assessment,
    Assignment,
    ConsolidatedCard,
    ConsolidatedRating,
    Rating,
)
from certification.standards.models import Criterion, RatingLevel
from institutions.models import User
from institutions.states import Role

from .applications import ASSIGNED, CLOSED, RATED, Story
from .places import Places

COMMENT = "Odpowiedź i dowody są zgodne; rozmowa z zespołem to potwierdza. "


def assign(stories: list[Story], places: Places) -> None:
    """Two assessors for each case that came to assessment; both declared and began."""
    judged = [story for story in stories if story.is_judged]
    assignments = Assignment.objects.bulk_create(
        Assignment(
            application=story.application,
            assessor=assessor,
            due_on=story.after(RATED).date(),
            assigned_by=places.one(Role.OFFICE),
            assigned_at=story.after(ASSIGNED),
            declared_at=story.after(ASSIGNED + 1),
        )
        for story in judged
        for assessor in _two_assessors(story, places)
    )
    made = Assessment.objects.bulk_create(
        _assessment(story, assignments[2 * position + seat], seat)
        for position, story in enumerate(judged)
        for seat in (0, 1)
    )
    for position, story in enumerate(judged):
        story.assessments = made[2 * position : 2 * position + 2]


def _two_assessors(story: Story, places: Places) -> list[User]:
    people = places.staff[Role.ASSESSOR]
    first = (story.index + story.index // 100) % len(people)
    distance = 1 + story.index // 100 % (len(people) - 1)
    return [people[first], people[(first + distance) % len(people)]]


def _assessment(story: Story, assignment: Assignment, seat: int) -> Assessment:
    is_submitted = seat == 0 or not story.is_being_rated
    return Assessment(
        assignment=assignment,
        summary=COMMENT,
        started_at=assignment.declared_at,
        submitted_at=story.after(RATED) if is_submitted else None,
    )


def rate(stories: list[Story], places: Places) -> None:
    """Every criterion, by both; then the card, on which a fifth of the criteria differed."""
    full = [story for story in stories if story.is_judged and story.is_full]
    ratings = Rating.objects.bulk_create(
        _rating(story, assessment, criterion, places)
        for story in full
        for assessment in story.assessments
        for criterion in places.criteria
    )
    carded = [story for story in stories if story.is_judged and not story.is_being_rated]
    cards = ConsolidatedCard.objects.bulk_create(_card(story) for story in carded)
    for story, card in zip(carded, cards, strict=True):
        story.card = card
    first = {(each.assessment_id, each.criterion_id): each.level for each in ratings}
    ConsolidatedRating.objects.bulk_create(
        _consolidated(
            story, criterion, first[story.assessments[0].pk, criterion.pk], differed=i % 5 == 0
        )
        for story in carded
        if story.is_full
        for i, criterion in enumerate(places.criteria)
    )


def _rating(story: Story, assessment: Assessment, criterion: Criterion, places: Places) -> Rating:
    return Rating(
        assessment=assessment,
        criterion=criterion,
        level=places.chance.choice(places.levels),
        strengths=COMMENT * places.chance.randrange(1, 5),
        private_note=COMMENT,
        updated_at=story.after(RATED - 1),
    )


def _card(story: Story) -> ConsolidatedCard:
    card = ConsolidatedCard(application=story.application, opened_at=story.after(RATED))
    if not story.is_card_open:
        card.closed_by = story.assessments[0].assignment.assessor
        card.closed_at = story.after(CLOSED)
    return card


def _consolidated(
    story: Story, criterion: Criterion, level: RatingLevel, *, differed: bool
) -> ConsolidatedRating:
    assert story.card is not None
    agreed = ConsolidatedRating(
        card=story.card, criterion=criterion, level=level, differed=differed
    )
    if differed and story.is_card_open:
        agreed.level = None
    elif differed:
        agreed.reason, agreed.version = COMMENT, 1
        agreed.settled_by, agreed.settled_at = story.card.closed_by, story.after(CLOSED)
    return agreed
