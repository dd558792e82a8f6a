"""Calibration in the demonstration: a round that has ended, and one that waits to be rated."""

from datetime import date, timedelta

from django.db import transaction

from certification.assessments.calibration.services import (
    close_round,
    create_round,
    edit_round,
    edit_sample,
    open_round,
    save_calibration_rating,
    submit_card,
)
from certification.assessments.models import CalibrationCard, CalibrationRound
from certification.standards.models import InstitutionKind, StandardSet
from institutions.models import User

from .people import Cast
from .story import texts
from .timing import on

ASSESSORS = ("oceniajaca1", "oceniajacy2", "oceniajaca3")
ABOUT = "Ośrodek pomocy społecznej w gminie wiejskiej, dwanaście sołectw, osiemnastu pracowników."
# How the sample deserves to be rated, and by how much each of the three sees it otherwise.
SAMPLE = {
    "A1.1": (2, (0, -1, 0)),
    "A1.2": (2, (0, 0, 1)),
    "A2.1": (3, (0, 0, 0)),
    "A3.1": (1, (0, -1, 1)),
    "A4.1": (2, (0, -1, 0)),
    "A5.1": (2, (0, 0, 0)),
    "B1.1": (1, (0, -1, 1)),
    "B2.1": (2, (1, 0, 0)),
    "C1.1": (0, (0, 0, 1)),
    "C2.1": (2, (0, -1, 0)),
    "D1.1": (3, (0, -1, 0)),
    "E1.1": (2, (0, 0, 0)),
}
EVIDENCE = "Plan pracy na trzy lata: cele, terminy i osoby odpowiedzialne\nNotatka ze spotkania"


@transaction.atomic
def calibrate(cast: Cast, today: date) -> str:
    """One round of last season with its results, and one that the assessors have just begun."""
    current = StandardSet.objects.current()
    if CalibrationRound.objects.exists() or current is None:
        return "there already"
    with on(today - timedelta(days=80)):
        ended = _opened(cast, current, "Przed jesienią", due_on=today - timedelta(days=60))
    with on(today - timedelta(days=66)):
        for number, key in enumerate(ASSESSORS):
            submit_card(_rated(ended, cast[key], number), by=cast[key])
    with on(today - timedelta(days=58)):
        close_round(ended, by=cast["biuro"])
    with on(today - timedelta(days=4)):
        begun = _opened(cast, current, "Przed nowym sezonem", due_on=today + timedelta(days=17))
    with on(today - timedelta(days=1)):
        _rated(begun, cast[ASSESSORS[0]], 0, only=4)
    return "one round closed, one being rated"


def _opened(cast: Cast, current: StandardSet, title: str, *, due_on: date) -> CalibrationRound:
    office, kind = cast["biuro"], InstitutionKind.objects.get(code="social_assistance")
    calibration = create_round(by=office, title=title, standard_set=current, kind=kind)
    edit_round(calibration, by=office, title=title, about=ABOUT, expected_version=1)
    for answer in calibration.sample.filter(criterion__code__in=SAMPLE).select_related("criterion"):
        edit_sample(
            answer,
            by=office,
            text=texts()[answer.criterion.code]["answer"].format(place="naszej gminy"),
            evidence=EVIDENCE,
            self_rating=current.levels.get(value=2),
            is_rated=True,
            expected_version=1,
        )
    people = [cast[key] for key in ASSESSORS]
    return open_round(calibration, by=office, assessors=people, due_on=due_on, is_read=True)


def _rated(
    calibration: CalibrationRound, person: User, number: int, *, only: int | None = None
) -> CalibrationCard:
    """The card of one of the three, filled in; `only` so many criteria."""
    card = calibration.cards.get(assessor=person)
    levels = {level.value: level for level in calibration.questions().levels}
    for answer in calibration.rated()[:only]:
        code = answer.criterion.code
        deserved, differences = SAMPLE[code]
        value = deserved + differences[number]
        met = value >= calibration.standard_set.met_from
        save_calibration_rating(
            card,
            answer.criterion,
            by=person,
            level=levels[value],
            strengths=texts()[code]["met"] if met else "",
            weaknesses="" if met else texts()[code]["gap"],
        )
    return card
