"""How certificates look, edition by edition, for those who keep it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from certification import clock
from certification.errors import CannotDo
from certification.permitted import permitted
from certification.standards.models import StandardSet
from institutions.requests import SignedInRequest
from institutions.views.form_pages import form_page

from .forms import TemplateForm
from .models import CertificateTemplate
from .preview import pictured
from .templates import change_template, sample_of


@require_GET
def certificate_templates(request: SignedInRequest) -> HttpResponse:
    """Every published edition, and how its certificates look."""
    _require_keeper(request)
    editions = StandardSet.objects.published().newest_first()
    rows = [(edition, CertificateTemplate.of(edition)) for edition in editions]
    return render(request, "certificates/template_list.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def certificate_template(request: SignedInRequest, code: str) -> HttpResponse:
    """The template of one edition as a form; saving proves first that it can be printed."""
    edition = _edition(request, code)
    if request.method == "GET":
        return _page(request, edition, TemplateForm(instance=CertificateTemplate.of(edition)))
    form = TemplateForm(request.POST, instance=CertificateTemplate.of(edition))
    if form.is_valid():
        try:
            change_template(edition, by=request.user, **form.cleaned_data)
        except CannotDo as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. New certificates will begin with this."))
            return redirect("certificate_template", edition.code)
    return _page(request, edition, form)


@require_POST
def certificate_template_preview(request: SignedInRequest, code: str) -> HttpResponse:
    """The picture of what stands in the form now: a part of the page, or the whole of it."""
    edition = _edition(request, code)
    form = TemplateForm(request.POST, instance=CertificateTemplate.of(edition))
    if request.headers.get("HX-Request"):
        return render(request, "certificates/_template_preview.html", _preview(form))
    return _page(request, edition, form)


def _page(request: SignedInRequest, edition: StandardSet, form: TemplateForm) -> HttpResponse:
    context = {"edition": edition, "form": form, **_preview(form)}
    return form_page(request, "certificates/template_form.html", context)


def _preview(form: TemplateForm) -> dict[str, Any]:
    """The first page as a picture, or why there is none."""
    if form.is_bound and not form.is_valid():
        return {"picture": "", "refusal": _("Some fields have to be mended first.")}
    picture = pictured(lambda: sample_of(form.instance, clock.today()))
    return {**picture, "template": form.instance}


def _edition(request: SignedInRequest, code: str) -> StandardSet:
    _require_keeper(request)
    return permitted(StandardSet.objects.published(), request.user, code=code)


def _require_keeper(request: SignedInRequest) -> None:
    if not request.user.has_perm("certificates.change_template"):
        raise PermissionDenied
