"""Verbs of the assessment that leave an event."""

from django.utils.translation import gettext_lazy as _

from certification.audit.verbs import AuditVerb


class Verb(AuditVerb):
    ASSIGN = "assessments.assign", _("Assessor assigned")
    END_ASSIGNMENT = "assessments.end_assignment", _("Assignment ended")
    DECLARE = "assessments.declare", _("Assessor declared no conflict of interest")
    RATE = "assessments.rate", _("Rating saved")
    SUBMIT = "assessments.submit", _("Assessor submitted the ratings")
    OPEN_CARD = "assessments.open_card", _("Consolidated card opened")
    SETTLE = "assessments.settle", _("Difference settled")
    CLOSE_CARD = "assessments.close_card", _("Consolidated card closed")
