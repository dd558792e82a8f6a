"""An institution that lost its custodian is given to another by a written request on file."""

import hashlib
import io

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from PIL import Image

from certification import clock
from certification.audit.models import Event
from certification.errors import CannotDo
from institutions.models import CustodyRequest, Invitation, Membership, User
from institutions.services.custody import request_custody
from institutions.services.invitations import accept_invitation, cancel_invitation, invite_member
from institutions.states import MemberRole, Role, Verb
from tests.factories import days_from_today, make_institution, make_member, make_user

pytestmark = pytest.mark.django_db
CUSTODIAN, EDITOR = MemberRole.CUSTODIAN, MemberRole.EDITOR


@pytest.fixture
def office():
    return make_user(Role.OFFICE)


def scan(name="wniosek.png"):
    picture = io.BytesIO()
    Image.new("RGB", (40, 60), "white").save(picture, "PNG")
    return ContentFile(picture.getvalue(), name=name)


def file_request(institution, by, **fields):
    fields = {
        "signatories": "Jan Nowak, dyrektor",
        "received_on": clock.today(),
        "file": scan(),
        "email": "nowa@example.org",
        "full_name": "Nowa Opiekunka",
    } | fields
    return request_custody(institution, by=by, **fields)


def custodians(institution):
    in_force = Membership.objects.in_force(clock.today()).filter(role=CUSTODIAN)
    return {one.user for one in in_force.filter(institution=institution)}


# --- the verb -------------------------------------------------------------------------------


def test_request_is_on_file_and_the_new_custodian_is_invited(
    institution, office, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        filed = file_request(institution, office, note=" Znak 12/2026 ")
    with filed.file.open("rb") as file:
        stored = file.read()
    assert filed.sha256 == hashlib.sha256(stored).hexdigest()
    assert (filed.size, filed.filename, filed.note) == (len(stored), "wniosek.png", "Znak 12/2026")
    assert filed.file.name.startswith(f"custody/{institution.pk}/")
    assert "wniosek" not in filed.file.name
    assert (filed.invitation.email, filed.invitation.role) == ("nowa@example.org", CUSTODIAN)
    assert [message.to for message in mail.outbox] == [["nowa@example.org"]]
    verbs = list(Event.objects.order_by("seq").values_list("verb", flat=True))
    assert verbs == [Verb.INVITE_MEMBER, Verb.REQUEST_CUSTODY]


def test_those_who_left_lose_access_when_it_is_accepted_and_not_before(institution, office):
    gone, stays = make_member(institution), make_member(institution)
    filed = file_request(institution, office, leaving=[gone.memberships.get()])
    assert custodians(institution) == {gone, stays}
    person = make_user(email="nowa@example.org")
    accept_invitation(filed.invitation, by=person)
    assert custodians(institution) == {person, stays}
    assert gone.memberships.get().until == days_from_today(-1)


def test_editor_of_the_institution_becomes_its_custodian(institution, office):
    gone = make_member(institution)
    editor = make_member(institution, EDITOR, email="nowa@example.org")
    filed = file_request(institution, office, leaving=[gone.memberships.get()])
    accept_invitation(filed.invitation, by=editor)
    assert custodians(institution) == {editor}


def test_only_present_custodians_of_this_institution_can_be_named(institution, office):
    foreign = make_member(make_institution())
    editor = make_member(institution, EDITOR)
    leaving = [foreign.memberships.get(), editor.memberships.get()]
    assert list(file_request(institution, office, leaving=leaving).leaving.all()) == []


def test_custodian_is_not_asked_for_again(institution, office):
    make_member(institution, email="nowa@example.org")
    with pytest.raises(CannotDo):
        file_request(institution, office)


def test_open_invitation_of_a_lesser_kind_is_replaced(institution, office):
    earlier = invite_member(institution, by=office, email="nowa@example.org", role=EDITOR)
    file_request(institution, office)
    earlier.refresh_from_db()
    assert earlier.cancelled_at


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("wniosek.exe", b"MZ"),
        ("wniosek.png", b"<html>"),
        ("wniosek.txt", b"Wnioskujemy"),
        ("wniosek.png", b""),
    ],
)
def test_what_is_no_paper_is_refused_and_nothing_stays(name, content, institution, office):
    with pytest.raises(CannotDo):
        file_request(institution, office, file=ContentFile(content, name=name))
    assert CustodyRequest.objects.count() == Invitation.objects.count() == 0
    assert not default_storage.exists(f"custody/{institution.pk}") or not any(
        default_storage.listdir(f"custody/{institution.pk}")
    )


def test_file_goes_again_when_the_row_cannot_be_written(institution, office):
    make_member(institution, email="nowa@example.org")
    with pytest.raises(CannotDo):
        file_request(institution, office)
    assert default_storage.listdir(f"custody/{institution.pk}")[1] == []


def test_custodian_cannot_undo_what_a_written_request_brought(institution, office, signed_in):
    old = make_member(institution)
    invitation = file_request(institution, office).invitation
    for name in ("invitation_cancel", "invitation_resend"):
        address = reverse(name, args=[institution.pk, invitation.pk])
        assert signed_in(old).post(address).status_code == 403
    with pytest.raises(CannotDo):
        invite_member(institution, by=old, email="nowa@example.org", role=MemberRole.READER)
    cancel_invitation(invitation, by=office)


def test_database_keeps_the_request_as_it_was_filed(institution, office):
    filed = file_request(institution, office)
    for change in (
        lambda: CustodyRequest.objects.filter(pk=filed.pk).update(note="inaczej"),
        lambda: CustodyRequest.objects.filter(pk=filed.pk).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


# --- pages ----------------------------------------------------------------------------------


def typed(**fields):
    return {
        "signatories": "Jan Nowak, dyrektor",
        "received_on": clock.today().isoformat(),
        "email": "nowa@example.org",
        "full_name": "Nowa Opiekunka",
        "file": SimpleUploadedFile("wniosek.png", scan().read()),
    } | fields


def test_office_files_a_request(institution, office, signed_in):
    gone = make_member(institution)
    client, address = signed_in(office), reverse("custody_request", args=[institution.pk])
    assert client.get(address).status_code == 200
    response = client.post(address, typed(leaving=[gone.memberships.get().pk]))
    assert response.url == institution.get_absolute_url()
    filed = institution.custody_requests.get()
    assert [one.user for one in filed.leaving.all()] == [gone]
    page = client.get(response.url).content.decode()
    assert "Jan Nowak, dyrektor" in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"received_on": days_from_today(1).isoformat()},
        {"email": "x"},
        {"signatories": ""},
        {"leaving": ["999999"]},
        {"file": SimpleUploadedFile("wniosek.png", b"<html>")},
        {"file": SimpleUploadedFile("wniosek.txt", b"Wnioskujemy")},
    ],
)
def test_bad_request_comes_back(wrong, institution, office, signed_in):
    make_member(institution)
    address = reverse("custody_request", args=[institution.pk])
    assert signed_in(office).post(address, typed(**wrong)).status_code == 422
    assert CustodyRequest.objects.count() == 0


def test_scan_is_opened_by_the_office_and_administrators_alone(institution, office, signed_in):
    filed = file_request(institution, office)
    address = reverse("custody_file", args=[institution.pk, filed.pk])
    for role in (Role.OFFICE, Role.ADMINISTRATOR):
        response = signed_in(make_user(role)).get(address)
        assert response.status_code == 200
        assert hashlib.sha256(response.getvalue()).hexdigest() == filed.sha256
        assert response["Content-Disposition"].startswith("attachment")
        assert "sandbox" in response["Content-Security-Policy"]
        assert "no-store" in response["Cache-Control"]
    assert signed_in(make_member(institution)).get(address).status_code == 403
    assert signed_in(make_user(Role.BOARD_MEMBER)).get(address).status_code == 403
    assert signed_in(make_user(Role.ASSESSOR)).get(address).status_code == 404
    elsewhere = reverse("custody_file", args=[make_institution().pk, filed.pk])
    assert signed_in(office).get(elsewhere).status_code == 404


def test_others_file_no_request_and_see_none(institution, office, signed_in):
    file_request(institution, office, signatories="Kanarek Wnioskowy")
    address = reverse("custody_request", args=[institution.pk])
    for who in (make_member(institution), make_user(Role.BOARD_MEMBER)):
        client = signed_in(who)
        assert client.post(address, typed()).status_code == 403
        assert "Kanarek" not in client.get(institution.get_absolute_url()).content.decode()
    assert User.objects.filter(email="nowa@example.org").count() == 0
