"""What people may try: the institution writes, the office and those after it decide."""

import io
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from itertools import count
from typing import Any

from django.core.files.base import ContentFile
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule
from PIL import Image

from certification import clock
from certification.applications import dossiers, services
from certification.applications.asking import Wish
from certification.applications.formal.points import points_of
from certification.applications.models import (
    Answer,
    AnswerVersion,
    Application,
    CheckedPoint,
    Citation,
    Comment,
    ConflictDeclaration,
    Dossier,
    Paper,
    SignedPaper,
)
from certification.applications.places import Place
from certification.applications.services import printing, signing
from certification.applications.states import EDITABLE, ENDED, Result, State, Verb
from certification.correspondence import services as correspondence
from certification.correspondence.models import Message
from certification.correspondence.states import Verb as CorrespondenceVerb
from certification.standards.models import Criterion, StandardSet
from institutions.models import EvidenceRevision
from institutions.states import MemberRole, Role
from tests.applications.paper_factories import BYTES
from tests.certificates.factories import write_certificate
from tests.factories import (
    level,
    make_evidence,
    make_institution,
    make_member,
    make_standard_set,
    make_user,
)

from .checks import Checks

CODES = st.sampled_from(["A1.1", "A1.2", "A2.1", "B1.1"])
PAGES = st.integers(1, 9)
WORDS = st.sampled_from(["Bo tak wyszło.", "Raz jeszcze.", "  "])


def _scan() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (8, 8)).save(written, "PNG")
    return written.getvalue()


PNG = _scan()


class Walk(Checks):
    """One institution, its custodian and editor, and one clerk."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers = count(1)
        self.certified: Application | None = None
        self.seen: dict[tuple[Any, str], tuple[int, str]] = {}
        with clock.set_to(self.now):
            make_standard_set()
            self.institution = make_institution()
            self.custodian = make_member(self.institution)
            self.editor = make_member(self.institution, MemberRole.EDITOR)
            self.clerk = make_user(Role.OFFICE)
            self.evidence = [make_evidence(self.institution, by=self.editor) for _ in range(2)]
            self.evidence.append(make_evidence(make_institution()))  # somebody else's
            add_note(self.evidence[0])  # so that a newer one may be cited instead
            self.stranger = make_user(Role.OFFICE)
            self.application = services.open_application(self.institution, by=self.custodian)

    def criterion(self, code: str) -> Criterion:
        of_set = Application.objects.get(pk=self.application.pk).standard_set
        return Criterion.objects.get(standard__area__standard_set=of_set, code=code)

    @initialize(far=st.integers(0, 7), further=st.tuples(*[st.booleans()] * 7))
    def begins(self, far: int, further: tuple[bool, ...]) -> None:
        """Anywhere on the way, so that walks of some fifty steps see all of it."""
        for each in further[:far]:
            self.goes_on(each)

    # --- the institution writes ------------------------------------------------------------

    @rule()
    def opens(self) -> None:
        """Anew, or as a renewal where there is a certificate."""

        def act() -> None:
            self.application = services.open_application(
                self.institution, by=self.custodian, renews=self.certified
            )

        self.attempt(Verb.OPEN, act)

    @rule(code=CODES)
    def looks(self, code: str) -> None:
        """Opens the page of an answer; what is saved later starts from what stood there."""
        answer = Answer.objects.filter(application=self.application, criterion__code=code).first()
        key = (self.application.pk, code)
        self.seen[key] = (answer.version, answer.text) if answer else (0, "")

    @precondition(lambda self: self.state in EDITABLE)  # else half of all steps are refused
    @rule(
        code=CODES,
        by=st.booleans(),
        value=st.integers(0, 3),
        unasked=st.booleans(),
        afresh=st.booleans(),
    )
    def looks_and_saves(self, code: str, by: bool, value: int, unasked: bool, afresh: bool) -> None:
        self.looks(code)
        self.saves(code, by, value, unasked, afresh)

    @precondition(lambda self: self.state in EDITABLE)
    @rule(
        code=CODES,
        by=st.booleans(),
        value=st.integers(0, 3),
        unasked=st.booleans(),
        afresh=st.booleans(),
    )
    def saves(self, code: str, by: bool, value: int, unasked: bool, afresh: bool = False) -> None:
        """Writes a word nobody wrote before: after what was seen last, however old, or instead of
        it, so that what stood there is only kept as an earlier version.
        """
        version, text = self.seen.get((self.application.pk, code), (0, ""))
        word, who = f"słowo{next(self.numbers):04}.", self.custodian if by else self.editor
        criterion = self.criterion(code)

        def act() -> None:
            services.save_answer(
                self.application,
                criterion,
                by=who,
                self_rating=level(criterion.standard.area.standard_set, value),
                text=word if afresh else f"{text}\n\n{word}".strip(),
                expected_version=version,
                unasked=unasked,
            )

        if self.attempt(Verb.SAVE_ANSWER, act, events=range(0 if unasked else 1, 2)):
            self.saved.append((self.application, who.pk, self.now, word))

    @precondition(lambda self: self.state in EDITABLE)
    @rule()
    def answers_everything(self) -> None:
        for code in ("A1.1", "A1.2", "A2.1", "B1.1"):
            self.looks(code)
            self.saves(code, True, 2, False)

    @rule(back=st.integers(0, 1))
    def brings_back(self, back: int) -> None:
        versions = AnswerVersion.objects.filter(answer__application=self.application)
        for version in versions.order_by("-pk")[back : back + 1]:
            self.attempt(Verb.BRING_BACK, partial(services.bring_back, version, by=self.editor))

    @rule(code=CODES, which=st.integers(0, 2))
    def cites(self, code: str, which: int) -> None:
        about = self.application, self.criterion(code), self.evidence[which]
        self.attempt(Verb.CITE, lambda: services.cite(*about, by=self.editor))

    @rule(verb=st.sampled_from([Verb.UNCITE, Verb.CHANGE_PLACE, Verb.CITE_NEWEST]), page=PAGES)
    def cites_otherwise(self, verb: Verb, page: int) -> None:
        acts: dict[Verb, Callable[..., Any]] = {
            Verb.UNCITE: services.uncite,
            Verb.CHANGE_PLACE: partial(services.change_place, place=Place(spot=f"akapit {page}")),
            Verb.CITE_NEWEST: services.cite_newest,
        }
        for citation in Citation.objects.filter(answer__application=self.application)[:1]:
            self.attempt(verb, partial(acts[verb], citation, by=self.editor), events=range(2))

    @rule()
    def confirms(self) -> None:
        criteria = list(Application.objects.get(pk=self.application.pk).criteria())
        self.attempt(
            Verb.CONFIRM,
            lambda: services.confirm_answers(self.application, by=self.editor, criteria=criteria),
            events=range(2),
        )

    @rule(code=CODES, text=st.sampled_from(["Kto to wie?", "Raz jeszcze."]))
    def comments(self, code: str, text: str) -> None:
        about = self.application, self.criterion(code)
        self.attempt(Verb.COMMENT, lambda: services.comment(*about, by=self.editor, text=text))

    @rule(
        verb=st.sampled_from(
            [Verb.EDIT_COMMENT, Verb.DELETE_COMMENT, Verb.SETTLE_COMMENT, Verb.REOPEN_COMMENT]
        )
    )
    def minds_a_comment(self, verb: Verb) -> None:
        acts: dict[Verb, Callable[..., Any]] = {
            Verb.EDIT_COMMENT: partial(services.edit_comment, text=f"Inaczej {self.now}"),
            Verb.DELETE_COMMENT: services.delete_comment,
            Verb.SETTLE_COMMENT: services.settle_comment,
            Verb.REOPEN_COMMENT: services.reopen_comment,
        }
        for comment in Comment.objects.filter(application=self.application).order_by("-pk")[:1]:
            self.attempt(verb, partial(acts[verb], comment, by=self.editor), events=range(2))

    @rule(text=WORDS, late=st.booleans(), by_clerk=st.booleans())
    def writes(self, text: str, late: bool, by_clerk: bool) -> None:
        """A message to the other side; `late` writes without having seen the last one."""
        last = Message.objects.filter(application=self.application).last()
        seen = last.pk if last and not late else 0
        by = self.clerk if by_clerk else self.custodian
        self.attempt(
            CorrespondenceVerb.SEND,
            lambda: correspondence.send_message(self.application, by=by, text=text, seen=seen),
            events=range(2),
        )

    @rule()
    def changes_edition(self) -> None:
        newest = StandardSet.objects.current()
        self.attempt(
            Verb.CHANGE_EDITION,
            lambda: services.change_edition(self.application, by=self.custodian, to=newest),
        )

    @rule(declared=st.booleans())
    def submits(self, declared: bool) -> None:
        self.attempt(
            Verb.SUBMIT,
            lambda: services.submit(self.application, by=self.custodian, declared=declared),
        )

    @rule()
    def completes(self) -> None:
        act = services.complete
        self.attempt(Verb.COMPLETE, lambda: act(self.application, by=self.custodian))

    @rule(wish=WORDS)
    def asks_for_time(self, wish: str) -> None:
        act = services.ask_extension
        self.attempt(
            Verb.ASK_EXTENSION, lambda: act(self.application, by=self.custodian, wish=wish)
        )

    @rule(sure=st.integers(0, 9))
    def withdraws(self, sure: int) -> None:
        if sure == 9:  # not so often that no walk gets far
            act = services.withdraw
            self.attempt(Verb.WITHDRAW, lambda: act(self.application, by=self.custodian))

    # --- the office and those after it -----------------------------------------------------

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

    # --- papers ----------------------------------------------------------------------------

    @rule()
    def prints_papers(self) -> None:
        """A stand-in for the PDFs, which take a second each: what keeps them is the real one."""
        for dossier in Dossier.objects.filter(application=self.application).order_by("-number")[:1]:
            papers = dict.fromkeys(printing.papers_of(dossier), BYTES)
            keep = partial(printing._keep, dossier, papers, by=self.custodian)
            self.attempt(Verb.PRINT_PAPERS, keep, events=range(2))

    @rule()
    def signs(self) -> None:
        scan = ContentFile(PNG, name="skan.png")
        self.attempt(
            Verb.ADD_SIGNED_PAPER,
            lambda: signing.add_signed_paper(
                self.application,
                by=self.custodian,
                paper=Paper.REQUEST,
                signatory="Jan Nowak",
                file=scan,
            ),
        )

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


def add_note(first: EvidenceRevision) -> None:
    EvidenceRevision.objects.create(
        evidence=first.evidence,
        number=2,
        text="Nowsza.",
        size=7,
        sha256=dossiers.sha256_of("Nowsza."),
        added_by=first.added_by,
    )
