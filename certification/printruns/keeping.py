"""How long the files of print runs are kept: what they hold can be put together again."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from certification.audit.services import record

from .making import FOLDER
from .models import PrintFile
from .states import Verb

STRAY_AFTER = timedelta(days=1)  # no run takes so long


def days_kept() -> timedelta:
    return timedelta(days=settings.PRINT_FILES_DAYS)


def remove_old(now: datetime) -> str:
    """Remove files past their time, and what a killed worker left behind. A chore."""
    old = PrintFile.objects.filter(removed_at=None, made_at__lt=now - days_kept())
    removed = sum(_remove(file, now) for file in old.select_related("run"))
    strays = _remove_strays(now)
    if not (removed or strays):
        return ""
    return _("removed files: %(removed)s, leftovers: %(strays)s") % {
        "removed": removed,
        "strays": strays,
    }


def _remove(file: PrintFile, now: datetime) -> bool:
    """The row first: a file without a row is found again, a row without its file would mislead."""
    with transaction.atomic():
        name = str(file.file.name)
        rows = PrintFile.objects.filter(pk=file.pk, removed_at=None)
        if not rows.update(file="", removed_at=now):
            return False
        record(Verb.FORGET, file.run, by=None, file=file.number)
        transaction.on_commit(lambda: default_storage.delete(name))
    return True


def _remove_strays(now: datetime) -> int:
    try:
        _folders, files = default_storage.listdir(FOLDER)
    except FileNotFoundError:  # nothing was ever made
        return 0
    known = set(PrintFile.objects.filter(removed_at=None).values_list("file", flat=True))
    strays = [name for name in (f"{FOLDER}/{file}" for file in files) if name not in known]
    old = [name for name in strays if default_storage.get_modified_time(name) < now - STRAY_AFTER]
    for name in old:
        default_storage.delete(name)
    return len(old)
