"""The walk: what the institution writes (`writing`), the office and those after it decide."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from certification import clock
from certification.applications import services
from certification.applications.asking import Wish
from certification.applications.formal.points import points_of
from certification.applications.models import (
    Application,
    CheckedPoint,
    ConflictDeclaration,
    SignedPaper,
)
from certification.applications.services import signing
from certification.applications.states import ENDED, Result, State, Verb
from certification.standards.models import StandardSet
from tests.certificates.factories import write_certificate
from tests.factories import make_standard_set

from .writing import CODES, WORDS, Writing


class Walk(Writing):
    """Beside the institution: the office, those after it, and time itself."""

    @initialize(far=st.integers(0, 7), further=st.tuples(*[st.booleans()] * 7))
    def begins(self, far: int, further: tuple[bool, ...]) -> None:
        """Anywhere on the way, so that walks of some fifty steps see all of it."""
        for each in further[:far]:
            self.goes_on(each)

    @rule()
    def takes_up(self) -> None:
        self.attempt(Verb.TAKE_UP, lambda: services.take_up(self.application, by=self.clerk))

    @rule(result=st.sampled_from(list(Result)), note=WORDS)
    def checks_points(self, result: Result, note: str) -> None:
        with clock.set_to(self.now):
            points = points_of(Application.objects.get(pk=self.application.pk))
        saved = CheckedPoint.objects.filter(
            formal_check__application=self.application, formal_check__concluded_at=None
        )
        versions = dict(saved.values_list("code", "version"))
        found = [
            services.Finding(point.code, result, note, versions.get(point.code, 0))
            for point in points
        ]
        self.attempt(
            Verb.SAVE_POINT,
            lambda: services.save_points(self.application, by=self.clerk, findings=found),
            events=range(len(found) + 1),
        )

    @rule()
    def accepts(self) -> None:
        self.attempt(Verb.ACCEPT, lambda: services.accept(self.application, by=self.clerk))

    @rule(codes=st.sets(CODES), days=st.integers(0, 7), exception=WORDS)
    def requests_completion(self, codes: set[str], days: int, exception: str) -> None:
        items = [Wish("Proszę dopisać.", criterion=self.criterion(code)) for code in sorted(codes)]
        self.attempt(
            Verb.REQUEST_COMPLETION,
            lambda: services.request_completion(
                self.application, by=self.clerk, items=items, working_days=days, exception=exception
            ),
        )

    @rule(days=st.integers(0, 5), reason=WORDS)
    def extends(self, days: int, reason: str) -> None:
        self.attempt(
            Verb.EXTEND,
            lambda: services.extend(
                self.application, by=self.clerk, working_days=days, reason=reason
            ),
        )

    @rule(reason=WORDS)
    def refuses_extension(self, reason: str) -> None:
        act = services.refuse_extension
        self.attempt(
            Verb.REFUSE_EXTENSION, lambda: act(self.application, by=self.clerk, reason=reason)
        )

    @rule(patient=st.booleans())
    def lets_lapse(self, patient: bool) -> None:
        if patient and self.state == State.COMPLETION:
            self.now += timedelta(days=90)
            self.refuses_extension("Za późno.")
        self.attempt(Verb.LAPSE, lambda: services.lapse(self.application, by=self.clerk))

    @rule(verb=st.sampled_from([Verb.ACCEPT_PAPER, Verb.REFUSE_PAPER]), text=WORDS)
    def looks_at_paper(self, verb: Verb, text: str) -> None:
        acts: dict[Verb, Callable[..., Any]] = {
            Verb.ACCEPT_PAPER: partial(signing.accept_paper, note=text),
            Verb.REFUSE_PAPER: partial(signing.refuse_paper, reason=text),
        }
        for signed in SignedPaper.objects.filter(application=self.application)[:1]:
            self.attempt(verb, partial(acts[verb], signed, by=self.clerk))

    @rule()
    def declares_conflict(self) -> None:
        self.attempt(
            Verb.DECLARE_CONFLICT,
            lambda: services.declare_conflict(
                self.application,
                user=self.stranger,
                by=self.stranger,
                ground=ConflictDeclaration.Ground.OTHER,
            ),
        )

    @rule(text=WORDS)
    def reviews_conflict(self, text: str) -> None:
        for declared in self.application.conflicts.all()[:1]:
            self.attempt(
                Verb.REVIEW_CONFLICT,
                partial(services.review_conflict, declared, by=self.clerk, note=text),
            )

    @rule(further=st.booleans())
    def goes_on(self, further: bool) -> None:
        """What people mostly do next; without it few walks would leave the draft."""
        if self.state == State.DRAFT:
            self.answers_everything()
            self.submits(declared=True)
        elif self.state == State.SUBMITTED:
            self.takes_up()
        elif self.state == State.FORMAL_CHECK:
            self.checks_points(Result.MET, "")
            self.accepts() if further else self.requests_completion({"A1.2"}, 5, "Raz jeszcze.")
        elif self.state == State.COMPLETION and further:
            self.completes()
        elif self.state == State.COMPLETION:
            self.asks_for_time("Ferie.")
            self.extends(3, "Dobrze.")
        elif self.state in ENDED:
            self.opens()
        else:
            self.decides(
                {State.ASSESSMENT: Verb.REFER, State.COMMITTEE: Verb.GRANT}.get(
                    State(self.state), Verb.CERTIFY
                )
            )

    @rule(verb=st.sampled_from([Verb.REFER, Verb.GRANT, Verb.REFUSE, Verb.CERTIFY]))
    def decides(self, verb: Verb) -> None:
        """What the layers above do to the case, by the same function."""
        done = self.attempt(verb, lambda: services.move(self.application, verb, by=self.clerk))
        if done and verb == Verb.CERTIFY:
            self.certified = self.application
            write_certificate(
                self.application.pk,
                self.institution,
                application=self.application,
                issued_on=clock.day_of(self.now) - timedelta(days=5 * 365),
                valid_from=clock.day_of(self.now) - timedelta(days=5 * 365),
                valid_to=clock.day_of(self.now) + timedelta(days=90),
            )

    @rule()
    def publishes_edition(self) -> None:
        if StandardSet.objects.count() < 3:
            with clock.set_to(self.now):
                make_standard_set(follows=StandardSet.objects.current())

    @rule(hours=st.sampled_from([1, 24, 24 * 7, 24 * 30]))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
