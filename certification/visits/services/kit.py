"""Notes and photos of a visit, sent now or later, once or again: each is kept once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from certification import clock
from certification.audit.models import Event
from certification.audit.services import record
from certification.errors import CannotDo, Stale, TransitionNotAllowed
from certification.standards.models import Criterion
from certification.visits.models import SiteVisit, VisitNote, VisitPhoto
from certification.visits.states import KIT_IS_OPEN, People, Verb
from institutions.models import User
from institutions.services.uploads import undoing
from institutions.uploads import Refused, inspect, sha256_of
from institutions.uploads.kinds import Kind

MAX_BYTES = 20 * 1024 * 1024
MOST_PHOTOS = 60  # of one person at one visit
PICTURES = frozenset({Kind.JPEG, Kind.PNG, Kind.WEBP})


@dataclass(frozen=True)
class Written:
    """A note as a device sends it.

    `change` is the device's mark of this state; `earlier` are the marks of states it sent before
    without hearing back, any of which the program may hold by now.
    """

    uuid: UUID
    text: str
    for_protocol: bool = False
    question: str = ""
    criterion: Criterion | None = None
    change: UUID | None = None
    earlier: Collection[UUID] = ()
    version: int = 0
    written_at: datetime | None = None


def _locked(visit: SiteVisit, verb: Verb) -> SiteVisit:
    locked = SiteVisit.objects.select_for_update().select_related(None).get(pk=visit.pk)
    if locked.state not in KIT_IS_OPEN:
        raise TransitionNotAllowed(verb, locked.state)
    return locked


@transaction.atomic
def save_note(visit: SiteVisit, written: Written, *, by: User) -> VisitNote:
    """Keep a note, new or changed. Sent again it changes nothing. A device saves every few words,
    so the journal says so once an hour (as of answers, decision 23).

    Raises Stale with the newer note when another device of the same person saved something that
    this one has not seen.
    """
    locked = _locked(visit, Verb.NOTE)
    note = VisitNote.objects.filter(uuid=written.uuid).first()
    if note is not None and (note.visit_id, note.author_id) != (locked.pk, by.pk):
        raise CannotDo(_("This note belongs to another visit. Write it anew."))
    if note is None:
        if not written.text.strip():
            return VisitNote(uuid=written.uuid, visit=locked, author=by, version=0)
        note = VisitNote(uuid=written.uuid, visit=locked, author=by, version=0)
        note.question, note.criterion = written.question.strip(), written.criterion
        note.written_at = _not_ahead(written.written_at)
    elif _is_there(note, written):
        return note
    elif note.version != written.version and note.change not in written.earlier:
        raise Stale(note)
    is_journalled = note.version > 0 and _is_journalled(note)
    note.text, note.for_protocol = written.text.strip(), written.for_protocol
    note.change, note.version = written.change, note.version + 1
    note.saved_at = clock.now()
    note.save()
    if not is_journalled:
        record(Verb.NOTE, note, by=by, case=visit.application, version=note.version)
    return note


def _is_journalled(note: VisitNote) -> bool:
    """Whether the journal says already that it was written in this hour."""
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    return note.saved_at >= hour and Event.objects.about(note).filter(at__gte=hour).exists()


def _is_there(note: VisitNote, written: Written) -> bool:
    if written.change is not None and note.change == written.change:
        return True
    return (note.text, note.for_protocol) == (written.text.strip(), written.for_protocol)


def _not_ahead(moment: datetime | None) -> datetime:
    """When it was written, as the device says; a clock that runs ahead is not believed."""
    now = clock.now()
    return min(moment, now) if moment is not None else now


def add_photo(
    visit: SiteVisit,
    *,
    by: User,
    key: UUID,
    file: "File[bytes]",
    caption: str,
    people: str,
    consent: str = "",
    for_protocol: bool = True,
    taken_at: datetime | None = None,
) -> VisitPhoto:
    """Check a picture, write it anew without its hidden data, and keep it; sent again, it is
    kept once.

    Raises Refused for what is no picture, CannotDo for people without a noted consent.
    """
    if there := _photo_of(visit, key, by):
        return there
    if people != People.NOBODY and not consent.strip():
        raise CannotDo(_("Write who of the people on the photo agreed to it, and how."))
    checked = inspect(file, file.name or "", max_bytes=MAX_BYTES)
    if checked.kind not in PICTURES:
        raise Refused(_("This is not a picture. Send a JPEG, PNG or WebP file."))
    photo = VisitPhoto(
        uuid=key,
        visit=visit,
        author=by,
        caption=caption.strip(),
        people=people,
        consent=consent.strip() if people != People.NOBODY else "",
        for_protocol=for_protocol,
        filename=checked.filename,
        content_type=checked.content_type,
        size=checked.file.size,
        sha256=sha256_of(checked.file),
        taken_at=_not_ahead(taken_at),
    )
    photo.file.save(f"{uuid4()}{checked.extension}", checked.file, save=False)
    with undoing(lambda: photo.file.delete(save=False)), transaction.atomic():
        _locked(visit, Verb.ADD_PHOTO)
        if there := _photo_of(visit, key, by):  # the same one, sent twice at once
            photo.file.delete(save=False)
            return there
        if VisitPhoto.objects.kept().filter(visit=visit, author=by).count() >= MOST_PHOTOS:
            raise CannotDo(
                _("A visit holds at most %(most)s photos of one person. Remove some first.")
                % {"most": MOST_PHOTOS}
            )
        photo.save(force_insert=True)
        record(
            Verb.ADD_PHOTO, photo, by=by, case=visit.application, people=people, sha256=photo.sha256
        )
    return photo


def _photo_of(visit: SiteVisit, key: UUID, by: User) -> VisitPhoto | None:
    found = VisitPhoto.objects.filter(uuid=key).first()
    if found is not None and (found.visit_id, found.author_id) != (visit.pk, by.pk):
        raise CannotDo(_("This photo belongs to another visit. Add it anew."))
    return found


@transaction.atomic
def remove_photo(photo: VisitPhoto, *, by: User, reason: str) -> VisitPhoto:
    """Take the picture away for good, at any time: somebody on it may take their consent back.

    The row stays and says why. Raises CannotDo without a reason, TransitionNotAllowed when it
    is gone already.
    """
    if not reason.strip():
        raise CannotDo(_("Write why the photo is removed."))
    locked = VisitPhoto.objects.select_for_update().get(pk=photo.pk)
    if locked.removed_at is not None:
        raise TransitionNotAllowed(Verb.REMOVE_PHOTO, locked.visit.state)
    return _take_away(locked, by=by, reason=reason.strip())


def remove_old_photos(now: datetime) -> str:
    """Remove the photos of cases that ended `VISIT_PHOTOS_DAYS` ago; a chore, safe to do twice.

    Protocols stay: they name their photos, and print none.
    """
    old = VisitPhoto.objects.past_keeping(now).values_list("pk", flat=True)
    removed = sum(_remove_old(pk, now) for pk in list(old))
    if not removed:
        return ""
    return ngettext("%(n)s photo removed", "%(n)s photos removed", removed) % {"n": removed}


@transaction.atomic
def _remove_old(pk: int, now: datetime) -> bool:
    photos = VisitPhoto.objects.select_for_update(of=("self",)).past_keeping(now)
    locked = photos.filter(pk=pk).first()
    if locked is None:
        return False  # somebody removed it meanwhile
    with override("pl"):  # as the protocol would print it
        reason = _("the time for which photos are kept has passed")
    _take_away(locked, by=None, reason=reason)
    return True


def _take_away(locked: VisitPhoto, *, by: User | None, reason: str) -> VisitPhoto:
    storage, name = locked.file.storage, str(locked.file.name)
    locked.file = ""
    locked.removed_by, locked.removed_at, locked.remove_reason = by, clock.now(), reason
    locked.save(update_fields=["file", "removed_by", "removed_at", "remove_reason"])
    record(Verb.REMOVE_PHOTO, locked, by=by, case=locked.visit.application, sha256=locked.sha256)
    transaction.on_commit(lambda: storage.delete(name), robust=True)
    return locked
