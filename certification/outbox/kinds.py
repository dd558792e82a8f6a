"""What an e-mail may be about: a closed list, by which people choose what they get and how."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    ACCOUNT = "account", _("Accounts, invitations and signing in")
    RECEIPT = "receipt", _("Receipts of what was handed in")
    COMPLETION = "completion", _("Requests for completion and their deadlines")
    VISIT = "visit", _("Site visits: dates and protocols")
    OUTCOME = "outcome", _("Decisions, certificates and what may change them")
    PROGRESS = "progress", _("Where a case stands")
    MESSAGE = "message", _("New messages in a case")
    COMMENT = "comment", _("Comments of colleagues")
    DEADLINE = "deadline", _("Calls and approaching deadlines")
    RENEWAL = "renewal", _("Certificates about to expire")
    WORK = "work", _("New tasks at the certification body")
    STUCK = "stuck", _("Cases that lie too long")
    DIGEST = "digest", _("The daily summary")


# What somebody must learn in time for the law's or the regulation's sake, for the safety of their
# account, or so that no case is forgotten: it goes at once, and nobody can opt out of it. A digest
# is itself a choice.
ALWAYS_AT_ONCE = frozenset(
    {
        *(Kind.ACCOUNT, Kind.RECEIPT, Kind.COMPLETION, Kind.VISIT),
        *(Kind.OUTCOME, Kind.STUCK, Kind.DIGEST),
    }
)
OPTIONAL = tuple(kind for kind in Kind if kind not in ALWAYS_AT_ONCE)
# Kept as long as the case, so that it can be shown who was told what and when.
PROOF = frozenset({Kind.RECEIPT, Kind.COMPLETION, Kind.VISIT, Kind.OUTCOME})
