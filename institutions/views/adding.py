"""Putting evidence into a library: a file, a link or a note, and its newer versions."""

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from certification.errors import CannotDo
from certification.permitted import permitted
from institutions.forms.evidence import ADDING, REVISING
from institutions.models import Evidence, Institution
from institutions.models.evidence import Form
from institutions.requests import SignedInRequest
from institutions.services.evidence import add_evidence, revise_evidence
from institutions.views.form_pages import form_page

CHOICES = {
    "plik": (Form.FILE, pgettext_lazy("form of evidence", "File")),
    "link": (Form.LINK, pgettext_lazy("form of evidence", "Link to a page")),
    "notatka": (Form.NOTE, pgettext_lazy("form of evidence", "Note")),
}


@require_http_methods(["GET", "POST"])
def evidence_add(request: SignedInRequest, institution_pk: int) -> HttpResponse:
    """Add a file, a link or a note; `next` leads back to the answer one was writing."""
    institution = permitted(
        Institution, request.user, "institutions.add_evidence", pk=institution_pk
    )
    kind, _label = CHOICES.get(request.GET.get("forma", ""), CHOICES["plik"])
    form = ADDING[kind](request.POST or None, request.FILES or None)
    back = _way_back(request)
    if request.method == "POST" and form.is_valid():
        try:
            evidence = add_evidence(institution, by=request.user, form=kind, **form.cleaned_data)
        except CannotDo as refusal:
            _put_beside_content(form, refusal)
        else:
            messages.success(request, _("Added: “%(title)s”.") % {"title": evidence.title})
            return redirect(back or evidence)
    context = {
        "institution": institution,
        "form": form,
        "tabs": _tabs(request, kind),
        "next": back,
        "cancel_url": back or reverse("evidence_list"),
    }
    return form_page(request, "institutions/evidence_add.html", context)


@require_http_methods(["GET", "POST"])
def evidence_revise(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add a newer version of the same thing."""
    evidence = permitted(
        Evidence.objects.select_related("institution"),
        request.user,
        "institutions.revise_evidence",
        pk=pk,
    )
    form = REVISING[evidence.form](
        request.POST or None, request.FILES or None, initial=_start(evidence)
    )
    if request.method == "POST" and form.is_valid():
        try:
            revision = revise_evidence(evidence, by=request.user, **form.cleaned_data)
        except CannotDo as refusal:
            _put_beside_content(form, refusal)
        else:
            messages.success(
                request, _("Version %(number)s is added.") % {"number": revision.number}
            )
            return redirect(evidence)
    context = {"evidence": evidence, "form": form, "newest": evidence.latest}
    return form_page(request, "institutions/evidence_revise.html", context)


def _start(evidence: Evidence) -> dict[str, str]:
    """A note is mended from what it says now; an address too."""
    newest = evidence.latest
    return {"text": newest.text, "url": newest.url}


def _tabs(request: HttpRequest, kind: Form) -> list[dict[str, Any]]:
    """The three ways of giving evidence; each keeps the rest of the address."""
    tabs = []
    for word, (form, label) in CHOICES.items():
        query = request.GET.copy()
        query["forma"] = word
        url = f"{request.path}?{query.urlencode()}"
        tabs.append({"label": label, "url": url, "current": form == kind, "count": None})
    return tabs


def _way_back(request: HttpRequest) -> str:
    """The page that asked for evidence, if it is one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else ""


def _put_beside_content(form: BaseForm, refusal: CannotDo) -> None:
    """Say why the file, address or note was refused, at its own field."""
    field = next(name for name in ("file", "url", "text") if name in form.fields)
    form.add_error(field, str(refusal))
