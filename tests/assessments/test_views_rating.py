import pytest
from django.urls import reverse

from certification import clock
from certification.applications.models import Answer, Citation
from certification.applications.services import freeze
from certification.applications.states import State
from certification.assessments.models import ConsolidatedCard, Rating
from certification.standards.states import State as SetState
from institutions.states import Role
from tests.applications.factories import make_file
from tests.assessments.factories import (
    make_assessment,
    make_assignment,
    make_case,
    of_value,
    rate_all,
    submit,
)
from tests.factories import make_evidence, make_standard_set, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment():
    return make_assessment()


@pytest.fixture
def me(assessment, signed_in):
    return signed_in(assessment.assignment.assessor)


def bench_url(assessment, code=""):
    url = reverse("assessment_detail", args=[assessment.pk])
    return f"{url}?kryterium={code}" if code else url


def save_url(assessment, code="A1.1"):
    return reverse("rating_save", args=[assessment.pk, code])


def test_each_level_stands_with_its_descriptor(assessment, me):
    page = me.get(bench_url(assessment)).content.decode()
    assert 'aria-describedby="id_level_2_is"' in page
    assert '<p class="level-is" id="id_level_2_is">Po czym poznać 2.</p>' in page


def submit_url(assessment):
    return reverse("assessment_submit", args=[assessment.pk])


def typed(assessment, value=2, **more):
    return {
        "version": 0,
        "level": of_value(assessment.application, value).pk,
        "strengths": "Widać to w statucie.",
        "private_note": "Dopytać.",
        "then": "stay",
    } | more


def current(response):
    return response.context["entry"].criterion.code


# --- the workbench --------------------------------------------------------------------------


def test_the_bench_begins_with_the_first_criterion(assessment, me):
    response = me.get(bench_url(assessment))
    assert (response.status_code, current(response)) == (200, "A1.1")


def test_the_bench_goes_on_where_one_stopped(assessment, me):
    rate_all(assessment)
    Rating.objects.filter(criterion__code="A1.2").update(strengths="")
    assert current(me.get(bench_url(assessment))) == "A1.2"


def test_the_bench_resumes_where_one_wrote_last(assessment, me, time_machine):
    time_machine.move_to("2026-11-29 10:00+01:00", tick=False)
    me.post(save_url(assessment, "A2.1"), typed(assessment, level=""))
    time_machine.move_to("2026-11-29 10:05+01:00", tick=False)
    assert current(me.get(bench_url(assessment))) == "A2.1"  # begun
    me.post(save_url(assessment, "A2.1"), typed(assessment, version=1))
    assert current(me.get(bench_url(assessment))) == "B1.1"  # what comes after it
    me.post(save_url(assessment, "B1.1"), typed(assessment))
    assert current(me.get(bench_url(assessment))) == "A1.1"  # round to what was left out


def test_the_bench_shows_the_criterion_asked_for(assessment, me):
    assert current(me.get(bench_url(assessment, "B1.1"))) == "B1.1"


def test_an_unknown_criterion_shows_the_first(assessment, me):
    assert current(me.get(bench_url(assessment, "X9.9"))) == "A1.1"


def test_the_bench_shows_answer_self_rating_and_evidence_of_one_criterion(assessment, me):
    case = assessment.application
    revision = make_evidence(case.institution, title="Statut z 2012", text="Treść statutu.")
    answer = case.answers.get(criterion__code="A1.2")
    Citation.objects.create(answer=answer, revision=revision, page=7, added_by=case.opened_by)
    page = me.get(bench_url(assessment, "A1.2")).content.decode()
    for shown in ("Odpowiedź na A1.2.", "2 – spełnione", "Statut z 2012", "Treść statutu."):
        assert shown in page
    other = me.get(bench_url(assessment, "A1.1")).content.decode()
    assert "Statut z 2012" not in other
    assert "Odpowiedź na A1.2." not in other


def test_the_bench_without_an_answer(assessment, me):
    Answer.objects.all().delete()
    assert me.get(bench_url(assessment)).status_code == 200


def test_an_answer_changed_after_the_rating_is_marked(assessment, me):
    case = assessment.application
    cited = case.answers.get(criterion__code="A1.2")
    revision = make_file(case.institution)
    Citation.objects.create(answer=cited, revision=revision, added_by=case.opened_by)
    freeze(case, by=case.opened_by)
    rate_all(assessment)
    assert not me.get(bench_url(assessment, "A1.1")).context["entry"].changed_since
    case.answers.filter(criterion__code="A1.1").update(text="Dopisane.")
    Citation.objects.filter(answer__criterion__code="A1.2").delete()
    freeze(case, by=case.opened_by)

    assert me.get(bench_url(assessment, "A1.1")).context["entry"].changed_since
    response = me.get(bench_url(assessment, "A1.2"))  # evidence was removed, and no more
    assert [each.criterion.code for each in response.context["bench"].changed] == ["A1.1", "A1.2"]
    assert response.context["desk"].change.removed


@pytest.mark.parametrize("criteria", [4, 54])
def test_the_bench_takes_as_many_queries_for_many_criteria(
    criteria, signed_in, django_assert_num_queries
):
    standard_set = make_standard_set(published=False)
    standard = standard_set.areas.get(code="B").standards.get()
    for number in range(criteria - 4):
        standard.criteria.create(
            code=f"B1.{number + 2}", text_pl="Treść", position=number + 1, sourced=True
        )
    standard_set.state, standard_set.published_at = SetState.PUBLISHED, clock.now()
    standard_set.save()
    case = make_case(standard_set=standard_set)
    evidence = make_evidence(case.institution)
    for answer in case.answers.all():
        Citation.objects.create(answer=answer, revision=evidence, added_by=case.opened_by)
    assessment = make_assessment(case)
    rate_all(assessment)
    client = signed_in(assessment.assignment.assessor)
    client.get(bench_url(assessment))
    with django_assert_num_queries(11):
        response = client.get(bench_url(assessment))
    assert response.context["bench"].total == criteria


def work(client, assessment, code, **query):
    """What htmx asks for when one goes on."""
    query = {"kryterium": code} | query
    headers = {"HX-Request": "true", "HX-Target": "praca"}
    return client.get(bench_url(assessment), query, headers=headers)


def test_the_next_criterion_comes_without_the_rest_of_the_page(assessment, me):
    page = work(me, assessment, "A1.2").content.decode()
    assert "Odpowiedź na A1.2." in page
    assert 'rel="next"' in page
    assert "<title>A1.2" in page
    for rest in ('<nav class="bench__index', "<main", "A1.1.</"):
        assert rest not in page
    assert work(me, assessment, "X9.9").status_code == 404


@pytest.mark.parametrize("citations", [1, 6])
def test_the_next_criterion_takes_few_queries(citations, assessment, me, django_assert_num_queries):
    case = assessment.application
    answer = case.answers.get(criterion__code="A1.2")
    for number in range(citations):
        revision = make_evidence(case.institution, title=f"Dowód {number}")
        Citation.objects.create(answer=answer, revision=revision, added_by=case.opened_by)
    rate_all(assessment)
    work(me, assessment, "A1.2")
    with django_assert_num_queries(9):
        page = work(me, assessment, "A1.2")
    assert len(page.context["desk"].citations) == citations


def test_the_bench_is_for_its_assessor_alone(assessment, signed_in):
    for user in (make_user(Role.OFFICE), make_user(*Role), make_assessment().assignment.assessor):
        client = signed_in(user)
        assert client.get(bench_url(assessment)).status_code == 404
        assert client.get(submit_url(assessment)).status_code == 404
        assert client.post(save_url(assessment), typed(assessment)).status_code == 404


@pytest.mark.parametrize("state", [State.COMPLETION, State.COMMITTEE, State.WITHDRAWN])
def test_the_bench_can_be_read_when_the_case_is_elsewhere(state, signed_in):
    assessment = make_assessment(make_case(state))
    rate_all(assessment, private_note="Moja notatka.")
    response = signed_in(assessment.assignment.assessor).get(bench_url(assessment, "A1.1"))
    assert response.context["form"] is None
    assert "Moja notatka." in response.content.decode()


def test_a_submitted_bench_has_no_form(assessment, me):
    submit(assessment)
    assert me.get(bench_url(assessment)).context["form"] is None


# --- saving ---------------------------------------------------------------------------------


def test_saving_keeps_the_rating_and_stays(assessment, me):
    response = me.post(save_url(assessment), typed(assessment))
    assert response["Location"] == bench_url(assessment, "A1.1")
    rating = Rating.objects.get()
    assert (rating.level.value, rating.strengths) == (2, "Widać to w statucie.")
    assert rating.private_note == "Dopytać."


def test_saving_and_going_on(assessment, me):
    response = me.post(save_url(assessment), typed(assessment, then="next"))
    assert response["Location"] == bench_url(assessment, "A1.2")


def test_going_on_from_the_last_criterion_leads_to_the_end(assessment, me):
    response = me.post(save_url(assessment, "B1.1"), typed(assessment, then="next"))
    assert response["Location"] == submit_url(assessment)


def test_an_unfinished_rating_is_saved(assessment, me):
    me.post(save_url(assessment), typed(assessment, level=""))
    assert Rating.objects.get().level is None


@pytest.mark.parametrize(
    "wrong", [{"level": "99999"}, {"strengths": "x" * 5001}, {"version": "stara"}]
)
def test_a_wrong_form_comes_back_with_422_and_the_text(wrong, assessment, me):
    response = me.post(save_url(assessment), typed(assessment) | wrong)
    assert response.status_code == 422
    assert "Dopytać." in response.content.decode()
    assert not Rating.objects.exists()


def test_an_older_version_gives_409_with_both_texts(assessment, me):
    me.post(save_url(assessment), typed(assessment, strengths="Zapisane w drugiej karcie."))
    response = me.post(save_url(assessment), typed(assessment, strengths="Pisane w pierwszej."))
    assert response.status_code == 409
    page = response.content.decode()
    assert "Zapisane w drugiej karcie." in page
    assert "Pisane w pierwszej." in page
    assert Rating.objects.get().strengths == "Zapisane w drugiej karcie."


def test_the_409_page_lets_one_replace_the_newer_text(assessment, me):
    me.post(save_url(assessment), typed(assessment, strengths="Druga karta."))
    refused = me.post(save_url(assessment), typed(assessment, strengths="Pierwsza karta."))
    version = refused.context["form"]["version"].value()
    again = typed(assessment, strengths="Pierwsza karta.", version=version)
    assert me.post(save_url(assessment), again).status_code == 302
    assert Rating.objects.get().strengths == "Pierwsza karta."


def test_a_tab_left_open_after_submission_gives_409(assessment, me):
    rate_all(assessment)
    submit(assessment)
    assert me.post(save_url(assessment), typed(assessment, version=1)).status_code == 409
    assert me.post(submit_url(assessment), {"summary": ""}).status_code == 409


def test_a_criterion_that_does_not_exist_gives_404(assessment, me):
    assert me.post(save_url(assessment, "X9.9"), typed(assessment)).status_code == 404


def test_extra_fields_change_nothing(assessment, me):
    more = {"assessment": make_assessment().pk, "criterion": 1, "updated_at": "2000-01-01"}
    me.post(save_url(assessment), typed(assessment) | more)
    rating = Rating.objects.get()
    assert (rating.assessment, rating.criterion.code) == (assessment, "A1.1")


# --- submitting -----------------------------------------------------------------------------


def test_the_last_page_lists_what_is_missing(assessment, me):
    rate_all(assessment)
    Rating.objects.filter(criterion__code="A2.1").update(level=None)
    response = me.get(submit_url(assessment))
    waiting = [entry.criterion.code for entry in response.context["bench"].waiting]
    assert waiting == ["A2.1"]
    assert bench_url(assessment, "A2.1") in response.content.decode()


def test_submitting_what_is_not_ready_gives_422(assessment, me):
    response = me.post(submit_url(assessment), {"summary": "Prawie gotowe."})
    assert response.status_code == 422
    assessment.refresh_from_db()
    assert not assessment.is_submitted


def test_submitting(assessment, me):
    rate_all(assessment)
    assert me.post(submit_url(assessment), {"summary": "Dobra praca."}).status_code == 302
    assessment.refresh_from_db()
    assert assessment.is_submitted
    assert assessment.summary == "Dobra praca."


def test_the_last_one_to_submit_opens_the_card(assessment, me):
    other = make_assignment(assessment.application).assessment
    for each in (assessment, other):
        rate_all(each)
    submit(other)
    me.post(submit_url(assessment), {"summary": ""})
    assert ConsolidatedCard.objects.get().application == assessment.application
