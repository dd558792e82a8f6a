"""An institution's own people: added and removed by its custodian or by the office."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from certification import clock
from certification.errors import CannotDo
from certification.permitted import permitted
from institutions.forms.people import MemberForm
from institutions.models import Institution
from institutions.requests import SignedInRequest
from institutions.services.members import add_member, end_membership


@require_http_methods(["GET", "POST"])
def member_add(request: SignedInRequest, pk: int) -> HttpResponse:
    institution = permitted(Institution, request.user, "institutions.add_member", pk=pk)
    form = MemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            membership = add_member(institution, by=request.user, **form.cleaned_data)
        except CannotDo as refusal:
            form.add_error(None, str(refusal))
        else:
            text = _("%(name)s can act for the institution now.")
            messages.success(request, text % {"name": membership.user.full_name})
            return redirect("institution_detail", pk)
    context = {"form": form, "institution": institution}
    status = 422 if form.is_bound else 200
    return render(request, "institutions/member_add.html", context, status=status)


@require_http_methods(["GET", "POST"])
def membership_end(request: SignedInRequest, pk: int, membership_pk: int) -> HttpResponse:
    """Ask first, then take the person's access away at once."""
    institution = permitted(Institution, request.user, "institutions.end_membership", pk=pk)
    in_force = institution.memberships.in_force(clock.today()).select_related("user")
    membership = get_object_or_404(in_force, pk=membership_pk)
    context = {"institution": institution, "membership": membership, "refusal": ""}
    if request.method == "GET":
        return render(request, "institutions/membership_end.html", context)
    try:
        end_membership(membership, by=request.user)
    except CannotDo as refusal:
        context["refusal"] = str(refusal)
        return render(request, "institutions/membership_end.html", context, status=422)
    messages.success(request, _("The person was removed from the institution."))
    if institution.pk in request.user.__class__.objects.get(pk=request.user.pk).institution_ids:
        return redirect("institution_detail", pk)
    return redirect("institution_list")
