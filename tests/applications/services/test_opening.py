"""An institution begins an application."""

import pytest

from certification.applications import services
from certification.applications.models import Application
from certification.applications.states import State
from certification.errors import CannotDo
from institutions.models import Institution
from tests.factories import (
    make_application,
    make_institution,
    make_kind,
    make_member,
    make_standard_set,
)

from .doing import verbs_of

pytestmark = pytest.mark.django_db


def test_open_application():
    institution, standard_set = make_institution(), make_standard_set()
    by = make_member(institution)

    application = services.open_application(institution, by=by)

    assert (application.state, application.standard_set) == (State.DRAFT, standard_set)
    assert (application.opened_by, application.number) == (by, None)
    assert verbs_of(application) == ["applications.open"]


def test_open_application_while_one_is_under_way():
    application = make_application(State.ASSESSMENT)

    with pytest.raises(CannotDo, match="CAL/W"):
        services.open_application(application.institution, by=application.opened_by)

    assert Application.objects.count() == 1


def test_open_application_without_standards():
    institution = make_institution()
    make_standard_set(published=False)

    with pytest.raises(CannotDo, match="standard"):
        services.open_application(institution, by=make_member(institution))


def test_criteria_stay_when_the_office_changes_the_kind_of_institution():
    application = make_application()
    asked = [criterion.code for criterion in application.criteria()]
    Institution.objects.filter(pk=application.institution_id).update(kind=make_kind("library"))
    again = Application.objects.get(pk=application.pk)
    assert [criterion.code for criterion in again.criteria()] == asked
