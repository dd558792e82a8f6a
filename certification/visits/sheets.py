"""What the protocol prints, gathered from the visit. Polish, whatever language screens are in."""

from collections.abc import Sequence

from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import override

from certification import clock
from certification.assessments.rules import is_still_judging
from certification.documents.models import Issuer
from certification.documents.protocol import (
    AskedSheet,
    PhotoSheet,
    ProtocolSheet,
    RemarkSheet,
)
from certification.documents.typography import day_in_words

from .models import Protocol, ProtocolClosing, ProtocolRemark, VisitNote, VisitPhoto
from .states import Closing, People


@override("pl")
def sheet_of(
    protocol: Protocol,
    *,
    remarks: Sequence[ProtocolRemark] = (),
    closing: ProtocolClosing | None = None,
) -> ProtocolSheet:
    """The protocol as it stands: a draft, presented, or closed with the institution's remarks.

    Notes and photos meant for the protocol are in it; a presented one is read from its own notes,
    which nobody may change any more. Photos are named and not printed, so that whoever is on one
    may take their consent back.
    """
    visit = protocol.visit
    application = visit.application
    starts, ends = localtime(visit.starts_at), localtime(visit.ends_at)
    day = clock.day_of(protocol.presented_at or protocol.written_at)
    return ProtocolSheet(
        issuer=Issuer.load().letterhead(),
        institution=application.institution.name,
        case=application.number or "",
        number=protocol.number,
        day=clock.day_of(closing.closed_at) if closing else day,
        held=f"{day_in_words(clock.day_of(starts))}, godz. {starts:%H:%M}–{ends:%H:%M}",
        place=visit.place,
        visitors=tuple(_visitors(protocol)),
        attendees=protocol.attendees,
        course=protocol.course,
        findings=protocol.findings,
        documents=protocol.documents,
        asked=tuple(_asked(protocol)),
        photos=tuple(_photos(protocol)),
        presented=_presented(protocol),
        until=day_in_words(protocol.remarks_until) if protocol.remarks_until else "",
        remarks=tuple(_remark(each) for each in remarks),
        closed=_closed(closing) if closing else "",
        is_confirmed=closing is not None and closing.outcome == Closing.CONFIRMED,
    )


def _visitors(protocol: Protocol) -> list[str]:
    lead = protocol.visit.lead_id
    return [
        f"{person.full_name}, prowadzenie wizytacji" if person.pk == lead else person.full_name
        for person in protocol.visit.team.order_by("full_name")
    ]


def holds_notes_of_team(protocol: Protocol) -> bool:
    """Whether the notes of all who went are in it: once whoever leads judges the case no more."""
    visit = protocol.visit
    if protocol.is_presented or visit.lead is None:
        return protocol.of_team
    return not is_still_judging(visit.lead, visit.application)


def _asked(protocol: Protocol) -> list[AskedSheet]:
    of_team = holds_notes_of_team(protocol)
    notes = VisitNote.objects.for_protocol(protocol.visit, of_team=of_team)
    return [
        AskedSheet(note.criterion.code if note.criterion else "", note.question, note.text)
        for note in notes
    ]


def _photos(protocol: Protocol) -> list[PhotoSheet]:
    """Those there were when it was presented: one that went since is named, and why it went."""
    photos = VisitPhoto.objects.filter(visit=protocol.visit, for_protocol=True)
    if not holds_notes_of_team(protocol):
        photos = photos.filter(author=protocol.visit.lead_id)
    was_there = Q(removed_at=None)
    if protocol.presented_at is not None:
        was_there |= Q(removed_at__gt=protocol.presented_at)
    return [
        PhotoSheet(
            photo.caption,
            f"{localtime(photo.taken_at):%d.%m.%Y, %H:%M}",
            "" if photo.people == People.NOBODY else photo.consent,
            photo.sha256,
            _gone(photo),
        )
        for photo in photos.filter(was_there)
    ]


def _gone(photo: VisitPhoto) -> str:
    if photo.removed_at is None:
        return ""
    return f"{day_in_words(clock.day_of(photo.removed_at))}: {photo.remove_reason}"


def _presented(protocol: Protocol) -> str:
    if protocol.presented_at is None or protocol.presented_by is None:
        return ""
    at = localtime(protocol.presented_at)
    return f"{protocol.presented_by.full_name}, {day_in_words(clock.day_of(at))}, godz. {at:%H:%M}"


def _remark(remark: ProtocolRemark) -> RemarkSheet:
    at = localtime(remark.made_at)
    who = f"{remark.made_by.full_name}, {day_in_words(clock.day_of(at))}, godz. {at:%H:%M}"
    return RemarkSheet(who, remark.text)


def _closed(closing: ProtocolClosing) -> str:
    at = localtime(closing.closed_at)
    return f"{closing.closed_by.full_name}, {day_in_words(clock.day_of(at))}, godz. {at:%H:%M}"
