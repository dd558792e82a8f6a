"""Messages about praise, hand-overs and the end of certificates: one function a message."""

from django.db.models import QuerySet
from django.urls import reverse

from certification import clock
from certification.applications.recipients import custodians_of
from certification.certificates.emails import tell_holder
from certification.certificates.models import Certificate
from certification.outbox.kinds import Kind
from institutions.models import User
from institutions.notices import notify
from institutions.states import Role

from .models import HandOver, Praise, PraiseStep


def proposed(praise: Praise, certificate: Certificate) -> None:
    """Ask the holder's custodians."""
    tell_holder(
        certificate,
        "praise_proposed",
        people=custodians_of(praise.application),
        kind=Kind.PROGRESS,
        url=reverse("praise_answer", args=[certificate.pk]),
    )


def answered(praise: Praise, step: PraiseStep) -> None:
    """Tell the office what the holder said."""
    certificate = praise.application.certificates.order_by("-pk")[0]
    notify(
        User.objects.acting_as(Role.OFFICE, on=clock.today()),
        "praise_answered",
        kind=Kind.WORK,
        about=praise.application,
        url=reverse("praise_propose", args=[certificate.pk]),
        certificate=certificate,
        step=step,
    )


def hand_over_planned(entry: HandOver) -> None:
    _of_hand_over("hand_over_planned", entry)


def hand_over_called_off(entry: HandOver) -> None:
    _of_hand_over("hand_over_called_off", entry)


def _of_hand_over(name: str, entry: HandOver) -> None:
    tell_holder(entry.certificate, name, kind=Kind.PROGRESS, entry=entry)


def ended(certificate: Certificate, people: "QuerySet[User]", *, key: str) -> None:
    """The certificate has ended, and with it the right to use name and mark."""
    tell_holder(certificate, "certificate_ended", people=people, key=key)
