"""Questions of the bench: one's own at once, another's only after one has submitted."""

from typing import Any

import pytest
from django.urls import reverse

from certification.assessments.models import Assessment
from certification.visits.models import SiteVisit
from certification.visits.questions import questions_of
from certification.visits.states import State
from institutions.models import User
from institutions.states import Role
from tests.assessments.factories import make_assignment, make_case, rate_all, submit
from tests.factories import make_user
from tests.visits.factories import make_note, make_visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def cards() -> tuple[Assessment, Assessment]:
    """Two assessors of one case, each with a question of their own to A1.1 and one both ask."""
    case, made = make_case(), []
    for word in ("pierwsza", "druga"):
        assessment = make_assignment(case).assessment
        rate_all(assessment, private_note="Tylko dla mnie.")
        assessment.ratings.filter(criterion__code="A1.1").update(question=f"Pyta {word}?")
        assessment.ratings.filter(criterion__code="A1.2").update(question="Pytają oboje?")
        made.append(assessment)
    return made[0], made[1]


@pytest.fixture
def visit(cards: tuple[Assessment, Assessment]) -> SiteVisit:
    people = [each.assignment.assessor for each in cards]
    return make_visit(cards[0].application, State.AGREED, team=people)


def texts(visit: SiteVisit, user: User) -> list[str]:
    return [question.text for question in questions_of(visit, user)]


def test_each_reads_their_own_until_they_have_submitted(
    cards: tuple[Assessment, Assessment], visit: SiteVisit
) -> None:
    first, second = (each.assignment.assessor for each in cards)
    submit(cards[1])
    assert texts(visit, first) == ["Pyta pierwsza?", "Pytają oboje?"]
    assert texts(visit, second) == ["Pyta druga?", "Pytają oboje?"]
    submit(cards[0])
    assert texts(visit, first) == ["Pyta pierwsza?", "Pyta druga?", "Pytają oboje?"]


def test_the_office_reads_those_of_submitted_cards(
    cards: tuple[Assessment, Assessment], visit: SiteVisit
) -> None:
    office = make_user(Role.OFFICE)
    assert texts(visit, office) == []
    submit(cards[0])
    assert texts(visit, office) == ["Pyta pierwsza?", "Pytają oboje?"]


def test_a_clerk_who_assesses_reads_no_more_than_an_assessor(
    cards: tuple[Assessment, Assessment], visit: SiteVisit
) -> None:
    clerk = make_user(Role.OFFICE, Role.ASSESSOR)
    make_assignment(visit.application, clerk)
    submit(cards[0])
    assert texts(visit, clerk) == []


def test_what_was_answered_stays_when_the_question_goes(
    signed_in: Any, cards: tuple[Assessment, Assessment], visit: SiteVisit
) -> None:
    me = cards[0].assignment.assessor
    question = questions_of(visit, me)[0]
    make_note(visit, by=me, uuid=question.uuid, question=question.text, text="Dwanaście osób.")
    address = reverse("visit_kit", args=[visit.pk])
    client = signed_in(me)
    asked = client.get(address).context["asked"]
    assert [(slip.question, slip.form["text"].value()) for slip in asked] == [
        ("Pyta pierwsza?", "Dwanaście osób."),
        ("Pytają oboje?", None),
    ]
    cards[0].ratings.filter(criterion__code="A1.1").update(question="")
    asked = client.get(address).context["asked"]
    assert [slip.question for slip in asked] == ["Pytają oboje?", "Pyta pierwsza?"]


def test_no_question_or_note_of_another_is_on_any_page_of_the_visit(
    signed_in: Any, cards: tuple[Assessment, Assessment], visit: SiteVisit
) -> None:
    first, second = (each.assignment.assessor for each in cards)
    make_note(visit, by=second, text="Notatka drugiej.", for_protocol=True)
    submit(cards[1])
    client = signed_in(first)
    for name in ("visit_detail", "visit_kit", "visit_calendar"):
        page = client.get(reverse(name, args=[visit.pk]))
        assert page.status_code == 200
        text = page.content.decode()
        assert "Pyta druga?" not in text
        assert "Notatka drugiej." not in text
        assert "Tylko dla mnie." not in text
    institution = signed_in(visit.application.opened_by)
    page = institution.get(reverse("visit_detail", args=[visit.pk])).content.decode()
    assert "Pyta" not in page.replace("Pytania", "")
    assert "Notatka drugiej." not in page
