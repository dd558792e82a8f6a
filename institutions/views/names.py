"""The page of an institution's names in every case."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from certification.errors import CannotDo, Stale
from certification.permitted import permitted
from institutions.forms.names import NameFormsForm
from institutions.grammar import Case, Variant
from institutions.models import Institution
from institutions.requests import SignedInRequest
from institutions.services.names import (
    confirm_name_forms,
    save_name_forms,
    suggest_name_forms,
)
from institutions.services.suggesting import TOWN_FIELDS, suggested_town, suggestions


@require_http_methods(["GET", "POST"])
def name_forms(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the forms of a name, and store what was typed without confirming it."""
    institution = permitted(Institution, request.user, "institutions.save_name_forms", pk=pk)
    if request.method == "GET":
        return _page(request, institution, NameFormsForm(instance=institution))
    form = NameFormsForm(request.POST, instance=institution)
    if not form.is_valid():
        return _page(request, institution, form, status=422)
    try:
        save_name_forms(
            institution,
            forms=form.typed_forms(),
            by=request.user,
            seen=form.cleaned_data["seen"],
            **form.grammar(),
        )
    except Stale as stale:
        return _refused(request, institution, form, stale)
    messages.success(request, _("The forms were saved. They still need confirming."))
    return redirect("name_forms", pk)


@require_POST
def name_forms_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """Store what was typed and confirm every form the page shows."""
    institution = permitted(Institution, request.user, "institutions.confirm_name_forms", pk=pk)
    form = NameFormsForm(request.POST, instance=institution)
    if not form.is_valid():
        return _page(request, institution, form, status=422)
    try:
        confirmed = confirm_name_forms(
            institution,
            by=request.user,
            forms=form.typed_forms(),
            seen=form.cleaned_data["seen"],
            **form.grammar(),
        )
    except CannotDo as refusal:
        return _refused(request, institution, form, refusal)
    messages.success(
        request,
        ngettext("%(n)s form was confirmed.", "%(n)s forms were confirmed.", confirmed)
        % {"n": confirmed},
    )
    if institution.name_forms.filter(variant=Variant.FULL).count() < len(Case):
        messages.warning(request, _("Forms of the full name are still missing."))
        return redirect("name_forms", pk)
    return redirect("institution_detail", pk)


@require_POST
def name_forms_suggest(request: SignedInRequest, pk: int) -> HttpResponse:
    """Fill the empty forms with suggestions."""
    institution = permitted(Institution, request.user, "institutions.suggest_name_forms", pk=pk)
    added = suggest_name_forms(institution, by=request.user)
    if added:
        messages.success(
            request,
            ngettext("%(n)s form was suggested.", "%(n)s forms were suggested.", added)
            % {"n": added},
        )
    else:
        messages.info(request, _("There is nothing more to suggest. Type the forms yourself."))
    return redirect("name_forms", pk)


def _refused(
    request: SignedInRequest, institution: Institution, form: NameFormsForm, refusal: CannotDo
) -> HttpResponse:
    """The page again with everything typed; a newer version on the server answers 409."""
    form.add_error(None, str(refusal))
    if not isinstance(refusal, Stale):
        return _page(request, institution, form, status=422)
    current: Any = refusal.current
    return _page(request, institution, form, status=409, newer=form.against(current))


def _page(
    request: SignedInRequest,
    institution: Institution,
    form: NameFormsForm,
    *,
    status: int = 200,
    newer: Sequence[tuple[str, str]] = (),
) -> HttpResponse:
    # read again: the form has written on the other one
    current = Institution.objects.select_related("town_confirmed_by").get(pk=institution.pk)
    can_be_suggested = suggestions(current).keys() - form.stored.keys()
    proposed = suggested_town(current)
    empty_town = [field for field in TOWN_FIELDS if proposed and not getattr(current, field)]
    context = {
        "institution": current,
        "form": form,
        "newer": newer,
        "can_be_suggested": len(can_be_suggested) + len(empty_town),
    }
    return render(request, "institutions/name_forms.html", context, status=status)
