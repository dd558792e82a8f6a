"""A draft goes over to a newer edition: what becomes of each answer, then the move itself."""

from datetime import datetime

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from certification.applications import services
from certification.applications.dossiers import answers_shown
from certification.applications.editions import offered_to
from certification.applications.forms.editions import EditionForm
from certification.applications.models import Application, Comment, EditionChange
from certification.applications.renewal.passage import passage
from certification.applications.states import State, Verb
from certification.errors import TransitionNotAllowed
from certification.permitted import permitted
from institutions.requests import SignedInRequest


@require_http_methods(["GET", "POST"])
def edition_change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every member sees what would change; the custodian confirms."""
    permission = "applications.change_edition" if request.method == "POST" else None
    application = permitted(Application.objects.with_names(), request.user, permission, pk=pk)
    if application.state != State.DRAFT:
        raise TransitionNotAllowed(Verb.CHANGE_EDITION, application.state)
    offered = offered_to(application)
    if offered is None:
        messages.info(request, _("This draft is written against the edition that holds now."))
        return redirect("application_answers", pk)
    form = EditionForm(request.POST or None, offered=offered)
    if request.method == "POST" and form.is_valid():
        services.change_edition(application, by=request.user, to=offered)
        messages.success(request, _("The draft follows the new edition. Look at what changed."))
        return redirect("application_answers", pk)
    context = {
        "application": application,
        "offered": offered,
        "form": form,
        "passage": passage(application.standard_set, offered, application.kind),
        "may_move": request.user.has_perm("applications.change_edition", application),
    }
    status = 422 if form.errors else 200
    return render(request, "applications/edition_change.html", context, status=status)


@require_GET
def edition_before(request: SignedInRequest, pk: int, change_pk: int) -> HttpResponse:
    """A draft as it stood before it went over: never submitted, so only the institution's."""
    application = permitted(Application.objects.with_names(), request.user, pk=pk)
    if application.institution_id not in request.user.institution_ids:
        raise Http404
    changes = EditionChange.objects.select_related("before", "after", "changed_by")
    change = get_object_or_404(changes, application=application, pk=change_pk)
    context = {
        "application": application,
        "change": change,
        "answers": answers_shown(change),
        "comments": _comments_left(change),
        "history": _history(change),
    }
    return render(request, "applications/edition_before.html", context)


def _comments_left(change: EditionChange) -> "QuerySet[Comment]":
    """What colleagues said of criteria that the new edition left out."""
    left = change.application.comments.filter(criterion__standard__area__standard_set=change.before)
    return left.select_related("criterion", "written_by").order_by("criterion__code", "pk")


def _history(change: EditionChange) -> list[tuple[str, list[tuple[datetime, str]]]]:
    """Earlier texts of the answers that found no place of their own, by code."""
    return [
        (code, [(datetime.fromisoformat(one["written_at"]), one["text"]) for one in versions])
        for code, versions in sorted(change.contents.get("history", {}).items())
    ]
