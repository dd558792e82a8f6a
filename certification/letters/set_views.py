"""The set of letters that follow from one decision: what is there, and drafting the rest."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from certification.applications.models import Application
from certification.errors import CannotDo, TransitionNotAllowed
from certification.permitted import permitted
from institutions.models import MissingNameForms
from institutions.requests import SignedInRequest

from .forms import AppealForm, OfficialForm, PartnerForm, usual_official
from .models import Official
from .overview import set_of
from .services import confirm_official, draft_letter, draft_set
from .states import APPEALS, Kind


@require_GET
def letter_set(request: SignedInRequest, application_pk: int) -> HttpResponse:
    application = _application(request, application_pk)
    return render(request, "letters/letter_set.html", {"set": set_of(application)})


@require_POST
def letter_set_draft(request: SignedInRequest, application_pk: int) -> HttpResponse:
    """Every letter that is not there yet and needs nothing more."""
    application = _application(request, application_pk)
    try:
        drafted = draft_set(application, by=request.user)
    except MissingNameForms as missing:
        return _to_names(request, missing)
    except CannotDo as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request,
            ngettext(
                "%(number)s letter is drafted.", "%(number)s letters are drafted.", len(drafted)
            )
            % {"number": len(drafted)},
        )
    return redirect("letter_set", application_pk)


@require_http_methods(["GET", "POST"])
def letter_official(request: SignedInRequest, application_pk: int) -> HttpResponse:
    """Who heads the municipality: asked, never guessed."""
    application = _application(request, application_pk)
    institution = application.institution
    known = Official.objects.filter(institution=institution).first()
    initial = {} if known else usual_official(institution)
    form = OfficialForm(request.POST or None, instance=known, initial=initial)
    if request.method == "POST" and form.is_valid():
        confirm_official(institution, by=request.user, **form.official)
        messages.success(request, _("Saved. Letters will address this person so."))
        return redirect("letter_set", application_pk)
    context = {"application": application, "known": known}
    return _form_page(request, "letters/letter_official.html", form, context)


@require_http_methods(["GET", "POST"])
def letter_draft(request: SignedInRequest, application_pk: int, kind: str) -> HttpResponse:
    """One letter of the set; a form asks first for what the case does not say."""
    application = _application(request, application_pk)
    if kind not in Kind.values:
        raise Http404
    wanted = Kind(kind)
    if wanted == Kind.CONGRATULATIONS and not _has_official(application):
        return redirect("letter_official", application_pk)
    form = _form_for(wanted, request)
    if form is not None and not (request.method == "POST" and form.is_valid()):
        return _ask(request, application, wanted, form)
    if request.method == "GET":
        return redirect("letter_set", application_pk)
    try:
        letter = draft_letter(application, wanted, by=request.user, **_details(wanted, form))
    except MissingNameForms as missing:
        return _to_names(request, missing)
    except TransitionNotAllowed:
        raise
    except CannotDo as refusal:
        messages.error(request, str(refusal))
        return redirect("letter_set", application_pk)
    messages.success(
        request, _("The letter is drafted. Read it and edit it; somebody else approves it.")
    )
    return redirect(letter)


def _form_for(kind: Kind, request: SignedInRequest) -> PartnerForm | AppealForm | None:
    if kind == Kind.PARTNER:
        return PartnerForm(request.POST or None)
    return AppealForm(request.POST or None) if kind in APPEALS else None


def _details(kind: Kind, form: PartnerForm | AppealForm | None) -> dict[str, Any]:
    if isinstance(form, PartnerForm):
        return {"partner": form.partner}
    return {"appeal": form.appeal} if isinstance(form, AppealForm) else {}


def _ask(
    request: SignedInRequest, application: Application, kind: Kind, form: forms.Form
) -> HttpResponse:
    context = {"application": application, "kind": kind}
    return _form_page(request, "letters/letter_draft.html", form, context)


def _form_page(
    request: SignedInRequest, template: str, form: forms.BaseForm, context: dict[str, Any]
) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, template, {**context, "form": form}, status=status)


def _has_official(application: Application) -> bool:
    return Official.objects.filter(institution=application.institution_id).exists()


def _to_names(request: SignedInRequest, missing: MissingNameForms) -> HttpResponse:
    messages.error(request, str(missing))
    return redirect("name_forms", missing.institution.pk)


def _application(request: SignedInRequest, pk: int) -> Application:
    applications = Application.objects.select_related("institution", "decision")
    return permitted(applications, request.user, "letters.draft_letter", pk=pk)
