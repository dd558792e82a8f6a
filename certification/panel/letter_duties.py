"""Letters of commendation: which are to be drafted, and which to be approved."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from certification import clock
from certification.applications.models import Application
from certification.certificates.models import Certificate
from certification.letters.models import CommendationLetter
from certification.letters.states import Kind as LetterKind
from certification.letters.states import State as LetterState
from institutions.models import User

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

    def to_approve(letter: CommendationLetter) -> Duty:
        return Duty(
            about=letter.recipient,
            action=_("Mend the letter") if letter.is_returned else _("Read and approve the letter"),
            url=letter.get_absolute_url(),
            number=letter.application.number or "",
            since=clock.day_of(letter.edited_at or letter.drafted_at),
        )

    drafts = CommendationLetter.objects.filter(
        Exists(cases.filter(pk=OuterRef("application"))), state=LetterState.DRAFT
    ).select_related("application")
    yield heap(_("Letters being written"), drafts, to_approve, reverse("letter_list"))
