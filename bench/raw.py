"""Addresses of the program and one more: a raw copy of what is sent, which uploads are held to."""

import hashlib
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

PIECE = 1024 * 1024


@csrf_exempt
@login_not_required
def copy(request: HttpRequest) -> HttpResponse:
    """Write it into a new file, as an upload is, and nothing else; `skrot` hashes it, too.

    The file stays, as an upload does: else the next one would be written into its warm memory.
    """
    digest = hashlib.sha256() if "skrot" in request.GET else None
    with NamedTemporaryFile(dir=settings.MEDIA_ROOT, suffix=".raw", delete=False) as target:
        while piece := request.read(PIECE):
            target.write(piece)
            if digest:
                digest.update(piece)
    return HttpResponse(status=204)


urlpatterns = [path("surowo/", copy, name="raw"), path("", include("certification.urls"))]
