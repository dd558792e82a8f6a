"""Texts that must not travel. In every column of words that belongs to a case or to its
institution's library stands a canary: a word that says in whose eyes it would be a leak.

`FOREIGN` is for those of the case alone; `PRIVATE` for the institution's own people, not even for
the office: drafts, earlier texts, comments, evidence that nothing cites; `APPLICANT` tells which
institution it is, which those know who keep the list of institutions.
"""

import json
from collections.abc import Iterator
from typing import Any

from django.db import models

from certification import clock
from certification.applications import dossiers
from certification.applications.models import (
    Answer,
    AnswerVersion,
    Application,
    CheckedPoint,
    Citation,
    Comment,
    CompletionItem,
    CompletionRequest,
    ConflictDeclaration,
    Dossier,
    EditionChange,
    Extension,
    PaperReview,
    SignedPaper,
)
from certification.applications.states import State
from certification.assessments.models import (
    Assessment,
    Assignment,
    CalibrationCard,
    CalibrationRating,
    CalibrationRound,
    CompletionProposal,
    EvidenceMark,
    MoreTime,
    Rating,
    RatingsDraft,
    ReturnedPart,
    SampleAnswer,
)
from certification.correspondence.models import Attachment, Message
from certification.outbox.models import Email
from certification.visits.models import (
    DateRound,
    Protocol,
    ProtocolRemark,
    SiteVisit,
    VisitNote,
    VisitPhoto,
)
from institutions.models import (
    CustodyRequest,
    EmployeeList,
    Evidence,
    EvidenceRevision,
    EvidenceTag,
    FormerName,
    Institution,
    Invitation,
    Upload,
    User,
)
from institutions.services.describing import sum_up
from institutions.services.found_by import refresh_search_text
from tests.applications.factories import ask, check_all, make_earlier_version, make_file
from tests.applications.paper_factories import make_review
from tests.applications.renewal.factories import open_renewal
from tests.factories import make_evidence, make_standard_set
from tests.outbox.factories import make_email

ANY, FOREIGN, PRIVATE, APPLICANT = "kanarek", "kanareksprawa", "kanarekwlasny", "kanareknazwa"

# how the rows of a case, or of an institution, are found
OF_CASE: dict[Any, str] = {
    Application: "pk",
    Answer: "application",
    AnswerVersion: "answer__application",
    Citation: "answer__application",
    Comment: "application",
    CompletionRequest: "application",
    CompletionItem: "request__application",
    Extension: "request__application",
    CheckedPoint: "formal_check__application",
    ConflictDeclaration: "application",
    SignedPaper: "application",
    PaperReview: "signed__application",
    Message: "application",
    Attachment: "application",
    Assignment: "application",
    MoreTime: "assignment__application",
    ReturnedPart: "assignment__application",
    Assessment: "assignment__application",
    Rating: "assessment__assignment__application",
    CompletionProposal: "assessment__assignment__application",
    EvidenceMark: "assessment__assignment__application",
    RatingsDraft: "assessment__assignment__application",
    CalibrationRound: "source",
    SampleAnswer: "round__source",
    CalibrationRating: "card__round__source",
}
OF_CASE |= {
    SiteVisit: "application",
    DateRound: "visit__application",
    VisitNote: "visit__application",
    VisitPhoto: "visit__application",
    Protocol: "visit__application",
    ProtocolRemark: "protocol__visit__application",
}
OF_INSTITUTION: dict[Any, str] = {
    Institution: "pk",
    FormerName: "institution",
    Invitation: "institution",
    CustodyRequest: "institution",
    EmployeeList: "institution",
    Upload: "institution",
    Evidence: "institution",
    EvidenceTag: "evidence__institution",
    EvidenceRevision: "evidence__institution",
}
HISTORY = {"A1.1": [{"text": PRIVATE, "written_at": "2026-01-02T03:04:05+00:00"}]}
OWN = {AnswerVersion, Comment}  # not even for the office
APPLICANTS = {Institution, FormerName, Invitation, CustodyRequest, EmployeeList}
NO_WORDS = {  # numbers, codes, keys, and what is made of other columns
    *(
        "sha256",
        "token_sha256",
        "digest",
        "number",
        "content_type",
        "code",
        "key",
        "case",
        "language",
    ),
    *("manifest", "findings", "search_text", "sort_title", "asked_in", "link", "unsubscribe_url"),
    *("nip", "regon", "krs", "teryt", "postcode", "voivodeship", "gender", "edelivery", "paper"),
    *("language", "municipality", "town_genitive", "town_locative", "town_preposition"),
}


def columns(model: Any) -> Iterator[str]:
    """Where people's words stand."""
    for field in model._meta.concrete_fields:
        is_of_words = type(field) in (models.CharField, models.TextField) and not field.choices
        if is_of_words and field.name not in NO_WORDS:
            yield field.name


def canary(kind: str, model: Any, column: str) -> str:
    return f"{kind}{model.__name__}{column}".lower().replace("_", "")


def plant(model: Any, kind: str, **rows: Any) -> set[str]:
    """Write the canaries of a model over its rows, unguarded; tells which were planted."""
    planted = set()
    for column in columns(model):
        found = model._default_manager.filter(**rows)
        if model is EvidenceRevision:  # either a note or a file
            found = found.exclude(**{column: ""})
        word = canary(kind, model, column)
        planted |= {word} if found.update(**{column: word}) else set()
    return planted


def fill(application: Application, *, by: User, office: User) -> set[str]:
    """Everything that a case under assessment may hold, with canaries all over it."""
    check = check_all(application, request="unmet")
    check.concluded_at, check.outcome, check.concluded_by = clock.now(), "completion", office
    check.save()
    request = ask(application, "A1.1", answered_at=clock.now(), answered_by=by)
    request.extensions.create(
        wish="x",
        asked_by=by,
        asked_at=clock.now(),
        outcome="granted",
        decided_by=office,
        decided_at=clock.now(),
        deadline_before=request.deadline,
        deadline_after=request.deadline,
    )
    make_review(application.signed.get(), by=office, accepted=False)
    assessment = Assessment.objects.get(assignment__application=application)
    criterion = application.criteria()[0]
    level = application.standard_set.levels.get(value=1)
    Rating.objects.create(assessment=assessment, criterion=criterion, level=level)
    assessment.proposals.create(criterion=criterion, reason="x")
    assessor = assessment.assignment.assessor
    part = ReturnedPart.objects.create(
        assignment=assessment.assignment, reason="x", returned_by=assessor
    )
    part.criteria.set([criterion])
    assessment.assignment.more_time.create(
        wish="x",
        wanted_until=clock.today(),
        asked_by=assessor,
        asked_at=clock.now(),
        outcome="refused",
        decided_by=office,
        decided_at=clock.now(),
        due_before=clock.today(),
    )
    for card in CalibrationCard.objects.filter(round__source=application):
        CalibrationRating.objects.create(card=card, criterion=criterion)
    other = User.objects.create_user(email="wylaczona@example.org", full_name="Osoba Wyłączona")
    ConflictDeclaration.objects.create(
        application=application,
        user=other,
        ground="other",
        declared_by=office,
        source="office",
        reviewed_by=office,
        reviewed_at=clock.now(),
        review_note="x",
    )
    words = {
        word
        for model, path in OF_CASE.items()
        for word in plant(model, PRIVATE if model in OWN else FOREIGN, **{path: application.pk})
    }
    words |= _library(application.institution, office)
    _freeze_anew(application)
    return words | _mail(application, by)


def _library(institution: Institution, by: User) -> set[str]:
    """Its library, where a piece that is cited goes with the case and others are its own."""
    FormerName.objects.create(institution=institution, name="x", used_until=clock.today())
    make_evidence(institution, tags=["x"])
    make_file(institution)
    EmployeeList.objects.create(
        institution=institution, source="x", kept_until=clock.today(), entered_by=by
    )
    words = set()
    for model, path in OF_INSTITUTION.items():
        kind = APPLICANT if model in APPLICANTS else PRIVATE
        words |= plant(model, kind, **{path: institution.pk})
    cited = Evidence.objects.filter(institution=institution, revisions__citations__isnull=False)
    for key in cited.values_list("pk", flat=True):
        words |= plant(Evidence, FOREIGN, pk=key) | plant(EvidenceRevision, FOREIGN, evidence=key)
    _hash_notes(institution)
    for evidence in Evidence.objects.filter(institution=institution):
        sum_up(evidence)
    refresh_search_text(institution)
    return words


def _hash_notes(institution: Institution) -> None:
    for revision in EvidenceRevision.objects.filter(evidence__institution=institution, file=""):
        sha256 = dossiers.sha256_of(revision.text)
        EvidenceRevision.objects.filter(pk=revision.pk).update(sha256=sha256)


def _freeze_anew(application: Application) -> None:
    """The manifests hold the texts that were planted."""
    application.institution.refresh_from_db()
    for dossier in application.dossiers.all():
        manifest = dossiers.canonical(dossiers.manifest_of(application, number=dossier.number))
        Dossier.objects.filter(pk=dossier.pk).update(
            manifest=manifest, sha256=dossiers.sha256_of(manifest)
        )


def _mail(application: Application, to: User) -> set[str]:
    kind = PRIVATE if application.state == State.DRAFT else FOREIGN
    email = make_email(person=to, case=f"{Application._meta.label_lower}:{application.pk}")
    return plant(Email, kind, pk=email.pk)


def draft_renewal() -> tuple[Application, set[str]]:
    """A renewal that is being written: nobody's business but its institution's."""
    application = open_renewal()
    Citation.objects.filter(answer__application=application).update(page=None)
    writer = application.opened_by
    answer = application.answers.get(criterion__code="A1.1")
    make_earlier_version(answer)
    Comment.objects.create(
        application=application, criterion=answer.criterion, text="x", written_by=writer
    )
    EditionChange.objects.create(
        application=application,
        before=make_standard_set(published=False),
        after=application.standard_set,
        manifest=json.dumps({"answers": [], "history": HISTORY}),
        changed_by=writer,
    )
    words = {
        word
        for model, path in OF_CASE.items()
        for word in plant(model, PRIVATE, **{path: application.pk})
    }
    for model in (Evidence, EvidenceTag, EvidenceRevision):
        rows = {OF_INSTITUTION[model]: application.institution_id}
        words |= plant(model, PRIVATE, **rows)
    _hash_notes(application.institution)
    return application, words | _mail(application, writer)
