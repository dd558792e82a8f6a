"""What pages show of charges: to the holder and to those who handle the case, and nobody else."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from certification import clock
from certification.certificates.models import Certificate, Charges
from certification.certificates.states import STANDING, ChargesState
from certification.sections import Section
from institutions.models import User


def verbs_now(charges: Charges, day: date) -> tuple[str, ...]:
    """What may be done to the charges on that day, by whoever may."""
    if charges.is_open:
        decide = ("withdraw_certificate",) if day >= charges.decidable_from else ()
        return ("reply_to_charges", "note_reply", "drop_charges", *decide)
    if charges.state != ChargesState.UPHELD:
        return ()
    if charges.appeal is None:
        in_time = day <= charges.withdrawal.appeal_until
        return ("appeal_withdrawal", "note_appeal") if in_time else ("note_appeal",)
    return () if charges.appeal.is_decided else ("reinstate_certificate", "refuse_appeal")


def may_with(user: User, charges: Charges, day: date) -> dict[str, bool]:
    """What the person may do to the charges on that day, by the name of the verb."""
    return {
        verb: user.has_perm(f"certificates.{verb}", charges) for verb in verbs_now(charges, day)
    }


def papers_of(charges: Charges) -> list[tuple[str, str]]:
    """What is on paper of these charges, in the order of the story: what it is called, and where
    it is. Those from before the program printed them are left out.
    """
    withdrawal, appeal = getattr(charges, "withdrawal", None), charges.appeal
    story = (
        (_("Charges"), "charges_pdf", charges),
        (_("Withdrawal of the certificate"), "withdrawal_pdf", withdrawal),
        (_("The Board's answer to the appeal"), "appeal_answer_pdf", appeal and appeal.answer),
    )
    return [
        (f"{title} {row.number} (PDF)", reverse(name, args=[charges.pk]))
        for title, name, row in story
        if row and row.number
    ]


def charges_of(user: User, certificate: Certificate) -> Section | None:
    """On the certificate's page: its charges, and for the chair the way to state new ones."""
    today = clock.today()
    may_state = (
        certificate.status_on(today) in STANDING
        and certificate.valid_to >= today
        and not certificate.has_open_charges
        and user.has_perm("certificates.state_charges", certificate)
    )
    found = list(Charges.objects.visible_to(user).filter(certificate=certificate).with_outcome())
    if not (found or may_state):
        return None
    rows = [(charges, papers_of(charges)) for charges in found]
    context = {"certificate": certificate, "rows": rows, "may_state": may_state}
    return Section("certificates/_charges.html", context)
