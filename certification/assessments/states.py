"""Verbs of the assessment that leave an event, and how a standard can come out."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certification.audit.verbs import AuditVerb

ASSESSORS = 2  # how many rate a case, each on their own


class Verb(AuditVerb):
    ASSIGN = "assessments.assign", _("Assessor assigned")
    END_ASSIGNMENT = "assessments.end_assignment", _("Assignment ended")
    DECLARE = "assessments.declare", _("Assessor declared no conflict of interest")
    RATE = "assessments.rate", _("Rating saved")
    SUBMIT = "assessments.submit", _("Assessor submitted the ratings")
    OPEN_CARD = "assessments.open_card", _("Consolidated card opened")
    SETTLE = "assessments.settle", _("Difference settled")
    DISCARD_CARD = "assessments.discard_card", _("Open consolidated card dropped")
    CLOSE_CARD = "assessments.close_card", _("Consolidated card closed")


class OutcomeLevel(models.TextChoices):
    """What the agreed ratings of its criteria make of a standard (see `outcomes`)."""

    EXEMPLARY = "exemplary", pgettext_lazy("standard", "exemplary")
    MET = "met", pgettext_lazy("standard", "met")
    UNMET = "unmet", pgettext_lazy("standard", "not met")
    NOT_APPLICABLE = "not_applicable", pgettext_lazy("standard", "not applicable")
    OPEN = "open", pgettext_lazy("standard", "not settled yet")
