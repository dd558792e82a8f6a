"""A library gathered over many years: thousands of pieces, some cited, tagged and in versions."""

from datetime import timedelta

from certification.applications.dossiers import sha256_of
from certification.applications.models import Citation
from certification.finding import search_text
from institutions.models import Evidence, EvidenceRevision, EvidenceTag
from institutions.models.evidence import Form

from .answers import SENTENCE
from .applications import Story
from .places import Places

WHAT = ("Sprawozdanie", "Protokół", "Lista obecności", "Zdjęcia", "Umowa", "Plan", "Ankieta")
OF_WHAT = ("spotkania", "warsztatów", "festynu", "diagnozy", "świetlicy", "wolontariatu", "rady")
WHERE = ("w Łodzi", "na Bałutach", "w Żarnówce", "w domu kultury", "w szkole", "w bibliotece")
TAGS = ("seniorzy", "młodzież", "sąsiedzi", "partnerstwo", "łódzkie", "Żarnówka", "projekt 2024")
FILE_SIZE = 240_000  # bytes
CITED = 3  # by each answer of the open application


def fill_library(story: Story, *, pieces: int, places: Places) -> None:
    """Give the institution of an application that is being written so many pieces of evidence."""
    evidence = Evidence.objects.bulk_create(
        _piece(story, number, places) for number in range(pieces)
    )
    EvidenceTag.objects.bulk_create(
        EvidenceTag(evidence=one, institution=story.institution, text=text)
        for one in evidence
        for text in places.chance.sample(TAGS, places.chance.randrange(3))
    )
    first = EvidenceRevision.objects.bulk_create(_version(one, 1) for one in evidence)
    EvidenceRevision.objects.bulk_create(_version(one, 2) for one in evidence[::4])
    Citation.objects.bulk_create(
        Citation(answer=answer, revision=one, added_by=story.custodian)
        for answer in story.answers
        for one in places.chance.sample(first, CITED)
    )


def _piece(story: Story, number: int, places: Places) -> Evidence:
    chance = places.chance
    title = f"{chance.choice(WHAT)} {chance.choice(OF_WHAT)} {chance.choice(WHERE)}, nr {number}"
    added_at = places.now - timedelta(hours=7 * number)
    return Evidence(
        institution=story.institution,
        title=title,
        type=chance.choice(places.evidence_types),
        form=list(Form)[number % 3],
        size=FILE_SIZE * (1 + (number % 4 == 0)) * (number % 3 == 0),
        description=SENTENCE * 2,
        occurred_from=added_at.date() if number % 3 else None,
        sort_title=search_text(title),
        search_text=search_text(title, SENTENCE * 2, _filename(number), limit=4000),
        added_by=story.custodian,
        added_at=added_at,
    )


def _filename(number: int) -> str:
    return f"skan-{number:05}.pdf"


def _version(evidence: Evidence, number: int) -> EvidenceRevision:
    content = {
        Form.FILE: {
            "file": f"evidence/library-{evidence.pk}-{number}.pdf",
            "filename": _filename(evidence.pk),
            "content_type": "application/pdf",
            "size": FILE_SIZE,
        },
        Form.LINK: {"url": f"https://bench.example.org/{evidence.pk}"},
        Form.NOTE: {"text": SENTENCE * 20},
    }[Form(evidence.form)]
    return EvidenceRevision(
        evidence=evidence,
        number=number,
        sha256=sha256_of(f"{evidence.pk} {number}"),
        added_by=evidence.added_by,
        added_at=evidence.added_at,
        **content,
    )
