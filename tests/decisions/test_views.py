import pytest
from django.urls import reverse

from certification import clock
from certification.applications.models import ConflictDeclaration
from certification.applications.states import State
from certification.decisions.models import Decision
from certification.decisions.states import Outcome
from institutions.states import MemberRole, Role
from tests.factories import make_application, make_institution, make_member, make_user

from .factories import make_case, make_decision

pytestmark = pytest.mark.django_db


@pytest.fixture
def chair():
    return make_user(Role.COMMITTEE_CHAIR)


def address(application):
    return reverse("decision_create", args=[application.pk])


def filled(application, **changed):
    data = {
        "outcome": Outcome.REFUSED,
        "session_on": clock.today().isoformat(),
        "justification": "Dwa kryteria nie są spełnione.",
        "confirmed": "on",
        **{
            f"reason_{criterion.pk}": f"Powód {criterion.code}."
            for criterion in application.criteria()
            if criterion.code in {"A1.2", "B1.1"}
        },
        **changed,
    }
    return {name: value for name, value in data.items() if value is not None}


def refusable():
    return make_case(unmet={"A1_2": 0, "B1_1": 1})


def test_the_chair_refuses_with_reasons(signed_in, chair):
    application = refusable()

    response = signed_in(chair).post(address(application), filled(application))

    decision = Decision.objects.get()
    assert response.status_code == 302
    assert response.url == reverse("decision_detail", args=[decision.pk])
    texts = [reason.text for reason in decision.reasons.all()]
    assert texts == ["Powód A1.2.", "Powód B1.1."]


def test_the_chair_grants_and_reasons_are_left_aside(signed_in, chair):
    application = refusable()

    signed_in(chair).post(address(application), filled(application, outcome=Outcome.GRANTED))

    application.refresh_from_db()
    assert application.state == State.BOARD
    assert application.decision.reasons.count() == 0


def test_the_form_starts_from_the_assessors_words_without_private_notes(signed_in, chair):
    page = signed_in(chair).get(address(refusable())).content.decode()

    assert "Uwaga 1 do A1.2." in page
    assert "Uwaga 2 do B1.1." in page
    assert "Uwaga 1 do A1.1." not in page
    assert "Zaleta" not in page
    assert "notatka-tylko-dla-mnie" not in page


@pytest.mark.parametrize(
    "dropped", ["justification", "reason", "session_on", "confirmed", "outcome"]
)
def test_an_incomplete_refusal_comes_back_with_every_word(signed_in, chair, dropped):
    application = refusable()
    data = filled(application)
    name = next(key for key in data if key.startswith(dropped))
    kept = {key: value for key, value in data.items() if key != name}

    response = signed_in(chair).post(address(application), kept)

    assert response.status_code == 422
    text = response.content.decode()
    assert "error-summary" in text
    assert all(value in text for key, value in kept.items() if key.startswith("reason"))
    assert not Decision.objects.exists()


def test_a_session_in_the_future_comes_back_with_every_word(signed_in, chair):
    application = refusable()

    response = signed_in(chair).post(
        address(application), filled(application, session_on="2999-01-01")
    )

    assert response.status_code == 422
    assert "Powód A1.2." in response.content.decode()


def test_deciding_a_second_time_keeps_the_text(signed_in, chair):
    application = refusable()
    client = signed_in(chair)
    client.post(address(application), filled(application))

    response = client.post(address(application), filled(application, justification="Moje słowa."))

    assert response.status_code == 409
    assert "Moje słowa." in response.content.decode()
    assert Decision.objects.count() == 1


def test_a_decided_case_leads_to_its_decision(signed_in, chair):
    application = make_case(State.BOARD)

    response = signed_in(chair).get(address(application))

    assert response.url == reverse("decision_detail", args=[application.decision.pk])


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.COMMITTEE_CHAIR, 200),
        (Role.COMMITTEE_MEMBER, 403),
        (Role.OFFICE, 403),
        (Role.RESPONSIBLE_BOARD_MEMBER, 403),
        (Role.BOARD_MEMBER, 404),  # not before the Committee has decided
        (Role.ASSESSOR, 404),
        (Role.ADMINISTRATOR, 404),
    ],
)
def test_who_may_decide(signed_in, role, status):
    application = make_case()
    client = signed_in(make_user(role))

    assert client.get(address(application)).status_code == status
    if status != 200:
        assert client.post(address(application), filled(application)).status_code == status
        assert not Decision.objects.exists()


def test_the_applicant_may_not_decide(signed_in):
    application = make_case()

    client = signed_in(make_member(application.institution))

    assert client.get(address(application)).status_code == 403


def test_a_chair_with_a_conflict_of_interest(signed_in, chair):
    application = make_case()
    ConflictDeclaration.objects.create(
        application=application, user=chair, ground="works", declared_by=chair
    )

    assert signed_in(chair).get(address(application)).status_code == 404


def test_a_chair_of_the_own_institution(signed_in, chair):
    application = make_case()
    make_member(application.institution, MemberRole.READER, user=chair)

    assert signed_in(chair).get(address(application)).status_code == 403


def refused_case(institution=None):
    application = make_application(State.REFUSED, institution=institution or make_institution())
    decision = make_decision(
        application, outcome=Outcome.REFUSED, justification="Oto dlaczego odmawiamy."
    )
    decision.reasons.create(criterion=application.criteria()[0], text="Brakuje mapy zasobów.")
    return decision


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.OFFICE, 200),
        (Role.COMMITTEE_MEMBER, 200),
        (Role.COMMITTEE_CHAIR, 200),
        (Role.BOARD_MEMBER, 200),
        (Role.RESPONSIBLE_BOARD_MEMBER, 200),
        (Role.ASSESSOR, 404),
        (Role.ADMINISTRATOR, 404),
    ],
)
def test_who_reads_a_decision(signed_in, role, status):
    decision = refused_case()

    response = signed_in(make_user(role)).get(reverse("decision_detail", args=[decision.pk]))

    assert response.status_code == status


def test_the_institution_reads_the_reasons_and_how_to_appeal(signed_in):
    decision = refused_case()
    reader = make_member(decision.application.institution, MemberRole.READER)

    page = signed_in(reader).get(reverse("decision_detail", args=[decision.pk])).content.decode()

    assert "Oto dlaczego odmawiamy." in page
    assert "Brakuje mapy zasobów." in page
    assert "Jak się odwołać" in page


def test_another_institution_does_not(signed_in):
    decision = refused_case()
    stranger = make_member(make_institution())

    response = signed_in(stranger).get(reverse("decision_detail", args=[decision.pk]))

    assert response.status_code == 404


def test_a_granted_decision_says_nothing_of_appeals(signed_in, chair):
    decision = make_case(State.BOARD).decision

    page = signed_in(chair).get(reverse("decision_detail", args=[decision.pk])).content.decode()

    assert "Jak się odwołać" not in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_number_of_questions(
    signed_in, chair, number, django_assert_num_queries
):
    for _ in range(number):
        make_case()
        refused_case()
    hidden = make_application(State.ASSESSMENT)
    client = signed_in(chair)

    with django_assert_num_queries(8):
        page = client.get(reverse("decision_list")).content.decode()

    assert page.count("Zapisz rozstrzygnięcie") == number
    assert hidden.institution.name not in page


def test_the_list_of_a_member_leads_to_the_card(signed_in):
    application = make_case()

    page = (
        signed_in(make_user(Role.COMMITTEE_MEMBER)).get(reverse("decision_list")).content.decode()
    )

    assert "Zapisz rozstrzygnięcie" not in page
    assert reverse("card_detail", args=[application.pk]) in page


def test_the_list_hides_a_case_in_conflict(signed_in):
    application, decision = make_case(), refused_case()
    member = make_user(Role.COMMITTEE_MEMBER)
    for case in (application, decision.application):
        ConflictDeclaration.objects.create(
            application=case, user=member, ground="works", declared_by=member
        )

    page = signed_in(member).get(reverse("decision_list")).content.decode()

    assert application.institution.name not in page
    assert decision.application.institution.name not in page


def test_the_list_of_an_institution_has_its_own_only(signed_in):
    own, foreign = refused_case(), refused_case()

    page = signed_in(make_member(own.application.institution)).get(reverse("decision_list"))

    assert own.application.number in page.content.decode()
    assert foreign.application.number not in page.content.decode()


def test_the_empty_list(signed_in, chair):
    page = signed_in(chair).get(reverse("decision_list"))

    assert page.content.decode().count("empty-state__title") == 2
