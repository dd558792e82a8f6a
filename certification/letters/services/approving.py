"""Approval by a second person, and sending a draft back."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from certification import clock
from certification.audit.services import record
from certification.certificates.codes import new_code
from certification.certificates.printing import verification_url
from certification.documents.models import Issuer, StoredDocument
from certification.documents.render import render_letter
from certification.documents.services import store
from certification.errors import CannotDo
from certification.letters.models import CommendationLetter
from certification.letters.printing import sheet_of
from certification.letters.rules import approvers_of
from certification.letters.states import NUMBER, SERIES, Kind, State, Verb
from certification.numbering.services import next_number
from institutions.models import User

from .editing import lock_draft


@transaction.atomic
def approve_letter(letter: CommendationLetter, *, by: User) -> CommendationLetter:
    """Give the letter its number and code, print it once and freeze it.

    Raises CannotDo for a letter without text, or for whoever wrote it last;
    TransitionNotAllowed on a second click.
    """
    locked = lock_draft(letter, Verb.APPROVE)
    _refuse_writer(locked, by)
    if not locked.paragraphs.filter(included=True).exists():
        raise CannotDo(_("The letter has no paragraphs. Tick at least one, save and try again."))
    year, series = locked.dated_on.year, SERIES[Kind(locked.kind)]
    locked.number = NUMBER.format(series=series, number=next_number(series, year), year=year)
    locked.code = new_code()
    locked.verification_url = verification_url(locked.code)
    _take_letterhead(locked)
    locked.document = store(
        StoredDocument.Kind.LETTER, locked.number, render_letter(sheet_of(locked)), by=by
    )
    locked.state = State.APPROVED
    locked.approved_by, locked.approved_at = by, clock.now()
    locked.returned_by, locked.returned_at, locked.return_note = None, None, ""
    locked.save()
    record(Verb.APPROVE, locked, by=by, case=locked.application, number=locked.number)
    return locked


@transaction.atomic
def return_letter(letter: CommendationLetter, *, by: User, note: str) -> CommendationLetter:
    """Send a draft back to be mended; `note` says what. It stays until somebody saves the draft.

    Raises CannotDo without a note or for whoever wrote it last, TransitionNotAllowed once it
    is approved.
    """
    locked = lock_draft(letter, Verb.RETURN)
    _refuse_writer(locked, by)
    if not note.strip():
        raise CannotDo(_("Write what is to be mended."))
    locked.returned_by, locked.returned_at = by, clock.now()
    locked.return_note = note.strip()
    locked.save(update_fields=["returned_by", "returned_at", "return_note"])
    record(Verb.RETURN, locked, by=by, case=locked.application)
    return locked


def _refuse_writer(letter: CommendationLetter, by: User) -> None:
    if settings.LETTERS_BY_ONE_PERSON or letter.written_by != by:
        return
    others = ", ".join(person.full_name for person in approvers_of(letter))
    if not others:
        raise CannotDo(
            _(
                "You wrote this letter, so another person approves it, and there is nobody yet: "
                "the administrator can appoint somebody to the office or the Board."
            )
        )
    raise CannotDo(
        _("You wrote this letter, so another person approves it: %(names)s.") % {"names": others}
    )


def _take_letterhead(letter: CommendationLetter) -> None:
    """Copy the issuer of today into the row: from now on nothing of the letter changes."""
    issuer = Issuer.load()
    letter.issuer_name, letter.issuer_address = issuer.name, issuer.address
    letter.issuer_website, letter.issuer_email = issuer.website, issuer.email
    letter.issuer_mark = issuer.mark.name
