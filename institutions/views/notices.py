"""Notices by e-mail: what one gets, and the link in a message that stops its kind."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from certification.outbox.kinds import ALWAYS_AT_ONCE, Kind
from institutions.forms.notices import NoticesForm
from institutions.notices.choices import choices_of, read_unsubscribing
from institutions.requests import SignedInRequest
from institutions.services.notices import choose_notices
from institutions.states import Pace
from institutions.views.form_pages import form_page

ALWAYS = [kind for kind in Kind if kind in ALWAYS_AT_ONCE and kind != Kind.DIGEST]


@require_http_methods(["GET", "POST"])
def my_notices(request: SignedInRequest) -> HttpResponse:
    """For each kind of notice: at once, once a day or not at all."""
    me = request.user
    form = NoticesForm(request.POST or None, chosen=choices_of(me))
    if request.method == "POST" and form.is_valid():
        choose_notices(me, by=me, paces=form.paces())
        messages.success(request, _("Your choice of notices was saved."))
        return redirect("my_account")
    return form_page(request, "account/my_notices.html", {"form": form, "always": ALWAYS})


@csrf_exempt  # mail programs post here themselves (RFC 8058); the token is the whole permission
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """The link from a notice: asks on GET, and stops that kind for its reader on POST."""
    found = read_unsubscribing(token)
    if found is None:
        return render(request, "account/unsubscribe_gone.html", status=404)
    person, kind = found
    is_done = request.method == "POST"
    if is_done:
        choose_notices(person, by=person, paces={kind: Pace.NEVER})
    return render(request, "account/unsubscribe.html", {"kind": kind, "is_done": is_done})
