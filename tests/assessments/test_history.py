"""Assessors of a renewal: the differences at once, the last cycle's ratings after their own."""

import pytest
from django.urls import reverse

from certification import clock
from certification.applications.models import Application, ConflictDeclaration
from certification.applications.renewal.comparing import Mark, compare
from certification.applications.services import confirm_answers, save_answer
from certification.applications.states import State
from certification.assessments.bench import Bench
from certification.assessments.desk import Desk
from certification.assessments.history import agreed_in
from certification.assessments.models import Assessment, ConsolidatedCard
from certification.assessments.services import save_rating
from institutions.states import MemberRole, Role
from tests.applications.renewal.factories import make_certified, open_renewal
from tests.factories import level, make_member, make_user

from .factories import make_assessment, make_card

pytestmark = pytest.mark.django_db

ALONE, SETTLED, PRIVATE = "Zdanie pierwszej.", "Ustalono wspólnie.", "Tylko dla mnie."


def certified_with_card():
    """Both agreed on everything but A1.2, which they settled."""
    renewed = make_certified()
    Application.objects.filter(pk=renewed.pk).update(state=State.ASSESSMENT)
    renewed.refresh_from_db()
    card = make_card(renewed, {"A1_2": 1}, strengths=ALONE, private_note=PRIVATE)
    card.ratings.filter(criterion__code="A1.2").update(
        level=level(renewed.standard_set, 2),
        reason=SETTLED,
        settled_by=renewed.opened_by,
        settled_at=clock.now(),
    )
    ConsolidatedCard.objects.update(closed_by=renewed.opened_by, closed_at=clock.now())
    Application.objects.filter(pk=renewed.pk).update(state=State.CERTIFIED)
    renewed.refresh_from_db()
    return renewed


def under_assessment():
    """A renewal: A1.1 written anew, the rest confirmed, now under assessment."""
    renewal = open_renewal(certified_with_card())
    answer = renewal.answers.get(criterion__code="A1.1")
    save_answer(
        renewal,
        answer.criterion,
        by=renewal.opened_by,
        self_rating=answer.self_rating,
        text=f"{answer.text} Od roku także wieczorami.",
        expected_version=answer.version,
    )
    confirm_answers(renewal, by=renewal.opened_by, criteria=renewal.criteria())
    Application.objects.filter(pk=renewal.pk).update(
        state=State.ASSESSMENT,
        number="CAL/W/99/2030",
        submitted_by=renewal.opened_by,
        submitted_at=clock.now(),
    )
    renewal.refresh_from_db()
    return renewal


def bench_page(client, assessment: Assessment, code: str, **query: str) -> str:
    address = reverse("assessment_detail", args=[assessment.pk])
    return client.get(address, {"kryterium": code, **query}).content.decode()


def rate(assessment: Assessment, code: str) -> None:
    application = assessment.application
    save_rating(
        assessment,
        application.criteria().get(code=code),
        by=assessment.assignment.assessor,
        level=level(application.standard_set, 2),
        strengths="Widzę to tak.",
    )


def test_what_was_agreed_with_its_remarks():
    renewed = certified_with_card()
    agreed = {each.code: agreed_in(renewed)[each.pk] for each in renewed.criteria()}
    assert (agreed["A1.1"].level.value, agreed["A1.1"].remarks) == (2, (ALONE,))
    # where they differed, only what they settled on
    assert (agreed["A1.2"].level.value, agreed["A1.2"].remarks) == (2, (SETTLED,))


def test_an_open_card_says_nothing():
    renewed = make_certified()
    make_card(renewed)
    assert agreed_in(renewed) == {}


def test_the_institution_reads_what_was_agreed_and_no_private_note(signed_in):
    renewal = open_renewal(certified_with_card())
    client = signed_in(renewal.opened_by)
    for address in (
        reverse("application_renewal", args=[renewal.pk]),
        reverse("answer_edit", args=[renewal.pk, "A1.1"]),
    ):
        page = client.get(address).content.decode()
        assert ALONE in page
        assert PRIVATE not in page


def test_the_bench_shows_differences_at_once(signed_in):
    assessment = make_assessment(under_assessment())
    page = bench_page(signed_in(assessment.assignment.assessor), assessment, "A1.1")
    assert "odpowiedź zmieniona" in page
    assert "Od roku także wieczorami." in page
    assert "<ins>" in page


def test_ratings_of_the_last_cycle_come_after_ones_own(signed_in):
    assessment = make_assessment(under_assessment())
    client = signed_in(assessment.assignment.assessor)
    assert ALONE not in bench_page(client, assessment, "A1.1")

    rate(assessment, "A1.1")

    assert ALONE in bench_page(client, assessment, "A1.1")
    assert SETTLED not in bench_page(client, assessment, "A1.2")
    assert PRIVATE not in bench_page(client, assessment, "A1.1")


def test_who_still_judges_finds_no_ratings_elsewhere(signed_in):
    renewal = under_assessment()
    assessment = make_assessment(renewal)
    address = reverse("application_renewal", args=[renewal.pk])
    assert ALONE not in signed_in(assessment.assignment.assessor).get(address).content.decode()
    assert ALONE in signed_in(make_user(Role.OFFICE)).get(address).content.decode()


def test_only_what_changed(signed_in):
    assessment = make_assessment(under_assessment())
    bench = Bench(assessment, only_changed=True)
    assert [entry.criterion.code for area in bench.areas for entry in area.entries] == ["A1.1"]
    desk = Desk(assessment, bench.current.criterion, only_changed=True)
    assert (desk.criterion.code, desk.next, desk.previous) == ("A1.1", None, None)
    page = bench_page(signed_in(assessment.assignment.assessor), assessment, "A1.1", tylko="zmiany")
    assert "1 kryterium zmieniło się od poprzedniego certyfikatu" in page
    assert f"{reverse('rating_save', args=[assessment.pk, 'A1.1'])}?tylko=zmiany" in page


def test_a_first_application_has_no_past():
    assessment = make_assessment()
    bench = Bench(assessment, only_changed=True)
    desk = Desk(assessment, bench.current.criterion, only_changed=True)
    assert (bench.past, bench.only_changed, desk.only_changed, desk.then) == (
        *(None, False),
        *(False, None),
    )
    assert len([entry for area in bench.areas for entry in area.entries]) == 4


def test_the_reading_page_of_staff_begins_with_differences(signed_in):
    renewal = under_assessment()
    address = reverse("application_answers", args=[renewal.pk])
    office = signed_in(make_user(Role.OFFICE))
    assert office.get(address).url == reverse("application_renewal", args=[renewal.pk])
    assert office.get(address, {"widok": "calosc"}).status_code == 200
    reader = make_member(renewal.institution, MemberRole.READER)
    assert signed_in(reader).get(address).status_code == 200


def test_a_conflict_in_the_earlier_case_closes_it(signed_in):
    renewal = under_assessment()
    user = make_user(Role.OFFICE)
    ConflictDeclaration.objects.create(
        application=renewal.renews, user=user, ground="family", declared_by=user
    )
    client = signed_in(user)
    assert client.get(reverse("application_renewal", args=[renewal.pk])).status_code == 404
    whole = client.get(reverse("application_answers", args=[renewal.pk])).content.decode()
    assert ALONE not in whole


def test_marks_tell_what_was_confirmed_unchanged():
    renewal = under_assessment()
    comparison = compare(renewal, reader=renewal.opened_by)
    marks = {each.criterion.code: each.marks for each in comparison.criteria}
    assert marks["A1.1"] == [Mark.CHANGED]
    assert marks["B1.1"] == [Mark.UNCHANGED]
    assert comparison.criteria[-1].confirmation.confirmed_by == renewal.opened_by
