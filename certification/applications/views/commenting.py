"""Comments between colleagues. On the page of an answer, its typed text is saved with them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from certification.applications import services
from certification.applications.forms.commenting import CommentForm, CommentTextForm
from certification.applications.models import Answer, Application, Comment
from certification.permitted import permitted
from certification.standards.models import Criterion
from institutions.requests import SignedInRequest

from .answering import answer_page, typed_form, write
from .comments_section import NEW, colleagues_of, comments_section, threads_of


@require_GET
def application_comments(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every thread of an application, the open ones first; for its own people."""
    application = _own(request, pk)
    comments = Comment.objects.filter(application=application)
    threads = threads_of(comments, request.user, may_write=False)
    context = {
        "application": application,
        "open": [thread for thread in threads if not thread.is_settled],
        "settled": [thread for thread in threads if thread.is_settled],
    }
    return render(request, "applications/application_comments.html", context)


@require_http_methods(["GET", "POST"])
def comment_list(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """The threads of one criterion; a post adds to one of them, or opens another."""
    application = _own(request, pk)
    criterion = get_object_or_404(application.criteria(), code=code)
    if request.method == "GET":
        return _page(request, application, criterion)
    opening = _opening(request, application, criterion)
    form = CommentForm(
        request.POST,
        prefix=f"{NEW}-{opening.pk}" if opening else NEW,
        colleagues=colleagues_of(application, but=request.user),
    )

    def verb() -> Comment:
        return services.comment(
            application, criterion, by=request.user, opening=opening, **form.cleaned_data
        )

    if not form.is_valid():
        return _refused(request, application, criterion, form)
    return _do(request, application, criterion, verb, _("The comment is added."))


@require_http_methods(["GET", "POST"])
def comment_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    comment = _comment(request, pk, "applications.edit_comment")
    form = CommentTextForm(request.POST or None, initial={"text": comment.text})
    if request.method == "POST" and form.is_valid():
        services.edit_comment(comment, by=request.user, **form.cleaned_data)
        messages.success(request, _("The comment is changed."))
        return redirect(comment)
    context = {"comment": comment, "application": comment.application, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "applications/comment_edit.html", context, status=status)


@require_POST
def comment_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    return _change(request, pk, "delete_comment", _("The comment is removed."))


@require_POST
def comment_settle(request: SignedInRequest, pk: int) -> HttpResponse:
    return _change(request, pk, "settle_comment", _("Marked as settled."))


@require_POST
def comment_reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    return _change(request, pk, "reopen_comment", _("Opened again."))


def _change(request: SignedInRequest, pk: int, verb: str, said: str) -> HttpResponse:
    comment = _comment(request, pk, f"applications.{verb}")
    do: Callable[..., Any] = getattr(services, verb)
    application = comment.application
    return _do(request, application, comment.criterion, lambda: do(comment, by=request.user), said)


def _own(request: SignedInRequest, pk: int) -> Application:
    applications = Application.objects.with_names()
    return permitted(applications, request.user, "applications.comment_application", pk=pk)


def _comment(request: SignedInRequest, pk: int, permission: str) -> Comment:
    comments = Comment.objects.select_related(
        "criterion__standard", "opening", "application__institution", "application__standard_set"
    )
    return permitted(comments, request.user, permission, pk=pk)


def _opening(
    request: SignedInRequest, application: Application, criterion: Criterion
) -> Comment | None:
    """The thread that is answered, where the pressed button names one."""
    named = request.POST.get("thread", "")
    if not named:
        return None
    threads = Comment.objects.threads().filter(application=application, criterion=criterion)
    return get_object_or_404(threads, pk=int(named) if named.isdecimal() else 0)


def _do(
    request: SignedInRequest,
    application: Application,
    criterion: Criterion,
    verb: Callable[[], Any],
    said: str,
) -> HttpResponse:
    """Do the verb; when it was pressed on the page of the answer, save that with it."""
    writes = _is_beside_answer(request, application)
    if writes:
        refusal = write(request, application, criterion, then=verb)
        if refusal:
            return refusal
    else:
        verb()
    messages.success(request, said)
    page = "answer_edit" if writes else "comment_list"
    return redirect(reverse(page, args=[application.pk, criterion.code]) + "#komentarze")


def _is_beside_answer(request: SignedInRequest, application: Application) -> bool:
    """Whether the comments stood in the form of the answer, which this person may write."""
    return "version" in request.POST and request.user.has_perm(
        "applications.save_answer", application
    )


def _refused(
    request: SignedInRequest, application: Application, criterion: Criterion, form: CommentForm
) -> HttpResponse:
    if _is_beside_answer(request, application):
        typed = typed_form(application, request.POST)
        return answer_page(request, application, criterion, typed, commenting=form, status=422)
    return _page(request, application, criterion, form, status=422)


def _page(
    request: SignedInRequest,
    application: Application,
    criterion: Criterion,
    refused: CommentForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    answers = Answer.objects.select_related("self_rating")
    unlocked = application.is_editable and request.user.has_perm(
        "applications.save_answer", application
    )
    context = {
        "application": application,
        "criterion": criterion,
        "answer": answers.filter(application=application, criterion=criterion).first(),
        "comments": comments_section(request.user, application, criterion, refused),
        "form": refused or CommentForm(colleagues=()),
        "writes": unlocked and application.unlocked().filter(pk=criterion.pk).exists(),
    }
    return render(request, "applications/comment_list.html", context, status=status)
