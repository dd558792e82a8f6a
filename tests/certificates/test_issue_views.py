from datetime import timedelta

import pytest
from django.urls import reverse

from certification import clock
from certification.applications.models import ConflictDeclaration
from certification.applications.states import State
from certification.certificates.models import Certificate
from certification.decisions.models import Resolution
from certification.documents.models import StoredDocument
from certification.numbering.models import Counter
from institutions.models import NameForm
from institutions.states import Role
from tests.factories import (
    days_from_today,
    make_application,
    make_user,
)

from .factories import board_case, issue, wording, write_certificate

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return make_user(Role.BOARD_MEMBER)


def filled(**changed):
    return {
        "resolution_number": "7/2026",
        "adopted_on": clock.today().isoformat(),
        "reason": "za wdrażanie",
        **wording(),
        **changed,
    }


def issue_page(application):
    return reverse("certificate_issue", args=[application.pk])


def test_the_form_suggests_five_years_and_the_signatures(signed_in):
    president = make_user(Role.BOARD_MEMBER, full_name="Zofia Ostatnia", function="Prezes Zarządu")
    make_user(Role.RESPONSIBLE_BOARD_MEMBER, full_name="Adam Pierwszy", function="Członek Zarządu")

    form = signed_in(president).get(issue_page(board_case())).context["form"]

    today = clock.today()
    assert form.initial["valid_from"] == today
    assert form.initial["valid_to"] + timedelta(days=1) == today.replace(year=today.year + 5)
    assert form.initial["label"] == f"na lata {today.year}–{form.initial['valid_to'].year}"
    signatures = [form.initial["first_signatory"], form.initial["second_signatory"]]
    assert signatures == ["Zofia Ostatnia", "Adam Pierwszy"]


def test_the_form_of_a_renewal_begins_where_the_old_one_ends(signed_in, member):
    old = write_certificate(1, valid_to=days_from_today(40))
    application = board_case(institution=old.institution, renews=old.application)

    form = signed_in(member).get(issue_page(application)).context["form"]

    assert form.initial["valid_from"] == days_from_today(41)


def test_a_board_member_issues(signed_in, member):
    application = board_case()

    response = signed_in(member).post(issue_page(application), filled())

    certificate = Certificate.objects.get()
    assert (response.status_code, response.url) == (302, certificate.get_absolute_url())
    assert (certificate.resolution.number, certificate.issued_by) == ("7/2026", member)


def test_a_form_with_a_slip_comes_back_with_every_word(signed_in, member):
    slip = filled(valid_to=clock.today(), label="na lata siódme")

    response = signed_in(member).post(issue_page(board_case()), slip)

    assert response.status_code == 422
    assert "error-summary" in response.content.decode()
    assert "na lata siódme" in response.content.decode()
    assert not Certificate.objects.exists()


def test_a_missing_form_of_the_name_keeps_the_form_and_leads_to_the_editor(signed_in):
    application = board_case()
    NameForm.objects.filter(variant="full", case="nom").update(confirmed_by=None, confirmed_at=None)
    both = make_user(Role.BOARD_MEMBER, Role.OFFICE)

    response = signed_in(both).post(issue_page(application), filled(label="na lata siódme"))

    page = response.content.decode()
    assert response.status_code == 422
    assert "na lata siódme" in page
    assert reverse("name_forms", args=[application.institution.pk]) in page
    assert not Resolution.objects.exists()


def test_issuing_a_second_time_keeps_the_text(signed_in, member):
    application, client = board_case(), signed_in(member)
    client.post(issue_page(application), filled())

    response = client.post(issue_page(application), filled(label="na lata siódme"))

    assert response.status_code == 409
    assert "na lata siódme" in response.content.decode()
    assert Certificate.objects.count() == 1


def test_an_issued_case_leads_to_its_certificate(signed_in, member):
    certificate = issue()

    response = signed_in(member).get(issue_page(certificate.application))

    assert response.url == certificate.get_absolute_url()


def test_a_refused_case_has_nothing_to_issue(signed_in, member):
    response = signed_in(member).get(issue_page(make_application(State.REFUSED)))

    assert response.status_code == 409


BOARD = {Role.BOARD_MEMBER: 200, Role.RESPONSIBLE_BOARD_MEMBER: 200}
OTHERS = {
    Role.OFFICE: 403,
    Role.COMMITTEE_CHAIR: 403,
    Role.COMMITTEE_MEMBER: 403,
    Role.ASSESSOR: 404,
    Role.ADMINISTRATOR: 404,
}


@pytest.mark.parametrize(("role", "status"), (BOARD | OTHERS).items())
def test_who_may_issue(signed_in, role, status):
    application = board_case()
    client = signed_in(make_user(role))

    assert client.get(issue_page(application)).status_code == status
    preview = reverse("certificate_preview", args=[application.pk])
    assert client.post(preview, filled()).status_code == status
    if status != 200:
        assert client.post(issue_page(application), filled()).status_code == status
        assert not Certificate.objects.exists()


def test_a_board_member_with_a_conflict_of_interest(signed_in, member):
    application = board_case()
    ConflictDeclaration.objects.create(
        application=application, user=member, ground="advised", declared_by=member
    )

    assert signed_in(member).get(issue_page(application)).status_code == 404


def test_the_preview_is_a_pdf_and_leaves_nothing(signed_in, member):
    application = board_case()

    response = signed_in(member).post(
        reverse("certificate_preview", args=[application.pk]), filled()
    )

    assert response.headers["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")
    assert not StoredDocument.objects.exists()
    assert not Counter.objects.filter(series="CAL/OSL").exists()


PNG = "data:image/png;base64,"


def test_the_form_shows_the_certificate_before_anything_is_typed(signed_in, member):
    page = signed_in(member).get(issue_page(board_case())).content.decode()

    assert PNG in page


def test_typing_brings_a_new_picture_and_leaves_nothing(signed_in, member):
    application, client = board_case(), signed_in(member)
    preview = reverse("certificate_preview", args=[application.pk])
    changes = ({}, {"resolution_number": ""}, {"adopted_on": ""}, {"reason": "za wytrwałość"})
    parts = [
        client.post(preview, filled(**changed), headers={"hx-request": "true"}).content.decode()
        for changed in changes
    ]

    assert all(PNG in part and "<html" not in part for part in parts)
    assert len({part.partition("base64,")[2] for part in parts}) == 3  # the same day adopts it
    assert not StoredDocument.objects.exists()
    slip = client.post(preview, filled(place=""), headers={"hx-request": "true"})
    assert (slip.status_code, PNG in slip.content.decode()) == (200, False)


def test_without_a_confirmed_name_there_is_no_picture(signed_in, member):
    application = board_case()
    application.institution.name_forms.all().delete()
    page = signed_in(member).get(issue_page(application)).content.decode()

    assert PNG not in page
    assert "Nie ma podglądu" in page


def test_the_preview_of_a_form_with_a_slip(signed_in, member):
    response = signed_in(member).post(
        reverse("certificate_preview", args=[board_case().pk]), filled(place="")
    )

    assert response.status_code == 422
