"""How a case of the demonstration came about: the program's own verbs, each on its day."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path

import yaml

from certification import clock
from certification.applications.models import Application, Citation
from certification.applications.services.answering import save_answer
from certification.applications.services.checking import accept, take_up
from certification.applications.services.citing import cite
from certification.applications.services.opening import open_application
from certification.applications.services.submitting import submit, withdraw
from certification.assessments.models import Assessment
from certification.assessments.services import settle, sign_card
from certification.assessments.services.assigning import assign, declare_impartial
from certification.assessments.services.marking import mark_evidence
from certification.assessments.services.rating import save_rating, submit_assessment
from certification.certificates.defaults import issue_defaults
from certification.certificates.models import Certificate
from certification.certificates.services import (
    correct_certificate,
    issue_certificate,
)
from certification.decisions.services import grant, refuse
from certification.documents.states import Design
from certification.letters.services import approve_letter, draft_letter
from certification.standards.models import Criterion, RatingLevel
from institutions.models import Evidence, Institution, User
from institutions.viewing.spots import Spot

from . import formal, visiting
from .cases import Stage
from .papers import stock_library
from .people import Cast
from .renewing import bring_up_to_date
from .signing import send_by_hand
from .timing import on

TEXTS = Path(__file__).parent / "story" / "texts.yaml"
ASSESSORS = ("oceniajaca1", "oceniajacy2")


@cache
def texts() -> dict[str, dict[str, str]]:
    """Answers and remarks by the code of the criterion."""
    found: dict[str, dict[str, str]] = yaml.safe_load(TEXTS.read_text(encoding="utf-8"))
    return found


class Telling:
    """One case, told step by step from the day it began."""

    def __init__(
        self,
        institution: Institution,
        *,
        custodian: User,
        cast: Cast,
        begins: date,
        weak: tuple[str, ...] = (),
        is_visited: bool = False,
        signs_by_hand: bool = False,
        is_modern: bool = False,
    ) -> None:
        self.institution, self.custodian, self.cast = institution, custodian, cast
        self.begins, self.weak, self.is_visited = begins, weak, is_visited
        self.signs_by_hand, self.is_modern = signs_by_hand, is_modern

    def day(self, number: int) -> date:
        return self.begins + timedelta(days=number)

    def tell(
        self, stage: Stage, *, renews: Application | None = None, issued_on: date | None = None
    ) -> Application:
        """Go through every step up to `stage`; gives the application as it then stands."""
        self.stage, self.issued_on = stage, issued_on or self.day(95)
        with on(self.day(0)):
            self.application = open_application(self.institution, by=self.custodian, renews=renews)
        for begins_at, step in STEPS:
            if begins_at <= stage:
                step(self)
        self.application.refresh_from_db()
        return self.application

    # --- the institution ---------------------------------------------------------------

    def write(self) -> None:
        """Answer every criterion and cite evidence; a draft stops after a third."""
        criteria = list(self.application.criteria().prefetch_related("evidence_types"))
        if self.application.renews:
            with on(self.day(20)):
                bring_up_to_date(self.application, criteria, by=self.custodian, die=_die)
            return
        with on(self.day(5)):
            library = stock_library(self.institution, by=self.custodian)
        if self.stage == Stage.DRAFT:
            criteria = criteria[: len(criteria) // 3]
        with on(self.day(20)):
            for criterion in criteria:
                self._answer(criterion, library)

    def _answer(self, criterion: Criterion, library: dict[str, Evidence]) -> None:
        save_answer(
            self.application,
            criterion,
            by=self.custodian,
            self_rating=self._level(_value(self.institution, criterion.code, "self")),
            text=texts()[criterion.code]["answer"].format(place=self.place),
            expected_version=0,
        )
        fitting = [library[t.code] for t in criterion.evidence_types.all() if t.code in library]
        for evidence in fitting[:1]:
            cite(self.application, criterion, evidence.latest, by=self.custodian)

    @property
    def place(self) -> str:
        return f"{self.institution.town_preposition} {self.institution.town_locative}"

    def _level(self, value: int) -> RatingLevel:
        return self.application.standard_set.levels.get(value=value)

    def submit(self) -> None:
        with on(self.day(30)):
            submit(self.application, by=self.custodian, declared=True)
            if self.signs_by_hand:
                send_by_hand(self.application, by=self.custodian, office=self.cast["biuro"])

    def withdraw(self) -> None:
        with on(self.day(45)):
            withdraw(self.application, by=self.custodian)

    # --- the office --------------------------------------------------------------------

    def take_up(self) -> None:
        with on(self.day(33)):
            take_up(self.application, by=self.cast["biuro"])

    def accept(self) -> None:
        if self.stage == Stage.COMPLETION:
            return
        with on(self.day(47 if self.stage == Stage.ACCEPTED else 36)):
            accept(self.application, by=self.cast["biuro"])

    def assign(self) -> None:
        with on(self.day(38)):
            for key in ASSESSORS:
                assign(
                    self.application,
                    by=self.cast["biuro"],
                    assessor=self.cast[key],
                    due_on=self.day(90),
                )

    # --- the assessors -----------------------------------------------------------------

    def rate(self) -> None:
        """The first assessor submits; the second stops halfway while the case is being rated."""
        for key in ASSESSORS:
            assignment = self.application.assignments.get(assessor=self.cast[key])
            with on(self.day(40)):
                assessment = declare_impartial(assignment, by=self.cast[key])
            halfway = self.stage == Stage.RATING and key == ASSESSORS[1]
            with on(self.day(60)):
                self._fill_in(assessment, key, share=0.5 if halfway else 1)
                if not halfway:
                    submit_assessment(assessment, by=self.cast[key], summary=SUMMARY)

    def _fill_in(self, assessment: Assessment, key: str, *, share: float) -> None:
        criteria = list(self.application.criteria())
        for criterion in criteria[: int(len(criteria) * share)]:
            # who is still at work has begun to point at places
            pointer = self._pointer(assessment, criterion, key) if share < 1 else ""
            save_rating(
                assessment,
                criterion,
                by=self.cast[key],
                level=self._level(self._rated(criterion.code, key)),
                strengths=""
                if criterion.code in self.weak
                else self._remark(criterion.code) + pointer,
                weaknesses=self._remark(criterion.code) if criterion.code in self.weak else "",
                question=self._question(criterion.code, key),
            )

    def _question(self, code: str, key: str) -> str:
        """What is left to ask on the spot, where a visit is to come."""
        is_asked = self.stage == Stage.CARD and key == ASSESSORS[0]
        return QUESTIONS.get(code, "") if is_asked else ""

    def _pointer(self, assessment: Assessment, criterion: Criterion, key: str) -> str:
        """“ [1]”, the first page of a paper, where the answer cites one."""
        cited = Citation.objects.filter(
            answer__application=self.application,
            answer__criterion=criterion,
            revision__content_type="application/pdf",
        ).first()
        if cited is None:
            return ""
        spot = Spot(page=1)
        mark = mark_evidence(assessment, criterion, cited.revision, by=self.cast[key], spot=spot)
        return f" [{mark.number}]"

    def _rated(self, code: str, key: str) -> int:
        """Both see it alike, but the second differs by a step in one criterion out of six."""
        value = _value(self.institution, code) - (2 if code in self.weak else 0)
        differs = key == ASSESSORS[1] and _die(code, self.institution, "differs") < 2
        return value ^ 1 if differs else value

    def _remark(self, code: str) -> str:
        return texts()[code]["gap" if code in self.weak else "met"]

    def settle(self) -> None:
        by = self.cast[ASSESSORS[0]]
        card = self.application.card
        with on(self.day(66)):
            for rating in card.ratings.filter(level=None).select_related("criterion"):
                code = rating.criterion.code
                level = self._level(self._rated(code, ASSESSORS[0]))
                settle(card, rating.criterion, by=by, level=level, reason=self._remark(code))
        with on(self.day(67)):
            card.refresh_from_db()
            for key in ASSESSORS:
                sign_card(card, by=self.cast[key], expected_version=card.version)

    # --- the Committee and the Board ------------------------------------------------------

    def decide(self) -> None:
        with on(self.issued_on - timedelta(days=20)):
            if self.stage == Stage.REFUSED:
                self._refuse()
            else:
                grant(self.application, by=self.cast["komisja"], session_on=clock.today())

    def _refuse(self) -> None:
        unmet = self.application.criteria().filter(code__in=self.weak)
        refuse(
            self.application,
            by=self.cast["komisja"],
            session_on=clock.today(),
            justification="Komisja docenia zaangażowanie zespołu, stwierdza jednak, że standardy "
            "dotyczące diagnozy, partycypacji i partnerstwa nie zostały jeszcze osiągnięte. "
            "Zachęcamy do uzupełnienia pracy i ponownego złożenia wniosku.",
            reasons={criterion: texts()[criterion.code]["gap"] for criterion in unmet},
        )

    def issue(self) -> None:
        if self.stage == Stage.REFUSED:
            return
        with on(self.issued_on):
            wording = vars(issue_defaults(self.application, clock.today())).copy()
            wording["adopted_on"] = clock.today() - timedelta(days=8)
            if self.is_modern:
                wording["design"] = Design.MODERN
            self.certificate = issue_certificate(
                self.application,
                by=self.cast["zarzad"],
                resolution_number=f"{self.application.pk}/{clock.today().year}",
                **wording,
            )

    def draft_letter(self) -> None:
        with on(self.issued_on, hour=12):
            self.letter = draft_letter(self.application, by=self.cast["biuro"])

    def approve_letter(self) -> None:
        with on(self.issued_on, hour=13):
            approve_letter(self.letter, by=self.cast["biuro2"])


QUESTIONS = {
    "A5.1": "Kto ma klucze do sali i czy mieszkańcy mogą przyjść bez zapisu?",
    "B1.1": "Czy możemy zobaczyć notatki ze spotkań, z których powstała diagnoza?",
}
SUMMARY = "Wniosek przygotowany starannie; dowody odpowiadają temu, co opisano."

# the stage from which each step happens; a step itself knows the stage at which it differs
STEPS: tuple[tuple[Stage, Callable[[Telling], None]], ...] = (
    (Stage.DRAFT, Telling.write),
    (Stage.SUBMITTED, Telling.submit),
    (Stage.FORMAL_CHECK, Telling.take_up),
    (Stage.FORMAL_CHECK, formal.check_form),
    (Stage.COMPLETION, formal.ask_for_completion),
    (Stage.ACCEPTED, formal.complete_application),
    (Stage.ACCEPTED, Telling.accept),
    (Stage.ASSIGNED, Telling.assign),
    (Stage.RATING, Telling.rate),
    (Stage.COMMITTEE, visiting.visit),
    (Stage.COMMITTEE, Telling.settle),
    (Stage.REFUSED, Telling.decide),
    (Stage.CERTIFIED, Telling.issue),
    (Stage.LETTER_DRAFT, Telling.draft_letter),
    (Stage.LETTER, Telling.approve_letter),
)


def _die(*about: object) -> int:
    """A number from 0 to 11, always the same for the same things."""
    return sha256(" ".join(map(str, about)).encode()).digest()[0] % 12


def _value(*about: object) -> int:
    """Met, or in a third of cases exemplary."""
    return 3 if _die(*about) < 4 else 2


def correct_a_certificate(certificate: Certificate, *, by: User, day: date) -> None:
    with on(day):
        correct_certificate(
            certificate,
            by=by,
            correction_reason="Uzupełnienie nazwy modelu o skrót.",
            reason=f"{certificate.reason} (OSL)",
        )
