"""What a completion asks, shown where it is answered."""

import pytest

from certification.applications import services
from certification.applications.asked import asked_of
from certification.applications.models import Answer
from certification.applications.states import State
from institutions.states import MemberRole
from tests.applications.factories import ask, make_ready_draft, person
from tests.applications.views.sending import page_of, url
from tests.factories import days_from_today

pytestmark = pytest.mark.django_db

ASKED = "Proszę dopisać partnerów."
SINCE = "Co się zmieniło od złożenia"


@pytest.fixture
def case():
    """Submitted, and asked to complete A1.1 and A1.2."""
    application = make_ready_draft()
    services.submit(application, by=application.opened_by, declared=True)
    application.__class__.objects.update(state=State.COMPLETION)
    ask(application, "A1.1", "A1.2", reason="Dotyczy całego wniosku.")
    application.refresh_from_db()
    return application


def of(application, code):
    return application.criteria().get(code=code)


def test_the_answer_page_says_what_is_asked_and_what_changed(case, signed_in):
    Answer.objects.filter(criterion__code="A1.1").update(text="Odpowiedź na A1.1, z partnerami.")
    request = case.completion_requests.get()
    kind = of(case, "A1.1").evidence_types.get()
    request.items.create(criterion=of(case, "A1.1"), evidence_type=kind, reason="Brakuje go.")

    page = page_of(signed_in(case.opened_by).get(url("answer_edit", case, "A1.1")))

    for text in (ASKED, "Brakuje go.", f"dokument: {kind}", "Dotyczy całego wniosku.", SINCE):
        assert text in page
    assert "<ins>, z partnerami</ins>" in page or ", z partnerami" in page
    assert "</span>, z partnerami<span" in page
    assert page.index(ASKED) < page.index('id="answer"')


def test_nothing_changed_yet(case, signed_in):
    page = page_of(signed_in(case.opened_by).get(url("answer_edit", case, "A1.1")))
    assert "odpowiedź jest taka, jaką złożono" in page


def test_a_passed_deadline_is_told(case, signed_in):
    case.completion_requests.update(deadline=days_from_today(-1))
    page = page_of(signed_in(case.opened_by).get(url("answer_edit", case, "A1.1")))
    assert "Termin minął." in page


def test_a_draft_is_asked_nothing(signed_in, django_assert_num_queries):
    draft = make_ready_draft()
    with django_assert_num_queries(0):
        assert asked_of(draft, []) == {}
    assert SINCE not in page_of(signed_in(draft.opened_by).get(url("answer_edit", draft, "A1.1")))


def test_the_standards_page_says_it_at_each_criterion(case, signed_in):
    author = person(MemberRole.EDITOR, case)
    page = page_of(signed_in(author).get(url("standard_edit", case, "A1")))
    assert page.count(ASKED) == page.count(SINCE) == 2


@pytest.mark.parametrize("codes", [["A1.1"], ["A1.1", "A1.2"]])
def test_the_queries_do_not_grow(codes, case, django_assert_num_queries):
    criteria = list(case.criteria().filter(code__in=codes))
    with django_assert_num_queries(5):
        found = asked_of(case, criteria)
    assert list(found) == [each.pk for each in criteria]
    assert [each.change for each in found.values()] == [None] * len(codes)
