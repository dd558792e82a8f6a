"""Messages about what is to be praised in public: one function a message."""

from django.urls import reverse

from certification import clock
from certification.certificates.models import Certificate
from certification.outbox.kinds import Kind
from institutions.models import User
from institutions.notices import members_of, notify
from institutions.states import MemberRole, Role

from .models import Praise, PraiseStep


def proposed(praise: Praise, certificate: Certificate) -> None:
    """Ask the holder's custodians."""
    notify(
        members_of(praise.application.institution, MemberRole.CUSTODIAN),
        "praise_proposed",
        kind=Kind.PROGRESS,
        about=praise.application,
        url=reverse("praise_answer", args=[certificate.pk]),
        certificate=certificate,
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
