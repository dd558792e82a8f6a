"""Letters: drafted from a certificate, edited, approved, printed."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from certification.certificates.models import Certificate
from certification.documents.render import render_letter
from certification.documents.responses import pdf_response, stored_response
from certification.errors import CannotDo, Stale, TransitionNotAllowed
from certification.permitted import permitted
from institutions.models import MissingNameForms
from institutions.requests import SignedInRequest

from .forms import LetterForm, paragraph_formset
from .models import CommendationLetter
from .services import approve_letter, draft_letter, edit_letter, sheet_of


@require_GET
def letter_list(request: SignedInRequest) -> HttpResponse:
    letters = CommendationLetter.objects.visible_to(request.user).select_related(
        "certificate__institution", "approved_by"
    )
    page = Paginator(letters, 25).get_page(request.GET.get("page"))
    return render(request, "letters/letter_list.html", {"page": page})


@require_POST
def letter_draft(request: SignedInRequest, certificate_pk: int) -> HttpResponse:
    certificate = permitted(Certificate, request.user, "letters.draft_letter", pk=certificate_pk)
    try:
        letter = draft_letter(certificate, by=request.user)
    except MissingNameForms as missing:
        messages.error(request, str(missing))
        return redirect("name_forms", missing.institution.pk)
    messages.success(request, _("The letter is drafted. Read it, edit it, then approve it."))
    return redirect(letter)


@require_http_methods(["GET", "POST"])
def letter_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """A draft is a form for whoever may edit it; otherwise the letter is shown to read."""
    letter = permitted(CommendationLetter, request.user, pk=pk)
    if request.method == "POST":
        letter = permitted(CommendationLetter, request.user, "letters.edit_letter", pk=pk)
        return _save(request, letter)
    if letter.is_approved or not request.user.has_perm("letters.edit_letter", letter):
        paragraphs = [each for each in letter.paragraphs.all() if each.included]
        context = {"letter": letter, "paragraphs": paragraphs}
        return render(request, "letters/letter_detail.html", context)
    form = LetterForm(instance=letter, initial={"version": letter.version})
    return _form_page(request, letter, form, paragraph_formset(letter))


def _save(request: SignedInRequest, letter: CommendationLetter) -> HttpResponse:
    posted = request.POST.copy()
    form = LetterForm(posted, instance=letter)
    formset = paragraph_formset(letter, posted)
    if not (form.is_valid() and formset.is_valid()):
        return _form_page(request, letter, form, formset, status=422)
    try:
        edit_letter(
            letter,
            by=request.user,
            header=form.cleaned_data,
            paragraphs=formset.edited(),
            expected_version=form.cleaned_data["version"],
        )
    except Stale:
        # what was typed stays; saving again replaces the newer version knowingly
        newer = CommendationLetter.objects.get(pk=letter.pk)
        posted["version"] = str(newer.version)
        return _form_page(request, letter, form, formset, status=409, newer=newer)
    messages.success(request, _("The letter is saved."))
    return redirect(letter)


def _form_page(
    request: SignedInRequest,
    letter: CommendationLetter,
    form: LetterForm,
    formset: Any,
    *,
    status: int = 200,
    newer: CommendationLetter | None = None,
) -> HttpResponse:
    findings = {each.pk: each.findings for each in letter.paragraphs.all()}
    rows = [(row, findings.get(row["pk"].value(), "")) for row in formset.forms]
    context = {
        "letter": letter,
        "form": form,
        "formset": formset,
        "rows": rows,
        "newer": newer and [each for each in newer.paragraphs.all() if each.included],
    }
    return render(request, "letters/letter_form.html", context, status=status)


@require_GET
def letter_preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """The draft as it would print; nothing is stored."""
    letter = permitted(CommendationLetter, request.user, "letters.edit_letter", pk=pk)
    return pdf_response(render_letter(sheet_of(letter)), f"{_('preview')} {letter}.pdf")


@require_POST
def letter_approve(request: SignedInRequest, pk: int) -> HttpResponse:
    letter = permitted(CommendationLetter, request.user, "letters.approve_letter", pk=pk)
    try:
        letter = approve_letter(letter, by=request.user)
    except TransitionNotAllowed:
        raise
    except CannotDo as refusal:
        messages.error(request, str(refusal))
        return redirect("letter_detail", pk)
    messages.success(
        request,
        _("The letter %(number)s is approved and ready to print.") % {"number": letter.number},
    )
    return redirect(letter)


@require_GET
def letter_pdf(request: SignedInRequest, pk: int) -> HttpResponse:
    letter = permitted(CommendationLetter, request.user, pk=pk)
    return stored_response(letter.document)
