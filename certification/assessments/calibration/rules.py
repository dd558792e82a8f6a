"""Who may do what in a calibration. Who sees a round at all: its QuerySet."""

import rules

from certification.applications.rules import is_office
from certification.assessments.models import CalibrationCard
from institutions.models import User


@rules.predicate
def is_own_card(user: User, card: CalibrationCard) -> bool:
    return CalibrationCard.objects.visible_to(user).filter(pk=card.pk).exists()


rules.add_perm("assessments.run_calibration", is_office)
rules.add_perm("assessments.see_agreement", is_office)
rules.add_perm("assessments.save_calibration_rating", is_own_card)
rules.add_perm("assessments.submit_card", is_own_card)
