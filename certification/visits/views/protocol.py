"""Pages of the protocol: written, presented, answered by the institution, closed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from certification.documents.protocol import render_protocol
from certification.documents.responses import pdf_response, stored_response
from certification.errors import CannotDo, Stale, TransitionNotAllowed
from certification.permitted import permitted
from certification.refusals import refused_at
from certification.visits import services
from certification.visits.models import Protocol, SiteVisit
from certification.visits.protocol_forms import ConfirmForm, ProtocolForm, RemarkForm
from certification.visits.sheets import holds_notes_of_team, sheet_of
from certification.visits.states import State, Verb
from institutions.requests import SignedInRequest
from institutions.views.form_pages import form_page

from .dates import own_visit


@require_http_methods(["GET", "POST"])
def protocol_write(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write the protocol, save it as often as one likes."""
    visit = own_visit(request, pk, "visits.write_protocol")
    if visit.state != State.HELD:
        raise TransitionNotAllowed(Verb.WRITE, visit.state)
    draft = Protocol.objects.drafts().filter(visit=visit).first()
    form = ProtocolForm(request.POST if request.method == "POST" else None, draft=draft)
    newer = None
    if request.method == "POST" and form.is_valid():
        try:
            services.write_protocol(visit, by=request.user, **form.texts())
        except Stale as stale:
            newer = stale.current
            form = ProtocolForm(_over(request, newer))
        else:
            messages.success(request, _("The protocol was saved. Nobody else was told yet."))
            return redirect("protocol_write", pk)
    context = {
        "visit": visit,
        "application": visit.application,
        "form": form,
        "draft": draft,
        "newer": newer,
        "shared": _shared(visit),
    }
    return form_page(request, "visits/protocol_write.html", context, conflict=newer is not None)


def _over(request: SignedInRequest, newer: object) -> Any:
    typed = request.POST.copy()
    typed["expected_version"] = str(newer.version if isinstance(newer, Protocol) else 0)
    return typed


def _shared(visit: SiteVisit) -> dict[str, Any]:
    """What the kit adds to the protocol by itself."""
    blank = Protocol(visit=visit)
    sheet, of_team = sheet_of(blank), holds_notes_of_team(blank)
    return {"asked": sheet.asked, "photos": sheet.photos, "of_team": of_team}


@require_GET
def protocol_preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """The draft as it would print."""
    visit = own_visit(request, pk, "visits.write_protocol")
    draft = Protocol.objects.drafts().filter(visit=visit).first()
    if draft is None:
        raise Http404
    draft.visit = visit
    return pdf_response(render_protocol(sheet_of(draft)), "Protokół wizytacji (szkic).pdf")


@require_http_methods(["GET", "POST"])
def protocol_present(request: SignedInRequest, pk: int) -> HttpResponse:
    """Confirm the protocol for CAL, and show it to the institution."""
    visit = own_visit(request, pk, "visits.write_protocol")
    draft = Protocol.objects.drafts().filter(visit=visit).first()
    if visit.state != State.HELD or draft is None:
        raise TransitionNotAllowed(Verb.PRESENT, visit.state)
    draft.visit = visit
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.present(draft, by=request.user)
        except (Stale, TransitionNotAllowed):
            raise
        except CannotDo as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The protocol was presented to the institution."))
            return redirect(visit)
    consequences = [
        _("The institution reads the protocol, and what you marked for it in the kit."),
        _("It may make remarks and confirm it within the set time."),
        _("Notes and photos of the visit stay as they are from now on."),
    ]
    return _confirm(
        request,
        visit,
        form,
        title=_("Confirm the protocol for CAL and present it"),
        text=_("You confirm that the visit went as it is written."),
        label=_("Confirm and present"),
        consequences=consequences,
    )


def _confirm(
    request: SignedInRequest, visit: SiteVisit, form: Any = None, **page: Any
) -> HttpResponse:
    context = {"cancel_url": visit.get_absolute_url(), "form": form} | page
    status = 422 if form and form.errors else 200
    return render(request, "components/confirm.html", context, status=status)


def _presented(
    request: SignedInRequest, pk: int, permission: str, verb: Verb
) -> tuple[SiteVisit, Protocol]:
    """The visit and the protocol that waits for an answer."""
    visit = own_visit(request, pk, permission)
    protocol = Protocol.objects.presented().filter(visit=visit).last()
    if visit.state != State.PRESENTED or protocol is None:
        raise TransitionNotAllowed(verb, visit.state)
    protocol.visit = visit
    return visit, protocol


@require_POST
def protocol_amend(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take the presented protocol back and correct it."""
    _visit, protocol = _presented(request, pk, "visits.write_protocol", Verb.AMEND)
    services.amend(protocol, by=request.user)
    messages.success(request, _("Correct the protocol and present it anew."))
    return redirect("protocol_write", pk)


@require_http_methods(["GET", "POST"])
def protocol_remark(request: SignedInRequest, pk: int) -> HttpResponse:
    """The institution says what it sees otherwise."""
    visit, protocol = _presented(request, pk, "visits.remark_protocol", Verb.REMARK)
    form = RemarkForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            services.remark(protocol, by=request.user, text=form.cleaned_data["text"])
            messages.success(request, _("Your remark was kept. CAL was told."))
            return redirect(visit)
    context = {"visit": visit, "application": visit.application, "form": form}
    context |= {"protocol": protocol}
    return form_page(request, "visits/protocol_remark.html", context)


@require_http_methods(["GET", "POST"])
def protocol_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """The institution confirms the protocol."""
    visit, protocol = _presented(request, pk, "visits.confirm_protocol", Verb.CONFIRM)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.confirm(protocol, by=request.user)
        messages.success(request, _("The protocol is confirmed by both sides."))
        return redirect(visit)
    has_remarks = protocol.remarks.exists()
    return _confirm(
        request,
        visit,
        form,
        title=_("Confirm the protocol"),
        text=_("You confirm it with the remarks that your institution made. They are part of it.")
        if has_remarks
        else _("You confirm it without remarks. Make them first, if you have any."),
        label=_("Confirm the protocol"),
    )


@require_http_methods(["GET", "POST"])
def protocol_close(request: SignedInRequest, pk: int) -> HttpResponse:
    """The office closes what the institution did not confirm in time."""
    visit, protocol = _presented(request, pk, "visits.close_protocol", Verb.CLOSE)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.close(protocol, by=request.user)
        except (Stale, TransitionNotAllowed):
            raise
        except CannotDo as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The protocol was closed."))
            return redirect(visit)
    return _confirm(
        request,
        visit,
        form,
        title=_("Close the protocol without confirmation"),
        text=_("The protocol will say that the institution did not confirm it within its time."),
        label=_("Close the protocol"),
        danger=True,
    )


@require_GET
def protocol_pdf(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """One version as it was presented; closed, with the institution's remarks and confirmation."""
    protocols = Protocol.objects.presented().select_related("document", "closing__document")
    protocol = permitted(protocols, request.user, visit=pk, number=number)
    closing = protocol.ended
    return stored_response(closing.document if closing else protocol.document)
