"""An assessor asks the office to have a criterion completed."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from certification.applications.states import State
from certification.assessments import services
from certification.assessments.forms import ProposalForm
from certification.assessments.models import Assessment, CompletionProposal
from certification.assessments.states import Verb
from certification.errors import Stale, TransitionNotAllowed
from certification.permitted import permitted
from institutions.requests import SignedInRequest


@require_http_methods(["GET", "POST"])
def completion_propose(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    assessments = Assessment.objects.select_related(
        "assignment__application__institution",
        "assignment__application__kind",
        "assignment__application__standard_set",
    )
    assessment = permitted(assessments, request.user, "assessments.propose_completion", pk=pk)
    application = assessment.application
    criterion = next((each for each in assessment.criteria() if each.code == code), None)
    if criterion is None:
        raise Http404
    if application.state != State.ASSESSMENT:
        raise TransitionNotAllowed(Verb.PROPOSE_COMPLETION, application.state)
    mine = CompletionProposal.objects.filter(assessment=assessment, criterion=criterion)
    saved = mine.first()
    form = ProposalForm(request.POST if request.method == "POST" else None, initial=_initial(saved))
    back = f"{reverse('assessment_detail', args=[pk])}?kryterium={code}"
    newer, status = None, 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        given, version = form.cleaned_data["reason"], form.cleaned_data["version"]
        try:
            services.propose_completion(
                assessment, criterion, by=request.user, reason=given, expected_version=version
            )
        except Stale as stale:
            newer, status = stale.current, 409
            form = _over(request, newer)
        else:
            messages.success(request, _("The office will read it.") if given else _("Taken back."))
            return redirect(back)
    context = {
        "assessment": assessment,
        "application": application,
        "criterion": criterion,
        "form": form,
        "back": back,
        "newer": newer,
    }
    return render(request, "assessments/completion_propose.html", context, status=status)


def _initial(saved: CompletionProposal | None) -> dict[str, object]:
    return {"reason": saved.reason, "version": saved.version} if saved else {"version": 0}


def _over(request: SignedInRequest, newer: object) -> ProposalForm:
    """What was typed, ready to replace the newer wish knowingly."""
    typed = request.POST.copy()
    typed["version"] = str(newer.version if isinstance(newer, CompletionProposal) else 0)
    return ProposalForm(typed)
