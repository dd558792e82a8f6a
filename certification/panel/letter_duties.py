"""Letters of decisions: which are to be drafted, and which to be approved."""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from certification import clock
from certification.applications.models import Application
from certification.certificates.models import Certificate
from certification.certificates.rules import is_on_board
from certification.decisions.states import Outcome
from certification.letters.models import CommendationLetter
from certification.letters.states import Kind as LetterKind
from certification.letters.states import State as LetterState
from institutions.models import User
from institutions.states import Role

from .heaps import Duty, Waiting, heap


def letters(user: User) -> Iterator[Waiting]:
    cases = Application.objects.open_to_staff(user)
    # a corrected certificate needs no second letter: the first is one of the same case
    commended = CommendationLetter.objects.filter(
        application=OuterRef("application"), kind=LetterKind.COMMENDATION
    )
    unlettered = Certificate.objects.standing().filter(
        Exists(cases.filter(pk=OuterRef("application"))), ~Exists(commended)
    )

    def to_draft(certificate: Certificate) -> Duty:
        return Duty(
            about=certificate.holder_name,
            action=_("Draft the letters"),
            url=reverse("letter_set", args=[certificate.application_id]),
            number=certificate.number,
            since=certificate.issued_on,
        )

    title = _("Certificates without a letter")
    yield heap(title, unlettered.order_by("issued_on"), to_draft, reverse("certificate_list"))
    yield _refusals(cases)

    def to_do(letter: CommendationLetter) -> Duty:
        if letter.is_returned:
            return _duty(letter, _("Mend the letter"))
        if letter.written_by == user and not settings.LETTERS_BY_ONE_PERSON:
            return _duty(letter, _("Finish the letter; another person approves it"))
        return _duty(letter, _("Read and approve the letter"))

    yield heap(_("Letters being written"), _drafts(cases), to_do, reverse("letter_list"))


def letters_to_approve(user: User) -> Iterator[Waiting]:
    """For the Board, which approves and does not write; the office has all drafts in its heap."""
    if not is_on_board(user) or user.has_role(Role.OFFICE):
        return
    drafts = _drafts(Application.objects.open_to_staff(user)).filter(returned_at=None)

    def to_approve(letter: CommendationLetter) -> Duty:
        return _duty(letter, _("Read and approve the letter"))

    yield heap(_("Letters to approve"), drafts, to_approve, reverse("letter_list"))


def _refusals(cases: "QuerySet[Application]") -> Waiting:
    """Refused cases of which nobody has written to the institution."""

    def to_draft(application: Application) -> Duty:
        return Duty(
            about=str(application.institution),
            action=_("Draft the refusal letter"),
            url=reverse("letter_set", args=[application.pk]),
            number=application.number or "",
            since=application.decision.session_on,
        )

    told = CommendationLetter.objects.filter(application=OuterRef("pk"), kind=LetterKind.REFUSAL)
    untold = cases.filter(~Exists(told), decision__outcome=Outcome.REFUSED)
    rows = untold.select_related("institution", "decision").order_by("decision__session_on", "pk")
    return heap(_("Refusals without a letter"), rows, to_draft, reverse("application_list"))


def _drafts(cases: "QuerySet[Application]") -> "QuerySet[CommendationLetter]":
    drafts = CommendationLetter.objects.filter(
        Exists(cases.filter(pk=OuterRef("application"))), state=LetterState.DRAFT
    )
    return drafts.select_related("application", "drafted_by", "edited_by")


def _duty(letter: CommendationLetter, action: str) -> Duty:
    return Duty(
        about=letter.recipient,
        action=action,
        url=letter.get_absolute_url(),
        number=letter.application.number or "",
        since=clock.day_of(letter.edited_at or letter.drafted_at),
    )
