"""Writing one answer. Whatever button is pressed, what was typed is saved with it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from certification.applications import services
from certification.applications.forms import AnswerForm, CitationForm
from certification.applications.models import Answer, Application, Citation
from certification.applications.reading import citable_revisions
from certification.errors import Stale
from certification.permitted import permitted
from certification.standards.models import Criterion
from institutions.requests import SignedInRequest


@require_http_methods(["GET", "POST"])
def answer_edit(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    application, criterion = _opened(request, pk, code)
    if request.method == "POST":
        refusal = _write(request, application, criterion)
        return refusal or _saved(request, application, criterion)
    if not application.unlocked().filter(pk=criterion.pk).exists():
        messages.info(request, _("This answer cannot be changed now. You can read it."))
        return redirect(reverse("application_answers", args=[pk]) + f"?widok=calosc#{code}")
    return _page(request, application, criterion)


@require_POST
def cite(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    application, criterion = _opened(request, pk, code)
    form = CitationForm(request.POST, revisions=citable_revisions(application, criterion))
    if not form.is_valid():
        typed = _answer_form(application, request.POST)
        return _page(request, application, criterion, typed, citing=form, status=422)
    refusal = _write(
        request,
        application,
        criterion,
        then=lambda: services.cite(application, criterion, by=request.user, **form.cleaned_data),
    )
    return refusal or _saved(request, application, criterion)


@require_POST
def uncite(request: SignedInRequest, pk: int, code: str, citation_pk: int) -> HttpResponse:
    application, criterion = _opened(request, pk, code)
    citation = Citation.objects.filter(
        pk=citation_pk, answer__application=application, answer__criterion=criterion
    ).first()
    refusal = _write(
        request,
        application,
        criterion,
        then=lambda: services.uncite(citation, by=request.user) if citation else None,
    )
    return refusal or _saved(request, application, criterion)


def _opened(request: SignedInRequest, pk: int, code: str) -> tuple[Application, Criterion]:
    application = permitted(
        Application.objects.with_names(), request.user, "applications.save_answer", pk=pk
    )
    criteria = application.criteria().prefetch_related("evidence_types")
    return application, get_object_or_404(criteria, code=code)


def _answer_form(application: Application, data: QueryDict) -> AnswerForm:
    return AnswerForm(data, levels=application.standard_set.levels.all())


def _write(
    request: SignedInRequest,
    application: Application,
    criterion: Criterion,
    then: Callable[[], Any] = lambda: None,
) -> HttpResponse | None:
    """Save what was typed, then do the rest, together; gives a page if either is refused."""
    form = _answer_form(application, request.POST)
    if not form.is_valid():
        return _page(request, application, criterion, form, status=422)
    try:
        with transaction.atomic():
            services.save_answer(
                application,
                criterion,
                by=request.user,
                self_rating=form.cleaned_data["self_rating"],
                text=form.cleaned_data["text"],
                expected_version=form.cleaned_data["version"],
            )
            then()
    except Stale as stale:
        # the typed text stays; saving it again replaces the newer one knowingly
        newer: Any = stale.current
        typed = request.POST.copy()
        typed["version"] = newer.version
        form.data = typed
        return _page(request, application, criterion, form, newer=newer, status=409)
    return None


def _saved(
    request: SignedInRequest, application: Application, criterion: Criterion
) -> HttpResponse:
    messages.success(request, _("Saved: %(code)s.") % {"code": criterion.code})
    here = reverse("answer_edit", args=[application.pk, criterion.code])
    wish = request.POST.get("then")
    if wish == "evidence":
        library = reverse("evidence_add", args=[application.institution_id])
        return redirect(f"{library}?{urlencode({'next': here})}")
    if wish == "next":
        _previous, following, _place = _neighbours(application, criterion)
        if following:
            return redirect("answer_edit", application.pk, following)
        return redirect("application_answers", application.pk)
    return redirect(f"{here}#dowody" if wish == "citation" else here)


def _neighbours(application: Application, criterion: Criterion) -> tuple[str, str, tuple[int, int]]:
    """The codes before and after, among those that can be written now, and the place there."""
    codes = list(application.unlocked().values_list("code", flat=True))
    if criterion.code not in codes:
        return "", "", (0, len(codes))
    index = codes.index(criterion.code)
    around = ["", *codes, ""]
    return around[index], around[index + 2], (index + 1, len(codes))


def _page(
    request: SignedInRequest,
    application: Application,
    criterion: Criterion,
    form: AnswerForm | None = None,
    *,
    citing: CitationForm | None = None,
    newer: Answer | None = None,
    status: int = 200,
) -> HttpResponse:
    answers = Answer.objects.select_related("updated_by", "self_rating")
    answer = answers.filter(application=application, criterion=criterion).first()
    revisions = citable_revisions(application, criterion)
    citing = citing or CitationForm(revisions=revisions)
    citations = list(answer.citations.select_related("revision__evidence__type")) if answer else []
    cited = [citation.revision.evidence_id for citation in citations]
    previous, following, place = _neighbours(application, criterion)
    context = {
        "application": application,
        "criterion": criterion,
        "answer": answer,
        "citations": citations,
        "superseded": set(
            revisions.filter(evidence__in=cited).values_list("evidence_id", flat=True)
        ),
        "form": form or _form_of(application, answer),
        "citing": citing,
        "can_cite": citing.has_choice,
        "newer": newer,
        "previous": previous,
        "following": following,
        "place": place,
    }
    return render(request, "applications/answer_edit.html", context, status=status)


def _form_of(application: Application, answer: Answer | None) -> AnswerForm:
    return AnswerForm(
        levels=application.standard_set.levels.all(),
        initial={
            "self_rating": answer.self_rating_id if answer else None,
            "text": answer.text if answer else "",
            "version": answer.version if answer else 0,
        },
    )
