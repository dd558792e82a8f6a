"""An assessor marks places in the evidence, to cite them in a rating."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from certification.applications.submitted import holds_revision
from certification.assessments.marks.texts import numbers_in
from certification.assessments.models import Assessment, EvidenceMark
from certification.assessments.models.mark import columns_of
from certification.assessments.states import Verb
from certification.audit.services import record
from certification.errors import CannotDo
from certification.standards.models import Criterion
from institutions.models import EvidenceRevision, User
from institutions.viewing.spots import Spot

from .rating import check_belongs, locked_assessment

MAX_MARKS = 99  # in one rating of one criterion


@transaction.atomic
def mark_evidence(
    assessment: Assessment,
    criterion: Criterion,
    revision: EvidenceRevision,
    *,
    by: User,
    spot: Spot,
) -> EvidenceMark:
    """Keep a place in evidence that the case holds, under the next number of this criterion.

    The same place marked again is the one there is. Raises CannotDo for evidence of another
    case, and beyond MAX_MARKS.
    """
    locked = locked_assessment(assessment, Verb.MARK)
    check_belongs(locked, criterion)
    if not holds_revision(by, locked.application, revision):
        raise CannotDo(_("This evidence is not part of the case."))
    mine = EvidenceMark.objects.filter(assessment=locked, criterion=criterion)
    place = {"revision": revision, **columns_of(spot)}
    if there := mine.to_show().filter(**place).first():
        return there
    number = (mine.aggregate(last=Max("number"))["last"] or 0) + 1
    if number > MAX_MARKS:
        raise CannotDo(_("This is too many places for one criterion. Remove some first."))
    mark = EvidenceMark.objects.create(
        assessment=locked, criterion=criterion, number=number, **place
    )
    record(Verb.MARK, mark, by=by, case=locked.application, criterion=criterion.code)
    return mark


@transaction.atomic
def remove_mark(mark: EvidenceMark, *, by: User) -> None:
    """Forget a place. Raises CannotDo while the saved rating still points at it."""
    locked = locked_assessment(mark.assessment, Verb.UNMARK)
    rating = locked.ratings.filter(criterion=mark.criterion).first()
    if rating and mark.number in numbers_in(*rating.texts.values()):
        raise CannotDo(
            _("Your text still points at [%(number)s]. Take it out there and save, then remove it.")
            % {"number": mark.number}
        )
    record(Verb.UNMARK, mark, by=by, case=locked.application, criterion=mark.criterion.code)
    mark.delete()
