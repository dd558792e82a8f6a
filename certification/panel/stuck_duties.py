"""Cases that lie for longer than they may: each told once, at the duty that moves it on."""

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _

from certification.followup.states import Stage
from certification.followup.stuck import Stuck, stuck_for
from institutions.models import User

from .heaps import SHOWN, Duty, Waiting

LOOKED_AT = 50  # cases; nobody's panel waits for a thousand to be read

Lying = dict[tuple[Stage, int], Stuck]


def lying_for(user: User) -> Lying:
    """By what the case waits for and its number, for the office and who oversees certification."""
    if not user.has_perm("followup.view_stuck"):
        return {}
    found = stuck_for(user, most=LOOKED_AT)
    return {(each.stage, each.application.pk): each for each in found}


def marked(heap: Waiting, lying: Lying) -> Waiting:
    """The heap with how long each of its duties lies already."""

    def mark(duty: Duty) -> Duty:
        stuck = lying.get(duty.ends) if duty.ends else None
        return replace(duty, lies=stuck.over) if stuck else duty

    return replace(heap, duties=[mark(duty) for duty in heap.duties])


def others_lying(heaps: list[Waiting], lying: Lying) -> Waiting:
    """The cases that lie and that no duty of the panel moves on: somebody else has to be asked."""
    shown = {duty.ends for heap in heaps for duty in heap.duties}
    found = [stuck for ends, stuck in lying.items() if ends not in shown]

    def duty(stuck: Stuck) -> Duty:
        return Duty(
            about=str(stuck.application.institution),
            action=str(stuck.stage.label),
            url=stuck.url,
            number=stuck.application.number or "",
            since=stuck.since,
            lies=stuck.over,
        )

    first = [duty(stuck) for stuck in found[:SHOWN]]
    return Waiting(_("Cases that lie too long"), first, len(found), reverse("stuck_list"))
