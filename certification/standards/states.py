"""States of a standard set, and the verbs that leave an event."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from certification.audit.verbs import AuditVerb


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")


class Standing(models.TextChoices):
    """Where an edition stands, its retirement included."""

    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published edition")
    RETIRED = "retired", _("retired")


class RuleKind(models.TextChoices):
    """What makes a standard met (see `outcome_rule`)."""

    ALL = "all", _("every criterion is met")
    MEAN = "mean", _("the weighted mean reaches a threshold")
    SHARE = "share", _("the required criteria are met, and a share of all")


class Verb(AuditVerb):
    IMPORT = "standards.import", _("Standards imported")
    DRAFT = "standards.draft", _("New edition of the standards begun")
    EDIT = "standards.edit", _("Edition of the standards edited")
    ADD = "standards.add", _("Part added to an edition of the standards")
    MOVE = "standards.move", _("Part of an edition of the standards moved")
    REMOVE = "standards.remove", _("Part of an edition of the standards removed")
    RENUMBER = "standards.renumber", _("Edition of the standards numbered anew")
    SPLIT = "standards.split", _("Criterion split")
    MERGE = "standards.merge", _("Criteria merged")
    DERIVE = "standards.derive", _("Origin of a criterion given")
    DISCARD = "standards.discard", _("Draft edition of the standards discarded")
    PUBLISH = "standards.publish", _("Standards published")
    RETIRE = "standards.retire", _("Edition of the standards retired")
