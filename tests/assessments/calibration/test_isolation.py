"""Own judgement first, also of a sample: until a round is closed nothing of anybody's ratings
reaches anybody else, and afterwards nobody is named.
"""

import re

import pytest
from django.urls import reverse

from certification.applications.models import ConflictDeclaration
from certification.applications.states import State
from certification.assessments.calibration import services
from certification.outbox.models import Email
from institutions.states import Role
from tests.factories import make_application, make_institution, make_member, make_user

from .factories import close_row, make_round, make_sample_card, open_row

pytestmark = pytest.mark.django_db

CANARY, NAME = "KANAREK", "Kanarkowa Osoba"
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"|[?]v=[^"]+')
OWN = ("calibration_bench", "calibration_submit", "calibration_standing")
OF_OFFICE = (
    "calibration_detail", "calibration_edit", "calibration_discard", "calibration_open",
    "calibration_invite", "calibration_close",
)  # fmt: skip


def pages(calibration):
    """Every address that can be opened in whatever state, of this round and above it."""
    for name in (*OWN, *OF_OFFICE):
        yield reverse(name, args=[calibration.pk])
    for code in ("A1.1", "B1.1"):
        yield reverse("calibration_bench", args=[calibration.pk]) + f"?kryterium={code}"
        yield reverse("sample_edit", args=[calibration.pk, code])
    for card in calibration.cards.all():
        yield reverse("calibration_uninvite", args=[calibration.pk, card.pk])
    for name in ("calibration_list", "agreement_report", "assessment_list", "panel", "email_list"):
        yield reverse(name)


def bodies(client, calibration):
    return {
        address: (response.status_code, TOKEN.sub(b"", response.content))
        for address in pages(calibration)
        for response in [client.get(address)]
    }


@pytest.fixture
def calibration():
    return open_row()


def rate_with_canaries(calibration, **fields):
    person = make_user(Role.ASSESSOR, full_name=NAME)
    return make_sample_card(calibration, person, 3, strengths=CANARY, weaknesses=CANARY, **fields)


@pytest.mark.parametrize(
    "roles", [(Role.ASSESSOR,), (Role.OFFICE,), (Role.OFFICE, Role.ASSESSOR), tuple(Role)]
)
@pytest.mark.parametrize("submitted", [False, True])
def test_no_word_of_another_before_the_end(roles, submitted, calibration, signed_in):
    me = make_user(*roles)
    if Role.ASSESSOR in roles:
        make_sample_card(calibration, me, value=2, submitted=submitted)
    rate_with_canaries(calibration, submitted=True)
    for address, (_status, body) in bodies(signed_in(me), calibration).items():
        assert CANARY.encode() not in body, address


@pytest.mark.parametrize("roles", [(Role.ASSESSOR,), (Role.OFFICE, Role.ASSESSOR)])
def test_nothing_changes_when_another_rates_or_submits(roles, calibration, signed_in):
    """Not a count, a status or an order, for somebody who has not submitted."""
    me = make_user(*roles)
    make_sample_card(calibration, me, value=2)
    other = make_sample_card(calibration, make_user(Role.ASSESSOR))
    client = signed_in(me)
    before = bodies(client, calibration)
    for answer in calibration.rated():
        services.save_calibration_rating(
            other, answer.criterion, by=other.assessor,
            level=calibration.questions().levels[0], strengths="Jest.", weaknesses="",
        )  # fmt: skip
    services.submit_card(other, by=other.assessor)
    after = bodies(client, calibration)
    assert [page for page in before if before[page] != after[page]] == []
    assert not Email.objects.filter(person=me).exists()


def test_the_end_names_nobody(calibration, signed_in):
    mine = make_sample_card(calibration, value=2, submitted=True)
    rate_with_canaries(calibration, submitted=True)
    make_sample_card(calibration, value=1, submitted=True)
    close_row(calibration)
    address = reverse("calibration_standing", args=[calibration.pk])
    page = signed_in(mine.assessor).get(address)
    assert page.status_code == 200
    assert CANARY not in page.content.decode()  # levels alone, without what was written
    assert NAME not in page.content.decode()
    office = signed_in(make_user(Role.OFFICE)).get(calibration.get_absolute_url())
    assert CANARY in office.content.decode()
    assert NAME not in office.content.decode()
    for number in (mine.pk, mine.assessor_id):
        assert f"/{number}/" not in office.content.decode().replace(
            f"/kalibracja/{calibration.pk}/", ""
        )


def test_of_two_neither_sees_the_other(calibration, signed_in):
    mine = make_sample_card(calibration, value=2, submitted=True)
    rate_with_canaries(calibration, submitted=True)
    close_row(calibration)
    page = signed_in(mine.assessor).get(reverse("calibration_standing", args=[calibration.pk]))
    assert "3 – wzorcowo" not in page.content.decode()


def test_who_did_not_submit_sees_nothing_of_the_others(calibration, signed_in):
    mine = make_sample_card(calibration, value=2)
    for _person in range(3):
        make_sample_card(calibration, value=3, submitted=True)
    close_row(calibration)
    response = signed_in(mine.assessor).get(reverse("calibration_standing", args=[calibration.pk]))
    assert response["Location"] == reverse("calibration_bench", args=[calibration.pk])


# --- whose case it was ----------------------------------------------------------------------


@pytest.fixture
def copied():
    institution = make_institution(name="KANAREKNAZWA", town="Kanarkowo")
    case = make_application(State.CERTIFIED, institution=institution)
    return open_row(make_round(case, title="Runda próbna"))


def test_an_assessor_never_learns_whose_case_it_was(copied, signed_in):
    me = make_user(Role.ASSESSOR)
    make_sample_card(copied, me, value=2, submitted=True)
    for then in (close_row, str):
        for address, (_status, body) in bodies(signed_in(me), copied).items():
            assert b"KANAREKNAZWA" not in body, address
            assert (copied.source.number or "").encode() not in body, address
        then(copied)


def test_a_conflict_with_the_case_closes_the_round(copied, signed_in):
    office, assessor = make_user(Role.OFFICE), make_user(Role.ASSESSOR)
    make_sample_card(copied, assessor)
    clients = [signed_in(office), signed_in(assessor)]
    addresses = [
        reverse(name, args=[copied.pk]) for name in ("calibration_detail", "calibration_bench")
    ]
    assert [c.get(a).status_code for c, a in zip(clients, addresses, strict=True)] == [200, 200]
    for person in (office, assessor):
        ConflictDeclaration.objects.create(
            application=copied.source, user=person, ground="other", declared_by=person
        )
    assert [c.get(a).status_code for c, a in zip(clients, addresses, strict=True)] == [404, 404]
    for client in clients:
        assert copied.title not in client.get(reverse("calibration_list")).content.decode()


def test_a_case_closed_to_the_office_is_not_offered(signed_in):
    case = make_application(State.CERTIFIED, institution=make_institution(name="KANAREKNAZWA"))
    mine = make_member(case.institution, user=make_user(Role.OFFICE))
    page = signed_in(mine).get(reverse("calibration_create"))
    assert "KANAREKNAZWA" not in page.content.decode()
    refused = signed_in(mine).post(
        reverse("calibration_create"), {"title": "x", "basis": "kopia", "source": case.pk}
    )
    assert refused.status_code == 422
