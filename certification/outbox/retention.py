"""How long the outbox remembers.

What a message said is kept for three months, so that the office can answer "you wrote that …"; that
it was sent, for two years. What proves who was told what and when (receipts, requests for
completion, outcomes) stays as long as the case. A secret goes when it has left, or after a week.
"""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from .kinds import PROOF
from .models import Email
from .states import OVER, State

SECRETS = timedelta(days=7)  # by then the links in them work no more
BODIES = timedelta(days=90)
ROWS = timedelta(days=2 * 365)


def forget_old(now: datetime) -> str:
    """Empty and delete what is past its time; how much that was. A chore."""
    secrets = Email.objects.filter(has_secret=True, created_at__lt=now - SECRETS)
    secrets.exclude(body="").filter(state=State.FAILED).update(body="")
    passing = Email.objects.filter(state__in=OVER | {State.FAILED}).exclude(kind__in=PROOF)
    emptied = passing.filter(created_at__lt=now - BODIES).exclude(body="").update(body="")
    old = passing.filter(created_at__lt=now - ROWS)
    deleted = old.exclude(digest=None).delete()[0] + old.filter(gathered=None).delete()[0]
    if not (emptied or deleted):
        return ""
    return _("emptied: %(emptied)s, deleted: %(deleted)s") % {
        "emptied": emptied,
        "deleted": deleted,
    }
