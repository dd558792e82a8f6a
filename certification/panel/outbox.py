"""E-mail as the office sees it: what left, what waits, and what could not be sent and why."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from certification.correspondence.views import tabs_of
from certification.outbox.kinds import Kind
from certification.outbox.models import Email
from certification.outbox.services import send_again, stop
from certification.outbox.states import State
from certification.permitted import permitted
from institutions.requests import SignedInRequest
from institutions.searching import contains

PER_PAGE = 50


class EmailFilter(forms.Form):
    q = forms.CharField(
        label=gettext_lazy("Person, address or subject"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[("", gettext_lazy("all")), *State.choices],
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        required=False,
        choices=[("", gettext_lazy("all")), *Kind.choices],
    )

    def condition(self) -> Q:
        """Every word that was typed occurs in one of the three; case numbers stand in subjects."""
        wanted = self.cleaned_data if self.is_valid() else {}
        found = Q(**{name: wanted[name] for name in ("state", "kind") if wanted.get(name)})
        for word in wanted.get("q", "").split():
            found &= (
                contains("person__full_name", word)
                | Q(to__icontains=word)
                | contains("subject", word)
            )
        return found


@require_GET
def email_list(request: SignedInRequest) -> HttpResponse:
    """Every message, the latest first, without those about cases closed to the person."""
    if not request.user.has_perm("outbox.view_outbox"):
        raise PermissionDenied
    form = EmailFilter(request.GET)
    found = Email.objects.visible_to(request.user).filter(form.condition())
    page = Paginator(found.select_related("person"), PER_PAGE).get_page(request.GET.get("page"))
    is_filtered = any(request.GET.get(name) for name in form.fields)
    tabs = tabs_of(request.user, "email_list")
    context = {"page": page, "form": form, "is_filtered": is_filtered, "tabs": tabs}
    return render(request, "panel/email_list.html", context)


@require_GET
def email_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One message: to whom, what it said unless that was for its reader alone, how it fared."""
    email = _obtained(request, pk)
    may = {
        "send_again": email.state in {State.FAILED, State.STOPPED} and email.body,
        "stop": email.state in {State.WAITING, State.HELD, State.FAILED},
    }
    return render(request, "panel/email_detail.html", {"email": email, "may": may})


@require_POST
def email_send_again(request: SignedInRequest, pk: int) -> HttpResponse:
    email = _obtained(request, pk, "outbox.send_again")
    send_again(email, by=request.user)
    messages.success(request, _("The message will be tried anew."))
    return redirect("email_detail", pk)


@require_POST
def email_stop(request: SignedInRequest, pk: int) -> HttpResponse:
    email = _obtained(request, pk, "outbox.stop")
    stop(email, by=request.user)
    messages.success(request, _("The message will not be sent."))
    return redirect("email_detail", pk)


def _obtained(request: SignedInRequest, pk: int, permission: Any = None) -> Email:
    return permitted(Email.objects.select_related("person"), request.user, permission, pk=pk)
