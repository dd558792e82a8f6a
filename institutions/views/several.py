"""Several files at once: each is described, one button adds them all.

What was added is done with; what was not stays on the page with the reason beside it.
"""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from certification.errors import CannotDo
from certification.permitted import permitted
from institutions.forms.evidence import KindForAll, OneOfSeveral, ReviseFile
from institutions.models import Evidence, EvidenceTag, Institution, Upload, User
from institutions.models.evidence import Form
from institutions.requests import SignedInRequest
from institutions.services.content import HasPersonalNumbers
from institutions.services.evidence import add_evidence
from institutions.services.uploads import (
    MOST_AT_ONCE,
    Room,
    already_added,
    discard_upload,
    room_of,
    waiting_for,
)
from institutions.uploads import ACCEPT, Refused
from institutions.views.way_back import way_back

BLANK = "__row__"  # the script writes the key of each new row instead


@dataclass
class Row:
    """One file on the page; `asks` when it seems to hold personal numbers."""

    key: str
    form: OneOfSeveral | ReviseFile
    upload: Upload | None = None
    filename: str = ""
    asks: bool = False
    refused: str = ""
    added: Evidence | None = None

    @cached_property
    def errors(self) -> list[tuple[str, str]]:
        """Each with the id of the field it is about, if there is one."""
        found = [("", str(error)) for error in self.form.non_field_errors()]
        for field in self.form:
            found += [(field.id_for_label, f"{field.label}: {one}") for one in field.errors]
        return found


@require_http_methods(["GET", "POST"])
def uploads_add(request: SignedInRequest, institution_pk: int) -> HttpResponse:
    """Describe the files that have come, and add them."""
    institution = permitted(
        Institution, request.user, "institutions.add_evidence", pk=institution_pk
    )
    shared = KindForAll(request.POST or None, initial=request.GET.dict())
    if request.method == "GET":
        return _page(request, institution, waiting_rows(institution, request.user), shared)
    rows = sent_rows(request, institution, shared)
    for row in rows:
        add(row, institution, request)
    left = [row for row in rows if not row.added]
    added = [row.added for row in rows if row.added]
    _tell(request, added, anything_sent=bool(rows))
    if left or not added:
        return _page(request, institution, left, shared, status=422)
    return redirect(way_back(request) or (added[0] if len(added) == 1 else "evidence_list"))


def sending(
    institution: Institution,
    room: Room,
    rows: Sequence[Row] = (),
    shared: KindForAll | None = None,
) -> dict[str, Any]:
    """What the page needs to take several files; a form without rows is for the script alone."""
    tags = EvidenceTag.objects.used_by(institution.pk)
    return {
        "rows": rows,
        "fields": "institutions/_upload_row_fields.html",
        "shared": shared or KindForAll(),
        "blank": Row(BLANK, OneOfSeveral(prefix=BLANK, suggested=tags)),
        "endpoint": reverse("upload_start", args=[institution.pk]),
        "action": reverse("uploads_add", args=[institution.pk]),
        **limits(room),
    }


def limits(room: Room) -> dict[str, Any]:
    """What may be sent, and how much of it."""
    return {"accept": ACCEPT, "max_bytes": settings.EVIDENCE_MAX_BYTES, "room": room}


def title_from(filename: str) -> str:
    """A title to begin with: “Plan_pracy-2024.pdf” gives “Plan pracy 2024”."""
    stem = filename.rpartition(".")[0] or filename
    words = re.sub(r"_|(?<!\d)-|-(?!\d)", " ", stem).split()
    title = " ".join(words)[:200]
    return title[:1].upper() + title[1:]


def waiting_rows(institution: Institution, user: User) -> list[Row]:
    whole = [one for one in waiting_for(institution, by=user) if one.is_complete]
    return [_row(str(one.pk), one, initial={"title": title_from(one.filename)}) for one in whole]


def _row(key: str, upload: Upload, **given: Any) -> Row:
    initial = {"upload": upload.pk, **given.pop("initial", {})}
    return Row(key, OneOfSeveral(prefix=key, initial=initial, **given), upload, upload.filename)


def sent_rows(request: SignedInRequest, institution: Institution, shared: KindForAll) -> list[Row]:
    """The rows of the form, in its order; those that name no upload of ours were never sent."""
    for_all = shared.cleaned_data.get("type_for_all") if shared.is_valid() else None
    mine = {one.pk: one for one in waiting_for(institution, by=request.user)}
    rows = []
    for key in dict.fromkeys(request.POST.getlist("row")[:MOST_AT_ONCE]):
        form = OneOfSeveral(request.POST, prefix=key, for_all=for_all)
        form.is_valid()
        named: uuid.UUID | None = form.cleaned_data.pop("upload", None)
        upload = mine.get(named) if named else None
        filename = upload.filename if upload else form.cleaned_data.get("title", "")
        rows.append(Row(key, form, upload, filename))
    return rows


def add(row: Row, institution: Institution, request: SignedInRequest) -> None:
    """Add it, or let the row say why not; a file that never gets in is thrown away."""
    if not row.upload:
        row.refused = str(already_added(row.filename))
        return
    if not row.form.is_valid():
        return
    agreed = str(row.upload.pk) in request.POST.getlist("agreed")
    try:
        row.added = add_evidence(
            institution,
            by=request.user,
            form=Form.FILE,
            upload=row.upload,
            with_personal_numbers=agreed,
            **row.form.cleaned_data,
        )
    except Refused as refusal:
        discard_upload(row.upload)
        row.refused = str(refusal)
    except CannotDo as refusal:
        row.form.add_error(None, str(refusal))
        row.asks = isinstance(refusal, HasPersonalNumbers)


def _tell(request: SignedInRequest, added: list[Evidence], *, anything_sent: bool) -> None:
    if len(added) == 1:
        messages.success(request, _("Added: “%(title)s”.") % {"title": added[0].title})
    elif added:
        text = ngettext(
            "%(count)s piece of evidence is added.",
            "%(count)s pieces of evidence are added.",
            len(added),
        )
        messages.success(request, text % {"count": len(added)})
    elif not anything_sent:
        messages.error(request, _("Nothing was chosen. Choose the files to add."))


def _page(
    request: SignedInRequest,
    institution: Institution,
    rows: list[Row],
    shared: KindForAll,
    *,
    status: int = 200,
) -> HttpResponse:
    back = way_back(request)
    context = {
        "institution": institution,
        "sending": sending(institution, room_of(institution), rows, shared),
        "has_errors": any(row.errors or row.refused for row in rows) and status == 422,
        "next": back,
        "cancel_url": back or reverse("evidence_list"),
    }
    return render(request, "institutions/uploads_add.html", context, status=status)
