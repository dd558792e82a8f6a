"""What an assessor can take: edited by themselves and by the office."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from certification.assessments.allocation.forms import ProfileForm
from certification.assessments.models import AssessorProfile
from certification.assessments.services import change_profile
from certification.errors import Stale
from certification.permitted import permitted
from institutions.models import User
from institutions.requests import SignedInRequest
from institutions.states import Role


@require_http_methods(["GET", "POST"])
def my_assessor_profile(request: SignedInRequest) -> HttpResponse:
    """One's own regions, limit and absence."""
    if not request.user.has_role(Role.ASSESSOR):
        raise PermissionDenied
    return _profile_page(request, request.user)


@require_http_methods(["GET", "POST"])
def assessor_profile(request: SignedInRequest, pk: int) -> HttpResponse:
    """The office writes down what an assessor told it."""
    person = permitted(User, request.user, "assessments.change_profile", pk=pk)
    return _profile_page(request, person)


def _profile_page(request: SignedInRequest, person: User) -> HttpResponse:
    profile = AssessorProfile.objects.filter(user=person).first() or AssessorProfile(user=person)
    initial = {
        "version": profile.version,
        "regions": profile.voivodeships() if profile.pk else [],
    }
    form = ProfileForm(request.POST or None, instance=profile, initial=initial)
    if request.method != "POST" or not form.is_valid():
        return _page(request, person, form, status=422 if form.is_bound else 200)
    expected = form.cleaned_data.pop("version")
    try:
        change_profile(person, by=request.user, expected_version=expected, **form.cleaned_data)
    except Stale as stale:
        return _stale_page(request, person, stale.current)
    messages.success(request, _("The data were saved."))
    if person == request.user:
        return redirect("my_account")
    return redirect("person_detail", person.pk)


def _stale_page(request: SignedInRequest, person: User, newer: Any) -> HttpResponse:
    """What was typed stays in the form, ready to be saved over what somebody else saved."""
    data = request.POST.copy()
    data["version"] = str(newer.version)
    form = ProfileForm(data, instance=newer)
    return _page(request, person, form, newer=newer, status=409)


def _page(
    request: SignedInRequest,
    person: User,
    form: ProfileForm,
    *,
    newer: Any = None,
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "person": person, "newer": newer, "is_own": person == request.user}
    return render(request, "assessments/assessor_profile.html", context, status=status)
