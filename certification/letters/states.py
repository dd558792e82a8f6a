"""Kinds and states of letters, and the verbs that leave an event."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certification.audit.verbs import AuditVerb


class Kind(models.TextChoices):
    """What a letter is; each kind has a bank of its own, under this name."""

    COMMENDATION = "commendation", _("Commendation letter")
    CONGRATULATIONS = "congratulations", _("Congratulations to the head of the municipality")
    PARTNER = "partner", _("Letter to a partner")
    REFUSAL = "refusal", _("Refusal letter")
    APPEAL_UPHELD = "appeal_upheld", _("Reply to an appeal: the decision is upheld")
    APPEAL_CHANGED = "appeal_changed", _("Reply to an appeal: the decision is changed")


GOES_WITH_CERTIFICATE = (Kind.COMMENDATION, Kind.CONGRATULATIONS, Kind.PARTNER)
AFTER_REFUSAL = (Kind.REFUSAL, Kind.APPEAL_UPHELD, Kind.APPEAL_CHANGED)
APPEALS = (Kind.APPEAL_UPHELD, Kind.APPEAL_CHANGED)
TO_INSTITUTION = (Kind.COMMENDATION, *AFTER_REFUSAL)

# a letter is a Polish document, whatever language the screens are in
TITLES = {
    Kind.COMMENDATION: "List gratulacyjny",
    Kind.CONGRATULATIONS: "Gratulacje",
    Kind.PARTNER: "List do partnera",
    Kind.REFUSAL: "Zawiadomienie o rozstrzygnięciu",
    Kind.APPEAL_UPHELD: "Odpowiedź na odwołanie",
    Kind.APPEAL_CHANGED: "Odpowiedź na odwołanie",
}
SERIES = {kind: "CAL/LG" if kind in GOES_WITH_CERTIFICATE else "CAL/P" for kind in Kind}
NUMBER = "{series}/{number}/{year}"


class Level(models.TextChoices):
    """How a standard has to come out for a paragraph to be used, or did come out."""

    MET = "met", _("met or better")
    JUST_MET = "just_met", pgettext_lazy("standard", "met")
    EXEMPLARY = "exemplary", pgettext_lazy("standard", "exemplary")
    UNMET = "unmet", pgettext_lazy("standard", "not met")


class Office(models.TextChoices):
    """Who heads a municipality. The words are Polish in every language."""

    WOJT = "wojt", "wójt"
    BURMISTRZ = "burmistrz", "burmistrz"
    PREZYDENT = "prezydent", "prezydent miasta"


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")
    APPROVED = "approved", _("Approved")


class Verb(AuditVerb):
    IMPORT = "letters.import_paragraphs", _("Bank of paragraphs imported")
    CONFIRM_OFFICIAL = "letters.confirm_official", _("Head of the municipality confirmed")
    DRAFT = "letters.draft", _("Letter drafted")
    EDIT = "letters.edit", _("Letter edited")
    DISCARD = "letters.discard", _("Draft of a letter discarded")
    RETURN = "letters.return", _("Letter sent back to be mended")
    APPROVE = "letters.approve", _("Letter approved")
    ADD_SIGNED = "letters.add_signed", _("Letter with electronic signatures added")
