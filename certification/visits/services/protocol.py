"""The protocol: written, presented for good, answered by the institution, closed.

Printing takes a second or so, so it is done before the transaction that keeps the document.
"""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from certification import clock
from certification.audit.services import record
from certification.documents.models import StoredDocument
from certification.documents.protocol import render_protocol
from certification.documents.services import store
from certification.errors import CannotDo, Stale, TransitionNotAllowed
from certification.visits import emails
from certification.visits.models import (
    Protocol,
    ProtocolClosing,
    ProtocolRemark,
    SiteVisit,
)
from certification.visits.sheets import holds_notes_of_team, sheet_of
from certification.visits.states import Closing, State, Verb
from certification.working_days import add_working_days
from institutions.models import User

from .moving import locked_for, move

TEXTS = ("attendees", "course", "findings", "documents")


@transaction.atomic
def write_protocol(visit: SiteVisit, *, by: User, expected_version: int, **texts: str) -> Protocol:
    """Save the draft of the visit's protocol; `expected_version` is 0 for the first.

    Raises Stale with the newer draft, TransitionNotAllowed unless the visit took place.
    """
    locked = SiteVisit.objects.select_for_update().get(pk=visit.pk)
    if locked.state != State.HELD:
        raise TransitionNotAllowed(Verb.WRITE, locked.state)
    draft = Protocol.objects.drafts().filter(visit=locked).first()
    if (draft.version if draft else 0) != expected_version:
        raise Stale(draft)
    if draft is None:
        number = Protocol.objects.filter(visit=locked).count() + 1
        draft = Protocol(visit=locked, number=number, version=0, written_by=by)
    given = {name: texts[name].strip() for name in TEXTS}
    if draft.pk and given == {name: getattr(draft, name) for name in TEXTS}:
        return draft
    for name, text in given.items():
        setattr(draft, name, text)
    draft.version, draft.written_by, draft.written_at = draft.version + 1, by, clock.now()
    draft.save()
    record(Verb.WRITE, draft, by=by, case=visit.application, version=draft.version)
    return draft


def present(protocol: Protocol, *, by: User) -> Protocol:
    """CAL's side confirms the protocol: it is printed, frozen and shown to the institution, which
    may answer for `VISIT_REMARKS_WORKING_DAYS` working days.

    Raises CannotDo for a protocol that says nothing of what happened.
    """
    if not (protocol.attendees and protocol.course and protocol.findings):
        raise CannotDo(_("Write who was there, how the visit went and what was found."))
    now = clock.now()
    until = add_working_days(clock.today(), settings.VISIT_REMARKS_WORKING_DAYS)
    seen = protocol.version
    shown: dict[str, Any] = {"presented_by": by, "presented_at": now, "remarks_until": until}
    shown["of_team"] = holds_notes_of_team(protocol)
    for name, value in shown.items():
        setattr(protocol, name, value)
    content = render_protocol(sheet_of(protocol))
    return _keep_presented(protocol, content, by=by, seen=seen, shown=shown)


@transaction.atomic
def _keep_presented(
    protocol: Protocol, content: bytes, *, by: User, seen: int, shown: dict[str, Any]
) -> Protocol:
    locked = locked_for(protocol.visit, Verb.PRESENT)
    kept = Protocol.objects.drafts().filter(pk=protocol.pk).first()
    if kept is None:
        raise TransitionNotAllowed(Verb.PRESENT, locked.state)
    if kept.version != seen:
        raise Stale(kept)
    kind = StoredDocument.Kind.PROTOCOL
    document = store(kind, _title(protocol), content, by=by)
    for name, value in (shown | {"document": document}).items():
        setattr(kept, name, value)
    kept.save(update_fields=[*shown, "document"])
    visit = move(locked, Verb.PRESENT, by=by)
    emails.presented(visit, kept)
    return kept


def _title(protocol: Protocol) -> str:
    number = protocol.visit.application.number
    return f"Protokół wizytacji {number}, wersja {protocol.number}"


@transaction.atomic
def amend(protocol: Protocol, *, by: User) -> Protocol:
    """CAL takes a presented protocol back, to correct it after a remark or a mistake.

    The presented one stays as it was, with its remarks; a copy becomes the next draft.
    """
    locked = locked_for(protocol.visit, Verb.AMEND)
    _check_is_latest(protocol, Verb.AMEND, locked)
    texts = {name: getattr(protocol, name) for name in TEXTS}
    draft = Protocol.objects.create(
        visit=locked, number=protocol.number + 1, written_by=by, **texts
    )
    visit = move(locked, Verb.AMEND, by=by)
    emails.amended(visit)
    return draft


@transaction.atomic
def remark(protocol: Protocol, *, by: User, text: str) -> ProtocolRemark:
    """The institution's remark, kept word for word. Only within the set time.

    The very same remark once more (a second click) is kept once.
    """
    if not text.strip():
        raise CannotDo(_("Write what you have to say about the protocol."))
    visit = SiteVisit.objects.select_for_update().get(pk=protocol.visit_id)
    if visit.state != State.PRESENTED:
        raise TransitionNotAllowed(Verb.REMARK, visit.state)
    _check_is_latest(protocol, Verb.REMARK, visit)
    if protocol.is_late_on(clock.today()):
        raise CannotDo(_("The time for remarks has passed. Write to the office instead."))
    last = protocol.remarks.last()
    if last is not None and last.text == text.strip():
        return last
    made = ProtocolRemark.objects.create(protocol=protocol, text=text.strip(), made_by=by)
    record(Verb.REMARK, made, by=by, case=visit.application, protocol=protocol.number)
    emails.remarked(visit)
    return made


def confirm(protocol: Protocol, *, by: User) -> ProtocolClosing:
    """The institution confirms the protocol, with the remarks it made: both sides have agreed.

    It may do so after the set time as well, as long as the office has not closed it.
    """
    return _close(protocol, Closing.CONFIRMED, Verb.CONFIRM, by=by)


def close(protocol: Protocol, *, by: User) -> ProtocolClosing:
    """The office closes a protocol that the institution did not confirm in time.

    Raises CannotDo while the time lasts.
    """
    if not protocol.is_late_on(clock.today()):
        raise CannotDo(_("The institution may still confirm the protocol. Wait for the end."))
    return _close(protocol, Closing.UNCONFIRMED, Verb.CLOSE, by=by)


def _close(protocol: Protocol, outcome: Closing, verb: Verb, *, by: User) -> ProtocolClosing:
    remarks = list(protocol.remarks.select_related("made_by"))
    closing = ProtocolClosing(
        protocol=protocol, outcome=outcome, closed_by=by, closed_at=clock.now()
    )
    content = render_protocol(sheet_of(protocol, remarks=remarks, closing=closing))
    with transaction.atomic():
        locked = locked_for(protocol.visit, verb)
        _check_is_latest(protocol, verb, locked)
        if protocol.remarks.count() != len(remarks):
            raise Stale(protocol)
        kind, title = StoredDocument.Kind.PROTOCOL, f"{_title(protocol)}, zamknięty"
        closing.document = store(kind, title, content, by=by)
        closing.save(force_insert=True)
        visit = move(locked, verb, by=by)
        emails.closed(visit)
    return closing


def _check_is_latest(protocol: Protocol, verb: Verb, visit: SiteVisit) -> None:
    latest = Protocol.objects.filter(visit=visit).last()
    if latest != protocol or not protocol.is_presented:
        raise TransitionNotAllowed(verb, visit.state)
