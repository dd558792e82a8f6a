"""The formal check: points saved one by one, rounds that end and begin anew."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from certification.applications import asking, services
from certification.applications.asking import Wish
from certification.applications.formal.facts import Case, known_of, suggestion
from certification.applications.formal.points import points_of
from certification.applications.formal.reading import OpenRound
from certification.applications.models import Application, CheckedPoint, Citation, FormalCheck
from certification.applications.states import Paper, Result, State
from certification.errors import CannotDo, Stale
from institutions.states import Role
from tests.applications.factories import check_all, in_state
from tests.factories import (
    make_application,
    make_evidence,
    make_institution,
    make_kind,
    make_user,
)

from .doing import criterion

pytestmark = pytest.mark.django_db
ALL = ["request", "authority", "report", "document-A2.1", "declarations"]


def save(application, code="request", result=Result.MET, note="", version=0):
    return services.save_point(
        application,
        code,
        by=make_user(Role.OFFICE),
        result=result,
        note=note,
        expected_version=version,
    )


def test_points_follow_the_kind_of_institution():
    library = make_institution(kind=make_kind("library"))
    centre, other = make_application(), make_application(institution=library)

    assert [point.code for point in points_of(centre)] == ALL
    assert [point.code for point in points_of(other)][3] == "documents"
    assert suggested(other, "documents") == Result.NOT_APPLICABLE


def suggested(application, code):
    point = next(point for point in points_of(application) if point.code == code)
    return suggestion(known_of(Case(application), point))[0]


def test_the_hour_of_submission_is_told_as_clocks_here_show_it():
    application = make_application()
    Application.objects.filter(pk=application.pk).update(
        submitted_at=datetime(2026, 11, 2, 9, 15, tzinfo=UTC), number="CAL/W/7/2026"
    )
    application.refresh_from_db()
    point = points_of(application)[0]

    assert any("10:15" in fact.text for fact in known_of(Case(application), point))


def test_a_document_is_found_among_the_cited_evidence():
    application = make_application(State.FORMAL_CHECK)
    assert suggested(application, "document-A2.1") == Result.UNMET

    answer = application.answers.get(criterion__code="A2.1")
    statute = make_evidence(application.institution)
    Citation.objects.create(answer=answer, revision=statute, added_by=application.opened_by)

    assert suggested(application, "document-A2.1") == Result.MET


def test_saving_a_point_twice_is_one_event():
    application = make_application(State.FORMAL_CHECK)

    first = save(application)
    again = save(application, version=0)

    assert (first.pk, again.version) == (again.pk, 1)


def test_two_clerks_at_one_point():
    application = make_application(State.FORMAL_CHECK)
    save(application, result=Result.UNMET, note="Brak podpisu.")

    with pytest.raises(Stale) as stale:
        save(application, result=Result.MET)

    assert stale.value.current.note == "Brak podpisu."
    assert save(application, result=Result.MET, version=1).version == 2


@pytest.mark.parametrize("result", [Result.UNMET, Result.NOT_APPLICABLE])
def test_what_is_not_met_says_why(result):
    with pytest.raises(CannotDo):
        save(make_application(State.FORMAL_CHECK), result=result, note="  ")

    assert CheckedPoint.objects.count() == 0


def test_accepted_only_when_every_point_is_met_or_does_not_apply():
    application, office = make_application(State.FORMAL_CHECK), make_user(Role.OFFICE)
    with pytest.raises(CannotDo, match="Najpierw sprawdź każdy punkt"):
        services.accept(application, by=office)
    check_all(application, report="unmet", declarations="not_applicable")
    with pytest.raises(CannotDo, match="niespełniony"):
        services.accept(application, by=office)

    save(application, "report", version=1)
    services.accept(application, by=office)

    assert application.state == State.ASSESSMENT


def test_a_round_that_ended_is_frozen():
    application = in_state(State.FORMAL_CHECK)
    services.accept(application, by=make_user(Role.OFFICE))

    for change in (
        lambda: CheckedPoint.objects.update(note="Inaczej."),
        lambda: FormalCheck.objects.update(outcome="completion"),
        lambda: FormalCheck.objects.get().points.create(
            code="nowy", result="met", checked_by=make_user()
        ),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_wishes_come_from_the_points_that_are_not_met():
    application = make_application(State.FORMAL_CHECK)
    check_all(application, authority="unmet", document_A2_1="unmet", report="unmet")
    statute = criterion(application, "A2.1").evidence_types.get()

    assert asking.wishes_for(application, make_user(Role.OFFICE)) == [
        Wish("Do wyjaśnienia.", paper=Paper.AUTHORISATION),
        Wish("Do wyjaśnienia.", criterion(application, "A2.1"), statute),
    ]


def test_after_a_completion_only_what_changed_is_checked_again():
    application, office = make_application(State.FORMAL_CHECK), make_user(Role.OFFICE)
    check_all(application, authority="unmet")
    wish = Wish("Proszę o pełnomocnictwo.", paper=Paper.AUTHORISATION)
    services.request_completion(application, by=office, items=[wish])
    services.complete(application, by=application.opened_by)

    round_ = OpenRound(application)

    assert [each.point.code for each in round_.points if not each.saved] == ["authority"]
    assert round_.points[1].earlier.note == "Do wyjaśnienia."
    assert {each.saved.is_carried for each in round_.points if each.saved} == {True}
    with pytest.raises(CannotDo):
        services.accept(application, by=office)
    save(application, "authority")
    services.accept(application, by=office)
    assert [check.outcome for check in application.formal_checks.all()] == [
        "completion",
        "accepted",
    ]


def test_completion_is_asked_for_once_everything_is_checked():
    application = make_application(State.FORMAL_CHECK)
    save(application, "authority", Result.UNMET, "Brak pełnomocnictwa.")

    with pytest.raises(CannotDo, match="każdy punkt"):
        services.request_completion(
            application,
            by=make_user(Role.OFFICE),
            items=[Wish("Proszę o pełnomocnictwo.", paper=Paper.AUTHORISATION)],
        )
