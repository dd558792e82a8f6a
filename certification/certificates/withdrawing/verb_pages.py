"""A page on which one verb of the process is done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db import models
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect

from certification import clock
from certification.certificates.models import Certificate, Charges
from certification.errors import CannotDo, TransitionNotAllowed
from certification.permitted import permitted
from institutions.requests import SignedInRequest
from institutions.views.form_pages import form_page

from .sections import verbs_now


@dataclass(frozen=True)
class Words:
    """What a page of one verb says. `done` is told once it is done."""

    title: str
    about: str
    label: str
    done: str
    danger: bool = False


def sent_by(request: SignedInRequest) -> QueryDict | None:
    """What fills the form; an empty form that was sent is refused, and no new one."""
    return request.POST if request.method == "POST" else None


def charges_for(request: SignedInRequest, pk: int, permission: str | None = None) -> Charges:
    found = Charges.objects.with_outcome().select_related(
        "certificate__institution", "certificate__application__institution", "document", "stated_by"
    )
    return permitted(found, request.user, permission, pk=pk)


def verb_page(
    request: SignedInRequest,
    words: Words,
    form: forms.Form,
    subject: Certificate | Charges,
    act: Callable[..., models.Model],
    *,
    verb: str = "",
) -> HttpResponse:
    """A form: as it is asked for, done, refused in words (422), or overtaken (409).

    It leads to the charges it was about, or that it made; so it does where this is not the time
    for the `verb`.
    """
    is_overtaken = False
    if form.is_valid():
        facts = {name: each for name, each in form.cleaned_data.items() if name != "confirmed"}
        try:
            made = act(by=request.user, **facts)
        except CannotDo as refusal:
            form.add_error(None, str(refusal))
            is_overtaken = isinstance(refusal, TransitionNotAllowed)
        else:
            messages.success(request, words.done)
            return redirect(made if isinstance(made, Charges) else subject)
    charges = subject if isinstance(subject, Charges) else None
    if request.method == "GET" and charges and verb not in verbs_now(charges, clock.today()):
        return redirect(charges)
    context: dict[str, Any] = {
        "certificate": charges.certificate if charges else subject,
        "charges": charges,
        "words": words,
        "form": form,
    }
    return form_page(request, "certificates/charges_form.html", context, conflict=is_overtaken)
