"""The audit events that the verbs would have left, sealed into one chain."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import NamedTuple

from django.db import models

from certification.applications.states import Verb as Application
from certification.assessments.states import Verb as Assessment
from certification.audit.models import ChainHead, Event, key
from certification.audit.services import GENESIS, seal
from certification.audit.verbs import AuditVerb
from certification.certificates.states import Verb as Certificate
from certification.decisions.states import Verb as Decision
from certification.letters.states import Verb as Letter
from institutions.models import User
from institutions.states import Role

from .applications import (
    ACCEPTED,
    ASSIGNED,
    CLOSED,
    DECIDED,
    ISSUED,
    LETTER,
    RATED,
    SUBMITTED,
    TAKEN_UP,
    State,
    Story,
)
from .places import Places


class Deed(NamedTuple):
    at: datetime
    by: User
    verb: AuditVerb
    subject: models.Model
    case: models.Model


def write_journal(stories: list[Story], places: Places) -> None:
    deeds = [deed for story in stories for deed in _deeds(story, places)]
    deeds.sort(key=lambda deed: deed.at)
    events = _chained(deeds)
    while batch := list(islice(events, 5000)):
        Event.objects.bulk_create(batch)
        ChainHead.objects.update_or_create(
            id=1, defaults={"seq": batch[-1].seq, "hash": batch[-1].hash}
        )


def _chained(deeds: list[Deed]) -> Iterator[Event]:
    previous = GENESIS
    first = 1 + (Event.objects.aggregate(last=models.Max("seq"))["last"] or 0)
    if first > 1:
        previous = Event.objects.get(seq=first - 1).hash
    for seq, deed in enumerate(deeds, first):
        event = Event(
            seq=seq,
            at=deed.at.astimezone(UTC),
            by_id=deed.by.pk,
            verb=str(deed.verb),
            subject=key(deed.subject),
            case=key(deed.case),
            facts={},
            previous=previous,
        )
        event.hash = previous = seal(event)
        yield event


def _deeds(story: Story, places: Places) -> Iterator[Deed]:
    case, office = story.application, places.one(Role.OFFICE)

    def deed(days: int, by: User, verb: AuditVerb, subject: models.Model = case) -> Deed:
        return Deed(story.after(days), by, verb, subject, case)

    yield deed(0, story.custodian, Application.OPEN)
    for each in story.answers:
        yield Deed(each.updated_at, story.custodian, Application.SAVE_ANSWER, each, case)
    if story.is_submitted:
        yield deed(SUBMITTED, story.custodian, Application.SUBMIT)
    if story.state not in {State.DRAFT, State.SUBMITTED}:
        yield deed(TAKEN_UP, office, Application.TAKE_UP)
    if story.state == State.WITHDRAWN:
        yield deed(TAKEN_UP + 1, story.custodian, Application.WITHDRAW)
    if story.is_judged:
        yield deed(ACCEPTED, office, Application.ACCEPT)
        yield from _of_assessors(story, places)
        yield from _of_committee_and_board(story, places)


def _of_assessors(story: Story, places: Places) -> Iterator[Deed]:
    case, office = story.application, places.one(Role.OFFICE)
    for each in story.assessments:
        assessor, assignment = each.assignment.assessor, each.assignment
        yield Deed(story.after(ASSIGNED), office, Assessment.ASSIGN, assignment, case)
        yield Deed(story.after(ASSIGNED + 1), assessor, Assessment.DECLARE, assignment, case)
        for _criterion in places.criteria if story.is_full else ():
            yield Deed(story.after(RATED - 1), assessor, Assessment.RATE, each, case)
        if each.is_submitted:
            yield Deed(story.after(RATED), assessor, Assessment.SUBMIT, each, case)
    if story.card and story.card.closed_by:
        closer = story.card.closed_by
        yield Deed(story.after(CLOSED), closer, Assessment.CLOSE_CARD, story.card, case)
        yield Deed(story.after(CLOSED), closer, Application.REFER, case, case)


def _of_committee_and_board(story: Story, places: Places) -> Iterator[Deed]:
    case, board = story.application, places.one(Role.BOARD_MEMBER)
    if story.decision:
        verb = Application.REFUSE if story.decision.is_refusal else Application.GRANT
        yield Deed(story.after(DECIDED), places.one(Role.COMMITTEE_CHAIR), verb, case, case)
    if story.certificate:
        issued, certificate = story.after(ISSUED), story.certificate
        yield Deed(issued, board, Decision.ADOPT, certificate.resolution, case)
        yield Deed(issued, board, Certificate.ISSUE, certificate, case)
        yield Deed(issued, board, Application.CERTIFY, case, case)
        office = places.one(Role.OFFICE)
        yield Deed(story.after(LETTER), office, Letter.APPROVE, certificate, case)
