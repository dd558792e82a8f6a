"""An institution that lost its custodian: the office files the written request for it."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from certification import clock
from certification.errors import CannotDo
from certification.permitted import permitted
from institutions.downloads import serve_file
from institutions.forms.custody import CustodyForm
from institutions.models import Institution
from institutions.requests import SignedInRequest
from institutions.services.custody import request_custody
from institutions.states import MemberRole
from institutions.uploads import Refused
from institutions.views.form_pages import form_page


@require_http_methods(["GET", "POST"])
def custody_request(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put a written request on file, and invite the custodian it names."""
    institution = permitted(Institution, request.user, "institutions.request_custody", pk=pk)
    custodians = institution.memberships.in_force(clock.today()).filter(role=MemberRole.CUSTODIAN)
    form = CustodyForm(
        request.POST or None, request.FILES or None, custodians=custodians.select_related("user")
    )
    if request.method == "POST" and form.is_valid():
        try:
            filed = request_custody(institution, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("file", str(refusal))
        except CannotDo as refusal:
            form.add_error(None, str(refusal))
        else:
            text = _("The request is on file. The invitation is on its way to %(email)s.")
            messages.success(request, text % {"email": filed.invitation.email})
            return redirect("institution_detail", pk)
    context = {"form": form, "institution": institution}
    return form_page(request, "institutions/custody_request.html", context)


@require_safe
def custody_file(request: SignedInRequest, pk: int, request_pk: int) -> HttpResponseBase:
    """Give the scan of a request to the office and the administrators."""
    institution = permitted(Institution, request.user, "institutions.view_custody_requests", pk=pk)
    filed = get_object_or_404(institution.custody_requests, pk=request_pk)
    return serve_file(request, filed, inline=False)
