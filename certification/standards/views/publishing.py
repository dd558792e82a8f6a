"""Publishing an edition, and ending its use."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from certification.errors import CannotDo, TransitionNotAllowed
from certification.permitted import permitted
from certification.standards import services
from certification.standards.comparing import compare
from certification.standards.models import Criterion, Standard, StandardSet
from certification.standards.outcome_rule import OutcomeRule
from certification.standards.states import Standing, Verb

from .pages import crumbs_of, draft_of, to_mend


@require_http_methods(["GET", "POST"])
def edition_publish(request: HttpRequest, code: str) -> HttpResponse:
    """Show what will be frozen and what is in the way; then freeze it."""
    draft = draft_of(request, code)
    status = 200
    if request.method == "POST":
        try:
            services.publish(draft, by=request.user)
        except TransitionNotAllowed:
            raise
        except CannotDo:
            status = 422  # the page says what is in the way
        else:
            messages.success(
                request, _("The edition is published. New applications are written against it.")
            )
            return redirect(draft)
    blocking, advice = to_mend(draft)
    context = {
        "edition": draft,
        "crumbs": crumbs_of(draft),
        "blocking": blocking,
        "advice": advice,
        "facts": _frozen(draft),
        "counts": compare(draft.follows, draft).counts if draft.follows else [],
        "current": StandardSet.objects.current(),
    }
    return render(request, "standards/edition_publish.html", context, status=status)


def _frozen(draft: StandardSet) -> list[tuple[str, object]]:
    return [
        (_("Name"), draft.name),
        (_("Edition"), draft.edition),
        (_("Areas"), draft.areas.count()),
        (_("Standards"), Standard.objects.of_set(draft).count()),
        (_("Criteria"), Criterion.objects.of_set(draft).count()),
        (_("Rating scale"), ", ".join(str(level) for level in draft.levels.all())),
        (_("Counts as met from level"), draft.met_from),
        (_("When a standard is met"), " ".join(OutcomeRule.of(draft).words)),
        (_("A certificate is valid for (years)"), draft.validity_years),
        (_("Follows the edition"), draft.follows.edition if draft.follows else "–"),
    ]


@require_http_methods(["GET", "POST"])
def edition_retire(request: HttpRequest, code: str) -> HttpResponse:
    """End the use of a published edition, after asking."""
    edition = permitted(StandardSet, request.user, "standards.retire_edition", code=code)
    if edition.standing != Standing.PUBLISHED:
        raise TransitionNotAllowed(Verb.RETIRE, edition.standing)
    if request.method == "POST":
        services.retire(edition, by=request.user)
        messages.success(request, _("The edition is retired."))
        return redirect("edition_list")
    others = StandardSet.objects.in_use().exclude(pk=edition.pk)
    consequences = [
        _("No new application can be begun against it."),
        _("Applications begun against it run on as they are."),
        _("It stays in the catalogue for everybody to read, marked as retired."),
    ]
    if not others.exists():
        consequences.append(
            _("No other edition is in use: nobody will be able to begin an application.")
        )
    context = {
        "title": _("Retire this edition?"),
        "text": _("%(name)s, edition %(edition)s. This cannot be undone.")
        % {"name": edition.name, "edition": edition.edition},
        "consequences": consequences,
        "label": _("Retire the edition"),
        "danger": True,
        "cancel_url": reverse("edition_list"),
        "crumbs": crumbs_of(edition)[:2],
    }
    return render(request, "components/confirm.html", context)
