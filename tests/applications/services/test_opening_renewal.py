"""A renewal begins with the answers of the last certificate."""

import pytest

from certification.applications import services
from certification.applications.models import Answer, Citation
from certification.applications.states import State
from certification.audit.models import Event
from certification.errors import CannotDo
from institutions.models import Institution
from tests.applications.renewal.factories import (
    make_certified,
    make_next_edition,
    make_reworded_edition,
    open_renewal,
)
from tests.certificates.factories import withdraw_row
from tests.factories import make_application, make_institution, make_kind, make_member

pytestmark = pytest.mark.django_db


def answers_of(application):
    answers = application.answers.select_related("criterion", "carried", "self_rating")
    return {answer.criterion.code: answer for answer in answers.order_by("criterion__code")}


def test_answers_are_taken_over_as_they_were_frozen():
    renewed = make_certified()
    Answer.objects.filter(application=renewed).update(text="Zmienione po zamrożeniu.")

    renewal = open_renewal(renewed)

    answers = answers_of(renewal)
    assert list(answers) == ["A1.1", "A1.2", "A2.1", "B1.1"]
    assert answers["A1.2"].text == "Odpowiedź na A1.2."
    assert answers["A1.2"].self_rating.value == 2
    assert all(answer.is_to_confirm for answer in answers.values())
    assert (renewal.renews, renewal.state) == (renewed, State.DRAFT)


def test_the_same_versions_are_cited():
    renewed = make_certified(cited=("A1.1", "B1.1"))
    renewal = open_renewal(renewed)
    old, new = (
        list(
            Citation.objects.filter(answer__application=each)
            .order_by("answer__criterion__code")
            .values_list("answer__criterion__code", "revision", "page")
        )
        for each in (renewed, renewal)
    )
    assert len(old) == 2
    assert new == old


def test_opening_leaves_one_event():
    renewal = open_renewal()
    event = Event.objects.of_case(renewal).get()
    assert (event.verb, event.facts["carried"]) == ("applications.open", 4)
    assert event.facts["renews"] == renewal.renews_id


def test_answers_follow_their_criteria_into_a_new_edition():
    renewed = make_certified()
    new = make_next_edition(renewed.standard_set)

    renewal = open_renewal(renewed)

    answers = answers_of(renewal)
    assert renewal.standard_set == new
    assert list(answers) == ["A1.1", "A1.2", "A2.1"]
    assert answers["A1.2"].text == "Odpowiedź na A1.1."
    assert "Odpowiedź na A1.2." in answers["A2.1"].text
    assert "Odpowiedź na A2.1." in answers["A2.1"].text
    assert [answer.citations.count() for answer in answers.values()] == [1, 1, 0]


def test_another_scale_takes_the_self_rating_away():
    renewed = make_certified()
    make_reworded_edition(renewed.standard_set, top_level=False)

    answers = answers_of(open_renewal(renewed))

    assert [answer.self_rating for answer in answers.values()] == [None] * 4
    assert answers["A1.1"].text == "Odpowiedź na A1.1."


def test_only_what_this_kind_is_asked_now():
    renewed = make_certified()
    Institution.objects.filter(pk=renewed.institution_id).update(kind=make_kind("library"))
    renewed.institution.refresh_from_db()
    assert list(answers_of(open_renewal(renewed))) == ["A1.1", "A1.2", "B1.1"]


def test_a_renewal_begins_a_year_before_the_end():
    renewed = make_certified(ends_in=400)
    with pytest.raises(CannotDo, match="ważny do"):
        open_renewal(renewed)
    with pytest.raises(CannotDo, match="ważny do"):
        services.open_application(renewed.institution, by=renewed.opened_by)


def test_a_renewal_begins_after_the_end_too():
    assert open_renewal(ends_in=-30).answers.count() == 4


def test_a_holder_renews_and_does_not_begin_anew():
    renewed = make_certified()
    with pytest.raises(CannotDo, match="odnów"):
        services.open_application(renewed.institution, by=renewed.opened_by)


def test_what_was_withdrawn_is_not_renewed():
    renewed = make_certified()
    withdraw_row(renewed.certificates.get(), on=renewed.certificates.get().valid_from)
    with pytest.raises(CannotDo):
        open_renewal(renewed)
    assert services.open_application(renewed.institution, by=renewed.opened_by).renews is None


def test_another_institutions_certificate_is_not_renewed():
    renewed, institution = make_certified(), make_institution()
    with pytest.raises(CannotDo):
        services.open_application(institution, by=make_member(institution), renews=renewed)


def test_only_the_last_certificate_is_renewed():
    first = make_certified(ends_in=-2000)
    make_certified(ends_in=90, institution=first.institution, by=first.opened_by)
    with pytest.raises(CannotDo):
        open_renewal(first)


@pytest.mark.parametrize("state", [State.REFUSED, State.WITHDRAWN, State.CERTIFIED])
def test_what_has_no_certificate_is_not_renewed(state):
    old = make_application(state)
    with pytest.raises(CannotDo):
        open_renewal(old)
