"""The page where a document is signed, and what is told of its signatures."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from certification.applications.papers.wording import signing
from certification.documents.models import StoredDocument
from certification.documents.signatures import Examination
from certification.errors import CannotDo, TransitionNotAllowed
from institutions.requests import SignedInRequest
from institutions.views.form_pages import form_page

from .forms import SignedCopyForm


@dataclass(frozen=True)
class ToSign:
    """A document to sign: what it is called and where it is; the list and the page it belongs to.

    `row` has `newest_document` and `signed_copies`.
    """

    row: Any
    number: str
    whose: str
    pdf_url: str
    list_label: str
    list_url: str

    @property
    def url(self) -> str:
        return str(self.row.get_absolute_url())

    @property
    def newest(self) -> StoredDocument:
        document: StoredDocument = self.row.newest_document
        return document


def signing_page(
    request: SignedInRequest, document: ToSign, add: Callable[..., Any]
) -> HttpResponse:
    """Download, sign, send back: `add(row, by=, file=)` keeps what came."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SignedCopyForm(*sent)
    if form.is_valid():
        try:
            add(document.row, by=request.user, file=form.cleaned_data["file"])
        except TransitionNotAllowed:
            raise
        except CannotDo as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(
                request, _("The signed document is kept. From now on it is what people download.")
            )
            return redirect(document.url)
    context = {"document": document, "form": form, "copies": told(document.row)}
    return form_page(request, "certificates/document_sign.html", context)


def told(row: Any) -> list[dict[str, Any]]:
    """Each signed copy of a document with what is known of the signatures that came with it."""
    copies = row.signed_copies.select_related("document")
    return [{"copy": copy, "signatures": signing(Examination.of(copy.findings))} for copy in copies]
