"""The office opens a round, follows it and closes it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from certification import clock
from certification.assessments.calibration import services
from certification.assessments.calibration.forms import InviteForm
from certification.assessments.calibration.invitees import invitees
from certification.assessments.calibration.reading import prepared, progress
from certification.assessments.calibration.states import SMALLEST_GROUP, Stage, Verb
from certification.assessments.models import CalibrationRound
from certification.errors import TransitionNotAllowed
from certification.refusals import refused_at
from institutions.requests import SignedInRequest

from .preparing import office_round


@require_http_methods(["GET", "POST"])
def calibration_open(request: SignedInRequest, pk: int) -> HttpResponse:
    """Freeze the sample and invite those who are to rate it."""
    calibration = office_round(request, pk, Verb.OPEN, Stage.PREPARED)
    form = _invite_form(request, calibration, is_opening=True)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            services.open_round(
                calibration,
                by=request.user,
                assessors=form.assessors,
                due_on=form.cleaned_data["due_on"],
                is_read=form.cleaned_data["is_read"],
            )
            messages.success(request, _("The round is open. Those invited are told by e-mail."))
            return redirect(calibration)
    return _invite_page(request, calibration, form)


@require_http_methods(["GET", "POST"])
def calibration_invite(request: SignedInRequest, pk: int) -> HttpResponse:
    """Invite more people, or move the last day."""
    calibration = office_round(request, pk, Verb.INVITE, Stage.OPEN)
    form = _invite_form(request, calibration, is_opening=False)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            cards = services.invite(
                calibration,
                by=request.user,
                assessors=form.assessors,
                due_on=form.cleaned_data["due_on"],
            )
            told = ngettext("%(n)s person invited.", "%(n)s people invited.", len(cards))
            messages.success(request, told % {"n": len(cards)} if cards else _("Saved."))
            return redirect(calibration)
    return _invite_page(request, calibration, form)


def _invite_form(
    request: SignedInRequest, calibration: CalibrationRound, *, is_opening: bool
) -> InviteForm:
    return InviteForm(
        request.POST if request.method == "POST" else None,
        people=invitees(calibration),
        today=clock.today(),
        is_opening=is_opening,
        initial={"due_on": calibration.due_on},
    )


def _invite_page(
    request: SignedInRequest, calibration: CalibrationRound, form: InviteForm
) -> HttpResponse:
    rows = prepared(calibration) if form.is_opening else []
    context = {
        "calibration": calibration,
        "form": form,
        "rated": sum(row.answer.is_rated for row in rows),
        "known": [row for row in rows if row.known and row.answer.is_rated],
        "doubtful": [row for row in rows if row.suspects and row.answer.is_rated],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "assessments/calibration_invite.html", context, status=status)


@require_http_methods(["GET", "POST"])
def calibration_uninvite(request: SignedInRequest, pk: int, card: int) -> HttpResponse:
    """Take an invitation back, with whatever was rated so far."""
    calibration = office_round(request, pk, Verb.UNINVITE, Stage.OPEN)
    if progress(calibration, request.user) is None:
        raise TransitionNotAllowed(Verb.UNINVITE, calibration.stage)
    found = get_object_or_404(calibration.cards.select_related("assessor"), pk=card)
    if found.is_submitted:
        raise TransitionNotAllowed(Verb.UNINVITE, calibration.stage)
    if request.method == "POST":
        services.uninvite(found, by=request.user)
        messages.success(request, _("The invitation is taken back."))
        return redirect(calibration)
    context = {
        "title": _("Take the invitation back"),
        "text": _("%(person)s will not see this round any more; what they have rated is deleted.")
        % {"person": found.assessor},
        "label": _("Take the invitation back"),
        "cancel_url": calibration.get_absolute_url(),
        "danger": True,
    }
    return render(request, "components/confirm.html", context)


@require_http_methods(["GET", "POST"])
def calibration_close(request: SignedInRequest, pk: int) -> HttpResponse:
    """End the rating for good."""
    calibration = office_round(request, pk, Verb.CLOSE, Stage.OPEN)
    if request.method == "POST":
        services.close_round(calibration, by=request.user)
        messages.success(request, _("The round is closed. Here is how the ratings are spread."))
        return redirect(calibration)
    rows = progress(calibration, request.user)
    submitted = sum(row.card.is_submitted for row in rows or [])
    context = {
        "title": _("Close the round"),
        "text": _("After this nobody can rate, and the results are shown. It cannot be undone."),
        "consequences": _consequences(rows is not None, submitted, len(rows or [])),
        "label": _("Close the round"),
        "cancel_url": calibration.get_absolute_url(),
    }
    return render(request, "components/confirm.html", context)


def _consequences(may_know: bool, submitted: int, invited: int) -> list[str]:
    """What closing brings; nothing of others to somebody who has yet to submit."""
    if not may_know:
        return [_("You have not submitted your own ratings: they will not count.")]
    told = [
        _("%(n)s of %(all)s have submitted; only these ratings count.")
        % {"n": submitted, "all": invited}
    ]
    if submitted < SMALLEST_GROUP:
        told.append(
            _(
                "With fewer than %(least)s submitted, assessors will not be shown where they "
                "stand: each would see whose rating is whose."
            )
            % {"least": SMALLEST_GROUP}
        )
    return told
