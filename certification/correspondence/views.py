"""The correspondence of a case, and the list of all of them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from certification.applications.models import Application
from certification.errors import CannotDo, Stale
from certification.permitted import permitted
from institutions.downloads import serve_file
from institutions.models import User
from institutions.requests import SignedInRequest
from institutions.views.form_pages import form_page

from .forms import MessageForm
from .models import Attachment, Message, threads_of
from .overview import threads as threads_in_order
from .rules import side_of
from .services import attach, discard_attachment, mark_read, send_message

PER_PAGE = 25


@require_GET
def thread_list(request: SignedInRequest) -> HttpResponse:
    """Every case in which something was written, what is unread first."""
    page = Paginator(threads_in_order(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "tabs": tabs_of(request.user, "thread_list")}
    return render(request, "correspondence/thread_list.html", context)


def tabs_of(user: User, here: str) -> list[dict[str, Any]]:
    """Both lists for who sees the outbox, too; otherwise there is nothing to choose."""
    if not user.has_perm("outbox.view_outbox"):
        return []
    labels = {"thread_list": _("In cases"), "email_list": _("E-mail from the system")}
    return [
        {"label": label, "url": reverse(name), "current": name == here, "count": None}
        for name, label in labels.items()
    ]


@require_http_methods(["GET", "POST"])
def thread(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was written in a case, and a form to write more.

    Files that got in stay, whatever becomes of the rest; the person sees them before they go.
    """
    application = _obtained(request, pk)
    if request.method == "GET":
        return _page(request, application, MessageForm(initial={"seen": _last(application)}))
    application = _obtained(request, pk, "correspondence.send_message")
    form = MessageForm(request.POST, request.FILES)
    _attach_all(form, application, by=request.user)
    if form.errors:
        return _page(request, application, form)
    content = {name: form.cleaned_data[name] for name in ("text", "seen")}
    try:
        message = send_message(application, by=request.user, **content)
    except Stale as overtaken:
        return _overtaken(request, application, overtaken.current.pk)  # type: ignore[attr-defined]
    messages.success(request, _("The message was sent."))
    return redirect(message)


@require_POST
def thread_read(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note that the page was read as far as it went; a script sends this when it opens."""
    application = _obtained(request, pk, "correspondence.mark_read")
    last = request.POST.get("last", "")
    if not last.isdecimal():
        return HttpResponse(status=422)
    mark_read(application, by=request.user, last=int(last))
    return HttpResponse() if request.htmx else redirect("thread", pk)


@require_safe
def message_file(request: SignedInRequest, pk: int, file_pk: int) -> HttpResponseBase:
    attachment = permitted(Attachment, request.user, pk=file_pk, application=pk)
    return serve_file(request, attachment, inline=False)


@require_POST
def message_file_discard(request: SignedInRequest, pk: int, file_pk: int) -> HttpResponse:
    """Take a file out of the message that is being written."""
    application = _obtained(request, pk, "correspondence.discard_attachment")
    mine = Attachment.objects.being_written(application, request.user)
    attachment = permitted(mine, request.user, pk=file_pk)
    discard_attachment(attachment, by=request.user)
    messages.success(request, _("The file was taken out of the message."))
    return redirect("thread", pk)


def _obtained(request: SignedInRequest, pk: int, permission: str | None = None) -> Application:
    threads = threads_of(request.user).select_related("institution")
    return permitted(threads, request.user, permission, pk=pk)


def _last(application: Application) -> int:
    last = Message.objects.filter(application=application).last()
    return last.pk if last else 0


def _attach_all(form: MessageForm, application: Application, *, by: User) -> None:
    """Keep each file that came; what is wrong with one is said at the field."""
    form.is_valid()
    for file in form.cleaned_data.get("attached", []):
        try:
            attachment = attach(application, by=by, file=file)
        except CannotDo as refusal:
            form.add_error("attached", f"{file.name}: {refusal}")
            continue
        if attachment.personal_numbers:
            form.add_error("attached", f"{attachment.filename}: {_asks(attachment)}")


def _asks(attachment: Attachment) -> str:
    return ngettext(
        "This file seems to hold a PESEL number. Remove it below, or send the message "
        "again to send it all the same.",
        "This file seems to hold %(count)s PESEL numbers. Remove it below, or send the message "
        "again to send it all the same.",
        attachment.personal_numbers,
    ) % {"count": attachment.personal_numbers}


def _overtaken(request: SignedInRequest, application: Application, last: int) -> HttpResponse:
    """The same form beside what somebody wrote meanwhile; sent again, it goes."""
    data = request.POST.copy()
    data["seen"] = str(last)
    return _page(request, application, MessageForm(data), is_overtaken=True)


def _page(
    request: SignedInRequest,
    application: Application,
    form: MessageForm,
    *,
    is_overtaken: bool = False,
) -> HttpResponse:
    """The thread with its form: as asked for (200), refused (422) or overtaken (409)."""
    user = request.user
    written = list(_written(application))
    unread = Message.objects.filter(application=application).unread_by(user)
    context = {
        "application": application,
        "written": written,
        "unread": set(unread.values_list("pk", flat=True)),
        "form": form,
        "is_overtaken": is_overtaken,
        "side": side_of(user, application),
        "may_write": user.has_perm("correspondence.send_message", application),
        "kept": Attachment.objects.being_written(application, user),
    }
    return form_page(request, "correspondence/thread.html", context, conflict=is_overtaken)


def _written(application: Application) -> "QuerySet[Message]":
    found = Message.objects.filter(application=application)
    return found.select_related("author").prefetch_related("attachments")
