from datetime import timedelta

import pytest
from django.urls import reverse

from certification import clock
from certification.applications.services import freeze
from certification.applications.states import State
from certification.assessments.models import CardRemark, ConsolidatedCard, ConsolidatedRating
from institutions.states import Role
from tests.assessments.factories import make_card, make_case, of_value
from tests.factories import make_member, make_standard_set, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def card():
    return make_card(strengths="Moim zdaniem tak.", A1_1=1, B1_1=2, second={"A1_1": 3, "B1_1": 1})


@pytest.fixture
def me(card, signed_in):
    return signed_in(card.assessments()[0].assignment.assessor)


def url(name, card, *more):
    return reverse(name, args=[card.application_id, *more])


def card_url(card):
    return url("card_detail", card)


def page_of(card, code="A1.1"):
    return url("card_criterion", card, code)


def settle_url(card, code="A1.1"):
    return url("card_settle", card, code)


def typed(card, value=2, **more):
    level = of_value(card.application, value).pk
    return {"version": 0, "level": level, "reason": "Statut to potwierdza."} | more


def test_what_is_furthest_apart_comes_first(signed_in):
    card = make_card(
        A1_1=2, A1_2=0, A2_1=1, B1_1=None, second={"A1_1": 3, "A1_2": 3, "A2_1": 2, "B1_1": 2}
    )
    comparison = signed_in(card.signers()[0]).get(card_url(card)).context["comparison"]
    rows = [(row.criterion.code, row.divergence) for row in comparison.differing]
    assert [code for code, _far in rows] == ["A1.2", "A2.1", "B1.1", "A1.1"]
    assert [far.is_large for _code, far in rows] == [True, True, True, False]


def test_the_card_shows_opinions_side_by_side(card, me):
    response = me.get(card_url(card))
    first = response.context["comparison"].rows[0]
    assert [opinion.rating.level.value for opinion in first.opinions] == [1, 3]
    assert response.content.decode().count("Moim zdaniem tak.") == 2 * 4
    assert page_of(card) in response.content.decode()


def test_the_page_of_a_criterion_shows_opinions_and_the_way_on(card, me):
    response = me.get(page_of(card))
    assert response.content.decode().count("Moim zdaniem tak.") == 2
    assert response.context["after"].criterion.code == "B1.1"
    assert response.context["settling"] is not None
    agreed = me.get(page_of(card, "A1.2"))
    assert agreed.context["settling"] is None
    assert me.get(page_of(card, "X9.9")).status_code == 404


def test_what_a_completion_changed_after_the_rating_is_marked(card, me):
    case = card.application
    with clock.set_to(clock.now() - timedelta(days=9)):
        freeze(case, by=case.opened_by)
    case.answers.filter(criterion__code__in=["A1.1", "A1.2"]).update(text="Dopisane.")
    assert "Zmienione w uzupełnieniu" not in me.get(card_url(card)).content.decode()
    freeze(case, by=case.opened_by)

    response = me.get(card_url(card))

    rows = response.context["comparison"].rows
    assert [row.criterion.code for row in rows if row.changed_since] == ["A1.1", "A1.2"]
    page = response.content.decode()
    assert page.count("Zmienione w uzupełnieniu, już po ocenie") == 2
    assert reverse("dossier_changes", args=[case.pk, 3]) + "#A1.2" in page
    assert "Zmienione w uzupełnieniu" in me.get(page_of(card)).content.decode()


def test_the_office_reads_the_open_card_and_the_discussion_without_forms(card, me, signed_in):
    me.post(url("card_remark", card, "A1.1"), {"text": "Porozmawiajmy."})
    response = signed_in(make_user(Role.OFFICE)).get(page_of(card))
    assert response.status_code == 200
    assert (response.context["settling"], response.context["remarking"]) == (None, None)
    assert "Porozmawiajmy." in response.content.decode()


def test_outsiders_do_not_see_the_card(card, signed_in):
    outsiders = [make_user(role) for role in Role if role != Role.OFFICE]
    outsiders.append(make_member(card.application.institution))
    for user in outsiders:
        client = signed_in(user)
        assert client.get(card_url(card)).status_code == 404
        assert client.get(page_of(card)).status_code == 404
        assert client.post(settle_url(card), typed(card)).status_code == 404


def test_the_office_neither_settles_nor_speaks_nor_signs(card, signed_in):
    office = signed_in(make_user(Role.OFFICE))
    assert office.post(settle_url(card), typed(card)).status_code == 403
    assert office.post(url("card_remark", card, "A1.1"), {"text": "x"}).status_code == 403
    assert office.get(url("card_sign", card)).status_code == 403
    assert office.post(url("card_sign", card)).status_code == 403
    assert office.post(url("card_unsign", card)).status_code == 403


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
    with django_assert_num_queries(20):
        response = client.get(card_url(card))
    assert len(response.context["comparison"].rows) == criteria
    with django_assert_num_queries(16):
        client.get(page_of(card))


# --- talking --------------------------------------------------------------------------------


def test_what_is_said_is_read_by_the_other_assessor(card, me, signed_in):
    response = me.post(url("card_remark", card, "A1.1"), {"text": "Spójrz na statut."})
    assert response["Location"] == page_of(card) + "#rozmowa"
    other = signed_in(card.signers()[1]).get(page_of(card))
    assert [said.text for said in other.context["remarks"]] == ["Spójrz na statut."]
    assert "Spójrz na statut." not in me.get(page_of(card, "B1.1")).content.decode()


def test_an_empty_remark_is_refused(card, me):
    response = me.post(url("card_remark", card, "A1.1"), {"text": "  "})
    assert response.status_code == 422
    assert not CardRemark.objects.exists()


# --- settling -------------------------------------------------------------------------------


def test_settling(card, me):
    response = me.post(settle_url(card), typed(card))
    assert response["Location"] == card_url(card)
    row = card.ratings.get(criterion__code="A1.1")
    assert (row.level.value, row.reason) == (2, "Statut to potwierdza.")


def test_settling_and_going_to_the_next_one(card, me):
    response = me.post(settle_url(card), typed(card, then="next"))
    assert response["Location"] == page_of(card, "B1.1")
    response = me.post(settle_url(card, "B1.1"), typed(card, then="next"))
    assert response["Location"] == card_url(card)


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
    version = response.context["settling"]["version"].value()
    assert me.post(settle_url(card), typed(card, 1, version=version)).status_code == 302
    assert card.ratings.get(criterion__code="A1.1").level.value == 1


def test_a_settled_criterion_can_be_changed_until_the_card_is_closed(card, me):
    me.post(settle_url(card), typed(card))
    settling = me.get(page_of(card)).context["settling"]
    assert settling["reason"].value() == "Statut to potwierdza."


@pytest.mark.parametrize("code", ["A1.2", "X9.9"])
def test_there_is_nothing_to_settle_elsewhere(code, card, me):
    assert me.post(settle_url(card, code), typed(card)).status_code == 404


# --- signing --------------------------------------------------------------------------------


def settle_all(card, client):
    for code in ("A1.1", "B1.1"):
        client.post(settle_url(card, code), typed(card))


def sign(client, card):
    page = client.get(url("card_sign", card))
    return client.post(url("card_sign", card), {"version": page.context["card"].version})


def test_signing_is_refused_while_a_difference_is_open(card, me):
    response = sign(me, card)
    assert response.status_code == 422
    assert "A1.1" in response.context["refusal"]


def test_both_sign_and_the_case_goes_to_the_committee(card, me, signed_in):
    settle_all(card, me)
    assert sign(me, card)["Location"] == card_url(card)
    assert me.get(card_url(card)).context["signatures"].mine is not None
    assert not ConsolidatedCard.objects.get().is_closed
    other = signed_in(card.signers()[1])
    assert other.get(card_url(card)).context["signatures"].awaits_me
    sign(other, card)
    card.application.refresh_from_db()
    assert card.application.state == State.COMMITTEE


def test_a_card_changed_meanwhile_is_not_signed_unread(card, me, signed_in):
    settle_all(card, me)
    seen = me.get(url("card_sign", card)).context["card"].version
    signed_in(card.signers()[1]).post(settle_url(card), typed(card, 1, version=1))
    response = me.post(url("card_sign", card), {"version": seen})
    assert response.status_code == 409
    assert f'value="{seen + 1}"' in response.content.decode()
    assert me.post(url("card_sign", card), {"version": ""}).status_code == 409


def test_a_signature_can_be_taken_back(card, me):
    settle_all(card, me)
    sign(me, card)
    assert me.post(url("card_unsign", card))["Location"] == card_url(card)
    assert me.get(card_url(card)).context["signatures"].taken_back is not None
    assert me.post(url("card_unsign", card)).status_code == 409


def test_a_closed_card_is_only_read_and_its_discussion_not_by_the_committee(card, me, signed_in):
    me.post(url("card_remark", card, "A1.1"), {"text": "Między nami."})
    settle_all(card, me)
    sign(me, card)
    sign(signed_in(card.signers()[1]), card)
    chair = signed_in(make_user(Role.COMMITTEE_CHAIR))
    for client in (me, chair):
        response = client.get(page_of(card))
        assert response.status_code == 200
        assert (response.context["settling"], response.context["remarking"]) == (None, None)
        assert client.get(card_url(card)).status_code == 200
    assert "Między nami." in me.get(page_of(card)).content.decode()
    assert "Między nami." not in chair.get(page_of(card)).content.decode()
    assert "Statut to potwierdza." in chair.get(page_of(card)).content.decode()
    assert me.post(url("card_sign", card), {"version": 9}).status_code == 409
    assert me.post(settle_url(card), typed(card, version=1)).status_code == 409
    assert ConsolidatedRating.objects.get(criterion__code="A1.1").version == 1
