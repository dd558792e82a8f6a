"""The formal check on the screen: nothing typed is lost, drafts are the office's alone."""

import pytest

from certification.applications import services
from certification.applications.models import CheckedPoint
from certification.applications.states import State
from institutions.states import MemberRole, Role
from institutions.versions import version_of
from tests.applications.factories import check_all, in_state
from tests.factories import make_application, make_member, make_user

from .sending import page_of, url

pytestmark = pytest.mark.django_db


def typed(code, result="met", note="", version=0, shown=("", "")):
    return {
        f"{code}-result": result,
        f"{code}-note": note,
        f"{code}-version": version,
        f"{code}-shown": version_of(shown),
    }


def test_the_pressed_point_is_saved_and_whatever_was_typed_elsewhere(signed_in):
    application, client = make_application(State.FORMAL_CHECK), signed_in(make_user(Role.OFFICE))
    data = (
        {"point": "request"}
        | typed("request")
        | typed("authority", "unmet", "Brak pełnomocnictwa.")
        | typed("report", "met", shown=("met", ""))  # a suggestion nobody touched
    )

    response = client.post(url("formal_check_save", application), data)

    assert response.status_code == 302
    assert response["Location"].endswith("#punkt-report")
    saved = CheckedPoint.objects.values_list("code", "result")
    assert set(saved) == {("request", "met"), ("authority", "unmet")}


def test_a_point_not_met_needs_a_note(signed_in):
    application, client = make_application(State.FORMAL_CHECK), signed_in(make_user(Role.OFFICE))
    data = {"point": "request"} | typed("request", "unmet") | typed("report", "met", "Czytelny.")

    response = client.post(url("formal_check_save", application), data)

    assert response.status_code == 422
    assert "Czytelny.</textarea>" in page_of(response)
    assert CheckedPoint.objects.count() == 0


def test_a_stale_tab_keeps_the_note(signed_in):
    application, client = make_application(State.FORMAL_CHECK), signed_in(make_user(Role.OFFICE))
    address = url("formal_check_save", application)
    client.post(address, {"point": "request"} | typed("request", "met", "Pierwsza."))

    late = {"point": "request"} | typed("request", "unmet", "Druga.")
    response = client.post(address, late)

    assert response.status_code == 409
    assert "Druga.</textarea>" in page_of(response)
    assert "Pierwsza." in page_of(response)
    assert client.post(address, late | {"request-version": 1}).status_code == 302


def test_the_institution_reads_results_and_never_drafts(signed_in):
    application = make_application(State.FORMAL_CHECK)
    check_all(application)
    reader = signed_in(make_member(application.institution, MemberRole.READER))
    address = url("formal_check", application)
    assert "Jeszcze nie ma czego czytać" in page_of(reader.get(address))

    services.accept(application, by=make_user(Role.OFFICE))

    page = page_of(reader.get(address))
    assert "Umocowanie do podpisu" in page
    assert "Zakończono: biuro CAL" in page


def test_accepting_too_early_leads_to_the_points(signed_in):
    application = make_application(State.FORMAL_CHECK)

    response = signed_in(make_user(Role.OFFICE)).post(url("application_accept", application))

    assert response["Location"] == url("formal_check", application)
    application.refresh_from_db()
    assert application.state == State.FORMAL_CHECK


def test_the_checklist_takes_few_queries(signed_in, django_assert_max_num_queries):
    client, application = signed_in(make_user(Role.OFFICE)), in_state(State.FORMAL_CHECK)
    client.get(url("formal_check", application))

    with django_assert_max_num_queries(40):
        client.get(url("formal_check", application))
