"""The formal check: its points, saved one by one, and the rounds that ended."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from certification.applications import services
from certification.applications.formal.reading import OpenRound, concluded_rounds
from certification.applications.forms.checking import PointForm
from certification.applications.models import Application, CheckedPoint
from certification.applications.states import State, Verb
from certification.errors import Stale, TransitionNotAllowed
from certification.permitted import permitted
from institutions.requests import SignedInRequest


@require_GET
def formal_check(request: SignedInRequest, pk: int) -> HttpResponse:
    """The office works here; everybody who may read the case reads the rounds that ended."""
    application = permitted(Application.objects.with_names(), request.user, pk=pk)
    return _page(request, application)


@require_POST
def formal_check_save(request: SignedInRequest, pk: int) -> HttpResponse:
    """Save the point whose button was pressed, and whatever was typed at the others."""
    application = permitted(
        Application.objects.with_names(), request.user, "applications.save_points", pk=pk
    )
    if application.state != State.FORMAL_CHECK:
        raise TransitionNotAllowed(Verb.SAVE_POINT, application.state)
    pressed = request.POST.get("point", "")
    forms = _forms(application, request.POST, pressed)
    to_save = [form for form in forms if form.is_bound]
    if not to_save or not all(form.is_valid() for form in to_save):
        return _page(request, application, forms, status=422)
    findings = [form.finding() for form in to_save]
    try:
        services.save_points(application, by=request.user, findings=findings)
    except Stale as stale:
        return _stale_page(request, application, stale.current)
    messages.success(request, _("Saved."))
    return redirect(_next_place(application, pressed))


def _forms(application: Application, data: QueryDict, pressed: str) -> list[PointForm]:
    """Bound where the button was pressed or something typed; the others as they stand now."""
    forms = [PointForm(data, of=each) for each in OpenRound(application).points]
    return [
        form if form.of.point.code == pressed or form.is_touched else PointForm(of=form.of)
        for form in forms
    ]


def _stale_page(request: SignedInRequest, application: Application, newer: object) -> HttpResponse:
    """What the person typed stays; the version is the newer one's, so saving again is knowing."""
    typed = request.POST.copy()
    if isinstance(newer, CheckedPoint):
        typed[f"{newer.code}-version"] = str(newer.version)
    forms = _forms(application, typed, request.POST.get("point", ""))
    return _page(request, application, forms, newer=newer, status=409)


def _next_place(application: Application, pressed: str) -> str:
    """The next point without a result, or the end of the list."""
    points = OpenRound(application).points
    codes = [each.point.code for each in points]
    start = codes.index(pressed) + 1 if pressed in codes else 0
    following = [each.point.code for each in [*points[start:], *points[:start]] if not each.saved]
    place = f"punkt-{following[0]}" if following else "dalej"
    return reverse("formal_check", args=[application.pk]) + f"#{place}"


def _page(
    request: SignedInRequest,
    application: Application,
    forms: list[PointForm] | None = None,
    *,
    newer: object = None,
    status: int = 200,
) -> HttpResponse:
    user = request.user
    is_open = application.state == State.FORMAL_CHECK
    checks = is_open and user.has_perm("applications.save_points", application)
    context: dict[str, Any] = {
        "application": application,
        "rounds": concluded_rounds(application),
        "is_staff": Application.objects.open_to_staff(user).filter(pk=application.pk).exists(),
        "is_open": is_open,
        "newer": newer,
        "round": None,
        "forms": [],
    }
    if checks:
        context["round"] = round_ = OpenRound(application)
        context["forms"] = forms or [PointForm(of=each) for each in round_.points]
    return render(request, "applications/formal_check.html", context, status=status)
