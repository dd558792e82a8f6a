import pytest
from django.urls import reverse

from certification.applications.states import State
from certification.assessments.models import ConsolidatedCard, ConsolidatedRating
from institutions.states import Role
from tests.assessments.factories import make_card, make_case, of_value
from tests.factories import make_member, make_standard_set, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def card():
    return make_card(comment="Moim zdaniem tak.", A1_1=1, B1_1=2, second={"A1_1": 3, "B1_1": 1})


@pytest.fixture
def me(card, signed_in):
    return signed_in(card.assessments()[0].assignment.assessor)


def card_url(card):
    return reverse("card_detail", args=[card.application_id])


def settle_url(card, code="A1.1"):
    return reverse("card_settle", args=[card.application_id, code])


def close_url(card):
    return reverse("card_close", args=[card.application_id])


def typed(card, value=2, **more):
    level = of_value(card.application, value).pk
    return {"version": 0, "level": level, "reason": "Statut to potwierdza."} | more


def test_the_card_shows_opinions_side_by_side_and_asks_about_differences(card, me):
    response = me.get(card_url(card))
    comparison = response.context["comparison"]
    assert [row.criterion.code for row in comparison.to_settle] == ["A1.1", "B1.1"]
    first = comparison.rows[0]
    assert [opinion.rating.level.value for opinion in first.opinions] == [1, 3]
    assert response.content.decode().count("Moim zdaniem tak.") == 2 * 4 + 2 * 2


def test_the_office_reads_the_open_card_without_forms(card, signed_in):
    response = signed_in(make_user(Role.OFFICE)).get(card_url(card))
    assert response.status_code == 200
    assert response.context["comparison"].to_settle == []


def test_outsiders_do_not_see_the_card(card, signed_in):
    outsiders = [make_user(role) for role in Role if role != Role.OFFICE]
    outsiders.append(make_member(card.application.institution))
    for user in outsiders:
        client = signed_in(user)
        assert client.get(card_url(card)).status_code == 404
        assert client.post(settle_url(card), typed(card)).status_code == 404


def test_the_office_neither_settles_nor_closes(card, signed_in):
    office = signed_in(make_user(Role.OFFICE))
    assert office.post(settle_url(card), typed(card)).status_code == 403
    assert office.get(close_url(card)).status_code == 403
    assert office.post(close_url(card)).status_code == 403


@pytest.mark.parametrize("criteria", [4, 54])
def test_the_card_takes_as_many_queries_for_many_criteria(
    criteria, signed_in, django_assert_num_queries
):
    standard_set = make_standard_set(published=False)
    standard = standard_set.areas.get(code="B").standards.get()
    for number in range(criteria - 4):
        standard.criteria.create(
            code=f"B1.{number + 2}", text_pl="Treść", position=number + 1, sourced=True
        )
    card = make_card(make_case(standard_set=standard_set), A1_1=1, second={"A1_1": 3})
    client = signed_in(card.assessments()[0].assignment.assessor)
    client.get(card_url(card))
    with django_assert_num_queries(12):
        response = client.get(card_url(card))
    assert len(response.context["comparison"].rows) == criteria


# --- settling -------------------------------------------------------------------------------


def test_settling(card, me):
    response = me.post(settle_url(card), typed(card))
    assert response["Location"] == f"{card_url(card)}#do-uzgodnienia"
    row = card.ratings.get(criterion__code="A1.1")
    assert (row.level.value, row.reason) == (2, "Statut to potwierdza.")


@pytest.mark.parametrize("wrong", [{"reason": " "}, {"level": ""}, {"level": "99999"}])
def test_settling_needs_level_and_reason(wrong, card, me):
    response = me.post(settle_url(card), typed(card) | wrong)
    assert response.status_code == 422
    assert card.ratings.unsettled().count() == 2


def test_a_wrong_form_keeps_the_text(card, me):
    response = me.post(settle_url(card), typed(card, level="", reason="Mój powód."))
    assert "Mój powód." in response.content.decode()


def test_settling_what_the_other_settled_meanwhile_gives_409_with_both_texts(card, me):
    me.post(settle_url(card), typed(card, reason="Powód drugiej osoby."))
    response = me.post(settle_url(card), typed(card, 1, reason="Mój powód."))
    assert response.status_code == 409
    page = response.content.decode()
    assert "Powód drugiej osoby." in page
    assert "Mój powód." in page
    version = response.context["form"]["version"].value()
    assert me.post(settle_url(card), typed(card, 1, version=version)).status_code == 302
    assert card.ratings.get(criterion__code="A1.1").level.value == 1


def test_a_settled_criterion_can_be_changed_until_the_card_is_closed(card, me):
    me.post(settle_url(card), typed(card))
    page = me.get(card_url(card) + "?kryterium=A1.1")
    codes = [row.criterion.code for row in page.context["comparison"].to_settle]
    assert codes == ["A1.1", "B1.1"]


@pytest.mark.parametrize("code", ["A1.2", "X9.9"])
def test_there_is_nothing_to_settle_elsewhere(code, card, me):
    assert me.post(settle_url(card, code), typed(card)).status_code == 404


# --- closing --------------------------------------------------------------------------------


def settle_all(card, client):
    for code in ("A1.1", "B1.1"):
        client.post(settle_url(card, code), typed(card))


def test_closing_is_refused_while_a_difference_is_open(card, me):
    assert me.post(close_url(card)).status_code == 422
    assert not ConsolidatedCard.objects.get().is_closed


def test_closing_sends_the_case_to_the_committee(card, me):
    settle_all(card, me)
    assert me.get(card_url(card)).context["comparison"].is_settled
    assert me.get(close_url(card)).status_code == 200
    assert me.post(close_url(card))["Location"] == card_url(card)
    card.application.refresh_from_db()
    assert card.application.state == State.COMMITTEE


def test_a_closed_card_is_only_read(card, me, signed_in):
    settle_all(card, me)
    me.post(close_url(card))
    for client in (me, signed_in(make_user(Role.COMMITTEE_CHAIR))):
        response = client.get(card_url(card))
        assert response.status_code == 200
        assert response.context["comparison"].to_settle == []
    assert me.post(close_url(card)).status_code == 409
    assert me.post(settle_url(card), typed(card, version=1)).status_code == 409
    assert ConsolidatedRating.objects.get(criterion__code="A1.1").version == 1
