"""A form with a file that comes back: the file stays with us, so nobody has to send it twice."""

import uuid

from django.utils.translation import gettext as _

from certification.errors import CannotDo
from institutions.forms.evidence import FileContent
from institutions.models import Evidence, Institution, Upload
from institutions.requests import SignedInRequest
from institutions.services.content import HasPersonalNumbers
from institutions.services.uploads import discard_upload, keep_file, waiting_for
from institutions.uploads import Refused


def kept_before(
    request: SignedInRequest, institution: Institution, revises: Evidence | None = None
) -> Upload | None:
    """The person's own upload that the form names, or a link from the list of them.

    Only of those that are meant for this: new evidence, or a version of `revises`.
    """
    named = request.POST.get("upload") or request.GET.get("upload") or ""
    try:
        pk = uuid.UUID(named)
    except ValueError:
        return None
    return waiting_for(institution, by=request.user, revises=revises).filter(pk=pk).first()


def kept_now(
    form: FileContent,
    kept: Upload | None,
    request: SignedInRequest,
    institution: Institution,
    revises: Evidence | None = None,
) -> list[Upload]:
    """The uploads that the form stands on: what came with it, else what was kept before.

    What cannot be kept is said at the field. Binds and validates the form.
    """
    if kept:
        form.keep()
    elif request.POST.get("upload"):
        form.fields["file"].error_messages["required"] = _(
            "This file was already added or removed, maybe in another tab. Look into the library, "
            "or choose it anew."
        )
    if request.method != "POST":
        return [kept] if kept else []
    uploads = []
    for file in form.came():
        try:
            uploads.append(keep_file(institution, by=request.user, file=file, revises=revises))
        except CannotDo as refusal:
            form.add_error("file", f"{file.name}: {refusal}")
    if uploads:
        form.keep()
        if kept:
            discard_upload(kept)
    return uploads or ([kept] if kept else [])


def agreed_to(request: SignedInRequest, upload: Upload) -> bool:
    """Whether the person ticked that this very file is to be added, personal numbers and all."""
    return str(upload.pk) in request.POST.getlist("agreed")


def asks_about(refusal: CannotDo | None) -> bool:
    """Whether the page asks if a file with personal numbers is to be added all the same."""
    return isinstance(refusal, HasPersonalNumbers)


def explain(form: FileContent, refusal: CannotDo, upload: Upload) -> Upload | None:
    """Say why the file was not added; what stays with us of it.

    A file that never gets in is thrown away. One whose scanner is out of reach, or which holds
    personal numbers, stays: it can be added in a moment.
    """
    is_kept = not isinstance(refusal, Refused)
    form.refuse(str(refusal), is_kept=is_kept)
    if is_kept:
        return upload
    discard_upload(upload)
    return None
