"""Places in the evidence: cited on the bench, opened by whoever reads the rating."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification.applications.models import Application
from certification.applications.places import Place
from certification.applications.states import State
from certification.applications.submitted import holds_revision
from certification.assessments import services
from certification.assessments.marks.checking import what_is_wrong
from certification.assessments.marks.forms import MarkForm, starting_at
from certification.assessments.models import Assessment, EvidenceMark
from certification.errors import CannotDo, TransitionNotAllowed
from certification.permitted import permitted
from certification.standards.models import Criterion
from institutions import viewing
from institutions.models import EvidenceRevision
from institutions.requests import SignedInRequest
from institutions.viewing.asked import Asked
from institutions.viewing.looking import Addresses


@dataclass(frozen=True)
class OwnRating:
    """One's own rating of one criterion, at which places are cited."""

    assessment: Assessment
    criterion: Criterion

    @classmethod
    def of(cls, request: SignedInRequest, pk: int, code: str, permission: str = "") -> "OwnRating":
        assessments = Assessment.objects.select_related(
            "assignment__application__kind", "assignment__application__institution"
        )
        assessment = permitted(assessments, request.user, permission or None, pk=pk)
        criterion = next((one for one in assessment.criteria() if one.code == code), None)
        if criterion is None:
            raise Http404
        return cls(assessment, criterion)

    @property
    def application(self) -> Application:
        return self.assessment.application

    @property
    def is_open(self) -> bool:
        return self.application.state == State.ASSESSMENT and not self.assessment.is_submitted

    @property
    def marks(self) -> Any:
        return EvidenceMark.objects.filter(
            assessment=self.assessment, criterion=self.criterion
        ).to_show()

    @property
    def bench(self) -> str:
        """The address of the criterion on the bench."""
        return f"{self.assessment.get_absolute_url()}?kryterium={self.criterion.code}"

    def addresses(self, revision: EvidenceRevision) -> Addresses:
        """Evidence looked at here is looked at to cite it; it is drawn and saved as in the case."""
        cite = reverse("evidence_cite", args=[self.assessment.pk, self.criterion.code, revision.pk])
        return _addresses(self.application, revision, view=cite)


def _addresses(case: Application, revision: EvidenceRevision, *, view: str = "") -> Addresses:
    args = [case.pk, revision.pk]
    return Addresses(
        view=view or reverse("cited_view", args=args),
        file=reverse("cited_file", args=args) if revision.file else "",
        page=lambda number: reverse("cited_page", args=[*args, number]),
    )


def _revision(request: SignedInRequest, case: Application, pk: int) -> EvidenceRevision:
    revision = get_object_or_404(EvidenceRevision.objects.select_related("evidence__type"), pk=pk)
    if not holds_revision(request.user, case, revision):
        raise Http404
    return revision


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_cite(request: SignedInRequest, pk: int, code: str, revision_pk: int) -> HttpResponse:
    """Look at cited evidence beside a form that keeps a place in it for one's rating."""
    if request.method != "POST":
        own = OwnRating.of(request, pk, code)
        return _cite_page(request, own, _revision(request, own.application, revision_pk))
    own = OwnRating.of(request, pk, code, "assessments.mark_evidence")
    revision = _revision(request, own.application, revision_pk)
    form = MarkForm(request.POST, revision=revision)
    if not form.is_valid():
        return _refused(request, own, revision, form)
    if wrong := what_is_wrong(revision, form.spot, own.addresses(revision)):
        form.add_error("quote" if form.spot.passage else "page", wrong)
        return _refused(request, own, revision, form)
    try:
        mark = services.mark_evidence(
            own.assessment, own.criterion, revision, by=request.user, spot=form.spot
        )
    except TransitionNotAllowed:
        raise
    except CannotDo as refusal:
        form.add_error(None, str(refusal))
        return _refused(request, own, revision, form)
    said = _("Place [%(number)s] is kept. Write [%(number)s] in your text, where it speaks for it.")
    return _done(request, own, said % {"number": mark.number}, new=mark.number)


def _cite_page(
    request: SignedInRequest,
    own: OwnRating,
    revision: EvidenceRevision,
    form: MarkForm | None = None,
) -> HttpResponse:
    asked = Asked.of(request.GET)
    if form is None and own.is_open:
        initial = starting_at(revision, Place(page=asked.page or None, second=asked.second or None))
        form = MarkForm(revision=revision, initial=initial)
    return viewing.show(
        request,
        revision,
        own.addresses(revision),
        trail=[(_("Assessment card"), own.bench)],
        template="assessments/evidence_cite.html",
        around={"own": own, "criterion": own.criterion, "form": form, "marks": own.marks},
        status=422 if form and form.is_bound else 200,
    )


def _refused(
    request: SignedInRequest, own: OwnRating, revision: EvidenceRevision, form: MarkForm
) -> HttpResponse:
    """The page again with what is wrong; for the bench's script, what is wrong alone."""
    if not request.htmx:
        return _cite_page(request, own, revision, form)
    said = " ".join(str(error) for errors in form.errors.values() for error in errors)
    return HttpResponse(said, content_type="text/plain; charset=utf-8", status=422)


def _done(request: SignedInRequest, own: OwnRating, said: str, *, new: int = 0) -> HttpResponse:
    """Back on the bench; for its script, the list of places as it stands now."""
    if not request.htmx:
        messages.success(request, said)
        return redirect(own.bench)
    context = {
        "marks": own.marks,
        "assessment": own.assessment,
        "criterion": own.criterion,
        "is_open": True,
        "new": new,
        "said": said,
    }
    return render(request, "assessments/_marks.html", context)


@require_POST
def mark_remove(request: SignedInRequest, pk: int, code: str, number: int) -> HttpResponse:
    """Forget a place that no text points at."""
    own = OwnRating.of(request, pk, code, "assessments.mark_evidence")
    mark = get_object_or_404(own.marks, number=number)
    try:
        services.remove_mark(mark, by=request.user)
    except TransitionNotAllowed:
        raise
    except CannotDo as refusal:
        if request.htmx:
            return HttpResponse(str(refusal), content_type="text/plain; charset=utf-8", status=422)
        messages.error(request, str(refusal))
        return redirect(own.bench)
    return _done(request, own, _("Place [%(number)s] is removed.") % {"number": number})


@require_safe
def mark_view(request: SignedInRequest, pk: int, code: str, number: int) -> HttpResponse:
    """Open a cited place, for whoever may read the rating it stands in and see the evidence."""
    marks = EvidenceMark.objects.to_show().select_related(
        "assessment__assignment", "revision__evidence__type"
    )
    mark = permitted(marks, request.user, assessment=pk, criterion__code=code, number=number)
    case_pk = mark.assessment.assignment.application_id
    case = permitted(Application.objects.with_names(), request.user, pk=case_pk)
    mine = Assessment.objects.visible_to(request.user).filter(pk=pk).first()
    if mine:
        own = OwnRating(mine, mark.criterion)
        addresses, trail = own.addresses(mark.revision), [(_("Assessment card"), own.bench)]
    else:
        addresses = _addresses(case, mark.revision)
        trail = [(_("Consolidated card"), reverse("card_detail", args=[case.pk]))]
    return viewing.show(
        request,
        mark.revision,
        addresses,
        trail=[(str(case), case.get_absolute_url()), *trail],
        spot=mark.spot,
        template="assessments/mark_view.html",
        around={"mark": mark},
    )
