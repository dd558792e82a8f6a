"""Adding a newer version of what is in a library already."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from certification.errors import CannotDo
from certification.permitted import permitted
from institutions.forms.evidence import REVISING, ReviseFile
from institutions.models import Evidence, Upload
from institutions.models.evidence import Form
from institutions.receiving.form_files import beside_uploads
from institutions.requests import SignedInRequest
from institutions.services.evidence import revise_evidence
from institutions.services.uploads import room_of, waiting_for
from institutions.views.form_pages import form_page
from institutions.views.kept_files import agreed_to, asks_about, explain, kept_before, kept_now
from institutions.views.several import BLANK, Row, limits


@csrf_exempt  # what reads the form is protected: who may not add is told so before a file comes
@require_http_methods(["GET", "POST"])
def evidence_revise(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add a newer version of the same thing."""
    evidence = permitted(
        Evidence.objects.select_related("institution"),
        request.user,
        "institutions.revise_evidence",
        pk=pk,
    )
    beside_uploads(request, evidence.institution)
    return (
        _revise_file(request, evidence)
        if evidence.form == Form.FILE
        else _rewrite(request, evidence)
    )


@csrf_protect
def _rewrite(request: SignedInRequest, evidence: Evidence) -> HttpResponse:
    """A note is mended from what it says now; an address too."""
    newest = evidence.latest
    initial = {"text": newest.text, "url": newest.url}
    form = REVISING[evidence.form](request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            return _revised(request, evidence, **form.cleaned_data)
        except CannotDo as refusal:
            form.add_error("url" if evidence.form == Form.LINK else "text", str(refusal))
    context = {"evidence": evidence, "form": form, "newest": newest, "sending": None}
    return form_page(request, "institutions/evidence_revise.html", context)


@csrf_protect
def _revise_file(request: SignedInRequest, evidence: Evidence) -> HttpResponse:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ReviseFile(*sent)
    before = _kept(request, evidence)
    uploads = kept_now(form, before, request, evidence.institution, revises=evidence)
    kept: Upload | None = uploads[0] if uploads else None
    refusal = None
    if kept and request.method == "POST" and form.is_valid():
        try:
            agreed = agreed_to(request, kept)
            return _revised(request, evidence, upload=kept, with_personal_numbers=agreed)
        except CannotDo as error:
            refusal, kept = error, explain(form, error, kept)
    context = {
        "evidence": evidence,
        "form": form,
        "newest": evidence.latest,
        "sending": _sending(evidence, form, kept, asks=asks_about(refusal)),
    }
    return form_page(request, "institutions/evidence_revise.html", context)


def _kept(request: SignedInRequest, evidence: Evidence) -> Upload | None:
    """The file that the form names; before there is one, the last that came and was not added."""
    if request.method == "POST":
        return kept_before(request, evidence.institution, revises=evidence)
    mine = waiting_for(evidence.institution, by=request.user, revises=evidence)
    return next((upload for upload in mine.reverse() if upload.is_complete), None)


def _sending(
    evidence: Evidence, form: ReviseFile, kept: Upload | None, *, asks: bool
) -> dict[str, Any]:
    """The context of institutions/_sending.html for one file; a row is there if one is kept."""
    return {
        "rows": [Row(str(kept.pk), form, kept, kept.filename, asks)] if kept else [],
        "blank": Row(BLANK, ReviseFile()),
        "fields": "institutions/_upload_row_version.html",
        "shared": None,
        "endpoint": reverse("version_start", args=[evidence.pk]),
        "action": reverse("evidence_revise", args=[evidence.pk]),
        **limits(room_of(evidence.institution)),
    }


def _revised(request: SignedInRequest, evidence: Evidence, **given: object) -> HttpResponse:
    revision = revise_evidence(evidence, by=request.user, **given)
    messages.success(request, _("Version %(number)s is added.") % {"number": revision.number})
    return redirect(evidence)
