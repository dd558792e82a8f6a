"""Letters: listed, edited, discarded, sent back, approved, printed."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from certification.documents.render import render_letter
from certification.documents.responses import pdf_response, stored_response
from certification.errors import CannotDo, Stale, TransitionNotAllowed
from certification.permitted import permitted
from institutions.requests import SignedInRequest
from institutions.searching import contains

from .forms import LetterFilter, LetterForm, ReturnForm, paragraph_formset
from .hints import spelling_of, stumbles_in
from .models import CommendationLetter
from .printing import sheet_of
from .rules import approvers_of
from .services import (
    add_strength,
    approve_letter,
    discard_letter,
    edit_letter,
    replace_letter,
    return_letter,
)
from .signing_views import signatures_of
from .states import Verb
from .strengths import strengths_of

PER_PAGE = 25


@require_GET
def letter_list(request: SignedInRequest) -> HttpResponse:
    filters = LetterFilter(request.GET)
    chosen = filters.chosen()
    found = CommendationLetter.objects.visible_to(request.user)
    for word in chosen.pop("q").split():
        found = found.filter(contains("recipient", word) | Q(number__icontains=word))
    found = found.filter(**{name: value for name, value in chosen.items() if value})
    letters = found.select_related("application__institution", "certificate", "replaced_by")
    context = {
        "filters": filters,
        "is_narrowed": any(filters.chosen().values()),
        "page": Paginator(letters, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "letters/letter_list.html", context)


@require_http_methods(["GET", "POST"])
def letter_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """A draft is a form for whoever may edit it; otherwise the letter is shown to read."""
    letter = _letter(request, pk)
    if request.method == "POST":
        letter = _letter(request, pk, "letters.edit_letter")
        return _save(request, letter)
    if letter.is_approved or not request.user.has_perm("letters.edit_letter", letter):
        return _reading_page(request, letter)
    form = LetterForm(instance=letter, initial={"version": letter.version})
    return _form_page(request, letter, form, paragraph_formset(letter))


def _letter(request: SignedInRequest, pk: int, permission: str | None = None) -> CommendationLetter:
    letters = CommendationLetter.objects.select_related(
        *("application__institution", "certificate", "document", "replaces", "replaced_by"),
        *("drafted_by", "edited_by", "returned_by", "approved_by"),
    )
    return permitted(letters, request.user, permission, pk=pk)


def _reading_page(
    request: SignedInRequest, letter: CommendationLetter, *, note: ReturnForm | None = None
) -> HttpResponse:
    paragraphs = letter.paragraphs.filter(included=True).prefetch_related("grounds")
    context = {
        "letter": letter,
        "paragraphs": paragraphs,
        "sees_grounds": request.user.has_perm("letters.approve_letter", letter),
        "may_replace": letter.is_approved
        and not hasattr(letter, "replaced_by")
        and request.user.has_perm("letters.replace_letter", letter),
        "signatures": signatures_of(request.user, letter) if letter.is_approved else None,
        **_approval(request, letter, note),
    }
    status = 422 if note is not None else 200
    return render(request, "letters/letter_detail.html", context, status=status)


def _approval(
    request: SignedInRequest, letter: CommendationLetter, note: ReturnForm | None = None
) -> dict[str, Any]:
    """Whether this person may approve the draft, and if not, who can."""
    if letter.is_approved or not request.user.has_perm("letters.approve_letter", letter):
        return {"may_approve": False}
    is_own = letter.written_by == request.user and not settings.LETTERS_BY_ONE_PERSON
    return {
        "may_approve": not is_own,
        "is_own": is_own,
        "approvers": approvers_of(letter) if is_own else [],
        "return_form": note or ReturnForm(),
    }


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
    if posted.get("strength"):
        return _add_strength(request, letter, str(posted["strength"]))
    messages.success(request, _("The letter is saved."))
    return redirect(letter)


def _add_strength(request: SignedInRequest, letter: CommendationLetter, typed: str) -> HttpResponse:
    """The button beside a strength saves the letter and puts the strength in."""
    try:
        add_strength(letter, int(typed) if typed.isdecimal() else 0, by=request.user)
    except CannotDo as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The letter is saved, and the strength stands in it."))
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
    kept = {each.pk: each for each in letter.paragraphs.prefetch_related("grounds")}
    texts = [str(row["text"].value() or "") for row in formset.forms]
    rows = []
    for row, misspelt in zip(formset.forms, spelling_of(letter, texts), strict=True):
        paragraph = kept.get(_number(row["pk"].value()) or 0)
        rows.append((row, paragraph.grounds.all() if paragraph else [], misspelt))
    included = [each.text for each in kept.values() if each.included]
    context = {
        "letter": letter,
        "form": form,
        "formset": formset,
        "rows": rows,
        "newer": newer and [each for each in newer.paragraphs.all() if each.included],
        "strengths": strengths_of(letter),
        "warnings": stumbles_in(letter, included),
        **_approval(request, letter),
    }
    return render(request, "letters/letter_form.html", context, status=status)


def _number(typed: Any) -> int | None:
    return int(typed) if str(typed).isdecimal() else None


@require_GET
def letter_preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """The draft as it would print; nothing is stored."""
    letter = _letter(request, pk, "letters.approve_letter")
    return pdf_response(render_letter(sheet_of(letter)), f"{_('preview')} {letter}.pdf")


@require_POST
def letter_approve(request: SignedInRequest, pk: int) -> HttpResponse:
    letter = _letter(request, pk, "letters.approve_letter")
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


@require_POST
def letter_return(request: SignedInRequest, pk: int) -> HttpResponse:
    """Back to whoever wrote it, with what is to be mended."""
    letter = _letter(request, pk, "letters.return_letter")
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _reading_page(request, letter, note=form)
    try:
        return_letter(letter, by=request.user, note=form.cleaned_data["note"])
    except TransitionNotAllowed:
        raise
    except CannotDo as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The letter waits to be mended."))
    return redirect("letter_detail", pk)


@require_http_methods(["GET", "POST"])
def letter_discard(request: SignedInRequest, pk: int) -> HttpResponse:
    """Delete a draft, after asking."""
    letter = _letter(request, pk, "letters.discard_letter")
    if letter.is_approved:
        raise TransitionNotAllowed(Verb.DISCARD, letter.state)
    letters_of_case = reverse("letter_set", args=[letter.application_id])
    if request.method == "POST":
        discard_letter(letter, by=request.user)
        messages.success(request, _("The draft of the letter is deleted."))
        return redirect(letters_of_case)
    context = {
        "title": _("Delete this draft?"),
        "text": _("%(kind)s for: %(recipient)s. The draft cannot be brought back.")
        % {"kind": letter.get_kind_display(), "recipient": letter.recipient},
        "label": _("Delete the draft"),
        "danger": True,
        "cancel_url": letter.get_absolute_url(),
        "crumbs": [(_("Letters of this decision"), letters_of_case)],
    }
    return render(request, "components/confirm.html", context)


@require_POST
def letter_replace(request: SignedInRequest, pk: int) -> HttpResponse:
    """A new draft that takes this letter's place once it is approved."""
    letter = _letter(request, pk, "letters.replace_letter")
    new = replace_letter(letter, by=request.user)
    messages.success(
        request, _("A copy is drafted. Once approved, it takes the place of this letter.")
    )
    return redirect(new)


@require_GET
def letter_pdf(request: SignedInRequest, pk: int) -> HttpResponse:
    letter = permitted(CommendationLetter, request.user, pk=pk)
    return stored_response(letter.newest_document)
