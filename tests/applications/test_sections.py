"""What the page of an institution shows of its applications."""

import pytest

from certification.applications.sections import applications_of
from certification.applications.states import State
from institutions.states import MemberRole, Role
from tests.factories import make_application, make_institution, make_member, make_user

pytestmark = pytest.mark.django_db


def test_a_custodian_may_begin_the_first_application():
    institution = make_institution()

    section = applications_of(make_member(institution), institution)

    assert section is not None
    assert (section.context["applications"], section.context["may_open"]) == ([], True)


@pytest.mark.parametrize(("state", "may_open"), [(State.ASSESSMENT, False), (State.REFUSED, True)])
def test_a_custodian_may_begin_another_once_the_first_ended(state, may_open):
    application = make_application(state)

    section = applications_of(application.opened_by, application.institution)

    assert section is not None
    assert section.context["applications"] == [application]
    assert section.context["may_open"] is may_open


def test_the_office_sees_what_was_submitted_and_begins_nothing():
    application, clerk = make_application(State.SUBMITTED), make_user(Role.OFFICE)
    draft = make_application()

    section = applications_of(clerk, application.institution)

    assert section is not None
    assert section.context["applications"] == [application]
    assert section.context["may_open"] is False
    assert applications_of(clerk, draft.institution) is None


def test_nothing_to_show_to_a_reader_of_an_institution_without_applications():
    institution = make_institution()

    assert applications_of(make_member(institution, MemberRole.READER), institution) is None
