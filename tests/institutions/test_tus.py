"""The tus protocol as a client speaks it: create, send, break off, ask, go on, throw away."""

import base64
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from certification import clock
from institutions.models import Evidence, Institution, Membership, Upload, User
from institutions.models.evidence import Form
from institutions.services.uploads import start_upload
from institutions.states import MemberRole
from tests.factories import days_from_today, make_evidence, make_institution, make_member

pytestmark = pytest.mark.django_db

CONTENT = bytes(range(256)) * 10
TUS = {"Tus-Resumable": "1.0.0"}


@pytest.fixture
def by(institution: Institution) -> User:
    return make_member(institution, MemberRole.EDITOR)


@pytest.fixture
def sender(by: User, signed_in: Any) -> Client:
    return signed_in(by)


@pytest.fixture
def upload(institution: Institution, by: User) -> Upload:
    return start_upload(institution, by=by, filename="Statut.pdf", size=len(CONTENT))


def address(upload: Upload) -> str:
    return f"/dowody/przesylanie/{upload.pk}/"


def create(client: Client, institution: Institution, **headers: str) -> Any:
    name = base64.b64encode("Uchwała zażółć.pdf".encode()).decode()
    given = TUS | {"Upload-Length": str(len(CONTENT)), "Upload-Metadata": f"filename {name}"}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post(
        f"/dowody/dodaj/{institution.pk}/przesylanie/",
        content_type="application/offset+octet-stream",
        headers=given,
    )


def patch(client: Client, upload: Upload, offset: int, content: bytes, **headers: str) -> Any:
    return client.patch(
        address(upload),
        content,
        content_type="application/offset+octet-stream",
        headers=TUS | {"Upload-Offset": str(offset)} | headers,
    )


def encoded(name: str) -> str:
    return f"filename {base64.b64encode(name.encode()).decode()},filetype YXBwbGljYXRpb24vcGRm"


def test_file_comes_in_pieces_and_breaks_off(
    sender: Client, institution: Institution, by: User
) -> None:
    created = create(sender, institution)
    assert (created.status_code, created["Tus-Resumable"]) == (201, "1.0.0")
    upload = Upload.objects.get()
    assert created["Location"] == address(upload)
    assert (upload.filename, upload.size) == ("Uchwała zażółć.pdf", len(CONTENT))
    assert (upload.started_by, upload.received) == (by, 0)

    first = patch(sender, upload, 0, CONTENT[:1000])
    assert (first.status_code, first["Upload-Offset"]) == (204, "1000")
    asked = sender.head(address(upload), headers=TUS)
    assert (asked.status_code, asked["Upload-Offset"]) == (200, "1000")
    assert (asked["Upload-Length"], asked["Cache-Control"]) == (str(len(CONTENT)), "no-store")
    assert asked["Upload-Expires"].endswith("GMT")

    rest = patch(sender, upload, 1000, CONTENT[1000:])
    assert (rest.status_code, rest["Upload-Offset"]) == (204, str(len(CONTENT)))
    assert upload.path.read_bytes() == CONTENT
    assert upload.is_complete


def test_options_says_what_is_possible(sender: Client, institution: Institution) -> None:
    answer = sender.options(f"/dowody/dodaj/{institution.pk}/przesylanie/")
    assert (answer.status_code, answer["Tus-Version"]) == (204, "1.0.0")
    assert answer["Tus-Extension"] == "creation,expiration,termination"
    assert answer["Tus-Max-Size"] == str(settings.EVIDENCE_MAX_BYTES)


def test_terminated_upload_is_gone(sender: Client, upload: Upload, by: User) -> None:
    upload.path.write_bytes(b"part")
    assert sender.delete(address(upload), headers=TUS).status_code == 204
    assert not Upload.objects.exists()
    assert sender.head(address(upload), headers=TUS).status_code == 404
    assert patch(sender, upload, 4, b"more").status_code == 404


@pytest.mark.parametrize("method", ["head", "patch", "delete", "post"])
def test_other_version_is_refused(
    sender: Client, institution: Institution, upload: Upload, method: str
) -> None:
    where = f"/dowody/dodaj/{institution.pk}/przesylanie/" if method == "post" else address(upload)
    answer = getattr(sender, method)(where, headers={"Tus-Resumable": "0.2.2"})
    assert (answer.status_code, answer["Tus-Version"]) == (412, "1.0.0")
    assert Upload.objects.count() == 1


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Upload_Length": ""}, 400),
        ({"Upload_Length": "-5"}, 400),
        ({"Upload_Length": "²"}, 400),
        ({"Upload_Length": "9" * 30}, 400),
        ({"Upload_Length": "0"}, 422),
        ({"Upload_Length": "999999999999"}, 413),
        ({"Upload_Defer_Length": "1"}, 400),
        ({"Upload_Metadata": ""}, 400),
        ({"Upload_Metadata": "filename"}, 422),
        ({"Upload_Metadata": "filename !!!"}, 400),
        ({"Upload_Metadata": "filename /w=="}, 400),
        ({"Upload_Metadata": encoded("wirus.exe")}, 422),
        ({"Upload_Metadata": encoded("bez rozszerzenia")}, 422),
    ],
)
def test_wrong_announcement_leaves_nothing(
    sender: Client, institution: Institution, headers: dict[str, str], status: int
) -> None:
    assert create(sender, institution, **headers).status_code == status
    assert not Upload.objects.exists()
    assert staged() == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/Statut.pdf", "Statut.pdf"),
        ("..\\..\\Statut.pdf", "Statut.pdf"),
        ("Sta\r\nSet-Cookie: x\0.pdf", "StaSet-Cookie_ x.pdf"),
        ("Statut\u202efdp.pdf", "Statutfdp.pdf"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_name_is_data(sender: Client, institution: Institution, given: str, kept: str) -> None:
    answer = create(sender, institution, Upload_Metadata=encoded(given))
    assert answer.status_code == 201
    upload = Upload.objects.get()
    assert upload.filename == kept
    assert [path.name for path in staged()] == [str(upload.pk)]


@pytest.mark.parametrize("offset", [0, 999, 1001, 5000])
def test_offset_that_lies_is_refused(sender: Client, upload: Upload, offset: int) -> None:
    upload.path.write_bytes(CONTENT[:1000])
    assert patch(sender, upload, offset, b"x").status_code == 409
    assert upload.path.read_bytes() == CONTENT[:1000]


def test_bytes_beyond_the_length_are_refused(sender: Client, upload: Upload) -> None:
    assert patch(sender, upload, 0, CONTENT + b"x").status_code == 413
    assert upload.received == 0


@pytest.mark.parametrize(
    ("headers", "status"), [({"Upload-Offset": ""}, 400), ({"Content-Length": "x"}, 400)]
)
def test_wrong_piece_is_refused(
    sender: Client, upload: Upload, headers: dict[str, str], status: int
) -> None:
    assert patch(sender, upload, 0, b"x", **headers).status_code == status
    assert upload.received == 0


def test_piece_of_another_type_is_refused(sender: Client, upload: Upload) -> None:
    answer = sender.patch(
        address(upload), b"x", content_type="text/plain", headers=TUS | {"Upload-Offset": "0"}
    )
    assert answer.status_code == 415


def test_bytes_that_were_lost_come_again(sender: Client, upload: Upload) -> None:
    upload.path.unlink()
    assert sender.head(address(upload), headers=TUS)["Upload-Offset"] == "0"
    assert patch(sender, upload, 0, CONTENT).status_code == 204
    assert upload.path.read_bytes() == CONTENT


def test_post_may_stand_for_another_method(sender: Client, upload: Upload) -> None:
    override = TUS | {"X-HTTP-Method-Override": "DELETE"}
    assert sender.get(address(upload), headers=override).status_code == 405
    assert sender.post(address(upload), headers=override).status_code == 204
    assert not Upload.objects.exists()


def test_forged_request_is_refused(by: User, upload: Upload, institution: Institution) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(by, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert patch(client, upload, 0, CONTENT).status_code == 403
    assert create(client, institution).status_code == 403
    client.get(f"/dowody/dodaj/{institution.pk}/")
    token = client.cookies[settings.CSRF_COOKIE_NAME].value
    assert patch(client, upload, 0, CONTENT, **{"X-CSRFToken": token}).status_code == 204


def test_upload_is_its_senders_own(
    upload: Upload, institution: Institution, signed_in: Any, client: Client
) -> None:
    colleague = signed_in(make_member(institution, MemberRole.CUSTODIAN))
    stranger = signed_in(make_member(make_institution()))
    for other in (colleague, stranger):
        assert other.head(address(upload), headers=TUS).status_code == 404
        assert patch(other, upload, 0, CONTENT).status_code == 404
        assert other.delete(address(upload), headers=TUS).status_code == 404
        assert other.post(f"{address(upload)}usun/").status_code == 404
    assert client.head(address(upload), headers=TUS).status_code == 403
    assert patch(client, upload, 0, CONTENT).status_code == 403
    assert Upload.objects.get().received == 0


def test_who_may_not_add_creates_nothing(institution: Institution, signed_in: Any) -> None:
    reader = signed_in(make_member(institution, MemberRole.READER))
    stranger = signed_in(make_member(make_institution()))
    assert create(reader, institution).status_code == 403
    assert create(stranger, institution).status_code == 404
    assert not Upload.objects.exists()


def test_ended_membership_stops_it_at_once(sender: Client, upload: Upload, by: User) -> None:
    assert patch(sender, upload, 0, CONTENT[:10]).status_code == 204
    Membership.objects.filter(user=by).update(until=days_from_today(-1))
    assert patch(sender, upload, 10, CONTENT[10:]).status_code == 404
    assert upload.received == 10


def test_lost_right_to_write_stops_it_at_once(sender: Client, upload: Upload, by: User) -> None:
    Membership.objects.filter(user=by).update(role=MemberRole.READER)
    assert patch(sender, upload, 0, CONTENT).status_code == 403
    assert upload.received == 0


def test_upload_is_kept_for_a_week(sender: Client, upload: Upload) -> None:
    week = timedelta(days=7)
    Upload.objects.update(started_at=clock.now() - week + timedelta(minutes=1))
    assert sender.head(address(upload), headers=TUS).status_code == 200
    Upload.objects.update(started_at=clock.now() - week)
    assert sender.head(address(upload), headers=TUS).status_code == 404


def test_answers_are_plain_sentences(sender: Client, institution: Institution) -> None:
    answer = create(sender, institution, Upload_Metadata=encoded("wirus.exe"))
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert ".exe" in answer.content.decode()


def test_removed_from_the_page(sender: Client, upload: Upload) -> None:
    answer = sender.post(f"{address(upload)}usun/")
    assert (answer.status_code, answer["Location"]) == (302, "/dowody/")
    assert not Upload.objects.exists()


def staged() -> list[Path]:
    root = Path(settings.UPLOADS_ROOT)
    return sorted(root.iterdir()) if root.exists() else []


# --- a newer version ------------------------------------------------------------------------


def in_library(institution: Institution, form: Form = Form.FILE) -> Evidence:
    evidence = make_evidence(institution).evidence
    evidence.form = form
    evidence.save()
    return evidence


def start_version(client: Client, evidence: Evidence) -> Any:
    given = {"Upload-Length": str(len(CONTENT)), "Upload-Metadata": encoded("Statut.pdf")}
    return client.post(f"/dowody/{evidence.pk}/wersja/przesylanie/", headers=TUS | given)


def test_version_comes_in_pieces_too(sender: Client, institution: Institution) -> None:
    evidence = in_library(institution)
    created = start_version(sender, evidence)
    upload = Upload.objects.get()
    assert (created.status_code, created["Location"]) == (201, address(upload))
    assert (upload.revises, upload.institution) == (evidence, institution)
    patch(sender, upload, 0, CONTENT[:1000])
    assert patch(sender, upload, 1000, CONTENT[1000:]).status_code == 204
    assert upload.is_complete


@pytest.mark.parametrize("form", [Form.LINK, Form.NOTE])
def test_no_file_is_a_version_of_a_text(
    sender: Client, institution: Institution, form: Form
) -> None:
    evidence = in_library(institution, form)
    assert start_version(sender, evidence).status_code == 422
    assert not Upload.objects.exists()


def test_version_keeps_within_the_room(sender: Client, institution: Institution) -> None:
    evidence = in_library(institution)
    institution.evidence_quota = len(CONTENT)
    institution.save()
    assert start_version(sender, evidence).status_code == 413
    assert not Upload.objects.exists()


def test_who_may_not_revise_starts_no_version(institution: Institution, signed_in: Any) -> None:
    evidence = in_library(institution)
    reader = signed_in(make_member(institution, MemberRole.READER))
    assert start_version(reader, evidence).status_code == 403
    outsider = signed_in(make_member(make_institution()))
    assert start_version(outsider, evidence).status_code == 404
    assert not Upload.objects.exists()
