"""A page on which one verb of the process is done."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.db import models
from django.http import HttpResponse
from django.shortcuts import redirect

from certification import clock
from certification.certificates.models import Certificate, Charges
from certification.errors import CannotDo, TransitionNotAllowed
from certification.permitted import permitted
from institutions.requests import SignedInRequest
from institutions.views.form_pages import form_page

from .sections import verbs_now

Service = Callable[..., models.Model]


@dataclass(frozen=True)
class Words:
    """What a page of one verb says. `done` is told once it is done, and may name the `number` of
    the certificate.
    """

    title: str
    about: str
    label: str
    done: str
    danger: bool = False


def charges_for(request: SignedInRequest, pk: int, permission: str | None = None) -> Charges:
    found = Charges.objects.with_outcome().select_related(
        "certificate__institution", "certificate__application__institution", "document", "stated_by"
    )
    return permitted(found, request.user, permission, pk=pk)


def charges_page(
    request: SignedInRequest, pk: int, verb: Service, form: type[forms.Form], words: Words
) -> HttpResponse:
    """The page of a verb that is done to charges, by whoever has the permission of its name. Where
    this is not the time for it, it leads to the charges.
    """
    name = verb.__name__
    charges = charges_for(request, pk, f"certificates.{name}")
    if request.method == "GET" and name not in verbs_now(charges, clock.today()):
        return redirect(charges)
    return verb_page(request, charges, partial(verb, charges), form, words)


def verb_page(
    request: SignedInRequest,
    subject: Certificate | Charges,
    act: Service,
    form_class: type[forms.Form],
    words: Words,
) -> HttpResponse:
    """A form: as it is asked for, done, refused in words (422), or overtaken (409). It leads to the
    charges it was about, or that it made. An empty form that was sent is refused, and no new one.
    """
    charges = subject if isinstance(subject, Charges) else None
    certificate = charges.certificate if charges else subject
    form = form_class(request.POST if request.method == "POST" else None)
    is_overtaken = False
    if form.is_valid():
        facts = {name: each for name, each in form.cleaned_data.items() if name != "confirmed"}
        try:
            made = act(by=request.user, **facts)
        except CannotDo as refusal:
            form.add_error(None, str(refusal))
            is_overtaken = isinstance(refusal, TransitionNotAllowed)
        else:
            messages.success(request, words.done % {"number": certificate})
            return redirect(made if isinstance(made, Charges) else subject)
    context: dict[str, Any] = {
        "certificate": certificate,
        "charges": charges,
        "words": words,
        "form": form,
    }
    return form_page(request, "certificates/charges_form.html", context, conflict=is_overtaken)
