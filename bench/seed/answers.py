"""What the institutions say: answers, evidence, citations, and the frozen dossiers."""

from datetime import timedelta

from certification.applications.dossiers import FORMAT, answers_of, canonical, sha256_of
from certification.applications.models import (
    Answer,
    Citation,
    CompletionItem,
    CompletionRequest,
    ConflictDeclaration,
    Dossier,
)
from certification.applications.reading import Row
from certification.applications.states import State
from institutions.models import Evidence, EvidenceRevision
from institutions.models.evidence import Form
from institutions.states import Role

from .applications import SUBMITTED, TAKEN_UP, Story
from .places import Places

SENTENCE = "Zespół spotyka się z mieszkańcami co tydzień i wspólnie z nimi planuje działania. "
PIECES = 12  # of evidence in the library of an institution that answers in full
SHORT = 3  # answers of the others


def answer(stories: list[Story], places: Places) -> None:
    made = Answer.objects.bulk_create(
        _answer(story, number, places)
        for story in stories
        for number in range(len(places.criteria) if story.is_full else SHORT)
    )
    by_application = {story.application.pk: story for story in stories}
    for each in made:
        by_application[each.application_id].answers.append(each)
    _cite([story for story in stories if story.is_full], places)
    _ask(stories, places)
    ConflictDeclaration.objects.bulk_create(
        ConflictDeclaration(
            application=story.application,
            user=places.staff[Role.ASSESSOR][story.index // 100 % 40],
            ground=ConflictDeclaration.Ground.WORKS,
            declared_by=places.one(Role.OFFICE),
            declared_at=story.after(TAKEN_UP),
        )
        for story in stories[99::100]
    )


def _answer(story: Story, number: int, places: Places) -> Answer:
    return Answer(
        application=story.application,
        criterion=places.criteria[number],
        self_rating=places.chance.choice(places.levels),
        text=SENTENCE * places.chance.randrange(3, 12),
        updated_by=story.custodian,
        updated_at=story.after(number % SUBMITTED),
    )


def _cite(stories: list[Story], places: Places) -> None:
    libraries = _libraries({story.institution.pk: story for story in stories}, places)
    citations = []
    for story in stories:
        library = libraries[story.institution.pk]
        for each in story.answers:
            cited = places.chance.sample(library, places.chance.randrange(1, 4))
            citations += [
                Citation(answer=each, revision=one, page=2, added_by=story.custodian)
                for one in cited
            ]
    Citation.objects.bulk_create(citations)


def _libraries(owners: dict[int, Story], places: Places) -> dict[int, list[EvidenceRevision]]:
    """Evidence of each institution: files, links and notes."""
    evidence = Evidence.objects.bulk_create(
        Evidence(
            institution_id=pk,
            title=f"Dowód {number}",
            type=places.chance.choice(places.evidence_types),
            form=list(Form)[number % 3],
            description=SENTENCE,
            added_by=story.custodian,
        )
        for pk, story in owners.items()
        for number in range(PIECES)
    )
    libraries: dict[int, list[EvidenceRevision]] = {pk: [] for pk in owners}
    for each in EvidenceRevision.objects.bulk_create(_revision(one) for one in evidence):
        libraries[each.evidence.institution_id].append(each)
    return libraries


def _revision(evidence: Evidence) -> EvidenceRevision:
    content = {
        Form.FILE: {
            "file": f"evidence/{evidence.pk}.pdf",
            "filename": f"dowod-{evidence.pk}.pdf",
            "content_type": "application/pdf",
            "size": 120_000,
        },
        Form.LINK: {"url": "https://bench.example.org/strona"},
        Form.NOTE: {"text": SENTENCE},
    }[evidence.form]
    return EvidenceRevision(
        evidence=evidence, sha256=sha256_of(str(evidence.pk)), added_by=evidence.added_by, **content
    )


def _ask(stories: list[Story], places: Places) -> None:
    """Requests for completion: an open one where the case waits, answered ones elsewhere."""
    asked = [story for story in stories if story.is_submitted and story.index % 10 == 0]
    asked += [story for story in stories if story.state == State.COMPLETION and story not in asked]
    made = CompletionRequest.objects.bulk_create(_request(story, places) for story in asked)
    CompletionItem.objects.bulk_create(
        CompletionItem(request=each, criterion=criterion, reason=SENTENCE)
        for each in made
        for criterion in places.criteria[:SHORT]
    )


def _request(story: Story, places: Places) -> CompletionRequest:
    request = CompletionRequest(
        application=story.application,
        asked_in=State.FORMAL_CHECK,
        reason=SENTENCE,
        deadline=(places.now + timedelta(days=7)).date(),
        asked_by=places.one(Role.OFFICE),
        asked_at=story.after(TAKEN_UP),
    )
    if story.state != State.COMPLETION:
        request.answered_by, request.answered_at = story.custodian, story.after(TAKEN_UP + 2)
    return request


def freeze(stories: list[Story]) -> None:
    dossiers = []
    for story in stories:
        if story.is_submitted:
            manifest = _manifest(story)
            dossiers.append(
                Dossier(
                    application=story.application,
                    number=1,
                    manifest=manifest,
                    sha256=sha256_of(manifest),
                    frozen_by=story.custodian,
                    frozen_at=story.after(SUBMITTED),
                )
            )
    Dossier.objects.bulk_create(dossiers, batch_size=50)


def _manifest(story: Story) -> str:
    rows = [Row(each.criterion, each, []) for each in story.answers]
    return canonical(
        {
            "format": FORMAT,
            "case": story.application.number,
            "dossier": 1,
            "frozen_at": story.after(SUBMITTED).isoformat(timespec="seconds"),
            "institution": {"id": story.institution.pk, "name": story.institution.name},
            "answers": answers_of(rows),
        }
    )
