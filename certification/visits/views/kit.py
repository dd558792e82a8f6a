"""The visit kit: questions, notes and photos on a phone, with or without a connection."""

import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from certification.errors import CannotDo, Stale, TransitionNotAllowed
from certification.permitted import permitted
from certification.standards.models import Criterion
from certification.visits import services
from certification.visits.kit_forms import NoteForm, PhotoForm, RemovePhotoForm
from certification.visits.models import SiteVisit, VisitNote, VisitPhoto
from certification.visits.questions import questions_of
from certification.visits.states import KIT_IS_OPEN
from institutions.downloads import serve_file
from institutions.requests import SignedInRequest

from .dates import own_visit

WORKER = Path(settings.BASE_DIR) / "static" / "js" / "visit-worker.js"


@dataclass(frozen=True)
class Slip:
    """One form of the kit: a question with its answer so far, or a loose note."""

    form: NoteForm
    question: str = ""
    criterion: Criterion | None = None


@require_GET
def visit_kit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everything an assessor needs on the spot, on one page that a phone can keep."""
    visit = own_visit(request, pk, "visits.use_kit")
    return _kit_page(request, visit)


def _kit_page(
    request: SignedInRequest,
    visit: SiteVisit,
    *,
    note: NoteForm | None = None,
    newer: object = None,
    photo: PhotoForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The kit, with a form that was refused or overtaken in the place of its own."""
    asked, loose = _slips(visit, request, note)
    context = {
        "visit": visit,
        "application": visit.application,
        "is_open": visit.state in KIT_IS_OPEN,
        "asked": asked,
        "loose": loose,
        "blank": Slip(NoteForm(initial={"uuid": uuid.uuid4(), "version": 0}, auto_id="id_new_%s")),
        "form": note or photo,
        "newer": newer,
        "photo_form": photo or PhotoForm(initial={"key": uuid.uuid4()}),
        "photos": VisitPhoto.objects.kept().filter(visit=visit, author=request.user),
    }
    return render(request, "visits/visit_kit.html", context, status=status)


def _slips(
    visit: SiteVisit, request: SignedInRequest, given: NoteForm | None
) -> tuple[list[Slip], list[Slip]]:
    """Questions of the bench with what was answered, then notes of one's own."""
    notes = VisitNote.objects.of(visit, request.user).select_related("criterion")
    left = {note.uuid: note for note in notes}
    asked = []
    for question in questions_of(visit, request.user):
        note = left.pop(question.uuid, None)
        form = _form_of(note) if note else _form_for(question.uuid, question)
        asked.append(Slip(_or_given(form, given), question.text, question.criterion))
    kept = [note for note in left.values() if note.question and note.text]
    asked += [
        Slip(_or_given(_form_of(note), given), note.question, note.criterion) for note in kept
    ]
    loose = [note for note in left.values() if note.text and not note.question]
    return asked, [Slip(_or_given(_form_of(note), given)) for note in loose]


def _form_for(key: uuid.UUID, question: Any) -> NoteForm:
    initial = {"uuid": key, "version": 0, "question": question.text}
    return NoteForm(
        initial=initial | {"criterion": question.criterion.code}, auto_id=f"id_{key}_%s"
    )


def _form_of(note: VisitNote) -> NoteForm:
    initial = {
        "uuid": note.uuid,
        "version": note.version,
        "question": note.question,
        "criterion": note.criterion.code if note.criterion else "",
        "text": note.text,
        "for_protocol": note.for_protocol,
    }
    return NoteForm(initial=initial, auto_id=f"id_{note.uuid}_%s")


def _or_given(form: NoteForm, given: NoteForm | None) -> NoteForm:
    if given is not None and str(given["uuid"].value()) == str(form["uuid"].value()):
        given.auto_id = form.auto_id
        return given
    return form


def _wants_json(request: SignedInRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _own_kit(request: SignedInRequest, pk: int) -> SiteVisit:
    """The visit, where what is sent was written by the person who is signed in now: a phone may
    have kept the page of somebody else.
    """
    if request.POST.get("person", str(request.user.pk)) != str(request.user.pk):
        raise PermissionDenied
    return own_visit(request, pk, "visits.use_kit")


@require_POST
def kit_note(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep one note. A device asks for JSON; without a script the page comes back."""
    visit = _own_kit(request, pk)
    form = NoteForm(request.POST, criteria=visit.application.criteria())
    if not form.is_valid():
        return _refused(request, visit, form)
    try:
        note = services.save_note(
            visit, form.written(request.POST.getlist("earlier")), by=request.user
        )
    except TransitionNotAllowed as closed:
        if _wants_json(request):
            return JsonResponse({"state": "closed", "message": str(closed)}, status=409)
        raise
    except Stale as stale:
        return _overtaken(request, visit, form, stale.current)
    except CannotDo as refusal:
        form.add_error(None, str(refusal))
        return _refused(request, visit, form)
    if _wants_json(request):
        return JsonResponse({"state": "saved", "version": note.version})
    messages.success(request, _("The note was saved."))
    return redirect("visit_kit", pk)


def _refused(request: SignedInRequest, visit: SiteVisit, form: NoteForm) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"state": "refused", "message": _words(form)}, status=422)
    return _kit_page(request, visit, note=form, status=422)


def _words(form: NoteForm | PhotoForm) -> str:
    """All that is wrong, in a line, for a device that shows it under the note."""
    return " ".join(str(text) for texts in form.errors.values() for text in texts)


def _overtaken(
    request: SignedInRequest, visit: SiteVisit, form: NoteForm, newer: Any
) -> HttpResponse:
    if _wants_json(request):
        theirs = {"text": newer.text, "for_protocol": newer.for_protocol}
        return JsonResponse({"state": "conflict", "version": newer.version, **theirs}, status=409)
    data = request.POST.copy()
    data["version"] = str(newer.version)
    return _kit_page(request, visit, note=NoteForm(data), newer=newer, status=409)


@require_POST
def kit_photo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep one photo."""
    visit = _own_kit(request, pk)
    form = PhotoForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            photo = services.add_photo(visit, by=request.user, **form.cleaned_data)
        except TransitionNotAllowed as closed:
            if _wants_json(request):
                return JsonResponse({"state": "closed", "message": str(closed)}, status=409)
            raise
        except CannotDo as refusal:
            form.add_error("file", str(refusal))
        else:
            if _wants_json(request):
                return JsonResponse({"state": "saved", "url": photo.get_absolute_url()})
            messages.success(request, _("The photo was saved."))
            return redirect("visit_kit", pk)
    if _wants_json(request):
        return JsonResponse({"state": "refused", "message": _words(form)}, status=422)
    return _kit_page(request, visit, photo=form, status=422)


@require_safe
def visit_photo(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The picture itself, for whom it is for."""
    photo = permitted(VisitPhoto.objects.kept(), request.user, pk=pk)
    return serve_file(request, photo, inline=True)


@require_http_methods(["GET", "POST"])
def visit_photo_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a picture away for good."""
    photos = VisitPhoto.objects.kept().select_related("visit__application")
    photo = permitted(photos, request.user, "visits.remove_photo", pk=pk)
    back = photo.visit.get_absolute_url()
    form = RemovePhotoForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.remove_photo(photo, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("The photo was removed."))
        return redirect(back)
    context = {
        "title": _("Remove the photo"),
        "text": _("The picture goes for good: “%(caption)s”.") % {"caption": photo.caption},
        "label": _("Remove the photo"),
        "cancel_url": back,
        "danger": True,
        "form": form,
    }
    return render(request, "components/confirm.html", context, status=422 if form.errors else 200)


@require_safe
def visit_worker(request: SignedInRequest) -> HttpResponse:
    """The program that keeps the kit on the phone; it rules over /wizytacje/ alone, by its address.

    It is the same for everybody, so a browser may look whether it has changed.
    """
    response = HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response
