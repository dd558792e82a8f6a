"""Invitations: sent by an institution's custodian or the office, accepted by who was invited."""

from allauth.account.utils import perform_login
from allauth.decorators import rate_limit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from certification.errors import CannotDo
from certification.permitted import permitted
from institutions.forms.people import InvitedForm, MemberForm
from institutions.models import Institution, Invitation
from institutions.requests import SignedInRequest
from institutions.services import invitations
from institutions.states import MEMBER_MAY, MemberRole
from institutions.views.form_pages import form_page


@require_http_methods(["GET", "POST"])
@rate_limit(action="invite_member")
def member_invite(request: SignedInRequest, pk: int) -> HttpResponse:
    institution = permitted(Institution, request.user, "institutions.invite_member", pk=pk)
    form = MemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invitation = invitations.invite_member(
                institution, by=request.user, **form.cleaned_data
            )
        except CannotDo as refusal:
            form.add_error("email", str(refusal))
        else:
            text = _("The invitation is on its way to %(email)s. It is valid for 7 days.")
            messages.success(request, text % {"email": invitation.email})
            return redirect("institution_detail", pk)
    return form_page(
        request, "institutions/member_invite.html", {"form": form, "institution": institution}
    )


@require_POST
@rate_limit(action="invite_member")
def invitation_resend(request: SignedInRequest, pk: int, invitation_pk: int) -> HttpResponse:
    invitation = _sent(request, "institutions.resend_invitation", pk, invitation_pk)
    invitations.resend_invitation(invitation, by=request.user)
    text = _("A new link is on its way to %(email)s. The former one works no more.")
    messages.success(request, text % {"email": invitation.email})
    return redirect("institution_detail", pk)


@require_POST
def invitation_cancel(request: SignedInRequest, pk: int, invitation_pk: int) -> HttpResponse:
    invitation = _sent(request, "institutions.cancel_invitation", pk, invitation_pk)
    invitations.cancel_invitation(invitation, by=request.user)
    messages.success(request, _("The invitation was cancelled. Its link works no more."))
    return redirect("institution_detail", pk)


def _sent(request: SignedInRequest, verb: str, pk: int, invitation_pk: int) -> Invitation:
    institution = permitted(Institution, request.user, pk=pk)
    invitation = get_object_or_404(institution.invitations, pk=invitation_pk)
    if not request.user.has_perm(verb, invitation):
        raise PermissionDenied
    return invitation


# --- what the bearer of the link sees -----------------------------------------------------


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@rate_limit(action="invitation")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show who invites and to what; a post accepts. Looking at it changes nothing."""
    found = Invitation.objects.with_secret(token).select_related("institution", "invited_by")
    offer = found.first()
    if offer is None or offer.cancelled_at or not invitations.may_still_invite(offer):
        return render(request, "institutions/invitation_gone.html", {"why": "unknown"}, status=404)
    try:
        invitations.check_can_be_accepted(offer)
    except CannotDo:
        why = "used" if offer.accepted_at else "expired"
        context = {"why": why, "invitation": offer}
        return render(request, "institutions/invitation_gone.html", context, status=410)
    if request.method == "POST":
        return _accept(request, offer)
    return _offer_page(request, offer, form=None)


def _accept(request: HttpRequest, offer: Invitation) -> HttpResponse:
    """Accept as the person who is signed in, or open the account that the address lacks."""
    if request.user.is_authenticated:
        membership = invitations.accept_invitation(offer, by=request.user)
        text = _("You act for the institution now, as: %(role)s.")
        messages.success(request, text % {"role": membership.get_role_display()})
        return redirect("institution_detail", offer.institution_id)
    form = InvitedForm(request.POST, email=offer.email)
    if not form.is_valid():
        return _offer_page(request, offer, form=form)
    membership = invitations.accept_with_new_account(offer, **form.data_to_store())
    messages.success(request, _("Your account is open. Welcome."))
    address = membership.institution.get_absolute_url()
    return perform_login(request, membership.user, redirect_url=address)


def _offer_page(request: HttpRequest, offer: Invitation, form: InvitedForm | None) -> HttpResponse:
    account = invitations.account_of(offer)
    me = request.user if request.user.is_authenticated else None
    is_mine = me is not None and offer.is_for(me)
    if form is None and account is None and me is None:
        form = InvitedForm(email=offer.email, initial={"full_name": offer.full_name})
    context = {
        "invitation": offer,
        "may": MEMBER_MAY[MemberRole(offer.role)],
        "account": account,
        "is_mine": is_mine,
        # said to the person alone: a link that was passed on tells nobody who works here
        "closes_cases": bool(me and is_mine and me.roles),
        "form": form,
        "here": request.path,
    }
    status = 422 if form and form.errors else 200
    return render(request, "institutions/invitation.html", context, status=status)
