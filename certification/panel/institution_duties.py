"""What waits for the office because of an institution."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from certification import clock
from institutions.models import Institution, Invitation
from institutions.states import MemberRole

from .heaps import Duty, Waiting, heap


def without_custodian() -> Waiting:
    """Where nobody can apply any more, unless somebody was invited and may still accept."""
    invited = Invitation.objects.valid(clock.now()).filter(
        institution=OuterRef("pk"), role=MemberRole.CUSTODIAN
    )
    alone = Institution.objects.that_lost_custodian(clock.today()).exclude(Exists(invited))

    def duty(institution: Institution) -> Duty:
        return Duty(
            about=str(institution),
            action=_("Invite a custodian"),
            url=institution.get_absolute_url(),
        )

    title = _("Institutions without a custodian")
    return heap(title, alone, duty, reverse("institution_list"))
