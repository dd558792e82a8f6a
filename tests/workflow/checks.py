"""What holds at every moment of a walk, whatever was done or refused."""

from collections.abc import Callable
from datetime import datetime
from itertools import count
from typing import Any

from django.db import connection, transaction
from django.db.models import Model
from hypothesis.stateful import RuleBasedStateMachine, invariant

from certification import clock
from certification.applications import dossiers
from certification.applications.models import (
    Answer,
    AnswerVersion,
    Application,
    Carried,
    CheckedPoint,
    Citation,
    Comment,
    CompletionItem,
    CompletionRequest,
    ConflictDeclaration,
    Dossier,
    EditionChange,
    Extension,
    FormalCheck,
    PaperReview,
    PrintedPaper,
    SignedPaper,
)
from certification.applications.models.version import KEPT_WHOLE
from certification.applications.states import EDITABLE, TRANSITIONS, State, Verb
from certification.audit.models import Event
from certification.audit.services import faults
from certification.correspondence.models import Message
from certification.errors import CannotDo
from institutions.models import Institution

WHOLE_EVERY = 25  # attempts after which every row is compared, not only its traces
REACHED: set[str] = set()  # the verbs that were done at least once
ROWS: tuple[type[Model], ...] = (
    *(Application, Answer, AnswerVersion, Citation, Comment, CompletionItem, CompletionRequest),
    *(Extension, FormalCheck, CheckedPoint, Dossier, EditionChange, Carried, PrintedPaper),
    *(SignedPaper, PaperReview, ConflictDeclaration, Message, Event),
)


class Checks(RuleBasedStateMachine):
    """A machine whose steps are attempts; `now` only goes forward."""

    institution: Institution
    application: Application

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()  # each walk is rolled back
        self.undone.__enter__()
        self.now = datetime.fromisoformat("2026-03-02T09:00:00+01:00")
        self.attempts = count(1)
        self.is_changed = True
        self.saved: list[tuple[Application, int, datetime, str]] = []

    def teardown(self) -> None:
        try:
            assert list(faults()) == []
        finally:
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)

    def attempt(self, verb: str, act: Callable[[], Any], *, events: range = range(1, 2)) -> bool:
        """Do it or have it refused; `events` is how many the journal may gain."""
        before, state = traces(), self.state
        whole = snapshot() if next(self.attempts) % WHOLE_EVERY == 0 else None
        head = Event.objects.order_by("seq").last()
        try:
            with clock.set_to(self.now):  # no transaction but the verb's own: it must undo itself
                act()
        except CannotDo:
            assert traces() == before, f"{verb} was refused and changed something"
            assert whole is None or snapshot() == whole, f"{verb} was refused and changed something"
            return False
        new = Event.objects.filter(seq__gt=head.seq if head else 0).values_list("verb", flat=True)
        assert len(new) in events or traces() == before, f"{verb} left {len(new)} events"
        assert set(new) <= {verb}
        self._check_move(verb, state)
        self.is_changed = True
        REACHED.update(new)
        return True

    def _check_move(self, verb: str, before: str) -> None:
        if verb in TRANSITIONS:
            assert before in TRANSITIONS[Verb(verb)].sources, (verb, before)
            assert self.state in TRANSITIONS[Verb(verb)].targets, (verb, before, self.state)
        elif verb != Verb.OPEN:
            assert self.state == before, verb

    @property
    def state(self) -> str:
        return Application.objects.values_list("state", flat=True).get(pk=self.application.pk)

    @invariant()
    def everything_holds(self) -> None:
        """What was refused changed nothing, so it is looked at after what was done."""
        if self.is_changed:
            self.at_most_one_application_is_under_way()
            self.no_word_is_lost()
            self.dossiers_hold()
            self.completion_waits_exactly_while_it_is_asked_for()
            self.what_is_not_editable_equals_its_dossier()
        self.is_changed = False

    def at_most_one_application_is_under_way(self) -> None:
        mine = Application.objects.filter(institution=self.institution)
        assert mine.under_way().count() <= 1

    def no_word_is_lost(self) -> None:
        """But for what is older than a week: of that the last of each hour of each writer stays."""
        last = {(case.pk, by, _hour(at)): word for case, by, at, word in self.saved}
        kept = _everything_written()
        for _case, _by, at, word in self.saved:
            if self.now - at < KEPT_WHOLE or word in last.values():
                assert word in kept, word

    def dossiers_hold(self) -> None:
        for dossier in Dossier.objects.filter(application=self.application):
            assert list(dossiers.faults(dossier, files=False)) == []

    def completion_waits_exactly_while_it_is_asked_for(self) -> None:
        waiting = CompletionRequest.objects.filter(
            application=self.application, answered_at=None
        ).count()
        assert waiting == (self.state == State.COMPLETION) or self.state in {
            State.WITHDRAWN,
            State.LAPSED,
        }

    def what_is_not_editable_equals_its_dossier(self) -> None:
        if self.state in EDITABLE or self.state in {State.WITHDRAWN, State.LAPSED}:
            return
        newest = Dossier.objects.filter(application=self.application).order_by("number").last()
        assert newest is not None
        frozen = {one["criterion"]: one["text"] for one in newest.contents["answers"]}
        answers = Answer.objects.filter(application=self.application)
        assert dict(answers.values_list("criterion__code", "text")) == frozen


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def _everything_written() -> str:
    return "\n".join(
        [
            *Answer.objects.values_list("text", flat=True),
            *AnswerVersion.objects.values_list("text", flat=True),
            *EditionChange.objects.values_list("manifest", flat=True),
        ]
    )


def snapshot() -> list[list[dict[str, Any]]]:
    """Every row a verb of an application may write."""
    return [list(model._default_manager.order_by("pk").values()) for model in ROWS]


def traces() -> tuple[Any, ...]:
    """What nearly every verb leaves a trace in, cheaply: how many rows, versions, states."""
    tables = [model._meta.db_table for model in ROWS]
    asked = [f"(SELECT COUNT(*) FROM {table})" for table in tables]  # noqa: S608
    asked.append(f"(SELECT SUM(version) FROM {Answer._meta.db_table})")  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(asked)}")
        found = cursor.fetchone()
    cases = Application.objects.order_by("pk").values_list("pk", "state", "number", "end_note")
    return (*found, *cases)
