"""What assessors praised is offered, put in, and stays with the paragraph."""

import pytest

from certification import clock
from certification.applications.models import Application
from certification.assessments.models import ConsolidatedCard
from certification.errors import CannotDo
from certification.letters.bank import BankFile, Paragraph
from certification.letters.models import CommendationLetter
from certification.letters.services import add_strength, draft_letter, import_paragraphs
from certification.letters.strengths import strengths_of
from institutions.models import User
from institutions.states import Role
from tests.assessments.factories import make_assessment, rate_all, submit
from tests.factories import confirm_names, make_user
from tests.letters.factories import make_certificate

pytestmark = pytest.mark.django_db
BANK = BankFile("commendation", "pl", "1", [Paragraph("a", "Początek."), Paragraph("z", "Koniec.")])


@pytest.fixture
def office() -> User:
    return make_user(Role.OFFICE)


@pytest.fixture
def case() -> Application:
    import_paragraphs(BANK)
    application = make_certificate({"A1": 2, "C1": 3}).application
    confirm_names(application.institution)
    for _ in range(2):  # both write the same of A1
        assessment = make_assessment(application)
        rate_all(
            assessment, strengths="mądrze pracuje z ludźmi [1]", texts={"private_note": "TAJNE"}
        )
        submit(assessment)
    ConsolidatedCard.objects.filter(application=application).update(
        closed_by=application.opened_by, closed_at=clock.now()
    )
    return application


@pytest.fixture
def letter(case: Application, office: User) -> CommendationLetter:
    return draft_letter(case, by=office)


def test_each_is_offered_once_without_pointers(letter: CommendationLetter) -> None:
    offered = strengths_of(letter)
    assert [(each.criterion, each.text) for each in offered] == [
        ("A1.1", "mądrze pracuje z ludźmi"),
        ("C1.1", "mądrze pracuje z ludźmi"),
    ]
    assert "TAJNE" not in str(offered)


def test_put_in_before_the_ending_with_its_ground(letter: CommendationLetter, office: User) -> None:
    chosen = strengths_of(letter)[1]
    add_strength(letter, chosen.rating, by=office)
    rows = list(letter.paragraphs.all())
    assert [each.text for each in rows] == ["Początek.", "Mądrze pracuje z ludźmi.", "Koniec."]
    (ground,) = rows[1].grounds.all()
    assert (ground.standard, ground.criterion) == ("C1", "C1.1")
    assert ground.text == "mądrze pracuje z ludźmi"
    assert [each.is_used for each in strengths_of(letter)] == [False, True]
    with pytest.raises(CannotDo):
        add_strength(letter, chosen.rating, by=office)


def test_nothing_is_offered_before_the_card_is_closed(office: User) -> None:
    import_paragraphs(BANK)
    application = make_certificate({"A1": 2}).application
    confirm_names(application.institution)
    assert strengths_of(draft_letter(application, by=office)) == []


def test_what_is_not_on_the_card_is_refused(letter: CommendationLetter, office: User) -> None:
    with pytest.raises(CannotDo):
        add_strength(letter, 999_999, by=office)
