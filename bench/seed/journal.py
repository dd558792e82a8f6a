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
    if not story.is_judged:
        return
    yield deed(ACCEPTED, office, Application.ACCEPT)
    for each in story.assessments:
        assessor = each.assignment.assessor
        yield deed(ASSIGNED, office, Assessment.ASSIGN, each.assignment)
        yield deed(ASSIGNED + 1, assessor, Assessment.DECLARE, each.assignment)
        for _criterion in places.criteria if story.is_full else ():
            yield deed(RATED - 1, assessor, Assessment.RATE, each)
        if each.is_submitted:
            yield deed(RATED, assessor, Assessment.SUBMIT, each)
    if story.card and story.card.closed_by:
        yield deed(CLOSED, story.card.closed_by, Assessment.CLOSE_CARD, story.card)
        yield deed(CLOSED, story.card.closed_by, Application.REFER)
    if story.decision:
        refused = story.state == State.REFUSED
        verb = Application.REFUSE if refused else Application.GRANT
        yield deed(DECIDED, places.one(Role.COMMITTEE_CHAIR), verb)
    if story.certificate:
        board = places.one(Role.BOARD_MEMBER)
        yield deed(ISSUED, board, Decision.ADOPT, story.certificate.resolution)
        yield deed(ISSUED, board, Certificate.ISSUE, story.certificate)
        yield deed(ISSUED, board, Application.CERTIFY)
        yield deed(LETTER, office, Letter.APPROVE, story.certificate)
