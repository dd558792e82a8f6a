"""Writing one answer. Whatever button is pressed, what was typed is saved with it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.forms import Form
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from certification import clock
from certification.applications.asked import asked_of
from certification.applications.forms.answering import AnswerForm
from certification.applications.forms.commenting import CommentForm
from certification.applications.models import Answer, Application, Citation
from certification.applications.reading import Row
from certification.applications.renewal.comparing import then_and_now
from certification.applications.writing import Way, way_through
from certification.errors import Stale
from certification.permitted import permitted
from certification.standards.models import Criterion
from institutions.requests import SignedInRequest

from .choosing import choice_of, save_typed
from .citing_section import citing_section
from .comments_section import comments_section
from .typed_evidence import PlaceRefused, TypedEvidence, typed_evidence


@require_http_methods(["GET", "POST"])
def answer_edit(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    application, criterion = opened(request, pk, code)
    if request.method == "POST":
        refusal = write(request, application, criterion)
        return refusal or saved(request, application, criterion)
    way = way_through(application, here=code)
    if code not in way.open_codes:
        messages.info(request, _("This answer cannot be changed now. You can read it."))
        return redirect(reverse("application_answers", args=[pk]) + f"?widok=calosc#{code}")
    return answer_page(request, application, criterion, way=way)


def opened(request: SignedInRequest, pk: int, code: str) -> tuple[Application, Criterion]:
    application = permitted(
        Application.objects.with_names(), request.user, "applications.save_answer", pk=pk
    )
    criterion = application.questions().criterion(code)
    if criterion is None:
        raise Http404
    return application, criterion


def typed_form(application: Application, data: QueryDict) -> AnswerForm:
    return AnswerForm(data, levels=application.questions().levels)


def write(
    request: SignedInRequest,
    application: Application,
    criterion: Criterion,
    then: Callable[[], Any] = lambda: None,
    removed: Citation | None = None,
) -> HttpResponse | None:
    """Save what was typed, then do the rest, together; gives a page if either is refused.

    The place typed beside a citation that `then` removes (`removed`) is not asked about.
    """
    form = typed_form(application, request.POST)
    evidence = typed_evidence(request.POST, application, criterion, removed=removed)
    if not all([form.is_valid(), evidence.is_valid()]):
        return answer_page(request, application, criterion, form, evidence=evidence, status=422)
    try:
        with transaction.atomic():
            answer = save_typed(request, application, criterion, form)
            evidence.save(application, criterion, by=request.user)
            then()
    except PlaceRefused:
        return answer_page(request, application, criterion, form, evidence=evidence, status=422)
    except Stale as stale:
        # the typed text stays; saving it again replaces the newer one knowingly
        newer: Any = stale.current
        choice = choice_of(newer, form.cleaned_data)
        typed = request.POST.copy()
        typed["version"] = newer.version
        form.data = typed
        return answer_page(request, application, criterion, form, choice=choice, status=409)
    if answer.text != form.cleaned_data["text"] and "take" not in request.POST:
        messages.info(request, _("Others changed this answer meanwhile. Both texts were joined."))
    return None


def saved(request: SignedInRequest, application: Application, criterion: Criterion) -> HttpResponse:
    messages.success(request, _("Saved: %(code)s.") % {"code": criterion.code})
    here = reverse("answer_edit", args=[application.pk, criterion.code])
    wish = request.POST.get("then")
    if wish == "evidence":
        library = reverse("evidence_add", args=[application.institution_id])
        return redirect(f"{library}?{urlencode({'next': f'{here}#dowody'})}")
    if wish == "next":
        _previous, following, _place = way_through(application).around(criterion.code)
        if following:
            return redirect("answer_edit", application.pk, following)
        return redirect("application_answers", application.pk)
    if wish == "standard":
        address = reverse("standard_edit", args=[application.pk, criterion.standard.code])
        return redirect(f"{address}#{criterion.code}")
    if wish == "new":
        return redirect(f"{here}?dodaj=tekst#nowy-dowod")
    if wish == "comment":
        return redirect(f"{here}?dodaj=komentarz#komentarze")
    return redirect(f"{here}#dowody" if wish == "citation" else here)


def answer_page(
    request: SignedInRequest,
    application: Application,
    criterion: Criterion,
    form: AnswerForm | None = None,
    *,
    citing: Form | None = None,
    evidence: TypedEvidence | None = None,
    commenting: CommentForm | None = None,
    choice: dict[str, Any] | None = None,
    way: Way | None = None,
    status: int = 200,
) -> HttpResponse:
    answers = Answer.objects.select_related("updated_by", "carried__confirmed_by")
    answer = answers.filter(application=application, criterion=criterion).first()
    prefetch_related_objects([criterion], "evidence_types")
    way = way or way_through(application, here=criterion.code)
    previous, following, place = way.around(criterion.code)
    form = form or form_of(application, answer)
    section = citing_section(request, application, criterion, answer, citing, evidence)
    row = Row(criterion, answer, [each.citation for each in section["cited"]])
    forms = [form, citing, commenting, *section["typed"].forms]
    context = {
        "application": application,
        "criterion": criterion,
        "answer": answer,
        "evidence": section,
        "refused": [one for one in forms if one and one.errors],
        "comments": comments_section(
            request.user,
            application,
            criterion,
            commenting,
            begins=request.GET.get("dodaj") == "komentarz",
        ),
        "commenting": commenting,
        "form": form,
        "choice": choice,
        "asked": asked_of(application, [criterion]).get(criterion.pk),
        "now": clock.now(),
        "then": then_and_now(application, row, reader=request.user),
        "areas": way.areas,
        "previous": previous,
        "following": following,
        "place": place,
    }
    return render(request, "applications/answer_edit.html", context, status=status)


def form_of(
    application: Application, answer: Answer | None, *, auto_id: str = "id_%s"
) -> AnswerForm:
    return AnswerForm(
        auto_id=auto_id,
        levels=application.questions().levels,
        initial={
            "self_rating": answer.self_rating_id if answer else None,
            "text": answer.text if answer else "",
            "version": answer.version if answer else 0,
        },
    )
