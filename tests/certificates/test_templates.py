"""The designs of certificates, edition by edition: who keeps them, what they reach."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from certification import clock
from certification.audit.models import Event
from certification.certificates.defaults import issue_defaults
from certification.certificates.label import label_for, strangers
from certification.certificates.models import CertificateTemplate
from certification.certificates.printing import sheet_of
from certification.certificates.templates import change_template
from certification.errors import CannotDo
from institutions.states import Role
from tests.documents.sheets import spaced
from tests.factories import make_standard_set, make_user

from .factories import board_case, issue

pytestmark = pytest.mark.django_db
PNG = "data:image/png;base64,iVBOR"


def typed(**changed: Any) -> dict[str, Any]:
    return {
        "design": "modern",
        "orientation": "portrait",
        "reason": "za odwagę",
        "label": "na lata {od}–{do}",
        "place": "Kraków",
        "first_signatory": "Maria Próbna",
        "first_function": "Prezeska",
        "second_signatory": "",
        "second_function": "Skarbnik",
        **changed,
    }


@pytest.fixture
def application():
    return board_case()


@pytest.fixture
def keeper(signed_in) -> Client:
    return signed_in(make_user(Role.OFFICE))


def address(application, name="certificate_template"):
    return reverse(name, args=[application.standard_set.code])


KEEPERS = [Role.OFFICE, Role.ADMINISTRATOR, Role.RESPONSIBLE_BOARD_MEMBER]


@pytest.mark.parametrize("role", list(Role))
def test_who_keeps_them(signed_in, application, role):
    client = signed_in(make_user(role))
    status = 200 if role in KEEPERS else 403

    assert client.get(reverse("certificate_templates")).status_code == status
    assert client.get(address(application)).status_code == status
    preview = client.post(address(application, "certificate_template_preview"), typed())
    assert preview.status_code == status
    saved = client.post(address(application), typed())
    assert saved.status_code == (302 if role in KEEPERS else 403)
    assert CertificateTemplate.objects.count() == (role in KEEPERS)


def test_the_list_names_every_edition_with_its_design(keeper, application):
    page = keeper.get(reverse("certificate_templates")).content.decode()

    assert address(application) in page
    assert "klasyczny, z giloszową ramką" in page
    assert "jeszcze nie" in page


def test_the_list_is_linked_for_keepers_alone(signed_in, keeper):
    link = f'href="{reverse("certificate_templates")}"'

    assert link in keeper.get(reverse("certificate_list")).content.decode()
    member = signed_in(make_user(Role.BOARD_MEMBER))
    assert link not in member.get(reverse("certificate_list")).content.decode()


def test_saving_is_journalled_by_the_names_of_fields(keeper, application):
    response = keeper.post(address(application), typed(), follow=True)

    assert response.redirect_chain == [(address(application), 302)]
    template = CertificateTemplate.objects.get()
    assert (template.design, template.orientation, template.place) == (
        *("modern", "portrait", "Kraków"),
    )
    assert template.standard_set == application.standard_set
    event = Event.objects.get(verb="certificates.change_template")
    assert event.facts == {
        "fields": "design, first_function, first_signatory, orientation, place, reason, "
        "second_function"
    }
    assert event.label == "Zmieniono wzór certyfikatów"


def test_saving_the_same_again_leaves_no_event(keeper, application):
    for _time in range(2):
        keeper.post(address(application), typed())

    assert Event.objects.filter(verb="certificates.change_template").count() == 1


def test_the_form_of_a_new_certificate_begins_with_it(keeper, application):
    keeper.post(address(application), typed(label="od {od_dnia} do {do_dnia}"))

    suggested = issue_defaults(application, date(2026, 3, 9))

    assert (suggested.design, suggested.orientation) == ("modern", "portrait")
    assert (suggested.reason, suggested.place) == ("za odwagę", "Kraków")
    assert spaced(suggested.label) == "od 9 marca 2026 r. do 8 marca 2031 r."
    assert (suggested.first_signatory, suggested.first_function) == ("Maria Próbna", "Prezeska")
    assert (suggested.second_signatory, suggested.second_function) == ("", "Skarbnik")


def test_another_edition_keeps_its_own(keeper, application):
    keeper.post(address(application), typed())

    other = board_case(standard_set=make_standard_set(code="inny"))
    assert issue_defaults(other, clock.today()).design == "classic"


def test_an_issued_certificate_stays_as_it_was(keeper, application):
    certificate = issue(application)
    before = sheet_of(certificate)

    keeper.post(address(application), typed())

    certificate.refresh_from_db()
    assert sheet_of(certificate) == before
    assert (before.design, before.orientation) == ("classic", "landscape")


# --- preview ---------------------------------------------------------------------------------


def test_the_page_shows_how_it_looks(keeper, application):
    assert PNG in keeper.get(address(application)).content.decode()


def test_typing_brings_a_new_picture_and_stores_nothing(keeper, application):
    preview = address(application, "certificate_template_preview")
    page = [
        keeper.post(preview, typed(**changed), headers={"hx-request": "true"}).content.decode()
        for changed in ({}, {"design": "classic"}, {"reason": "za wytrwałość"})
    ]

    assert all(PNG in part and "<html" not in part for part in page)
    assert len({part.partition("base64,")[2] for part in page}) == 3
    assert "Próbny certyfikat: nowoczesny, bez ramki, pionowo" in page[0]
    assert not CertificateTemplate.objects.exists()
    assert not Event.objects.exists()


def test_without_scripts_the_whole_page_comes_back_with_what_was_typed(keeper, application):
    preview = address(application, "certificate_template_preview")
    response = keeper.post(preview, typed(place="Żywiec"))

    page = response.content.decode()
    assert response.status_code == 200
    assert 'value="Żywiec"' in page
    assert PNG in page


@pytest.mark.parametrize(
    ("slip", "message"),
    [
        ({"label": "na lata {rok}"}, "a nie {rok}"),
        ({"label": "na lata {od"}, "a nie {"),
        ({"reason": ""}, "To pole jest wymagane."),
        ({"design": "first"}, "first"),
        ({"reason": "a\nb\nc\nd\ne\nf\ng\nh"}, "więcej niż siedem wierszy"),
        ({"place": "中"}, "Tych znaków nie da się wydrukować: 中"),
    ],
)
def test_a_slip_is_told_and_nothing_is_lost(keeper, application, slip, message):
    response = keeper.post(address(application), typed(**{"place": "Żywiec", **slip}))

    page = response.content.decode()
    assert response.status_code == 422
    assert message in page
    assert "Maria Próbna" in page
    assert not CertificateTemplate.objects.exists()
    preview = address(application, "certificate_template_preview")
    part = keeper.post(preview, typed(**slip), headers={"hx-request": "true"})
    assert (part.status_code, PNG in part.content.decode()) == (200, False)


def test_a_draft_has_no_certificates_yet(keeper, application):
    draft = make_standard_set(code="szkic", published=False)
    response = keeper.get(reverse("certificate_template", args=[draft.code]))

    assert response.status_code == 404


def test_the_service_refuses_what_cannot_be_printed(application):
    with pytest.raises(CannotDo):
        change_template(application.standard_set, by=make_user(Role.OFFICE), place="中")
    assert not CertificateTemplate.objects.exists()


# --- the period ------------------------------------------------------------------------------


def test_label_fills_its_slots():
    days = date(2026, 3, 9), date(2031, 3, 8)

    assert label_for("na lata {od}–{do}", *days) == "na lata 2026–2031"
    assert label_for("do {do_dnia}", *days) == "do 8\xa0marca\xa02031\xa0r."
    assert label_for("{rok} {", *days) == "{rok} {"


def test_strangers_are_what_no_slot_is():
    assert strangers("na lata {od}–{do}") == []
    assert strangers("{rok} } {od}") == ["{rok}", "}"]
