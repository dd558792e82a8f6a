"""Cases that lie and the limits by which they do; and what became of an assessor's ratings."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from certification.assessments.models import Assessment
from certification.decisions.models import Decision
from certification.permitted import permitted
from institutions.requests import SignedInRequest
from institutions.views.form_pages import form_page

from .feedback import Feedback
from .forms import LimitsForm
from .models import limits
from .services import set_limits
from .stuck import stuck_for

PER_PAGE = 25


@require_GET
def stuck_list(request: SignedInRequest) -> HttpResponse:
    """Every case that lies for longer than it may, and in whose hands it is."""
    user = request.user
    if not user.has_perm("followup.view_stuck"):
        raise PermissionDenied
    page = Paginator(stuck_for(user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "followup/stuck_list.html", {"page": page})


@require_http_methods(["GET", "POST"])
def limits_edit(request: SignedInRequest) -> HttpResponse:
    """Read the limits; whoever oversees certification changes them."""
    may_set = request.user.has_perm("followup.set_limits")
    wanted = "followup.set_limits" if request.method == "POST" else "followup.view_limits"
    if not request.user.has_perm(wanted):
        raise PermissionDenied
    form = LimitsForm(request.POST if request.method == "POST" else None, allowed=limits())
    if request.method == "POST" and form.is_valid():
        changed = set_limits(form.given, by=request.user)
        messages.success(request, _told(changed))
        return redirect("limits_edit")
    context = {
        "form": form,
        "rows": list(form.rows()),
        "may_set": may_set,
        "may_follow": request.user.has_perm("followup.view_stuck"),
    }
    return form_page(request, "followup/limits_form.html", context)


def _told(changed: int) -> str:
    if not changed:
        return _("Nothing was changed.")
    text = ngettext("%(n)s limit was changed.", "%(n)s limits were changed.", changed)
    return text % {"n": changed}


@require_GET
def assessment_outcome(request: SignedInRequest, pk: int) -> HttpResponse:
    """For the assessor: the outcome of the case, and where their ratings and words stand in it."""
    cards = Assessment.objects.submitted().select_related(
        "assignment__application__institution",
        "assignment__application__kind",
        "assignment__application__standard_set",
        "assignment__application__card",
    )
    assessment = permitted(cards, request.user, pk=pk)
    decision = Decision.objects.filter(application=assessment.application).first()
    if decision is None:
        raise Http404
    context = {
        "assessment": assessment,
        "application": assessment.application,
        "decision": decision,
        "feedback": Feedback(assessment, decision),
    }
    return render(request, "followup/assessment_outcome.html", context)
