"""An institution's own people: roles changed, people removed, by its custodian or the office."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from certification import clock
from certification.errors import CannotDo
from certification.permitted import permitted
from institutions.forms.people import MemberRoleForm
from institutions.models import Institution, Membership
from institutions.requests import SignedInRequest
from institutions.services.members import change_member_role, end_membership
from institutions.views.form_pages import form_page


def _membership(institution: Institution, pk: int) -> Membership:
    in_force = institution.memberships.in_force(clock.today()).select_related("user")
    found: Membership = get_object_or_404(in_force, pk=pk)
    return found


@require_http_methods(["GET", "POST"])
def membership_role(request: SignedInRequest, pk: int, membership_pk: int) -> HttpResponse:
    """Give the person another role in the institution."""
    institution = permitted(Institution, request.user, "institutions.change_member_role", pk=pk)
    membership = _membership(institution, membership_pk)
    form = MemberRoleForm(request.POST or None, initial={"role": membership.role})
    if request.method == "POST" and form.is_valid():
        try:
            change_member_role(membership, by=request.user, role=form.cleaned_data["role"])
        except CannotDo as refusal:
            form.add_error("role", str(refusal))
        else:
            messages.success(request, _("The role was changed."))
            return redirect("institution_detail", pk)
    context = {"form": form, "institution": institution, "membership": membership}
    return form_page(request, "institutions/membership_role.html", context)


@require_http_methods(["GET", "POST"])
def membership_end(request: SignedInRequest, pk: int, membership_pk: int) -> HttpResponse:
    """Ask first, then take the person's access away at once."""
    institution = permitted(Institution, request.user, "institutions.end_membership", pk=pk)
    membership = _membership(institution, membership_pk)
    context = {
        "institution": institution,
        "membership": membership,
        "is_me": membership.user_id == request.user.pk,
        "sent": institution.invitations.valid(clock.now()).filter(invited_by=membership.user_id),
        "refusal": "",
    }
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
