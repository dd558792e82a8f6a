"""Handing out files: names, headers, and what a browser may show."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.http import FileResponse, Http404

from institutions.downloads import serve_revision
from institutions.models import EvidenceRevision
from tests.factories import make_evidence, make_institution

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored() -> Any:
    def store(filename: str = "a.pdf", content_type: str = "application/pdf") -> EvidenceRevision:
        evidence = make_evidence(make_institution()).evidence
        revision = EvidenceRevision(
            evidence=evidence,
            number=2,
            filename=filename,
            content_type=content_type,
            sha256="0",
            added_by=evidence.added_by,
        )
        revision.file.save("x.bin", ContentFile(b"tresc"), save=False)
        revision.save()
        return revision

    return store


@pytest.fixture
def served() -> Iterator[Any]:
    """Serve, and close what was opened when the test is over."""
    responses: list[FileResponse] = []

    def serve(revision: EvidenceRevision, *, inline: bool) -> FileResponse:
        responses.append(serve_revision(revision, inline=inline))
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
        ("video/mp4", "attachment"),
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
        serve_revision(make_evidence(make_institution()), inline=False)


def test_lost_file_is_not_found(stored: Any) -> None:
    revision = stored()
    Path(revision.file.path).unlink()
    with pytest.raises(Http404):
        serve_revision(revision, inline=False)
