"""Editing a draft: its head, its paragraphs, what assessors praised; or discarding it."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from certification import clock
from certification.audit.services import record
from certification.errors import CannotDo, Stale, TransitionNotAllowed
from certification.letters.models import CommendationLetter, Ground, LetterParagraph
from certification.letters.states import Verb
from certification.letters.strengths import strengths_of
from institutions.models import User

HEADER = (
    "title",
    "place",
    "dated_on",
    "addressee",
    "salutation",
    "closing",
    "first_signatory",
    "first_function",
    "second_signatory",
    "second_function",
)


@dataclass(frozen=True)
class Edited:
    """A paragraph as the office left it; without `pk` it is a new one."""

    pk: int | None
    text: str
    included: bool


@transaction.atomic
def edit_letter(
    letter: CommendationLetter,
    *,
    by: User,
    header: dict[str, str | date],
    paragraphs: list[Edited],
    expected_version: int,
) -> CommendationLetter:
    """Save a draft: its header, and its paragraphs in the order given.

    Raises Stale when somebody saved since, TransitionNotAllowed once it is approved.
    """
    locked = lock_draft(letter, Verb.EDIT)
    if locked.version != expected_version:
        raise Stale(locked)
    for field in HEADER:
        setattr(locked, field, header[field])
    _take_over(locked, by)
    locked.save()
    existing = {paragraph.pk: paragraph for paragraph in locked.paragraphs.all()}
    for position, edited in enumerate(paragraphs, start=1):
        known = existing.get(edited.pk) if edited.pk else None
        paragraph = known or LetterParagraph(letter=locked)
        paragraph.position = position
        paragraph.text = edited.text
        paragraph.included = edited.included
        paragraph.save()
    record(Verb.EDIT, locked, by=by, case=locked.application)
    return locked


@transaction.atomic
def add_strength(letter: CommendationLetter, rating: int, *, by: User) -> LetterParagraph:
    """Put what an assessor praised into the draft, as a paragraph before its last one.

    Raises CannotDo for what is not on the card, or stands in the letter already.
    """
    locked = lock_draft(letter, Verb.EDIT)
    strength = next((each for each in strengths_of(locked) if each.rating == rating), None)
    if strength is None or strength.is_used:
        raise CannotDo(_("This strength stands in the letter already, or is not on the card."))
    last = locked.paragraphs.filter(included=True).aggregate(last=Max("position"))["last"] or 1
    paragraph = LetterParagraph.objects.create(
        letter=locked, position=last, function="strength", text=strength.sentence
    )
    Ground.objects.create(
        paragraph=paragraph,
        standard=strength.standard,
        criterion=strength.criterion,
        text=strength.text,
        evidence=strength.evidence,
    )
    ending = locked.paragraphs.filter(position__gte=last).exclude(pk=paragraph.pk)
    for each in ending:
        each.position += 1
        each.save(update_fields=["position"])
    _take_over(locked, by)
    locked.save()
    record(Verb.EDIT, locked, by=by, case=locked.application)
    return paragraph


@transaction.atomic
def discard_letter(letter: CommendationLetter, *, by: User) -> None:
    """Delete a draft with its paragraphs; the journal keeps that it was there, not its words.

    Raises TransitionNotAllowed once it is approved.
    """
    locked = lock_draft(letter, Verb.DISCARD)
    record(Verb.DISCARD, locked, by=by, case=locked.application, kind=locked.kind)
    locked.delete()


def _take_over(letter: CommendationLetter, by: User) -> None:
    """From now on these are this person's words, and what was to be mended is mended."""
    letter.version += 1
    letter.edited_by, letter.edited_at = by, clock.now()
    letter.returned_by, letter.returned_at, letter.return_note = None, None, ""


def lock_draft(letter: CommendationLetter, verb: Verb) -> CommendationLetter:
    locked = CommendationLetter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if locked.is_approved:
        raise TransitionNotAllowed(verb, locked.state)
    return locked
