"""The verbs of files on their way in, and how much room an institution has for them.

Nothing here is evidence yet, so nothing here is journalled: that comes with adding
(services/evidence.py).
"""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.core.files.base import File
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import QuerySet, Sum
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from certification import clock
from certification.errors import CannotDo
from institutions.models import Evidence, Institution, Upload, User
from institutions.models.evidence import Form
from institutions.receiving import staging
from institutions.uploads import check_name

MOST_AT_ONCE = 200  # uploads of one person that wait: a drop of a whole folder, and no flood


class TooLarge(CannotDo):
    """More than one file may have, or than the institution has room for (HTTP 413)."""


@dataclass(frozen=True)
class Room:
    """Bytes: what an institution has used (files on their way included), and what it may use."""

    used: int
    quota: int

    @property
    def left(self) -> int:
        return max(self.quota - self.used, 0)

    @property
    def is_short(self) -> bool:
        """Whether not even one file of the largest size would fit."""
        return self.left < settings.EVIDENCE_MAX_BYTES


def room_of(institution: Institution) -> Room:
    """How much of its room the institution has used."""
    quota = institution.evidence_quota
    stored = institution.evidence.all()
    coming = institution.uploads.in_time(clock.now())
    used = sum(rows.aggregate(bytes=Sum("size"))["bytes"] or 0 for rows in (stored, coming))
    return Room(used, settings.EVIDENCE_QUOTA_BYTES if quota is None else quota)


def waiting(user: User) -> "QuerySet[Upload]":
    """Files the person has begun to send and not yet added, the oldest first."""
    mine: QuerySet[Upload] = Upload.objects.visible_to(user)
    return mine.select_related("institution", "revises")


def waiting_for(
    institution: Institution, *, by: User, revises: Evidence | None = None
) -> "QuerySet[Upload]":
    """Those of them that are to be new evidence there, or else a version of `revises`."""
    return waiting(by).filter(institution=institution, revises=revises)


def start_upload(
    institution: Institution,
    *,
    by: User,
    filename: str,
    size: int,
    revises: Evidence | None = None,
) -> Upload:
    """Announce a file of `size` bytes that will come in pieces; its room is kept for it.

    Raises Refused for a name we take nothing of, TooLarge when there is no room for it, CannotDo
    where what it `revises` is no file.
    """
    if revises and revises.form != Form.FILE:
        raise CannotDo(_("A newer version of a link or a note is written, not sent as a file."))
    upload = Upload(institution=institution, revises=revises, started_by=by, size=size)
    return _enter(upload, filename, staging.create)


def keep_file(
    institution: Institution, *, by: User, file: "File[bytes]", revises: Evidence | None = None
) -> Upload:
    """Keep a file that came whole with a form, so that it need not be sent again."""
    upload = Upload(institution=institution, revises=revises, started_by=by, size=file.size)
    return _enter(upload, file.name or "", partial(staging.take, file=file))


def discard_upload(upload: Upload) -> None:
    """Throw a file away before it was added. Done twice, it does nothing the second time."""
    with transaction.atomic():
        Upload.objects.filter(pk=upload.pk).delete()
        transaction.on_commit(partial(staging.remove, upload.pk), robust=True)


def use_up(upload: Upload) -> None:
    """The upload has become evidence: part of the transaction that writes the revision.

    Its bytes go only when that is committed. Raises CannotDo when it is not there any more.
    """
    deleted, _rows = Upload.objects.filter(pk=upload.pk).delete()
    if not deleted:
        raise already_added(upload.filename)
    transaction.on_commit(partial(staging.remove, upload.pk), robust=True)


def already_added(filename: str) -> CannotDo:
    return CannotDo(
        _("“%(file)s” was already added or removed, maybe in another tab. Look into the library.")
        % {"file": filename}
    )


def _enter(upload: Upload, filename: str, put: Callable[[uuid.UUID], None]) -> Upload:
    """Write the file first and the row after it: a row always has its file."""
    upload.filename = check_name(filename)
    _check_size(upload.size)
    put(upload.pk)
    with undoing(lambda: staging.remove(upload.pk)), transaction.atomic():
        institutions = Institution.objects.select_for_update(no_key=True)
        _check_room(
            institutions.get(pk=upload.institution_id), by=upload.started_by, size=upload.size
        )
        upload.save(force_insert=True)
    return upload


@contextmanager
def undoing(undo: Callable[[], object]) -> Iterator[None]:
    """Undo what was done on the disk when the block, a transaction, has surely failed.

    When the database goes away in the middle of a commit, nobody knows whether it was made, and
    a process told to stop may have made it already: then the file stays, and `clean_uploads`,
    which sees whether there is a row, decides a day later.
    """
    try:
        yield
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        undo()
        raise


def _check_size(size: int) -> None:
    limit = settings.EVIDENCE_MAX_BYTES
    if size < 1:
        raise CannotDo(
            _("This file is empty. Check that it opens on your computer, and send it anew.")
        )
    if size > limit:
        raise TooLarge(
            _(
                "This file has %(size)s, and at most %(limit)s are accepted. Make it smaller or "
                "divide it; a long film can be added as a link."
            )
            % {"size": filesizeformat(size), "limit": filesizeformat(limit)}
        )


def _check_room(institution: Institution, *, by: User, size: int) -> None:
    """The institution's row is locked: what is counted here cannot grow meanwhile."""
    left = room_of(institution).left
    if size > left:
        raise TooLarge(
            _(
                "This file has %(size)s, and there is room for %(left)s more in the library. "
                "Remove what was never submitted, or ask the CAL office for more room."
            )
            % {"size": filesizeformat(size), "left": filesizeformat(left)}
        )
    if waiting(by).count() >= MOST_AT_ONCE:
        raise CannotDo(
            _("%(count)s files of yours wait to be added. Add or remove some of them first.")
            % {"count": MOST_AT_ONCE}
        )
