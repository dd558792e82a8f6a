"""What was sent and is not yet confirmed."""

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet

from certification import clock
from institutions.import_files import Reading
from institutions.models import ImportDraft, User
from institutions.uploads.names import display_name

KEPT = timedelta(days=1)


@transaction.atomic
def keep_draft(reading: Reading, *, filename: str, by: User) -> ImportDraft:
    """Keep what was read of a file, for its sender to look at. Drafts older than a day go.

    Nothing of the register is written, so the journal has no event.
    """
    discard_old_drafts()
    return ImportDraft.objects.create(
        filename=display_name(filename), content=reading.packed(), sent_by=by
    )


def old_drafts() -> QuerySet[ImportDraft]:
    """Those older than a day, whoever sent them."""
    return ImportDraft.objects.filter(sent_at__lt=clock.now() - KEPT)


def discard_old_drafts() -> int:
    """Delete `old_drafts`; gives how many there were."""
    gone, _each = old_drafts().delete()
    return gone
