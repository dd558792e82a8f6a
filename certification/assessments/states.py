"""Verbs of the assessment that leave an event, and how a standard can come out."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certification.audit.verbs import AuditVerb

ASSESSORS = 2  # how many rate each criterion of a case, each on their own


class Part(models.TextChoices):
    """What an assessor is in a case."""

    REGULAR = "regular", pgettext_lazy("assessor", "regular")
    THIRD = "third", pgettext_lazy("assessor", "third, for criteria in dispute")


class Ending(models.TextChoices):
    """How an assignment ended before its time."""

    DECLINED = "declined", pgettext_lazy("assignment", "declined")
    HANDED_BACK = "handed_back", pgettext_lazy("assignment", "handed back")
    CONFLICT = "conflict", pgettext_lazy("assignment", "conflict of interest")
    REPLACED = "replaced", pgettext_lazy("assignment", "ended by the office")
    WITHDRAWN = "withdrawn", pgettext_lazy("assignment", "no longer asked for")


class Verb(AuditVerb):
    ASSIGN = "assessments.assign", _("Assessor assigned")
    END_ASSIGNMENT = "assessments.end_assignment", _("Assignment ended")
    DECLARE = "assessments.declare", _("Assessor declared no conflict of interest")
    DECLINE = "assessments.decline", _("Assessor declined the case")
    HAND_BACK = "assessments.hand_back", _("Assessor handed the case back")
    HAND_BACK_PART = "assessments.hand_back_part", _("Assessor handed a part of the case back")
    ASK_TIME = "assessments.ask_time", _("Assessor asked for more time")
    GIVE_TIME = "assessments.give_time", _("Assessor was given more time")
    REFUSE_TIME = "assessments.refuse_time", _("Assessor was given no more time")
    RATE = "assessments.rate", _("Rating saved")
    MARK = "assessments.mark", _("Place in the evidence marked")
    UNMARK = "assessments.unmark", _("Mark in the evidence removed")
    PROPOSE_COMPLETION = "assessments.propose_completion", _("Assessor asked for completion")
    SUBMIT = "assessments.submit", _("Assessor submitted the ratings")
    OPEN_CARD = "assessments.open_card", _("Consolidated card opened")
    SETTLE = "assessments.settle", _("Difference settled")
    REMARK = "assessments.remark", _("Assessors spoke of a criterion")
    ASK_THIRD = "assessments.ask_third", _("Third assessor asked for")
    WITHDRAW_THIRD = "assessments.withdraw_third", _("Request for a third assessor withdrawn")
    CORRECT = "assessments.correct", _("Submitted rating corrected")
    SIGN = "assessments.sign", _("Consolidated card signed")
    UNSIGN = "assessments.unsign", _("Signature under the consolidated card taken back")
    DISCARD_CARD = "assessments.discard_card", _("Open consolidated card dropped")
    CLOSE_CARD = "assessments.close_card", _("Consolidated card closed")
    CHANGE_PROFILE = "assessments.change_profile", _("Assessor's availability changed")


class OutcomeLevel(models.TextChoices):
    """What the agreed ratings of its criteria make of a standard (see `outcomes`)."""

    EXEMPLARY = "exemplary", pgettext_lazy("standard", "exemplary")
    MET = "met", pgettext_lazy("standard", "met")
    UNMET = "unmet", pgettext_lazy("standard", "not met")
    NOT_APPLICABLE = "not_applicable", pgettext_lazy("standard", "not applicable")
    OPEN = "open", pgettext_lazy("standard", "not settled yet")
