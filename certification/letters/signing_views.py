"""The page where a letter is signed, and what the letter's page tells of it."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from certification.certificates.signing.page import ToSign, signing_page, told
from certification.errors import TransitionNotAllowed
from certification.permitted import permitted
from institutions.models import User
from institutions.requests import SignedInRequest

from .models import CommendationLetter
from .services import add_signed_letter
from .states import Verb


@require_http_methods(["GET", "POST"])
def letter_sign(request: SignedInRequest, pk: int) -> HttpResponse:
    letters = CommendationLetter.objects.select_related("document", "replaced_by", "application")
    letter = permitted(letters, request.user, "letters.add_signed_letter", pk=pk)
    if not letter.stands:
        raise TransitionNotAllowed(Verb.ADD_SIGNED, letter.state)
    document = ToSign(
        row=letter,
        number=str(letter.number),
        whose=letter.recipient,
        pdf_url=reverse("letter_pdf", args=[pk]),
        list_label=_("Letters"),
        list_url=reverse("letter_list"),
    )
    return signing_page(request, document, add_signed_letter)


def signatures_of(user: User, letter: CommendationLetter) -> dict[str, Any] | None:
    """Who signed the letter, and for those who may, the way to sign it."""
    may_sign = letter.stands and user.has_perm("letters.add_signed_letter", letter)
    copies = told(letter)
    if not (copies or may_sign):
        return None
    sign_url = reverse("letter_sign", args=[letter.pk])
    return {"copies": copies, "may_sign": may_sign, "sign_url": sign_url}
