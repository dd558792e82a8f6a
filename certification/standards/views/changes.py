"""Two editions side by side, for everybody who may read both."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from certification.permitted import permitted
from certification.standards.comparing import compare
from certification.standards.models import StandardSet

EVERYTHING = "calosc"


@login_not_required
@require_safe
def edition_changes(request: HttpRequest, code: str) -> HttpResponse:
    """What changed since the edition before, or since the one named (`od`)."""
    new = permitted(StandardSet, request.user, code=code)
    old = _before(request, new)
    comparison = compare(old, new)
    everything = request.GET.get("zakres") == EVERYTHING
    others = StandardSet.objects.visible_to(request.user).exclude(pk=new.pk).newest_first()
    context = {
        "comparison": comparison,
        "groups": comparison.groups if everything else comparison.changed,
        "tabs": _tabs(old, everything=everything),
        "others": [each for each in others if each != old],
    }
    return render(request, "standards/edition_changes.html", context)


def _before(request: HttpRequest, new: StandardSet) -> StandardSet:
    visible = StandardSet.objects.visible_to(request.user)
    if "od" in request.GET:
        return get_object_or_404(visible, code=request.GET["od"])
    if new.follows is None:
        raise Http404
    return new.follows


def _tabs(old: StandardSet, *, everything: bool) -> list[dict[str, object]]:
    here = f"?od={old.code}"
    return [
        {"label": _("Only what changed"), "url": here, "current": not everything, "count": None},
        {
            "label": _("Everything"),
            "url": f"{here}&zakres={EVERYTHING}",
            "current": everything,
            "count": None,
        },
    ]
