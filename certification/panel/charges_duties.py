"""Charges against holders: to answer, and to decide."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from certification import clock
from certification.certificates.models import Charges
from institutions.models import User
from institutions.states import MemberRole

from .heaps import Duty, Waiting, heap


def charges_to_answer(user: User) -> Waiting:
    """Without a reply so far; late ones are taken, too."""
    mine = user.institution_ids_as(MemberRole.CUSTODIAN, MemberRole.EDITOR)
    rows = Charges.objects.open().filter(certificate__institution__in=mine, replies=None)
    today = clock.today()

    def duty(charges: Charges) -> Duty:
        return Duty(
            about=charges.certificate.holder_name,
            action=_("Answer the charges"),
            url=charges.get_absolute_url(),
            number=str(charges),
            since=charges.stated_on,
            due=charges.reply_until,
            is_late=charges.reply_until < today,
        )

    return heap(_("Charges against you"), _in_order(rows), duty, reverse("certificate_list"))


def charges_to_decide(user: User) -> Waiting:
    """The holder has replied, or had its time to."""
    today = clock.today()
    rows = Charges.objects.visible_to(user).open().decidable_on(today)

    def duty(charges: Charges) -> Duty:
        return Duty(
            about=charges.certificate.holder_name,
            action=_("Drop the charges or withdraw the certificate"),
            url=charges.get_absolute_url(),
            number=str(charges),
            since=charges.stated_on,
        )

    title = _("Charges to be decided")
    return heap(title, _in_order(rows), duty, reverse("certificate_list"))


def appeals_to_decide(user: User) -> Waiting:
    """Appeals against withdrawals, which wait for the Board's resolution."""
    rows = Charges.objects.visible_to(user).appealed().select_related("withdrawal__appeal")

    def duty(charges: Charges) -> Duty:
        return Duty(
            about=charges.certificate.holder_name,
            action=_("Record the Board's resolution on the appeal"),
            url=charges.get_absolute_url(),
            number=charges.certificate.number,
            since=charges.withdrawal.appeal.appealed_on,
        )

    title = _("Appeals against withdrawals")
    return heap(title, _in_order(rows), duty, reverse("certificate_list"))


def _in_order(rows: "QuerySet[Charges]") -> "QuerySet[Charges]":
    return rows.select_related("certificate").order_by("reply_until", "pk")
