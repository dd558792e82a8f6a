import pytest
from django.urls import reverse

from certification.applications.states import State
from certification.assessments.models import CalibrationCard, CalibrationRating, CalibrationRound
from institutions.states import Role
from tests.assessments.calibration.factories import (
    close_row,
    make_closed,
    make_round,
    make_sample_card,
    open_row,
)
from tests.factories import (
    days_from_today,
    level,
    make_application,
    make_institution,
    make_kind,
    make_standard_set,
    make_user,
)

pytestmark = pytest.mark.django_db

LONG = "Pisane za długo, " * 5


@pytest.fixture
def office(signed_in):
    return signed_in(make_user(Role.OFFICE))


@pytest.fixture
def card():
    return make_sample_card(open_row())


@pytest.fixture
def me(card, signed_in):
    return signed_in(card.assessor)


def at(name, calibration, *more):
    return reverse(name, args=[calibration.pk, *more])


# --- lists ----------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_an_assessor(number, signed_in, django_assert_num_queries):
    person = make_user(Role.ASSESSOR)
    for _round in range(number):
        make_sample_card(open_row(), person)
    make_sample_card(open_row(title="Cudza runda"))
    client = signed_in(person)
    client.get(reverse("calibration_list"))
    with django_assert_num_queries(5):
        page = client.get(reverse("calibration_list"))
    assert len(page.context["mine"]) == number
    assert "Cudza runda" not in page.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_the_office(number, office, django_assert_num_queries):
    for _round in range(number):
        make_sample_card(open_row(), submitted=True)
    office.get(reverse("calibration_list"))
    with django_assert_num_queries(7):
        page = office.get(reverse("calibration_list"))
    assert [counts["submitted"] for _round, counts in page.context["rows"]] == [1] * number


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.BOARD_MEMBER, Role.COMMITTEE_CHAIR])
def test_others_have_no_list(role, signed_in):
    client = signed_in(make_user(role))
    assert client.get(reverse("calibration_list")).status_code == 403
    assert client.get(reverse("agreement_report")).status_code == 403


def test_the_way_there_from_the_assessments(me, office):
    for client, expected in ((me, 1), (office, 2)):
        page = client.get(reverse("assessment_list")).content.decode()
        found = [name for name in ("calibration_list", "agreement_report") if reverse(name) in page]
        assert len(found) == expected


def test_the_panel_says_what_waits(me, office, card):
    assert card.get_absolute_url() in me.get(reverse("panel")).content.decode()
    address = card.round.get_absolute_url()
    assert address not in office.get(reverse("panel")).content.decode()
    CalibrationCard.objects.filter(pk=card.pk).update(submitted_at=card.invited_at)
    assert address in office.get(reverse("panel")).content.decode()


# --- preparing ------------------------------------------------------------------------------


def test_a_case_is_copied(office):
    case = make_application(State.CERTIFIED, institution=make_institution(town="Brzeszcze"))
    data = {"title": "Sezon", "basis": "kopia", "source": case.pk}
    response = office.post(reverse("calibration_create"), data)
    created = CalibrationRound.objects.get()
    assert response["Location"] == created.get_absolute_url()
    assert office.get(response["Location"]).status_code == 200


def test_a_sample_is_written(office):
    standards = make_standard_set()
    data = {
        "title": "Sezon", "basis": "nowa", "standard_set": standards.pk, "kind": make_kind().pk,
    }  # fmt: skip
    office.post(reverse("calibration_create"), data)
    assert CalibrationRound.objects.get().source is None


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"title": "x", "basis": "kopia"}, "source"),
        ({"title": "x", "basis": "nowa"}, "standard_set"),
        ({"basis": "kopia"}, "title"),
    ],
)
def test_what_is_missing_is_asked_for(data, field, office):
    make_standard_set()
    response = office.post(reverse("calibration_create"), data)
    assert response.status_code == 422
    assert field in response.context["form"].errors


def test_the_title_and_description_change(office):
    calibration = make_round()
    address = at("calibration_edit", calibration)
    office.post(address, {"title": "Nowy", "about": "Mała gmina.", "version": 1})
    calibration.refresh_from_db()
    assert (calibration.title, calibration.about) == ("Nowy", "Mała gmina.")
    stale = office.post(address, {"title": "Inny", "about": "Duża gmina.", "version": 1})
    assert stale.status_code == 409
    assert all(text in stale.content.decode() for text in ("Mała gmina.", "Duża gmina."))
    assert office.post(address, {"title": "", "version": 2}).status_code == 422


def typed_sample(**more):
    return {"text": "Nowa odpowiedź.", "evidence": "Plan", "version": 1, "is_rated": "on", **more}


def test_a_sample_is_edited_and_one_goes_on(office):
    calibration = make_round()
    address = at("sample_edit", calibration, "A1.1")
    assert office.get(address).status_code == 200
    response = office.post(address, typed_sample(then="next"))
    assert response["Location"] == at("sample_edit", calibration, "A1.2")
    assert calibration.sample.get(criterion__code="A1.1").text == "Nowa odpowiedź."
    stale = office.post(address, typed_sample(text="Pisane w pierwszej karcie."))
    assert stale.status_code == 409
    assert "Pisane w pierwszej karcie." in stale.content.decode()
    assert office.get(at("sample_edit", calibration, "X9.9")).status_code == 404


def test_a_sample_too_long_comes_back(office):
    response = office.post(at("sample_edit", make_round(), "A1.1"), typed_sample(text="x" * 20_001))
    assert response.status_code == 422


def test_a_word_is_replaced(office):
    calibration = make_round()
    address = at("calibration_replace", calibration)
    assert office.post(address, {"old": "Tak robimy", "new": "Robimy"}).status_code == 302
    assert calibration.sample.filter(text__startswith="Robimy").count() == 4
    for old in ("nie ma", "x"):
        assert office.post(address, {"old": old, "new": ""}).status_code == 422


def test_what_may_tell_whose_it_was_is_shown(office):
    case = make_application(State.CERTIFIED, institution=make_institution(town="Brzeszcze"))
    calibration = make_round(case)
    calibration.sample.filter(criterion__code="A1.1").update(
        text="Klub Złota Jesień w Brzeszczach."
    )
    for name in ("calibration_detail", "calibration_open"):
        page = office.get(at(name, calibration)).content.decode()
        assert "Złota Jesień" in page
        assert "Brzeszczach" in page


def test_a_round_is_dropped(office):
    calibration = make_round()
    assert office.get(at("calibration_discard", calibration)).status_code == 200
    office.post(at("calibration_discard", calibration))
    assert not CalibrationRound.objects.exists()


# --- running --------------------------------------------------------------------------------


def test_a_round_is_opened(office):
    calibration, person = make_round(), make_user(Role.ASSESSOR)
    data = {"assessors": [person.pk], "due_on": days_from_today(9), "is_read": "on"}
    address = at("calibration_open", calibration)
    assert office.get(address).status_code == 200
    assert office.post(address, data)["Location"] == calibration.get_absolute_url()
    assert calibration.cards.get().assessor == person
    assert office.post(address, data).status_code == 409


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"is_read": ""}, "is_read"),
        ({"assessors": []}, "assessors"),
        ({"assessors": ["999999"]}, "assessors"),
        ({"due_on": days_from_today(-1)}, "due_on"),
    ],
)
def test_opening_with_something_missing(changes, field, office):
    person = make_user(Role.ASSESSOR)
    data = {"assessors": [person.pk], "due_on": days_from_today(9), "is_read": "on", **changes}
    response = office.post(at("calibration_open", make_round()), data)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


def test_a_refusal_of_the_verb_is_told_on_the_form(office):
    case = make_application(State.CERTIFIED, institution=make_institution(town="Brzeszcze"))
    calibration = make_round(case)
    calibration.sample.filter(criterion__code="A1.1").update(text="W Brzeszczach.")
    data = {
        "assessors": [make_user(Role.ASSESSOR).pk], "due_on": days_from_today(9), "is_read": "on",
    }  # fmt: skip
    response = office.post(at("calibration_open", calibration), data)
    assert response.status_code == 422
    assert "Brzeszczach" in str(response.context["form"].non_field_errors())


def test_more_are_invited(office, card):
    person = make_user(Role.ASSESSOR)
    address = at("calibration_invite", card.round)
    page = office.get(address)
    assert page.status_code == 200
    office.post(address, {"assessors": [person.pk], "due_on": days_from_today(20)})
    assert card.round.cards.filter(assessor=person).exists()
    again = office.post(address, {"assessors": [person.pk], "due_on": days_from_today(20)})
    assert again.status_code == 422


def test_the_office_follows_how_far_each_is(office, card):
    make_sample_card(card.round, value=2)
    page = office.get(card.round.get_absolute_url())
    assert sorted((one.done, one.total) for one in page.context["progress"]) == [(0, 4), (4, 4)]


def test_an_invitation_is_taken_back(office, card):
    address = at("calibration_uninvite", card.round, card.pk)
    assert office.get(address).status_code == 200
    office.post(address)
    assert not CalibrationCard.objects.exists()


def test_a_round_is_closed_and_shows_its_spread(office):
    calibration = open_row()
    for value in (1, 2, 3):
        make_sample_card(calibration, value=value, submitted=True)
    address = at("calibration_close", calibration)
    assert "3 z 3" in office.get(address).content.decode()
    office.post(address)
    page = office.get(calibration.get_absolute_url())
    assert page.status_code == 200
    assert page.context["results"].people == 3
    assert office.post(address).status_code == 409


def test_a_round_closed_without_ratings(office):
    page = office.get(close_row(open_row()).get_absolute_url())
    assert page.status_code == 200


# --- rating ---------------------------------------------------------------------------------


def typed(card, value=2, **more):
    chosen = level(card.round.standard_set, value).pk
    return {
        "version": 0, "level": chosen, "strengths": "Jest plan.", "weaknesses": "", "then": "stay",
    } | more  # fmt: skip


def save_at(card, code="A1.1"):
    return at("calibration_save", card.round, code)


def test_the_bench_shows_one_criterion(me, card, django_assert_num_queries):
    me.get(card.get_absolute_url())
    with django_assert_num_queries(7):
        page = me.get(card.get_absolute_url() + "?kryterium=A1.2")
    text = page.content.decode()
    assert "Tak robimy: A1.2." in text
    assert "Tak robimy: A1.1." not in text


def test_the_bench_begins_with_what_is_not_rated(me, card):
    me.post(save_at(card), typed(card))
    assert me.get(card.get_absolute_url()).context["entry"].criterion.code == "A1.2"


def test_saving_stays_or_goes_on(me, card):
    stay = me.post(save_at(card), typed(card))
    assert stay["Location"] == card.get_absolute_url() + "?kryterium=A1.1"
    on = me.post(save_at(card, "A1.2"), typed(card, then="next"))
    assert on["Location"] == card.get_absolute_url() + "?kryterium=A2.1"
    end = me.post(save_at(card, "B1.1"), typed(card, then="next"))
    assert end["Location"] == at("calibration_submit", card.round)


@pytest.mark.parametrize(
    "wrong", [{"level": "99999"}, {"strengths": "x" * 5001}, {"version": "stara"}]
)
def test_a_wrong_form_comes_back_with_the_text(wrong, me, card):
    response = me.post(save_at(card), typed(card, weaknesses="Brak ewaluacji.") | wrong)
    assert response.status_code == 422
    assert "Brak ewaluacji." in response.content.decode()


def test_an_older_version_gives_both_texts(me, card):
    me.post(save_at(card), typed(card, strengths="Druga karta."))
    response = me.post(save_at(card), typed(card, strengths="Pierwsza karta."))
    assert response.status_code == 409
    assert all(text in response.content.decode() for text in ("Druga karta.", "Pierwsza karta."))
    version = response.context["form"]["version"].value()
    again = typed(card, strengths="Pierwsza karta.", version=version)
    assert me.post(save_at(card), again).status_code == 302


def test_a_criterion_that_is_not_asked(me, card):
    assert me.post(save_at(card, "X9.9"), typed(card)).status_code == 404


def test_submitting(me, card):
    address = at("calibration_submit", card.round)
    assert me.get(address).status_code == 200
    refused = me.post(address)
    assert refused.status_code == 422
    assert "A1.1, A1.2" in refused.content.decode()
    for code in ("A1.1", "A1.2", "A2.1", "B1.1"):
        me.post(save_at(card, code), typed(card))
    assert me.post(address)["Location"] == reverse("calibration_list")
    assert me.post(address).status_code == 409
    assert me.get(card.get_absolute_url()).context["form"] is None


def test_a_round_closed_meanwhile_keeps_what_was_typed(me, card):
    close_row(card.round)
    origin = {"Sec-Fetch-Site": "same-origin"}
    response = me.post(save_at(card), typed(card, strengths=LONG), headers=origin)
    assert response.status_code == 409
    assert LONG in response.content.decode()
    assert me.get(card.get_absolute_url()).status_code == 200


def test_a_bench_is_nobody_elses(card, signed_in):
    for user in (make_user(*Role), make_sample_card(open_row()).assessor):
        client = signed_in(user)
        for name in ("calibration_bench", "calibration_submit", "calibration_standing"):
            assert client.get(at(name, card.round)).status_code == 404
        assert client.post(save_at(card), typed(card)).status_code == 404


def test_an_assessor_does_not_run_a_round(me, card):
    assert me.get(card.round.get_absolute_url()).status_code == 403
    assert me.post(at("calibration_close", card.round)).status_code == 403


def test_a_lost_role_closes_it(card, signed_in):
    card.assessor.appointments.update(until=days_from_today(-1))
    assert signed_in(card.assessor).get(card.get_absolute_url()).status_code == 404


# --- where one stands -----------------------------------------------------------------------


def test_an_assessor_sees_where_they_stand(signed_in):
    calibration = make_closed(1, 2, 2, A1_2=None)
    mine = calibration.cards.order_by("pk")[0]
    page = signed_in(mine.assessor).get(at("calibration_standing", calibration))
    assert page.status_code == 200
    assert page.context["standing"].severity == -1
    assert "surow" in page.content.decode()


def test_before_the_end_one_is_led_back(me, card):
    response = me.get(at("calibration_standing", card.round))
    assert response["Location"] == card.get_absolute_url()


def test_ratings_can_be_read_afterwards(signed_in):
    calibration = make_closed(2, 2, 2)
    mine = calibration.cards.order_by("pk")[0]
    page = signed_in(mine.assessor).get(mine.get_absolute_url())
    assert page.context["form"] is None
    assert "Widać." in page.content.decode()
    assert CalibrationRating.objects.count() == 12


def test_the_report_without_cards(office):
    assert office.get(reverse("agreement_report")).context["season"] is None


def test_the_report_of_a_year(office):
    from tests.assessments.calibration.test_results import close
    from tests.assessments.factories import make_card

    close(make_card(second={"A1.2": 0}))
    page = office.get(reverse("agreement_report") + "?rok=1999")
    assert page.status_code == 200
    assert page.context["season"].agreement.pairs == 4
