"""The evidence library of one's own institution. Others reach evidence through a case."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from certification.errors import CannotDo, Stale
from certification.permitted import permitted
from certification.standards.models import EvidenceType
from institutions.downloads import serve_revision
from institutions.forms.evidence import ADDING, REVISING, DescriptionForm, EvidenceFilter
from institutions.models import Evidence, EvidenceRevision, Institution
from institutions.models.evidence import Form
from institutions.requests import SignedInRequest
from institutions.rules import libraries_kept_by
from institutions.services.evidence import (
    add_evidence,
    change_evidence,
    description_version,
    revise_evidence,
)

PER_PAGE = 25
CHOICES = {
    "plik": (Form.FILE, pgettext_lazy("form of evidence", "File")),
    "link": (Form.LINK, pgettext_lazy("form of evidence", "Link to a page")),
    "notatka": (Form.NOTE, pgettext_lazy("form of evidence", "Note")),
}


@require_safe
def evidence_list(request: SignedInRequest) -> HttpResponse:
    library = Evidence.objects.visible_to(request.user)
    form = EvidenceFilter(
        request.GET,
        types=EvidenceType.objects.filter(pk__in=library.values("type")),
        institutions=Institution.objects.filter(pk__in=request.user.institution_ids),
    )
    is_narrowed = any(request.GET.get(name) for name in form.fields)
    page = Paginator(_narrowed(library, form), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "filter": form,
        "is_narrowed": is_narrowed,
        "clear_url": request.path if is_narrowed else "",
        "libraries": libraries_kept_by(request.user),
        "several": "instytucja" in form.fields,
    }
    return render(request, "institutions/evidence_list.html", context)


def _narrowed(library: Any, form: EvidenceFilter) -> "QuerySet[Evidence]":
    if not form.is_valid():
        nothing: QuerySet[Evidence] = library.none()
        return nothing
    asked = {
        "type": form.cleaned_data["rodzaj"],
        "institution": form.cleaned_data.get("instytucja"),
    }
    narrowed: QuerySet[Evidence] = (
        library.matching(form.cleaned_data["q"])
        .filter(**{field: value for field, value in asked.items() if value})
        .select_related("type", "institution")
        .with_latest()
    )
    return narrowed


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
    return _form_page(request, "institutions/evidence_add.html", context)


@require_safe
def evidence_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the newest version, or the one that `wersja` names, with the facts of all."""
    evidence = permitted(
        Evidence.objects.select_related("institution", "type", "added_by"), request.user, pk=pk
    )
    revisions = list(evidence.revisions.select_related("added_by").order_by("-number"))
    for revision in revisions:
        revision.evidence = evidence
    asked = request.GET.get("wersja")
    shown = next((one for one in revisions if str(one.number) == asked), revisions[0])
    context = {
        "evidence": evidence,
        "revisions": revisions,
        "shown": shown,
        "file_url": reverse("revision_file", args=[shown.pk]) if shown.file else "",
        "may_change": request.user.has_perm("institutions.change_evidence", evidence),
    }
    return render(request, "institutions/evidence_detail.html", context)


@require_http_methods(["GET", "POST"])
def evidence_revise(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add a newer version of the same thing."""
    evidence = _kept(request, "institutions.revise_evidence", pk)
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
    return _form_page(request, "institutions/evidence_revise.html", context)


def _start(evidence: Evidence) -> dict[str, str]:
    """A note is mended from what it says now; an address too."""
    newest = evidence.latest
    return {"text": newest.text, "url": newest.url}


@require_http_methods(["GET", "POST"])
def evidence_change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change the description; the versions themselves never change."""
    evidence = _kept(request, "institutions.change_evidence", pk)
    seen = request.POST.get("seen", "") or description_version(evidence)
    form = DescriptionForm(request.POST or None, instance=evidence)
    newer = None
    if request.method == "POST" and form.is_valid():
        try:
            change_evidence(evidence, by=request.user, seen=seen, **form.cleaned_data)
        except Stale as stale:
            # the typed text stays; saving it again replaces the newer one knowingly
            newer, seen = stale.current, description_version(stale.current)  # type: ignore[arg-type]
        else:
            messages.success(request, _("The description is saved."))
            return redirect("evidence_detail", pk)
    title = Evidence.objects.values_list("title", flat=True).get(pk=pk)
    context = {"evidence": evidence, "title": title, "form": form, "seen": seen, "newer": newer}
    return _form_page(request, "institutions/evidence_change.html", context, conflict=bool(newer))


@require_safe
def revision_file(request: SignedInRequest, pk: int) -> FileResponse:
    """Give the file of one version to the institution's own people; `podglad` shows it."""
    revision = get_object_or_404(EvidenceRevision.objects.select_related("evidence"), pk=pk)
    permitted(Evidence, request.user, pk=revision.evidence_id)
    return serve_revision(revision, inline="podglad" in request.GET)


def _kept(request: SignedInRequest, permission: str, pk: int) -> Evidence:
    return permitted(
        Evidence.objects.select_related("institution"), request.user, permission, pk=pk
    )


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


def _form_page(
    request: HttpRequest, template: str, context: dict[str, Any], *, conflict: bool = False
) -> HttpResponse:
    """A form as it is asked for (200), refused (422), or overtaken (409)."""
    status = 409 if conflict else 422 if context["form"].errors else 200
    return render(request, template, context, status=status)
