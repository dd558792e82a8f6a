"""Handing out files: names, headers, and what a browser may show."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from django.http import Http404, HttpResponseBase
from django.test import RequestFactory

from institutions.downloads import serve_file
from institutions.models import EvidenceRevision
from tests.factories import make_evidence, make_institution

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored() -> Any:
    def store(filename: str = "a.pdf", content_type: str = "application/pdf") -> EvidenceRevision:
        evidence = make_evidence(make_institution()).evidence
        sha256 = hashlib.sha256(b"tresc").hexdigest()
        revision = EvidenceRevision(
            evidence=evidence,
            number=2,
            filename=filename,
            content_type=content_type,
            sha256=sha256,
            added_by=evidence.added_by,
        )
        revision.file.save("x.bin", ContentFile(b"tresc"), save=False)
        revision.save()
        return revision

    return store


@pytest.fixture
def served() -> Iterator[Any]:
    """Serve, and close what was opened when the test is over."""
    responses: list[Any] = []

    def serve(
        revision: EvidenceRevision, *, inline: bool = False, method: str = "GET", **headers: str
    ) -> HttpResponseBase:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = RequestFactory().generic(method, "/", headers=named)
        responses.append(serve_file(request, revision, inline=inline))
        return responses[-1]

    yield serve
    for response in responses:
        response.close()


def test_file_is_an_attachment_by_default(stored: Any, served: Any) -> None:
    response = served(stored(), inline=False)
    assert b"".join(response) == b"tresc"
    assert response["Content-Disposition"] == 'attachment; filename="a.pdf"'
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == "5"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("content_type", "disposition"),
    [
        ("application/pdf", "inline"),
        ("image/jpeg", "inline"),
        ("image/png", "inline"),
        ("image/webp", "inline"),
        ("text/plain", "inline"),
        ("text/csv", "attachment"),
        ("text/html", "attachment"),
        ("image/svg+xml", "attachment"),
        ("video/mp4", "inline"),
        ("audio/mpeg", "inline"),
        ("application/zip", "attachment"),
        ("", "attachment"),
    ],
)
def test_only_safe_kinds_are_inline(
    stored: Any, served: Any, content_type: str, disposition: str
) -> None:
    response = served(stored(content_type=content_type), inline=True)
    assert response["Content-Disposition"].split(";")[0] == disposition
    assert "sandbox" in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("filename", "header"),
    [
        (
            "Zażółć gęślą.pdf",
            "filename*=utf-8''Za%C5%BC%C3%B3%C5%82%C4%87%20g%C4%99%C5%9Bl%C4%85.pdf",
        ),
        ("a\r\nSet-Cookie: x=1.pdf", 'filename="aSet-Cookie_ x=1.pdf"'),
        ("../../etc/passwd.pdf", 'filename="passwd.pdf"'),
        ("fdp.\u202egpj.pdf", 'filename="fdp.gpj.pdf"'),
    ],
)
def test_name_stays_a_name(stored: Any, served: Any, filename: str, header: str) -> None:
    disposition = served(stored(filename), inline=False)["Content-Disposition"]
    assert "\n" not in disposition
    assert "\r" not in disposition
    assert disposition.partition("; ")[2] == header


def test_text_is_said_to_be_utf_8(stored: Any, served: Any) -> None:
    response = served(stored("a.txt", "text/plain"), inline=True)
    assert response["Content-Type"] == "text/plain; charset=utf-8"


def test_note_has_no_file() -> None:
    with pytest.raises(Http404):
        serve_file(RequestFactory().get("/"), make_evidence(make_institution()), inline=False)


@pytest.mark.parametrize("prefix", ["", "/chronione/"])
def test_lost_file_is_not_found(stored: Any, served: Any, settings: Any, prefix: str) -> None:
    settings.X_ACCEL_PREFIX = prefix
    revision = stored()
    Path(revision.file.path).unlink()
    with pytest.raises(Http404):
        served(revision)


SAFE = ("Cache-Control", "Content-Security-Policy", "X-Content-Type-Options", "Content-Disposition")


def test_part_is_as_safe_as_the_whole(stored: Any, served: Any) -> None:
    revision = stored()
    whole, part = served(revision), served(revision, Range="bytes=1-3")
    assert part.status_code == 206
    assert b"".join(part) == b"res"
    assert part["Content-Range"] == "bytes 1-3/5"
    assert part["Content-Length"] == "3"
    assert [part[name] for name in SAFE] == [whole[name] for name in SAFE]
    assert whole["Accept-Ranges"] == "bytes"
    assert whole["ETag"] == part["ETag"] == f'"{revision.sha256}"'


def test_part_behind_the_end_is_refused(stored: Any, served: Any) -> None:
    response = served(stored(), Range="bytes=5-")
    assert response.status_code == 416
    assert response["Content-Range"] == "bytes */5"
    assert response["Cache-Control"] == "private, no-store"
    assert response.content == b""


def test_part_of_another_version_is_the_whole(stored: Any, served: Any) -> None:
    revision = stored()
    same = served(revision, Range="bytes=1-3", If_Range=f'"{revision.sha256}"')
    other = served(revision, Range="bytes=1-3", If_Range='"another"')
    by_day = served(revision, Range="bytes=1-3", If_Range="Sun, 22 Nov 2026 10:00:00 GMT")
    assert [one.status_code for one in (same, other, by_day)] == [206, 200, 200]
    assert b"".join(other) == b"tresc"


def test_several_parts_at_once_are_the_whole(stored: Any, served: Any) -> None:
    response = served(stored(), Range="bytes=0-1,3-4")
    assert (response.status_code, b"".join(response)) == (200, b"tresc")


def test_head_says_the_size_and_ignores_parts(stored: Any, served: Any) -> None:
    response = served(stored(), method="HEAD", Range="bytes=1-3")
    assert (response.status_code, response.content) == (200, b"")
    assert response["Content-Length"] == "5"
    assert response["Accept-Ranges"] == "bytes"


def test_file_is_left_to_nginx_where_one_is_set(stored: Any, served: Any, settings: Any) -> None:
    settings.X_ACCEL_PREFIX = "/chronione/"
    revision = stored("Zażółć.pdf")
    revision.file.name = revision.file.name.replace(".bin", " ż%.bin")
    Path(revision.file.path).write_bytes(b"tresc")
    response = served(revision, Range="bytes=1-3")
    assert response.status_code == 200
    assert response.content == b""
    assert response["X-Accel-Redirect"].startswith("/chronione/evidence/")
    assert response["X-Accel-Redirect"].endswith("%20%C5%BC%25.bin")
    assert response["Content-Type"] == "application/pdf"
    assert "ETag" not in response
    assert all(response[name] for name in SAFE)


def test_file_elsewhere_is_not_left_to_nginx(stored: Any, served: Any, settings: Any) -> None:
    settings.X_ACCEL_PREFIX = "/chronione/"
    revision = stored()
    revision.file.storage = InMemoryStorage()
    revision.file.name = revision.file.storage.save("a.bin", ContentFile(b"tresc"))
    response = served(revision, Range="bytes=0-1")
    assert "X-Accel-Redirect" not in response
    assert b"".join(response) == b"tr"
