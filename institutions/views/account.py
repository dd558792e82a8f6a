"""What people see and change of their own account, below /konto/."""

from allauth.account.decorators import reauthentication_required
from allauth.decorators import rate_limit
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.i18n import set_language

from certification import clock
from certification.errors import CannotDo
from institutions.accounts.languages import remember
from institutions.accounts.sessions import sessions_of
from institutions.forms.people import LanguageForm, NewEmailForm, OwnDataForm
from institutions.models import User
from institutions.requests import SignedInRequest
from institutions.sections import on_person
from institutions.services import account, people
from institutions.views.form_pages import form_page


@require_GET
def my_account(request: SignedInRequest) -> HttpResponse:
    """Who one is here: name, address, roles, institutions, devices, language."""
    me, today = request.user, clock.today()
    memberships = me.memberships.in_force(today).select_related("institution")
    return render(
        request,
        "account/my_account.html",
        {
            "appointments": me.appointments.in_force(today),
            "memberships": memberships.order_by("institution__name"),
            "sessions": sessions_of(me, current=request.session.session_key),
            "sections": on_person.made_for(me, me),
            "language_form": LanguageForm(initial={"language": get_language()}),
        },
    )


@require_http_methods(["GET", "POST"])
def my_data(request: SignedInRequest) -> HttpResponse:
    me = request.user
    initial = {"full_name": me.full_name, "function": me.function}
    form = OwnDataForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        people.change_account(me, by=me, **form.cleaned_data)
        messages.success(request, _("The data were saved."))
        return redirect("my_account")
    return form_page(request, "account/my_data.html", {"form": form})


@require_http_methods(["GET", "POST"])
@reauthentication_required
@rate_limit(action="new_email")
def my_email(request: SignedInRequest) -> HttpResponse:
    """Ask for another address; the password is asked for once more before."""
    form = NewEmailForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        try:
            account.ask_for_email(request.user, by=request.user, email=email)
        except CannotDo as refusal:
            form.add_error("email", str(refusal))
        else:
            text = _("Look into the mailbox %(email)s: the link there completes the change.")
            messages.success(request, text % {"email": email})
            return redirect("my_account")
    return form_page(request, "account/my_email.html", {"form": form})


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def my_email_confirm(request: HttpRequest, key: str) -> HttpResponse:
    """The link from the letter: its bearer reads the new mailbox. Only the post changes it."""
    new = account.read_key(key)
    if new is None:
        return render(request, "account/my_email_gone.html", status=404)
    context = {"new": new, "refusal": ""}
    if request.method == "GET":
        return render(request, "account/my_email_confirm.html", context)
    try:
        account.change_email(key)
    except CannotDo as refusal:
        context["refusal"] = str(refusal)
        return render(request, "account/my_email_confirm.html", context, status=422)
    messages.success(request, _("From now on you sign in with %(email)s.") % {"email": new.email})
    return redirect("my_account")


@require_GET
def my_sessions(request: SignedInRequest) -> HttpResponse:
    """The devices on which one is signed in."""
    sessions = sessions_of(request.user, current=request.session.session_key)
    return render(request, "account/my_sessions.html", {"sessions": sessions})


@require_POST
def session_end(request: SignedInRequest, pk: int) -> HttpResponse:
    """Sign out on one other device."""
    row = get_object_or_404(UserSession, pk=pk, user=request.user)
    account.end_session(row, by=request.user)
    messages.success(request, _("You are signed out on that device."))
    return redirect("my_sessions")


@require_POST
def other_sessions_end(request: SignedInRequest) -> HttpResponse:
    account.end_other_sessions(request.user, by=request.user, keep=request.session.session_key)
    messages.success(request, _("You are signed out on all other devices."))
    return redirect("my_sessions")


@require_POST
def my_language(request: SignedInRequest) -> HttpResponse:
    """Choose the language of the account; this device speaks it at once."""
    form = LanguageForm(request.POST)
    if not form.is_valid():
        return redirect("my_account")
    language = form.cleaned_data["language"]
    account.choose_language(request.user, by=request.user, language=language)
    with override(language):
        messages.success(request, _("The language is saved for your account."))
    return remember(redirect("my_account"), language)


@login_not_required
def switch_language(request: HttpRequest) -> HttpResponseBase:
    """Switch in the footer: for this device, and for the account of who is signed in."""
    form = LanguageForm(request.POST)
    if request.method == "POST" and request.user.is_authenticated and form.is_valid():
        me = User.objects.get(pk=request.user.pk)
        account.choose_language(me, by=me, language=form.cleaned_data["language"])
    return set_language(request)
