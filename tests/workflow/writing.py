"""What people of the institution may try: they write, hand in, sign and withdraw."""

import io
from collections.abc import Callable
from functools import partial
from itertools import count
from typing import Any

from django.core.files.base import ContentFile
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from PIL import Image

from certification import clock
from certification.applications import dossiers, services
from certification.applications.models import (
    Answer,
    AnswerVersion,
    Application,
    Citation,
    Comment,
    Dossier,
    Paper,
)
from certification.applications.places import Place
from certification.applications.services import printing, signing
from certification.applications.states import EDITABLE, Verb
from certification.correspondence import services as correspondence
from certification.correspondence.models import Message
from certification.correspondence.states import Verb as CorrespondenceVerb
from certification.standards.models import Criterion, StandardSet
from institutions.models import EvidenceRevision
from institutions.states import MemberRole, Role
from tests.applications.paper_factories import BYTES
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


class Writing(Checks):
    """One institution, its custodian and editor, and one clerk whom they write to."""

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


def add_note(first: EvidenceRevision) -> None:
    EvidenceRevision.objects.create(
        evidence=first.evidence,
        number=2,
        text="Nowsza.",
        size=7,
        sha256=dossiers.sha256_of("Nowsza."),
        added_by=first.added_by,
    )
