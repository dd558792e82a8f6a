"""What the CAL office does with an application, and declaring a conflict of interest."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from certification.applications import services
from certification.applications.forms.conflicts import ConflictForm
from certification.applications.models import Application
from certification.errors import CannotDo, TransitionNotAllowed
from certification.permitted import permitted
from certification.refusals import refused_at
from institutions.requests import SignedInRequest


@require_POST
def application_take_up(request: SignedInRequest, pk: int) -> HttpResponse:
    application = permitted(Application, request.user, "applications.take_up_application", pk=pk)
    services.take_up(application, by=request.user)
    messages.success(request, _("The formal check has begun."))
    return redirect("formal_check", pk)


@require_POST
def application_accept(request: SignedInRequest, pk: int) -> HttpResponse:
    application = permitted(Application, request.user, "applications.accept_application", pk=pk)
    try:
        services.accept(application, by=request.user)
    except TransitionNotAllowed:
        raise
    except CannotDo as refusal:
        messages.error(request, str(refusal))
        return redirect("formal_check", pk)
    messages.success(request, _("The form is correct. The application goes to assessment."))
    return redirect(application)


@require_http_methods(["GET", "POST"])
def conflict_declare(request: SignedInRequest, pk: int) -> HttpResponse:
    """One's own conflict; the office may record another person's. The case closes at once."""
    actor = request.user
    application = permitted(
        Application.objects.with_names(), actor, "applications.declare_conflict", pk=pk
    )
    form = ConflictForm(request.POST if request.method == "POST" else None, by=actor)
    if request.method == "POST" and form.is_valid():
        person = form.cleaned_data.pop("user", actor)
        with refused_at(form):
            services.declare_conflict(application, user=person, by=actor, **form.cleaned_data)
            messages.success(request, _("The conflict of interest is recorded."))
            return redirect("panel") if person == actor else redirect(application)
    context = {"application": application, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "applications/conflict_declare.html", context, status=status)
