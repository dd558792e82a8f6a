"""The page where an institution gets another name."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from certification.errors import CannotDo, Stale
from certification.permitted import permitted
from institutions.forms.renaming import RenameForm
from institutions.models import Institution
from institutions.requests import SignedInRequest
from institutions.services.renaming import rename_institution
from institutions.views.form_pages import form_page


@require_http_methods(["GET", "POST"])
def institution_rename(request: SignedInRequest, pk: int) -> HttpResponse:
    """Correct the name, or give a new one and keep the former in the history."""
    institution = permitted(Institution, request.user, "institutions.rename_institution", pk=pk)
    form = RenameForm(request.POST or None, institution=institution)
    context: dict[str, Any] = {"form": form, "institution": institution, "newer": ()}
    conflict = False
    if request.method == "POST" and form.is_valid():
        typed = {field: form.cleaned_data[field] for field in ("name", "since", "basis", "seen")}
        try:
            rename_institution(institution, by=request.user, **typed)
        except Stale as stale:
            current: Any = stale.current
            form.data = dict(form.data.items()) | {"seen": current.name}
            form.add_error(None, str(stale))
            context["newer"] = [(_("Full name"), current.name)]
            conflict = True
        except CannotDo as refusal:
            form.add_error("since" if typed["since"] else "name", str(refusal))
        else:
            messages.success(request, _("The name was changed. Now check its forms."))
            return redirect("name_forms", pk)
    return form_page(request, "institutions/institution_rename.html", context, conflict=conflict)
