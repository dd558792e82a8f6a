"""Editions of the standards that somebody began and nobody published yet."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from certification.standards.models import StandardSet
from certification.standards.states import State
from institutions.models import User
from institutions.states import Role

from .heaps import Duty, Waiting, heap


def draft_editions(user: User) -> Iterator[Waiting]:
    """Of the administrator, who keeps the catalogue."""
    if not user.has_role(Role.ADMINISTRATOR):
        return
    drafts = StandardSet.objects.filter(state=State.DRAFT).newest_first()

    def duty(draft: StandardSet) -> Duty:
        return Duty(
            about=_("%(name)s, edition %(edition)s") % {"name": draft, "edition": draft.edition},
            action=_("Finish the draft and publish it"),
            url=reverse("edition_edit", args=[draft.code]),
        )

    yield heap(_("Draft editions of the standards"), drafts, duty, reverse("edition_list"))
