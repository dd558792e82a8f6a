"""Keeping a letter that somebody signed."""

from django.core.files import File
from django.db import transaction

from certification.certificates.signing.receiving import SignedFile, keep_signed, read_signed
from certification.errors import TransitionNotAllowed
from certification.letters.models import CommendationLetter, SignedLetter
from certification.letters.states import Verb
from institutions.models import User


def add_signed_letter(letter: CommendationLetter, *, by: User, file: File) -> SignedLetter:
    """Keep the signed file; from now on it is what people download.

    Raises Refused or CannotDo for anything but the newest document with signatures added to it,
    TransitionNotAllowed for a draft or a letter that was replaced, Busy like `examine`.
    """
    newest = letter.newest_document
    if newest is None:
        raise TransitionNotAllowed(Verb.ADD_SIGNED, letter.state)
    signed = read_signed(file, newest)
    with transaction.atomic():
        return _keep(letter, signed, by=by)


def _keep(letter: CommendationLetter, signed: SignedFile, *, by: User) -> SignedLetter:
    locked = CommendationLetter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if not locked.stands:
        raise TransitionNotAllowed(Verb.ADD_SIGNED, locked.state)
    title = f"{locked.number} z podpisami"
    return keep_signed(signed, locked, Verb.ADD_SIGNED, title=title, by=by)
