"""An assessor declines, takes a part, hands back, or needs more time; nothing is lost."""

import pytest
from django.urls import reverse

from certification import clock
from certification.applications.models import Application
from certification.applications.states import State
from certification.assessments import services
from certification.assessments.coverage import coverage_of
from certification.assessments.handovers import assignments_of
from certification.assessments.models import Assignment, MoreTime, Rating, ReturnedPart
from certification.assessments.states import Ending, Verb
from certification.audit.models import Event
from certification.errors import CannotDo, TransitionNotAllowed
from certification.outbox.models import Email
from institutions.states import Role
from tests.assessments.factories import criterion, make_assignment, make_case, rate_all, submit
from tests.factories import days_from_today, make_user

pytestmark = pytest.mark.django_db
WRITTEN = "TO-NAPISANE"


def codes(criteria):
    return [each.code for each in criteria]


def decline(assignment, reason="Brak czasu."):
    return services.decline(assignment, by=assignment.assessor, reason=reason)


def hand_back(assignment, *wanted, reason="Choroba."):
    named = [criterion(assignment.application, code) for code in wanted]
    by = assignment.assessor
    return services.hand_back(assignment, by=by, reason=reason, criteria=named)


def ask(assignment, days=60, wish="Wyjazd."):
    until = days_from_today(days)
    return services.ask_more_time(assignment, by=assignment.assessor, until=until, wish=wish)


# --- declining --------------------------------------------------------------------------------


def test_declining_ends_the_assignment_and_tells_the_office_why():
    office = make_user(Role.OFFICE)
    assignment = make_assignment(make_case(), declared=False)
    decline(assignment)
    assignment.refresh_from_db()
    assert (assignment.ending, assignment.end_reason) == (Ending.DECLINED, "Brak czasu.")
    assert assignment.ended_by == assignment.assessor
    assert Event.objects.get(verb=Verb.DECLINE).facts["ending"] == "declined"
    [email] = Email.objects.all()
    assert email.person == office
    assert "Brak czasu." in email.body


def test_declining_needs_a_reason():
    with pytest.raises(CannotDo):
        decline(make_assignment(make_case(), declared=False), reason=" ")
    assert Assignment.objects.active().exists()


def test_what_was_accepted_is_handed_back_and_not_declined():
    with pytest.raises(TransitionNotAllowed):
        decline(make_assignment(make_case()))


@pytest.mark.parametrize("state", [s for s in State if s not in services.UNDER_WAY])
@pytest.mark.parametrize(("verb", "declared"), [(decline, False), (hand_back, True), (ask, True)])
def test_nothing_of_it_once_the_case_is_elsewhere(state, verb, declared):
    assignment = make_assignment(make_case(state), declared=declared)
    with pytest.raises(TransitionNotAllowed):
        verb(assignment)
    assert Assignment.objects.active().exists()


def test_somebody_of_the_office_who_judges_the_case_is_not_told():
    case = make_case()
    make_assignment(case, make_user(Role.OFFICE, Role.ASSESSOR))
    told = make_user(Role.OFFICE)
    decline(make_assignment(case, declared=False))
    assert [email.person for email in Email.objects.all()] == [told]


# --- taking a part ----------------------------------------------------------------------------


def test_a_part_is_taken_with_the_declaration():
    make_user(Role.OFFICE)
    assignment = make_assignment(make_case(), declared=False)
    chosen = [criterion(assignment.application, "B1.1")]
    by = assignment.assessor
    assessment = services.declare_impartial(assignment, by=by, criteria=chosen, reason="Kultura.")
    assert codes(assessment.criteria()) == ["B1.1"]
    part = ReturnedPart.objects.get()
    assert codes(part.criteria.order_by("code")) == ["A1.1", "A1.2", "A2.1"]
    assert (part.reason, part.returned_by) == ("Kultura.", by)
    assert coverage_of(assignment.application).places == 2
    assert Email.objects.count() == 1


def test_everything_named_is_no_part():
    assignment = make_assignment(make_case(), declared=False)
    every = list(assignment.application.criteria())
    services.declare_impartial(assignment, by=assignment.assessor, criteria=every)
    assert not assignment.criteria.exists()
    assert not ReturnedPart.objects.exists()


# --- handing back -----------------------------------------------------------------------------


def test_handing_back_keeps_what_was_written():
    assignment = make_assignment(make_case())
    rate_all(assignment.assessment, strengths=WRITTEN)
    hand_back(assignment)
    assignment.refresh_from_db()
    assert (assignment.ending, assignment.end_reason) == (Ending.HANDED_BACK, "Choroba.")
    assert Rating.objects.filter(strengths=WRITTEN).count() == 4
    assert not Application.objects.visible_to(assignment.assessor).exists()


def test_handing_back_a_part_leaves_the_rest_to_rate():
    assignment = make_assignment(make_case())
    rate_all(assignment.assessment, strengths=WRITTEN)
    hand_back(assignment, "A1.1", "A1.2")
    assert codes(assignment.asked()) == ["A2.1", "B1.1"]
    assert Assignment.objects.active().get() == assignment
    assert codes(ReturnedPart.objects.get().criteria.order_by("code")) == ["A1.1", "A1.2"]
    assert Rating.objects.count() == 4
    assert codes(coverage_of(assignment.application).wanted)[:2] == ["A1.1", "A1.2"]
    hand_back(assignment, "A2.1", "B1.1")  # all that was left
    assert not Assignment.objects.active().exists()


def test_what_one_does_not_have_cannot_be_handed_back():
    assignment = make_assignment(make_case(), codes=["B1.1"])
    with pytest.raises(CannotDo):
        hand_back(assignment, "A1.1")


def test_submitted_ratings_are_not_handed_back():
    assignment = make_assignment(make_case())
    submit(assignment.assessment)
    with pytest.raises(CannotDo):
        hand_back(assignment)
    assert Assignment.objects.active().exists()


def test_the_substitute_judges_afresh():
    case = make_case()
    left = make_assignment(case)
    rate_all(left.assessment, strengths=WRITTEN)
    hand_back(left)
    substitute = make_user(Role.ASSESSOR)
    office = make_user(Role.OFFICE)
    given = services.assign(case, by=office, assessor=substitute, due_on=days_from_today(9))
    assessment = services.declare_impartial(given, by=substitute)
    assert not assessment.ratings.exists()
    assert not Rating.objects.visible_to(substitute).exists()


# --- more time --------------------------------------------------------------------------------


def test_more_time_is_asked_for_and_given():
    office = make_user(Role.OFFICE)
    assignment = make_assignment(make_case())
    before = assignment.due_on
    ask(assignment)
    services.give_more_time(assignment, by=office, until=days_from_today(50), reason="Dobrze.")
    assignment.refresh_from_db()
    time = MoreTime.objects.get()
    assert (time.due_before, time.due_after) == (before, days_from_today(50))
    assert assignment.due_on == days_from_today(50)
    assert (time.outcome, time.decided_by, time.wish) == ("given", office, "Wyjazd.")
    told = [email.person for email in Email.objects.order_by("pk")]
    assert told == [office, assignment.assessor]


def test_more_time_is_given_unasked():
    assignment = make_assignment(make_case(), due_on=days_from_today(-3))
    services.give_more_time(assignment, by=make_user(), until=days_from_today(3))
    assert MoreTime.objects.get().asked_at is None


def test_more_time_is_refused_with_a_reason():
    assignment = make_assignment(make_case())
    ask(assignment)
    with pytest.raises(CannotDo):
        services.refuse_more_time(assignment, by=make_user(), reason=" ")
    services.refuse_more_time(assignment, by=make_user(), reason="Posiedzenie jest w maju.")
    assignment.refresh_from_db()
    assert assignment.due_on == days_from_today(30)
    assert MoreTime.objects.get().outcome == "refused"
    with pytest.raises(CannotDo):
        services.refuse_more_time(assignment, by=make_user(), reason="Raz jeszcze.")


def test_more_time_is_asked_for_once_at_a_time():
    assignment = make_assignment(make_case())
    ask(assignment)
    with pytest.raises(CannotDo):
        ask(assignment)
    assert MoreTime.objects.count() == 1


@pytest.mark.parametrize("days", [30, 29, -1])
def test_more_time_is_more_than_there_is(days):
    assignment = make_assignment(make_case(), due_on=days_from_today(30))
    with pytest.raises(CannotDo):
        ask(assignment, days)
    with pytest.raises(CannotDo):
        services.give_more_time(assignment, by=make_user(), until=days_from_today(days))


def test_a_submitted_card_needs_no_time():
    assignment = make_assignment(make_case())
    submit(assignment.assessment)
    with pytest.raises(TransitionNotAllowed):
        ask(assignment)


# --- what the office reads --------------------------------------------------------------------


def test_the_office_reads_what_a_replaced_assessor_had_submitted():
    case, office = make_case(), make_user(Role.OFFICE)
    submitted, begun, present = (make_assignment(case) for _ in range(3))
    for each in (submitted, begun, present):
        rate_all(each.assessment, strengths=WRITTEN)
    for each in (submitted, present):
        submit(each.assessment)
    for each in (submitted, begun):
        services.end_assignment(each, by=office, reason="Zmiana.")
    held = {each.assignment: each for each in assignments_of(case)}
    assert list(held)[0] == present
    assert codes(one.rating.criterion for one in held[submitted].opinions) == codes(case.criteria())
    assert (held[begun].opinions, held[begun].written) == ([], 4)
    assert (held[present].opinions, held[present].written) == ([], 0)


def history(case):
    return reverse("assignment_history", args=[case.pk])


def test_the_page_shows_the_replaced_ones_words_to_the_office_alone(signed_in):
    case = make_case()
    left, present = make_assignment(case), make_assignment(case)
    rate_all(left.assessment, strengths=WRITTEN)
    submit(left.assessment)
    services.end_assignment(left, by=make_user(), reason="Zmiana.")
    page = signed_in(make_user(Role.OFFICE)).get(history(case)).content.decode()
    assert page.count(WRITTEN) == 4
    judging = make_user(Role.OFFICE, Role.ASSESSOR)
    make_assignment(case, judging)
    assert signed_in(judging).get(history(case)).status_code == 403
    assert signed_in(present.assessor).get(history(case)).status_code == 403
    assert signed_in(left.assessor).get(history(case)).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_as_many_queries_for_many(rows, signed_in, django_assert_num_queries):
    case, office = make_case(), make_user(Role.OFFICE)
    for _ in range(rows):
        left = make_assignment(case)
        rate_all(left.assessment)
        submit(left.assessment)
        services.end_assignment(left, by=office, reason="Zmiana.")
    client = signed_in(office)
    client.get(history(case))
    with django_assert_num_queries(15):
        client.get(history(case))


# --- the pages of an assessor -------------------------------------------------------------------


def at(name, assignment):
    return reverse(name, args=[assignment.pk])


def test_an_assessor_declines_on_the_page_of_the_declaration(signed_in):
    assignment = make_assignment(make_case(), declared=False)
    client = signed_in(assignment.assessor)
    response = client.post(at("assignment_decline", assignment), {"reason": ""})
    assert response.status_code == 422
    response = client.post(at("assignment_decline", assignment), {"reason": "Brak czasu."})
    assert response.status_code == 302
    assert client.get(at("assignment_declare", assignment)).status_code == 404


def test_a_part_is_chosen_by_areas(signed_in):
    assignment = make_assignment(make_case(), declared=False)
    client = signed_in(assignment.assessor)
    address = at("assignment_declare", assignment)
    assert client.post(address, {"scope": "part", "reason": "ZDANIE"}).status_code == 422
    assert "ZDANIE" in client.post(address, {"scope": "part", "reason": "ZDANIE"}).content.decode()
    assert client.post(address, {"scope": "part", "areas": ["X"]}).status_code == 422
    assert client.post(address, {"scope": "whole", "areas": ["B"]}).status_code == 422
    assert client.post(address, {"areas": ["B"]}).status_code == 422
    assert client.post(address, {"scope": "part", "areas": ["B"]}).status_code == 302
    assignment.refresh_from_db()
    assert codes(assignment.asked()) == ["B1.1"]


def test_areas_are_handed_back_and_the_bench_goes_on(signed_in):
    assignment = make_assignment(make_case())
    client = signed_in(assignment.assessor)
    address = at("assignment_hand_back", assignment)
    assert client.post(address, {"scope": "part", "areas": ["A"], "reason": ""}).status_code == 422
    data = {"scope": "part", "areas": ["A"], "reason": "Nie znam się."}
    assert client.post(address, data)["Location"] == assignment.assessment.get_absolute_url()
    data = {"reason": "Choroba."}  # one area is left: there is nothing to choose
    assert client.post(address, data)["Location"] == reverse("assessment_list")


def test_time_is_asked_for_and_answered_on_pages(signed_in):
    assignment = make_assignment(make_case())
    assessor, office = signed_in(assignment.assessor), signed_in(make_user(Role.OFFICE))
    later = days_from_today(45).isoformat()
    ask_at, answer_at = at("more_time_ask", assignment), at("more_time_decide", assignment)
    bad = assessor.post(ask_at, {"until": clock.today().isoformat(), "wish": "ZDANIE"})
    assert bad.status_code == 422
    assert "ZDANIE" in bad.content.decode()
    assert assessor.post(ask_at, {"until": later, "wish": "Wyjazd."}).status_code == 302
    assert assessor.post(ask_at, {"until": later, "wish": "Wyjazd."}).status_code == 422
    assert "Wyjazd." in office.get(answer_at).content.decode()
    assert answer_at in office.get(reverse("panel")).content.decode()
    assert office.post(answer_at, {"answer": "refuse"}).status_code == 422
    assert office.post(answer_at, {"answer": "give", "until": later}).status_code == 302
    assignment.refresh_from_db()
    assert assignment.due_on.isoformat() == later


def test_the_office_that_judges_itself_does_not_answer(signed_in):
    case = make_case()
    judging = make_user(Role.OFFICE, Role.ASSESSOR)
    make_assignment(case, judging)
    other = make_assignment(case)
    ask(other)
    client = signed_in(judging)
    assert client.get(at("more_time_decide", other)).status_code == 403
    assert at("more_time_decide", other) not in client.get(reverse("panel")).content.decode()


def test_the_next_assessor_is_told_what_is_wanted(signed_in):
    case = make_case()
    make_assignment(case)
    make_assignment(case, codes=["A1.1", "A1.2"])
    page = signed_in(make_user(Role.OFFICE)).get(reverse("assignment_create", args=[case.pk]))
    assert "A2.1, B1.1." in " ".join(page.content.decode().split())
    assert page.context["form"].places == ["assessor_0"]
