"""A spreadsheet that an assessor filled in comes back onto the card."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification import clock
from certification.applications.states import State
from certification.assessments.export.plan import Outcome, PlannedRow, plan_of
from certification.assessments.export.reading import Reading
from certification.assessments.models import Assessment, RatingsDraft
from certification.assessments.states import Verb
from certification.errors import CannotDo, TransitionNotAllowed
from institutions.models import User
from institutions.uploads.names import display_name

from .rating import save_rating

KEPT = timedelta(days=1)


class PlanChanged(CannotDo):
    """The file would do something else by now than what was shown; nothing was written."""


@transaction.atomic
def keep_ratings_draft(assessment: Assessment, reading: Reading, *, filename: str) -> RatingsDraft:
    """Keep what was read of a file, for its sender to look at. Drafts older than a day go.

    No rating is written, so the journal has no event. Raises CannotDo for the file of another
    card, TransitionNotAllowed when the ratings cannot be changed any more.
    """
    _check_open(assessment)
    if reading.card and reading.card != str(assessment.pk):
        raise CannotDo(
            _(
                "This file was made of another card. Download the spreadsheet of this one and copy "
                "your texts into it."
            )
        )
    discard_old_drafts(clock.now())
    return RatingsDraft.objects.create(
        assessment=assessment, filename=display_name(filename), content=reading.packed()
    )


def discard_old_drafts(now: datetime) -> str:
    """Delete what nobody confirmed within a day; how much that was. A chore."""
    gone, _each = RatingsDraft.objects.filter(sent_at__lt=now - KEPT).delete()
    text = ngettext("%(n)s spreadsheet forgotten", "%(n)s spreadsheets forgotten", gone)
    return text % {"n": gone} if gone else ""


@transaction.atomic
def import_ratings(
    assessment: Assessment, reading: Reading, *, by: User, seen: str, over: Collection[str] = ()
) -> int:
    """Write the rows that are new or changed, and of the stale ones those named in `over`; how
    many. Each leaves the event of a saved rating.

    `seen` is the fingerprint of the plan that was shown; raises PlanChanged when it is another
    by now. What the plan leaves out stays as it is, and so do the private notes.
    """
    _check_open(Assessment.objects.select_for_update().get(pk=assessment.pk))
    plan = plan_of(assessment, reading)
    if plan.fingerprint != seen:
        raise PlanChanged
    rows = [*plan.to_write, *(row for row in plan.of(Outcome.STALE) if row.code in over)]
    for row in rows:
        _write(assessment, row, by=by)
    return len(rows)


def _write(assessment: Assessment, row: PlannedRow, *, by: User) -> None:
    if row.criterion is None:
        raise ValueError("a row without its criterion is refused by the plan")
    save_rating(
        assessment,
        row.criterion,
        by=by,
        level=row.level,
        strengths=row.texts["strengths"],
        weaknesses=row.texts["weaknesses"],
        question=row.texts["question"],
        private_note=row.saved.private_note if row.saved else "",
        expected_version=row.saved.version if row.saved else 0,
    )


def _check_open(assessment: Assessment) -> None:
    state = assessment.application.state
    if state != State.ASSESSMENT or assessment.is_submitted or not assessment.assignment.is_active:
        raise TransitionNotAllowed(Verb.RATE, state)
