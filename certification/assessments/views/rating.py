"""The workbench of one assessor."""

from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from certification.applications.models import Dossier
from certification.assessments import services
from certification.assessments.bench import CHANGED, Bench
from certification.assessments.desk import Desk
from certification.assessments.forms import RatingForm, SummaryForm
from certification.assessments.models import Assessment, Assignment, CalibrationRating, Rating
from certification.errors import Stale
from certification.permitted import permitted
from certification.refusals import refused_at
from certification.standards.models import Criterion
from institutions.requests import SignedInRequest

CHOSEN_CRITERIA = Assignment.criteria.through.objects.filter(assignment=OuterRef("assignment"))
LATER_DOSSIERS = Dossier.objects.filter(
    application=OuterRef("assignment__application"), number__gt=1
).order_by()
WORK = "praca"  # the part of the page that htmx exchanges when one goes on


def own(request: SignedInRequest, pk: int, permission: str | None = None) -> Assessment:
    """The person's own assessment: nobody else sees one, so there is no permission to read it."""
    assessments = Assessment.objects.select_related("assignment__application").annotate(
        was_completed=Exists(LATER_DOSSIERS), rates_all=~Exists(CHOSEN_CRITERIA)
    )
    found = permitted(assessments, request.user, permission, pk=pk)
    found.assignment.assessor = request.user  # nobody else
    found.assignment.rates_all = found.rates_all  # type: ignore[attr-defined]
    found.assignment.application.was_completed = found.was_completed  # type: ignore[attr-defined]
    return found


def asked(assessment: Assessment, code: str) -> Criterion:
    """The criterion of that code among those on the card, else 404."""
    for criterion in assessment.criteria():
        if criterion.code == code:
            return criterion
    raise Http404


def _place(desk: Desk, criterion: Criterion) -> str:
    query = urlencode({"kryterium": criterion.code}) + desk.query
    return f"{reverse('assessment_detail', args=[desk.assessment.pk])}?{query}"


def _only_changed(request: SignedInRequest) -> bool:
    return request.GET.get("tylko") == CHANGED


@require_GET
def assessment_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One criterion beside its answer and evidence; by default where one stopped."""
    assessment, code = own(request, pk), request.GET.get("kryterium", "")
    if request.htmx.target == WORK and not request.htmx.history_restore_request:
        return _work(request, assessment, asked(assessment, code))
    bench = Bench(assessment, code, only_changed=_only_changed(request))
    return _bench_page(request, bench)


def _work(request: SignedInRequest, assessment: Assessment, criterion: Criterion) -> HttpResponse:
    """What htmx exchanges for the next criterion."""
    desk = Desk(assessment, criterion, only_changed=_only_changed(request))
    return render(request, "assessments/_bench_work.html", _context(desk, _form_of(desk)))


def _form_of(desk: Desk) -> RatingForm | None:
    return RatingForm.of(desk.entry.rating, desk.levels) if desk.is_open else None


@require_POST
def rating_save(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Save the rating of one criterion, and go on to the next when asked to."""
    assessment = own(request, pk, "assessments.save_rating")
    desk = Desk(assessment, asked(assessment, code), only_changed=_only_changed(request))
    if request.POST.get("take") == "theirs":
        return redirect(_place(desk, desk.criterion))
    form = RatingForm(request.POST, levels=desk.levels)
    if not form.is_valid():
        return _refused(request, desk, form, status=422)
    try:
        save_typed(request, desk, form)
    except Stale as stale:
        return _stale_page(request, desk, stale.current)
    messages.success(request, _("%(code)s is saved.") % {"code": code})
    if request.POST.get("then") != "next":
        return redirect(_place(desk, desk.criterion))
    if desk.next is None:
        return redirect("assessment_submit", pk=pk)
    return redirect(_place(desk, desk.next))


def save_typed(
    request: SignedInRequest, desk: Desk, form: RatingForm, *, unasked: bool = False
) -> Rating:
    """Save what a valid form holds. Raises Stale."""
    seconds = request.POST.get("seconds", "")
    return services.save_rating(
        desk.assessment,
        desk.criterion,
        by=request.user,
        level=form.cleaned_data["level"],
        **form.texts,
        expected_version=form.cleaned_data["version"],
        unasked=unasked,
        unsure=request.POST.getlist("unsure"),
        seconds=int(seconds) if seconds.isdecimal() else 0,
    )


def _stale_page(request: SignedInRequest, desk: Desk, newer: object) -> HttpResponse:
    """Both texts: the newer one to read, the person's own in the form, ready to replace it."""
    data = request.POST.copy()
    data["version"] = str(typed_over(newer))
    form = RatingForm(data, levels=desk.levels)
    return _refused(request, desk, form, newer=newer, status=409)


def typed_over(newer: object) -> int:
    """The version that a text is written over from now on: of what another tab saved."""
    return newer.version if isinstance(newer, Rating | CalibrationRating) else 0


def _refused(
    request: SignedInRequest, desk: Desk, form: RatingForm, *, newer: object = None, status: int
) -> HttpResponse:
    bench = Bench(desk.assessment, desk.criterion.code, only_changed=desk.only_changed)
    return _bench_page(request, bench, desk, form, newer=newer, status=status)


def _bench_page(
    request: SignedInRequest,
    bench: Bench,
    desk: Desk | None = None,
    form: RatingForm | None = None,
    *,
    newer: object = None,
    status: int = 200,
) -> HttpResponse:
    here = bench.current
    desk = desk or Desk(
        bench.assessment, here.criterion, only_changed=bench.only_changed, entry=here
    )
    context = _context(desk, form or _form_of(desk), newer)
    context |= {"bench": bench, "kept_as": f"ocena-{bench.assessment.pk}"}
    return render(request, "assessments/assessment_detail.html", context, status=status)


def _context(desk: Desk, form: RatingForm | None, newer: object = None) -> dict[str, object]:
    here = [desk.assessment.pk, desk.criterion.code]
    only = f"?tylko={CHANGED}" if desk.only_changed else ""
    return {
        "save_url": reverse("rating_save", args=here) + only,
        "autosave_url": reverse("rating_autosave", args=here),
        "desk": desk,
        "entry": desk.entry,
        "assessment": desk.assessment,
        "application": desk.application,
        "form": form,
        "newer": newer,
    }


@require_http_methods(["GET", "POST"])
def assessment_submit(request: SignedInRequest, pk: int) -> HttpResponse:
    """See what is ready, add overall remarks, and hand the card in for good."""
    assessment = own(request, pk, "assessments.submit_assessment")
    form = SummaryForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _submitted(request, assessment, form):
        messages.success(request, _("Your card was submitted. Thank you for your work."))
        return redirect("assessment_list")
    context = {
        "bench": Bench(assessment),
        "assessment": assessment,
        "application": assessment.application,
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "assessments/assessment_submit.html", context, status=status)


def _submitted(request: SignedInRequest, assessment: Assessment, form: SummaryForm) -> bool:
    summary = form.cleaned_data["summary"]
    with refused_at(form):
        services.submit_assessment(assessment, by=request.user, summary=summary)
        return True
    return False
