"""What tests of a calibration stand on. Rows are written straight, as in tests/factories.py."""

from typing import Any

from certification import clock
from certification.applications.models import Application
from certification.assessments.models import (
    CalibrationCard,
    CalibrationRating,
    CalibrationRound,
    SampleAnswer,
)
from certification.standards.models import StandardSet
from institutions.models import User
from institutions.states import Role
from tests.factories import days_from_today, make_kind, make_standard_set, make_user


def make_round(source: Application | None = None, **fields: Any) -> CalibrationRound:
    """A round being prepared, with a sentence for every criterion."""
    if source:
        fields |= {"source": source, "standard_set": source.standard_set, "kind": source.kind}
    fields.setdefault("standard_set", StandardSet.objects.current() or make_standard_set())
    fields.setdefault("kind", make_kind())
    fields.setdefault("title", "Przed sezonem")
    fields["created_by"] = fields.get("created_by") or make_user(Role.OFFICE)
    calibration = CalibrationRound.objects.create(**fields)
    for criterion in calibration.questions().criteria:
        SampleAnswer.objects.create(
            round=calibration, criterion=criterion, text=f"Tak robimy: {criterion.code}."
        )
    return calibration


def open_row(calibration: CalibrationRound | None = None, **fields: Any) -> CalibrationRound:
    """An open round."""
    calibration = calibration or make_round()
    fields.setdefault("due_on", days_from_today(14))
    fields.setdefault("opened_by", calibration.created_by)
    fields.setdefault("opened_at", clock.now())
    CalibrationRound.objects.filter(pk=calibration.pk).update(**fields)
    calibration.refresh_from_db()
    return calibration


def close_row(calibration: CalibrationRound) -> CalibrationRound:
    CalibrationRound.objects.filter(pk=calibration.pk).update(
        closed_by=calibration.created_by, closed_at=clock.now()
    )
    calibration.refresh_from_db()
    return calibration


def make_sample_card(
    calibration: CalibrationRound,
    assessor: User | None = None,
    value: int | None = None,
    *,
    strengths: str = "Widać.",
    weaknesses: str = "",
    submitted: bool = False,
    **by_code: int | None,
) -> CalibrationCard:
    """Somebody invited; with a `value` everything is rated with it, `A1_2=0` differs."""
    card = CalibrationCard.objects.create(
        round=calibration,
        assessor=assessor or make_user(Role.ASSESSOR),
        invited_by=calibration.created_by,
    )
    levels = {level.value: level for level in calibration.questions().levels}
    given = {code.replace("_", "."): number for code, number in by_code.items()}
    for answer in calibration.rated() if value is not None or given else ():
        CalibrationRating.objects.create(
            card=card,
            criterion=answer.criterion,
            level=levels[given.get(answer.criterion.code, value)],
            strengths=strengths,
            weaknesses=weaknesses,
        )
    if submitted:
        CalibrationCard.objects.filter(pk=card.pk).update(submitted_at=clock.now())
        card.refresh_from_db()
    return card


def make_closed(*values: int, **first: int | None) -> CalibrationRound:
    """A closed round; each value is one assessor's everywhere, `first` says where the first
    differs.
    """
    calibration = open_row()
    for number, value in enumerate(values):
        make_sample_card(calibration, value=value, submitted=True, **({} if number else first))
    return close_row(calibration)
