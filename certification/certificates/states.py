"""How a certificate stands on a day, and the verbs that leave an event."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from certification.audit.verbs import AuditVerb

EXPIRING = timedelta(days=183)  # half a year before the end the holder is asked to renew


class Status(models.TextChoices):
    """Computed from facts and a day, never stored."""

    UPCOMING = "upcoming", _("not valid yet")
    VALID = "valid", _("valid")
    EXPIRING = "expiring", _("valid, expires soon")
    EXPIRED = "expired", _("expired")
    WITHDRAWN = "withdrawn", _("withdrawn")
    SUPERSEDED = "superseded", _("replaced by a newer one")


class ChargesState(models.TextChoices):
    """Computed from what came of them, never stored."""

    OPEN = "charged", _("charges before the Committee")
    DROPPED = "dropped", _("charges dropped")
    UPHELD = "withdrawn", _("certificate withdrawn")
    ANNULLED = "annulled", _("withdrawal annulled by the Board")


STANDING = frozenset({Status.UPCOMING, Status.VALID, Status.EXPIRING, Status.EXPIRED})
IN_FORCE = frozenset({Status.VALID, Status.EXPIRING})


class Verb(AuditVerb):
    ISSUE = "certificates.issue", _("Certificate issued")
    CORRECT = "certificates.correct", _("Corrected certificate issued")
    STATE_CHARGES = "certificates.state_charges", _("Charges stated to the holder")
    REPLY_TO_CHARGES = "certificates.reply_to_charges", _("Holder replied to the charges")
    NOTE_REPLY = "certificates.note_reply", _("Reply to the charges noted from paper")
    DROP_CHARGES = "certificates.drop_charges", _("Charges dropped")
    WITHDRAW = "certificates.withdraw", _("Certificate withdrawn")
    APPEAL = "certificates.appeal_withdrawal", _("Holder appealed against the withdrawal")
    NOTE_APPEAL = "certificates.note_appeal", _("Appeal against the withdrawal noted from paper")
    REFUSE_APPEAL = "certificates.refuse_appeal", _("Appeal against the withdrawal refused")
    CHANGE_TEMPLATE = "certificates.change_template", _("Design of certificates changed")
    REINSTATE = "certificates.reinstate", _("Withdrawal annulled by the Board")
    REMIND = "certificates.remind", _("Holder reminded that the certificate ends")
    REMIND_TO_ANSWER = (
        "certificates.remind_to_answer",
        _("Holder reminded of the last day to answer"),
    )
    ADD_SIGNED = "certificates.add_signed", _("Document with electronic signatures added")
    USE_KEY = "certificates.use_key", _("Credentials signed with a new key")
    RECORD_EARLIER = "certificates.record_earlier", _("Earlier award recorded")
