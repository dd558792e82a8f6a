"""What a completion changed, for everybody who reads the case."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from certification.applications import access
from certification.applications.changes import of_dossier
from certification.applications.models import Application
from certification.permitted import permitted
from institutions.requests import SignedInRequest


@require_GET
def dossier_changes(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """One dossier against the one before it, criterion by criterion, beside what was asked."""
    application = permitted(Application.objects.with_names(), request.user, pk=pk)
    dossier = get_object_or_404(
        application.dossiers.select_related("application"), number=number, number__gt=1
    )
    changes = of_dossier(dossier)
    texts = {criterion.code: criterion for criterion in application.criteria()}
    requests = application.completion_requests.prefetch_related(
        "items__criterion", "items__evidence_type"
    )
    answered = [each for each in requests if each.is_answered]
    completion = answered[number - 2] if len(answered) >= number - 1 else None
    context = {
        "application": application,
        "dossier": dossier,
        "completion": completion,
        "reasons": access.may_read_reasons(request.user, application),
        "changes": [(change, texts.get(code)) for code, change in changes.items()],
        "untouched": [
            code for code in (completion.codes if completion else []) if code not in changes
        ],
    }
    return render(request, "applications/dossier_changes.html", context)
