"""The tus protocol 1.0.0 (tus.io): what its headers say, and its answers.

The core, with the extensions creation, expiration and termination. The views are in
views/uploads.py; what happens to the bytes, in staging.py.
"""

import base64
import binascii
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import http_date
from django.utils.translation import gettext as _

from certification.errors import CannotDo
from institutions.models import Upload
from institutions.services.uploads import TooLarge

VERSION = "1.0.0"
EXTENSIONS = "creation,expiration,termination"
CONTENT_TYPE = "application/offset+octet-stream"
_LONGEST_NUMBER = 15  # digits


class Misspoken(Exception):
    """The request is not as the protocol has it; `status` says how."""

    def __init__(self, status: int, text: str = "") -> None:
        self.status = status
        super().__init__(text)


def spoken(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view answer in the protocol: plain sentences, its headers, never stored."""

    @wraps(view)
    def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except Misspoken as error:
            response = answer(error.status, str(error))
        except TooLarge as error:
            response = answer(413, str(error))
        except CannotDo as error:
            response = answer(422, str(error))
        except PermissionDenied:
            response = answer(403, _("You may not add evidence to this library."))
        except Http404:
            response = answer(404, _("This upload is not there: removed, added, or too old."))
        response["Tus-Resumable"] = VERSION
        response["Cache-Control"] = "no-store"
        return response

    return answering


def answer(status: int, text: str = "", *, upload: Upload | None = None) -> HttpResponse:
    """An answer that is read by a program; `text` is for the person in front of it."""
    response = HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
    if status == 412:
        response["Tus-Version"] = VERSION
    if upload:
        response["Upload-Expires"] = http_date(upload.expires_at.timestamp())
    return response


def abilities() -> HttpResponse:
    """The answer to OPTIONS."""
    response = answer(204)
    response["Tus-Version"] = VERSION
    response["Tus-Extension"] = EXTENSIONS
    response["Tus-Max-Size"] = str(settings.EVIDENCE_MAX_BYTES)
    return response


def method_of(request: HttpRequest) -> str:
    """What is asked for. Only a POST may say that it means another method: a GET that did would
    go round the check for forged requests.
    """
    named = request.headers.get("X-HTTP-Method-Override", "").upper()
    return named if named and request.method == "POST" else str(request.method)


def check_version(request: HttpRequest) -> None:
    if request.headers.get("Tus-Resumable") != VERSION:
        raise Misspoken(412, "Tus-Resumable: 1.0.0")


def announced_size(request: HttpRequest) -> int:
    """`Upload-Length`; a length that would be told later is not taken, for room is kept for it."""
    if "Upload-Defer-Length" in request.headers:
        raise Misspoken(400, "Upload-Defer-Length")
    return _number(request, "Upload-Length")


def offset_of(request: HttpRequest) -> int:
    """Where the pieces that come begin; 415 when they are announced as something else."""
    if request.content_type != CONTENT_TYPE:
        raise Misspoken(415, CONTENT_TYPE)
    return _number(request, "Upload-Offset")


def length_of_body(request: HttpRequest) -> int:
    if "Content-Length" not in request.headers:
        raise Misspoken(411, "Content-Length")
    return _number(request, "Content-Length")


def filename_of(request: HttpRequest) -> str:
    """`filename` of `Upload-Metadata`: pairs of a key and a base64 value, commas between."""
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        key, _space, value = pair.strip().partition(" ")
        if key == "filename":
            return _decoded(value)
    raise Misspoken(400, "Upload-Metadata: filename")


def _decoded(value: str) -> str:
    try:
        return base64.b64decode(value, validate=True).decode()
    except (binascii.Error, ValueError) as error:
        raise Misspoken(400, "Upload-Metadata: filename") from error


def _number(request: HttpRequest, header: str) -> int:
    value = request.headers.get(header, "")
    if not re.fullmatch(rf"[0-9]{{1,{_LONGEST_NUMBER}}}", value):
        raise Misspoken(400, header)
    return int(value)
