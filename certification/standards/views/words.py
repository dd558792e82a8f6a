"""The words all editions share: kinds of evidence."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from certification.errors import CannotDo, Stale
from certification.standards import services
from certification.standards.forms.editions import EvidenceTypeForm, EvidenceTypeNamesForm
from certification.standards.models import EvidenceType

from .editions import require_keeper
from .pages import form_page, newer_values, overtaken


@require_http_methods(["GET", "POST"])
def evidence_type_list(request: HttpRequest) -> HttpResponse:
    """Every kind of evidence, and a form for one more."""
    require_keeper(request)
    form = EvidenceTypeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        added = services.add_evidence_type(by=request.user, **form.cleaned_data)
        messages.success(request, _("“%(name)s” is added.") % {"name": added.name})
        return redirect("evidence_type_list")
    published = EvidenceType.objects.of_published().values("pk")
    types = EvidenceType.objects.annotate(is_published=Q(pk__in=published))
    return form_page(request, "standards/evidence_type_list.html", {"form": form, "types": types})


@require_http_methods(["GET", "POST"])
def evidence_type_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Other names for a kind that no published edition names."""
    require_keeper(request)
    kind, typed = get_object_or_404(EvidenceType, pk=pk), get_object_or_404(EvidenceType, pk=pk)
    form = EvidenceTypeNamesForm(request.POST or None, instance=typed)
    newer = None
    if request.method == "POST" and form.is_valid():
        try:
            saved = services.reword_evidence_type(
                kind, by=request.user, expected_version=form.expected_version, **form.values
            )
        except Stale as stale:
            newer = newer_values(form, stale.current)
            overtaken(form, request.POST, stale.current)
        except CannotDo as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("“%(name)s” is saved.") % {"name": saved.name})
            return redirect("evidence_type_list")
    context = {"form": form, "kind": kind, "newer": newer}
    return form_page(
        request, "standards/evidence_type_form.html", context, conflict=newer is not None
    )
