"""Praise for the public page that waits for the institution's yes."""

from django.urls import reverse
from django.utils.translation import gettext as _

from certification import clock
from certification.holders.models import Praise
from institutions.models import User
from institutions.states import MemberRole

from .heaps import Duty, Waiting, heap


def praise_to_answer(user: User) -> Waiting:
    mine = user.institution_ids_as(MemberRole.CUSTODIAN)
    awaiting = Praise.objects.awaiting().filter(application__institution__in=mine)

    def duty(praise: Praise) -> Duty:
        certificate = praise.application.certificates.order_by("-pk")[0]
        return Duty(
            about=certificate.holder_name,
            action=_("Say whether the praise may be published"),
            url=reverse("praise_answer", args=[certificate.pk]),
            number=certificate.number,
            since=clock.day_of(praise.proposed_at),
        )

    rows = awaiting.select_related("application").order_by("proposed_at")
    return heap(_("Praise for your public page"), rows, duty, reverse("certificate_list"))
