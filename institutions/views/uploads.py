"""Sending a file in pieces that may break off (tus 1.0), and throwing one away."""

import errno
import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.http.request import UnreadablePostError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from certification.permitted import permitted
from institutions.models import Evidence, Institution, Upload
from institutions.receiving import staging, tus
from institutions.requests import SignedInRequest
from institutions.services.uploads import discard_upload, start_upload
from institutions.views.way_back import way_back

FULL = {errno.ENOSPC, errno.EDQUOT}


@tus.spoken
def upload_start(request: SignedInRequest, institution_pk: int) -> HttpResponse:
    """OPTIONS says what we can do, POST announces a file: its length and, as metadata, its name."""
    institution = permitted(
        Institution, request.user, "institutions.add_evidence", pk=institution_pk
    )
    return _start(request, institution)


@tus.spoken
def version_start(request: SignedInRequest, pk: int) -> HttpResponse:
    """As `upload_start`, of a file that is to be a newer version of a piece of evidence."""
    evidence = permitted(
        Evidence.objects.select_related("institution"),
        request.user,
        "institutions.revise_evidence",
        pk=pk,
    )
    return _start(request, evidence.institution, revises=evidence)


@tus.spoken
def upload(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """HEAD says how much came, PATCH brings more, DELETE throws the file away."""
    found = permitted(
        Upload.objects.select_related("institution"),
        request.user,
        "institutions.continue_upload",
        pk=pk,
    )
    method = tus.method_of(request)
    if method == "OPTIONS":
        return tus.abilities()
    if method not in {"HEAD", "PATCH", "DELETE"}:
        return _not_allowed("OPTIONS, HEAD, PATCH, DELETE")
    tus.check_version(request)
    if method == "DELETE":
        discard_upload(found)
        return tus.answer(204)
    return _where_it_stands(found) if method == "HEAD" else _more_of(found, request)


@require_POST
def upload_discard(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Throw a file away from a page; `next` says which."""
    found = permitted(
        Upload.objects.select_related("institution"),
        request.user,
        "institutions.continue_upload",
        pk=pk,
    )
    discard_upload(found)
    messages.success(request, _("Removed: “%(file)s”.") % {"file": found.filename})
    return redirect(way_back(request) or "evidence_list")


def _start(
    request: SignedInRequest, institution: Institution, revises: Evidence | None = None
) -> HttpResponse:
    method = tus.method_of(request)
    if method == "OPTIONS":
        return tus.abilities()
    if method != "POST":
        return _not_allowed("OPTIONS, POST")
    tus.check_version(request)
    size, filename = tus.announced_size(request), tus.filename_of(request)
    upload = start_upload(
        institution, by=request.user, filename=filename, size=size, revises=revises
    )
    response = tus.answer(201, upload=upload)
    response["Location"] = reverse("upload", args=[upload.pk])
    return response


def _where_it_stands(found: Upload) -> HttpResponse:
    response = tus.answer(200, upload=found)
    response["Upload-Offset"] = str(found.received)
    response["Upload-Length"] = str(found.size)
    return response


def _more_of(found: Upload, request: SignedInRequest) -> HttpResponse:
    """Write what comes. Where the connection breaks, all that came until then stays."""
    offset, length = tus.offset_of(request), tus.length_of_body(request)
    if offset != found.received:
        raise tus.Misspoken(409, f"Upload-Offset: {found.received}")
    if length > found.size - offset:
        raise tus.Misspoken(413, f"Upload-Length: {found.size}")
    try:
        reached = staging.append(found, offset=offset, length=length, stream=request)
    except staging.OffsetMoved as error:
        raise tus.Misspoken(409, f"Upload-Offset: {found.received}") from error
    except UnreadablePostError as error:  # nobody is there to read this
        raise tus.Misspoken(400, f"Upload-Offset: {found.received}") from error
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise tus.Misspoken(507, _("The server has no room left. Try again later.")) from error
    response = tus.answer(204, upload=found)
    response["Upload-Offset"] = str(reached)
    return response


def _not_allowed(methods: str) -> HttpResponse:
    response = tus.answer(405, methods)
    response["Allow"] = methods
    return response
