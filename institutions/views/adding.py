"""Putting evidence into a library: a file, a link or a note."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from certification.errors import CannotDo
from certification.permitted import permitted
from institutions.forms.evidence import ADDING, AddFile
from institutions.models import EvidenceTag, Institution, Upload
from institutions.models.evidence import Form
from institutions.receiving.form_files import beside_uploads
from institutions.requests import SignedInRequest
from institutions.services.evidence import add_evidence
from institutions.services.uploads import room_of
from institutions.views.form_pages import form_page
from institutions.views.kept_files import agreed_to, asks_about, explain, kept_before, kept_now
from institutions.views.several import sending
from institutions.views.way_back import way_back

CHOICES = {
    "plik": (Form.FILE, pgettext_lazy("form of evidence", "File")),
    "link": (Form.LINK, pgettext_lazy("form of evidence", "Link to a page")),
    "notatka": (Form.NOTE, pgettext_lazy("form of evidence", "Note")),
}


@csrf_exempt  # what reads the form is protected: who may not add is told so before a file comes
@require_http_methods(["GET", "POST"])
def evidence_add(request: SignedInRequest, institution_pk: int) -> HttpResponse:
    """Add a file, a link or a note; `next` leads back to the answer one was writing."""
    institution = permitted(
        Institution, request.user, "institutions.add_evidence", pk=institution_pk
    )
    beside_uploads(request, institution)
    kind, _label = CHOICES.get(request.GET.get("forma", ""), CHOICES["plik"])
    if kind == Form.FILE:
        return _add_file(request, institution)
    return _add_text(request, institution, kind)


@csrf_protect
def _add_text(request: SignedInRequest, institution: Institution, kind: Form) -> HttpResponse:
    form = ADDING[kind](request.POST or None, suggested=_tags(institution))
    if request.method == "POST" and form.is_valid():
        try:
            return _added(request, institution, kind, **form.cleaned_data)
        except CannotDo as refusal:
            form.add_error("url" if kind == Form.LINK else "text", str(refusal))
    return _page(request, institution, kind, form=form)


@csrf_protect
def _add_file(request: SignedInRequest, institution: Institution) -> HttpResponse:
    """One file with its description; several are kept, and described on the next page."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = AddFile(*sent, suggested=_tags(institution))
    uploads = kept_now(form, kept_before(request, institution), request, institution)
    kept: Upload | None = uploads[0] if uploads else None
    refusal = None
    if len(uploads) > 1:
        return _describe_each(request, institution, form)
    if kept and request.method == "POST" and form.is_valid():
        try:
            given = {"upload": kept, "with_personal_numbers": agreed_to(request, kept)}
            return _added(request, institution, Form.FILE, **given, **form.cleaned_data)
        except CannotDo as error:
            refusal, kept = error, explain(form, error, kept)
    more = {"kept": kept, "asks": asks_about(refusal)}
    return _page(request, institution, Form.FILE, form=form, **more)


def _added(
    request: SignedInRequest, institution: Institution, kind: Form, **given: Any
) -> HttpResponse:
    evidence = add_evidence(institution, by=request.user, form=kind, **given)
    messages.success(request, _("Added: “%(title)s”.") % {"title": evidence.title})
    return redirect(way_back(request) or evidence)


def _describe_each(
    request: SignedInRequest, institution: Institution, form: AddFile
) -> HttpResponse:
    for refusal in form.errors.get("file", []):
        messages.error(request, str(refusal))
    chosen = {"type_for_all": request.POST.get("type", ""), "next": way_back(request)}
    query = urlencode({name: value for name, value in chosen.items() if value})
    return redirect(f"{reverse('uploads_add', args=[institution.pk])}?{query}")


def _page(
    request: SignedInRequest, institution: Institution, kind: Form, **context: Any
) -> HttpResponse:
    back = way_back(request)
    room = room_of(institution)
    context |= {
        "institution": institution,
        "tabs": _tabs(request, kind),
        "next": back,
        "cancel_url": back or reverse("evidence_list"),
        "room": room,
        "sending": sending(institution, room) if kind == Form.FILE else None,
    }
    return form_page(request, "institutions/evidence_add.html", context)


def _tags(institution: Institution) -> list[str]:
    return list(EvidenceTag.objects.used_by(institution.pk))


def _tabs(request: HttpRequest, kind: Form) -> list[dict[str, Any]]:
    """The three ways of giving evidence; each keeps the rest of the address."""
    tabs = []
    for word, (form, label) in CHOICES.items():
        query = request.GET.copy()
        query["forma"] = word
        url = f"{request.path}?{query.urlencode()}"
        tabs.append({"label": label, "url": url, "current": form == kind, "count": None})
    return tabs
