"""Pages of charges, for each role."""

import pytest
from django.urls import reverse

from certification import clock
from certification.applications.models import ConflictDeclaration
from certification.certificates.models import Charges
from certification.certificates.withdrawing.services import reply_to_charges, state_charges
from institutions.states import MemberRole, Role
from tests.certificates.factories import charges_row, withdraw_row, write_certificate
from tests.factories import days_from_today, make_institution, make_member, make_user

pytestmark = pytest.mark.django_db

SECRET = "kanarekzarzutow"


@pytest.fixture
def certificate():
    return write_certificate(1, issued_on=days_from_today(-300))


@pytest.fixture
def charges(certificate):
    """The last day of the reply has passed."""
    return charges_row(certificate, days_from_today(-15), text=SECRET)


@pytest.fixture
def chair():
    return make_user(Role.COMMITTEE_CHAIR)


def page(name, thing):
    return reverse(name, args=[thing.pk])


def test_the_chair_states_charges(signed_in, certificate, chair):
    client, url = signed_in(chair), page("charges_state", certificate)
    assert url in client.get(certificate.get_absolute_url()).content.decode()
    assert 'value="14"' in client.get(url).content.decode()

    response = client.post(url, {"text": "Zarzut.", "days": 20, "confirmed": "on"})

    charges = Charges.objects.get()
    assert response.url == charges.get_absolute_url()
    assert client.get(url).url == charges.get_absolute_url()
    pdf = client.get(page("charges_pdf", charges))
    assert pdf.headers["Content-Type"] == "application/pdf"
    again = client.post(url, {"text": "Drugi raz.", "days": 20, "confirmed": "on"})
    assert again.status_code == 409
    assert "Drugi raz." in again.content.decode()


@pytest.mark.parametrize("changed", [{"text": ""}, {"days": 0}, {"days": 91}, {"confirmed": ""}])
def test_charges_that_are_not_whole_come_back(signed_in, certificate, chair, changed):
    facts = {"text": "Zarzut.", "days": 14, "confirmed": "on", **changed}

    response = signed_in(chair).post(page("charges_state", certificate), facts)

    assert response.status_code == 422
    assert facts["text"] in response.content.decode()


def test_the_proposed_time_is_a_setting(signed_in, certificate, chair, settings):
    settings.CHARGES_REPLY_DAYS = 21
    form = signed_in(chair).get(page("charges_state", certificate)).content.decode()
    assert 'value="21"' in form


def test_the_holder_replies(signed_in, charges, chair):
    client = signed_in(make_member(charges.certificate.institution, MemberRole.EDITOR))
    url = page("charges_reply", charges)
    assert SECRET in client.get(url).content.decode()
    assert client.post(url, {"text": ""}).status_code == 422

    assert client.post(url, {"text": "Odpowiadamy."}).url == charges.get_absolute_url()

    read = signed_in(chair).get(charges.get_absolute_url()).content.decode()
    assert "Odpowiadamy." in read
    assert "po terminie" in read


def test_the_office_notes_a_reply(signed_in, charges):
    client, url = signed_in(make_user(Role.OFFICE)), page("charges_note_reply", charges)
    assert client.post(url, {"text": "List."}).status_code == 422

    facts = {"text": "List.", "received_on": days_from_today(-3)}
    assert client.post(url, facts).url == charges.get_absolute_url()

    assert "Wpłynęła na papierze" in client.get(charges.get_absolute_url()).content.decode()


def test_the_chair_drops_charges(signed_in, charges, chair):
    client, url = signed_in(chair), page("charges_drop", charges)
    assert client.post(url, {"reason": ""}).status_code == 422

    assert client.post(url, {"reason": "Wyjaśniono."}).url == charges.get_absolute_url()

    assert "Wyjaśniono." in client.get(charges.get_absolute_url()).content.decode()
    assert client.get(url).url == charges.get_absolute_url()
    assert client.post(url, {"reason": "Jeszcze raz."}).status_code == 409


def test_the_chair_withdraws(signed_in, charges, chair):
    client, url = signed_in(chair), page("charges_withdraw", charges)
    facts = {"withdrawn_on": clock.today(), "reason": "Powód dla wszystkich.", "confirmed": "on"}
    for changed in ({"confirmed": ""}, {"reason": ""}, {"withdrawn_on": ""}):
        assert client.post(url, facts | changed).status_code == 422

    assert client.post(url, facts).url == charges.get_absolute_url()

    assert charges.certificate.withdrawal.reason == "Powód dla wszystkich."
    overtaken = client.post(url, facts | {"reason": "Inne słowa."})
    assert overtaken.status_code == 409
    assert "Inne słowa." in overtaken.content.decode()


def test_too_early_the_page_says_from_which_day(signed_in, certificate, chair):
    charges = charges_row(certificate, clock.today())
    client, url = signed_in(chair), page("charges_withdraw", charges)

    read = client.get(charges.get_absolute_url()).content.decode()
    assert url not in read
    assert "Komisja rozstrzyga po odpowiedzi, a bez niej najwcześniej" in read
    facts = {"withdrawn_on": clock.today(), "reason": "Już.", "confirmed": "on"}
    refused = client.post(url, facts)
    assert refused.status_code == 422
    assert "Komisja rozstrzyga po odpowiedzi posiadacza" in refused.content.decode()


def test_charges_stated_by_mistake_are_taken_back(signed_in, certificate, chair):
    charges = charges_row(certificate, clock.today())
    client, url = signed_in(chair), page("charges_drop", charges)
    assert (
        "Wycofaj zarzuty przedstawione omyłkowo"
        in client.get(charges.get_absolute_url()).content.decode()
    )
    assert "wycofuje się tylko zarzuty przedstawione omyłkowo" in client.get(url).content.decode()

    assert client.post(url, {"reason": "Zły numer."}).url == charges.get_absolute_url()

    holder = signed_in(make_member(certificate.institution))
    read = holder.get(charges.get_absolute_url()).content.decode()
    assert "Zarzuty przedstawione omyłkowo, wycofane" in read
    assert "Zły numer." in read


ROLES = (
    *(Role.COMMITTEE_CHAIR, Role.COMMITTEE_MEMBER, Role.OFFICE, Role.BOARD_MEMBER),
    *(Role.RESPONSIBLE_BOARD_MEMBER, Role.ASSESSOR, Role.ADMINISTRATOR),
)
CHAIR = (200, 403, 403, 403, 403, 404, 404)


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("charges_detail", (200, 200, 200, 200, 200, 404, 404)),
        ("charges_drop", CHAIR),
        ("charges_withdraw", CHAIR),
        ("charges_reply", (403, 403, 403, 403, 403, 404, 404)),
        ("charges_note_reply", (403, 403, 200, 403, 403, 404, 404)),
    ],
)
def test_who_may_what(signed_in, charges, name, answers):
    url = page(name, charges)
    assert tuple(signed_in(make_user(role)).get(url).status_code for role in ROLES) == answers


@pytest.mark.parametrize(
    ("role", "detail", "reply"),
    [
        (MemberRole.CUSTODIAN, 200, 200),
        (MemberRole.EDITOR, 200, 200),
        (MemberRole.READER, 200, 403),
    ],
)
def test_what_the_holder_may(signed_in, charges, role, detail, reply):
    client = signed_in(make_member(charges.certificate.institution, role))
    assert client.get(charges.get_absolute_url()).status_code == detail
    assert client.get(page("charges_reply", charges)).status_code == reply
    for name in ("charges_drop", "charges_withdraw", "charges_note_reply"):
        assert client.get(page(name, charges)).status_code == 403


def test_a_conflict_closes_the_charges(signed_in, charges, chair):
    ConflictDeclaration.objects.create(
        application=charges.certificate.application, user=chair, ground="works", declared_by=chair
    )
    client = signed_in(chair)

    assert client.get(charges.get_absolute_url()).status_code == 404
    assert client.post(page("charges_drop", charges), {"reason": "x"}).status_code == 404
    seen = client.get(charges.certificate.get_absolute_url()).content.decode()
    assert charges.get_absolute_url() not in seen


def test_old_charges_have_no_paper(signed_in, charges, chair):
    client = signed_in(chair)
    assert client.get(page("charges_pdf", charges)).status_code == 404
    assert (
        page("charges_pdf", charges) not in client.get(charges.get_absolute_url()).content.decode()
    )


def test_nobody_else_learns_of_charges(client, signed_in, certificate, chair):
    charges = state_charges(certificate, by=chair, text=SECRET, days=14)
    reply_to_charges(charges, by=make_user(), text=SECRET)
    serial, year = certificate.short_number.split("/")
    public = [
        *(reverse(name) for name in ("register", "register_csv", "register_json")),
        *(reverse(name) for name in ("register_api", "register_changes", "issued_files_json")),
        reverse("certificate_json", args=[serial, year]),
        reverse("certificate_badge", args=[serial, year, "pl"]),
        reverse("verification_code", args=[certificate.code]),
        reverse("verification") + f"?q={charges.number}",
        reverse("holder", args=[certificate.institution_id, "x"]),
    ]
    stranger = signed_in(make_member(make_institution()))
    theirs = ["panel", "certificate_list"]
    for url in public:
        for who in (client, stranger):
            read = who.get(url, follow=True).getvalue().decode()
            assert SECRET not in read
            assert charges.get_absolute_url() not in read
            assert "zarzut" not in read.lower()
    for name in theirs:
        assert "zarzut" not in stranger.get(reverse(name)).content.decode().lower()
    for name in ("charges_detail", "charges_pdf", "charges_reply"):
        assert stranger.get(page(name, charges)).status_code == 404


def test_a_withdrawn_one_shows_its_charges_to_those_who_handle_it_alone(
    client, signed_in, certificate
):
    withdraw_row(certificate, clock.today())
    url = certificate.charges.get().get_absolute_url()

    office = signed_in(make_user(Role.OFFICE)).get(certificate.get_absolute_url())
    assert url in office.content.decode()
    public = client.get(reverse("verification_code", args=[certificate.code])).content.decode()
    assert "Instytucja przestała działać." in public
    assert "Zarzuty na piśmie." not in public


def test_panels_say_what_waits(signed_in, charges, chair):
    members = {
        role: make_member(charges.certificate.institution, role)
        for role in (MemberRole.CUSTODIAN, MemberRole.READER)
    }

    def waits_for(user):
        return charges.get_absolute_url() in signed_in(user).get(reverse("panel")).content.decode()

    assert waits_for(chair)
    assert waits_for(members[MemberRole.CUSTODIAN])
    assert not waits_for(members[MemberRole.READER])
    assert not waits_for(make_user(Role.COMMITTEE_MEMBER))
    reply_to_charges(charges, by=members[MemberRole.CUSTODIAN], text="Tak.")
    assert waits_for(chair)
    assert not waits_for(members[MemberRole.CUSTODIAN])


def test_the_chair_need_not_look_before_it_can_be_decided(signed_in, certificate, chair):
    charges = charges_row(certificate, clock.today())
    panel = signed_in(chair).get(reverse("panel")).content.decode()
    assert charges.get_absolute_url() not in panel
