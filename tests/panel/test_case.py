"""The case page: where it stands, what happened, what is next, and for whose eyes."""

from typing import Any

import pytest
from django.urls import reverse

from certification.applications.models import Application, ConflictDeclaration
from certification.applications.states import WRITING, State
from certification.applications.states import Verb as ApplicationVerb
from certification.assessments.models import Assignment
from certification.assessments.states import Verb as AssessmentVerb
from certification.audit.services import record
from certification.panel.case import events, next_step, timeline
from institutions.states import MemberRole, Role
from tests.applications.paper_factories import make_signed
from tests.factories import (
    days_from_today,
    make_application,
    make_institution,
    make_member,
    make_user,
)

pytestmark = pytest.mark.django_db
V = ApplicationVerb
PATH = [V.OPEN, V.SUBMIT, V.TAKE_UP, V.ACCEPT, V.REFER, V.GRANT, V.CERTIFY]


def walked(state: State, verbs: int) -> Application:
    """An application in that state whose journal holds the first `verbs` of the way."""
    application = make_application(state)
    for verb in PATH[:verbs]:
        record(verb, application, by=application.opened_by, case=application)
    return application


@pytest.mark.parametrize(
    ("state", "verbs", "states"),
    [
        (State.DRAFT, 1, ["current", *["todo"] * 6]),
        (State.SUBMITTED, 2, ["done", "current", *["todo"] * 5]),
        (State.COMPLETION, 3, [*["done"] * 2, "current", *["todo"] * 4]),
        (State.COMPLETION, 4, [*["done"] * 3, "current", *["todo"] * 3]),
        (State.ASSESSMENT, 4, [*["done"] * 3, "current", *["todo"] * 3]),
        (State.REFUSED, 5, [*["done"] * 4, "stopped", *["todo"] * 2]),
        (State.WITHDRAWN, 3, [*["done"] * 2, "stopped", *["todo"] * 4]),
        (State.CERTIFIED, 7, ["done"] * 7),
    ],
)
def test_timeline_shows_how_far_it_got(state: State, verbs: int, states: list[str]) -> None:
    assert [step.state for step in timeline(walked(state, verbs))] == states


def test_timeline_dates_each_stage_by_its_verb() -> None:
    dates = [step.date is not None for step in timeline(walked(State.ASSESSMENT, 4))]
    assert dates == [True, True, True, True, False, False, False]


@pytest.mark.parametrize(
    ("state", "role"),
    [
        (State.SUBMITTED, Role.OFFICE),
        (State.FORMAL_CHECK, Role.OFFICE),
        (State.ASSESSMENT, Role.OFFICE),
        (State.COMMITTEE, Role.COMMITTEE_CHAIR),
        (State.BOARD, Role.BOARD_MEMBER),
    ],
)
def test_next_step_is_for_the_one_who_takes_it(state: State, role: Role) -> None:
    application = make_application(state)
    step = next_step(application, make_user(role))
    assert step is not None
    assert step["url"] or step["post_url"]
    assert next_step(application, make_member(application.institution, MemberRole.READER)) is None
    assert next_step(application, make_user(Role.ADMINISTRATOR)) is None


@pytest.mark.parametrize("state", [State.SUBMITTED, State.FORMAL_CHECK])
def test_custodian_signs_the_request_while_the_form_is_checked(state: State) -> None:
    application = make_application(state)
    step = next_step(application, application.opened_by)
    assert step is not None
    assert step["url"] == reverse("signed_paper_add", args=[application.pk])
    make_signed(application)
    assert next_step(application, application.opened_by) is None


@pytest.mark.parametrize("state", [State.ASSESSMENT, State.COMMITTEE, State.BOARD])
def test_custodian_has_nothing_to_sign_later(state: State) -> None:
    application = make_application(state)
    assert next_step(application, application.opened_by) is None


@pytest.mark.parametrize("state", [State.DRAFT, State.COMPLETION])
def test_next_step_of_the_institution_is_to_write(state: State) -> None:
    application = make_application(state)
    reader = make_member(application.institution, MemberRole.READER)
    assert next_step(application, application.opened_by) is not None
    assert next_step(application, reader) is None


def test_submission_is_offered_to_those_who_may_submit() -> None:
    application = make_application()
    editor = make_member(application.institution, MemberRole.EDITOR)
    offered = [next_step(application, user) for user in (application.opened_by, editor)]
    submission = reverse("application_submit", args=[application.pk])
    assert [step and step["other_url"] for step in offered] == [submission, ""]


@pytest.mark.parametrize("state", [State.CERTIFIED, State.REFUSED, State.WITHDRAWN])
def test_next_step_none_after_the_end(state: State) -> None:
    assert next_step(make_application(state), make_user(Role.OFFICE)) is None


@pytest.mark.parametrize("handles", [True, False])
@pytest.mark.parametrize("verb", sorted(WRITING))
def test_events_leave_out_what_colleagues_do_while_they_write(
    verb: ApplicationVerb, handles: bool
) -> None:
    application = make_application()
    record(verb, application, by=application.opened_by, case=application)
    assert events(application, handles=handles) == []


def test_events_hide_the_assessors_from_the_institution() -> None:
    application = walked(State.ASSESSMENT, 4)
    for verb in (AssessmentVerb.ASSIGN, AssessmentVerb.RATE, AssessmentVerb.SUBMIT):
        record(verb, application, by=application.opened_by, case=application)
    outside = {event.verb for event in events(application, handles=False)}
    inside = {event.verb for event in events(application, handles=True)}
    assert outside == {str(verb) for verb in PATH[:4]}
    assert inside == outside | {str(AssessmentVerb.ASSIGN)}


STAFF = [
    (Role.OFFICE, State.SUBMITTED, 200),
    (Role.OFFICE, State.DRAFT, 404),
    (Role.ASSESSOR, State.ASSESSMENT, 404),
    (Role.COMMITTEE_MEMBER, State.ASSESSMENT, 404),
    (Role.COMMITTEE_MEMBER, State.COMMITTEE, 200),
    (Role.BOARD_MEMBER, State.COMMITTEE, 404),
    (Role.BOARD_MEMBER, State.BOARD, 200),
    (Role.ADMINISTRATOR, State.BOARD, 404),
]


@pytest.mark.parametrize(("role", "state", "status"), STAFF)
def test_case_opens_to_staff_at_their_stage(
    signed_in: Any, role: Role, state: State, status: int
) -> None:
    application = make_application(state)
    response = signed_in(make_user(role)).get(reverse("case", args=[application.pk]))
    assert response.status_code == status


def test_case_opens_to_its_institution_and_to_no_other(signed_in: Any) -> None:
    application = make_application(State.COMMITTEE)
    url = reverse("case", args=[application.pk])
    reader = make_member(application.institution, MemberRole.READER)
    assert signed_in(reader).get(url).status_code == 200
    assert signed_in(make_member(make_institution())).get(url).status_code == 404


@pytest.mark.parametrize("role", [Role.OFFICE, Role.COMMITTEE_CHAIR, Role.BOARD_MEMBER])
def test_conflict_closes_the_case_whatever_the_roles(signed_in: Any, role: Role) -> None:
    application = make_application(State.BOARD)
    person = make_user(Role.OFFICE, role) if role != Role.OFFICE else make_user(role)
    url = reverse("case", args=[application.pk])
    client = signed_in(person)
    assert client.get(url).status_code == 200
    ConflictDeclaration.objects.create(
        application=application,
        user=person,
        ground=ConflictDeclaration.Ground.ADVISED,
        declared_by=person,
    )
    assert client.get(url).status_code == 404


def test_case_names_assessors_to_the_office_alone(signed_in: Any) -> None:
    application = make_application(State.ASSESSMENT)
    office = make_user(Role.OFFICE)
    Assignment.objects.create(
        application=application,
        assessor=make_user(Role.ASSESSOR, full_name="Kanarek Oceniający"),
        assigned_by=office,
        due_on=days_from_today(30),
    )
    url = reverse("case", args=[application.pk])
    assert "Kanarek" in signed_in(office).get(url).content.decode()
    assert "Kanarek" not in signed_in(application.opened_by).get(url).content.decode()


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.ADMINISTRATOR, 200),
        (Role.RESPONSIBLE_BOARD_MEMBER, 200),
        (Role.OFFICE, 403),
        (Role.ASSESSOR, 403),
    ],
)
def test_journal_is_for_few(signed_in: Any, role: Role, status: int) -> None:
    walked(State.SUBMITTED, 2)
    assert signed_in(make_user(role)).get(reverse("journal")).status_code == status


def test_journal_filters_by_verb_and_case(signed_in: Any) -> None:
    first, second = walked(State.SUBMITTED, 2), walked(State.SUBMITTED, 1)
    client = signed_in(make_user(Role.ADMINISTRATOR))
    by_verb = client.get(reverse("journal"), {"verb": V.SUBMIT}).context["page"]
    by_case = client.get(reverse("journal"), {"sprawa": f"applications.application:{second.pk}"})
    assert [event.subject for event in by_verb] == [f"applications.application:{first.pk}"]
    assert [event.verb for event in by_case.context["page"]] == [V.OPEN]
