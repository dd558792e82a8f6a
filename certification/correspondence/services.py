"""The verbs of correspondence: attach a file, send, mark as read.

Only what was sent is an event of the case; its history is not for who read what and when.
"""

import uuid
from datetime import datetime, timedelta

from django.core.files.base import File
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification import clock
from certification.applications.models import Application
from certification.audit.services import record
from certification.errors import CannotDo, Stale
from institutions.models import User
from institutions.services.content import MOST_COUNTED
from institutions.services.uploads import TooLarge, undoing
from institutions.uploads import inspect, sha256_of

from .emails import message_sent
from .models import Attachment, Message, Reading
from .rules import side_of
from .states import Verb

MAX_BYTES = 20 * 1024 * 1024
MOST_FILES = 10  # a message
KEPT_FOR = timedelta(days=7)  # a file whose message was never sent


def attach(application: Application, *, by: User, file: "File[bytes]") -> Attachment:
    """Check a file and keep it for the message that the person is writing.

    It stays whatever becomes of the form, so that nobody has to send it twice. Raises Refused for
    a file we do not take.
    """
    if (file.size or 0) > MAX_BYTES:  # one so large was not even written down
        raise TooLarge(
            _("This file is %(size)s; at most %(limit)s is accepted. Please split it.")
            % {"size": filesizeformat(file.size), "limit": filesizeformat(MAX_BYTES)}
        )
    checked = inspect(file, file.name or "", max_bytes=MAX_BYTES)
    attachment = Attachment(
        application=application,
        filename=checked.filename,
        content_type=checked.content_type,
        size=checked.file.size,
        sha256=sha256_of(checked.file),
        personal_numbers=min(checked.personal_numbers, MOST_COUNTED),
        added_by=by,
    )
    attachment.file.save(f"{uuid.uuid4()}{checked.extension}", checked.file, save=False)
    with undoing(lambda: attachment.file.delete(save=False)), transaction.atomic():
        Application.objects.select_for_update().get(pk=application.pk)
        if Attachment.objects.being_written(application, by).count() >= MOST_FILES:
            raise CannotDo(
                _("A message holds at most %(most)s files. Send the rest with the next one.")
                % {"most": MOST_FILES}
            )
        attachment.save(force_insert=True)
        record(Verb.ATTACH, attachment, by=by, sha256=attachment.sha256)
    return attachment


@transaction.atomic
def discard_attachment(attachment: Attachment, *, by: User) -> None:
    """Take a file out of the message before it is sent."""
    locked = Attachment.objects.select_for_update().filter(pk=attachment.pk, message=None).first()
    if locked is None:
        raise CannotDo(_("This file was sent or removed already."))
    record(Verb.DISCARD, locked, by=by, sha256=locked.sha256)
    _remove(locked)


@transaction.atomic
def send_message(application: Application, *, by: User, text: str, seen: int) -> Message:
    """Send the text and the files kept for it; the other side is told.

    `seen` is the last message that was on the page, 0 for none. Raises Stale with the newer one
    when somebody wrote meanwhile. The very same message once more (a second click) is not sent.
    """
    Application.objects.select_for_update().get(pk=application.pk)
    if not text.strip():
        raise CannotDo(_("Write what this is about."))
    last = Message.objects.filter(application=application).last()
    files = list(Attachment.objects.being_written(application, by))
    if last and last.pk != seen:
        if (last.author, last.text) == (by, text) and not files:
            return last
        raise Stale(last)
    side = side_of(by, application)
    message = Message.objects.create(application=application, side=side, text=text, author=by)
    Attachment.objects.filter(pk__in=[file.pk for file in files]).update(message=message)
    _read_through(message, by=by)
    record(Verb.SEND, message, by=by, case=application, side=side.value, files=len(files))
    message_sent(message)
    return message


@transaction.atomic
def mark_read(application: Application, *, by: User, last: int) -> None:
    """Note that the person has read the correspondence up to the message `last`."""
    message = Message.objects.filter(application=application, pk__lte=last).last()
    if message is None or not _read_through(message, by=by):
        return
    record(Verb.READ, message, by=by)


def forget_unsent(now: datetime) -> str:
    """Remove files whose message was never sent; how many, in words. A chore."""
    old = Attachment.objects.filter(message=None, added_at__lt=now - KEPT_FOR)
    removed = sum(_forget(attachment) for attachment in old)
    if not removed:
        return ""
    return ngettext("%(n)s file removed", "%(n)s files removed", removed) % {"n": removed}


@transaction.atomic
def _forget(attachment: Attachment) -> int:
    locked = Attachment.objects.select_for_update().filter(pk=attachment.pk, message=None).first()
    if locked:
        _remove(locked)
    return int(locked is not None)


def _remove(attachment: Attachment) -> None:
    """The row now, its bytes once that is committed."""
    storage, name = attachment.file.storage, str(attachment.file.name)
    attachment.delete()
    transaction.on_commit(lambda: storage.delete(name), robust=True)


def _read_through(message: Message, *, by: User) -> bool:
    """Move the person's bookmark on to that message; whether it stood before it."""
    reading, is_new = Reading.objects.get_or_create(
        application=message.application, person=by, defaults={"last": message}
    )
    if is_new:
        return True
    moved = Reading.objects.filter(pk=reading.pk, last_id__lt=message.pk)
    return bool(moved.update(last=message, read_at=clock.now()))
