"""The manifest of a submission: written once, and checked whenever somebody asks.

The manifest is canonical JSON (sorted keys, no spaces, UTF-8), so that anybody can compute
its SHA-256 anew from the downloaded file.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from certification import clock
from certification.standards.models import InstitutionKind
from institutions.models import EvidenceRevision, Institution

from .models import Answer, Application, Citation, Dossier, EditionChange
from .places import NOWHERE, Place
from .reading import Row, rows_of
from .states import Declaration

# 1 knew of a place no more than its `page`, 2 nothing of answers that were `confirmed`
FORMAT = "cal-dossier/3"


def sha256_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def canonical(manifest: dict[str, Any]) -> str:
    return json.dumps(manifest, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def manifest_of(application: Application, *, number: int) -> dict[str, Any]:
    """Everything that is submitted, as it stands now."""
    return {
        "format": FORMAT,
        "case": application.number,
        "dossier": number,
        "frozen_at": _moment(clock.now()),
        "institution": _institution(application.institution, application.kind),
        "standard_set": {
            "code": application.standard_set.code,
            "edition": application.standard_set.edition,
        },
        "declarations": [str(declaration) for declaration in Declaration],
        "answers": answers_of(rows_of(application)),
    }


def answers_of(rows: list[Row]) -> list[dict[str, Any]]:
    return [_answer(row, row.answer) for row in rows if row.answer is not None]


def _institution(institution: Institution, kind: InstitutionKind) -> dict[str, Any]:
    return {
        "id": institution.pk,
        "name": institution.name,
        "kind": kind.code,
        "town": institution.town,
        "nip": institution.nip,
        "regon": institution.regon,
        "krs": institution.krs,
        "teryt": institution.teryt,
    }


def _answer(row: Row, answer: Answer) -> dict[str, Any]:
    rating = answer.self_rating
    return {
        "criterion": row.criterion.code,
        "self_rating": rating.value if rating else None,
        "self_rating_name": rating.name_pl if rating else "",
        "text": answer.text,
        "text_sha256": sha256_of(answer.text),
        "confirmed": _confirmed(answer),
        "evidence": [_cited(citation) for citation in row.citations],
    }


def _confirmed(answer: Answer) -> dict[str, str] | None:
    """Who found that an answer from the last cycle still holds, where it stands as it was then."""
    carried = answer.confirmation
    if carried is None or carried.confirmed_at is None:
        return None
    return {"by": str(carried.confirmed_by), "at": _moment(carried.confirmed_at)}


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")


def _cited(citation: Citation) -> dict[str, Any]:
    revision = citation.revision
    return {
        "id": revision.pk,
        "title": revision.evidence.title,
        "revision": revision.number,
        "form": revision.evidence.form,
        "filename": revision.filename,
        "url": revision.url,
        "size": revision.size,
        "sha256": revision.sha256,
        **citation.place.columns,
    }


@lru_cache(maxsize=32)
def contents_of(pk: int, sha256: str) -> Mapping[str, Any]:
    """What a dossier holds. It never changes, so each process reads the last ones once."""
    return Dossier.objects.get(pk=pk).contents


def answers_shown(frozen: Dossier | EditionChange) -> list[dict[str, Any]]:
    """The frozen answers, each with its `confirmation`, each piece of evidence with its `place`."""
    return as_shown(frozen.contents.get("answers", []))


@dataclass(frozen=True)
class Confirmation:
    """Who found that an answer that was taken over still holds unchanged, and when."""

    by: str
    at: datetime


def confirmation_of(answer: dict[str, Any]) -> Confirmation | None:
    """Of a frozen answer, whatever the format of its dossier."""
    confirmed = answer.get("confirmed")
    if not confirmed:
        return None
    return Confirmation(confirmed["by"], datetime.fromisoformat(confirmed["at"]))


def as_shown(answers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            **answer,
            "confirmation": confirmation_of(answer),
            "evidence": [{**piece, "place": place_of(piece)} for piece in answer["evidence"]],
        }
        for answer in answers
    ]


def place_of(piece: dict[str, Any]) -> Place:
    """Where in a frozen piece of evidence to look, whatever the format of its dossier."""
    return Place(**{name: piece[name] for name in NOWHERE.columns if name in piece})


def is_intact(revision: EvidenceRevision, sha256: str) -> bool:
    """Whether the stored file, address or note still has that hash. Reads the whole file."""
    if not revision.file:
        return sha256_of(revision.url or revision.text) == sha256
    try:
        with revision.file.open("rb") as stored:
            return hashlib.file_digest(stored, "sha256").hexdigest() == sha256
    except FileNotFoundError:
        return False


def size_of_files(dossier: Dossier) -> int:
    """How many bytes a check of the dossier's files reads."""
    sizes = {piece["id"]: piece["size"] for piece in _pieces(dossier) if piece["filename"]}
    return sum(sizes.values())


def faults(dossier: Dossier, *, files: bool = True) -> Iterator[str]:
    """Everything that no longer agrees with what was frozen, in words; nothing when all does.

    Checks the manifest against its hash, each text against its own, the application's present
    answers against the newest dossier, and, where `files`, the stored bytes of every file.
    """
    if sha256_of(dossier.manifest) != dossier.sha256:
        yield _("The manifest was changed after it was frozen.")
    for answer in dossier.contents.get("answers", []):
        if sha256_of(answer["text"]) != answer["text_sha256"]:
            yield _("The text of the answer to %(code)s does not agree with its hash.") % {
                "code": answer["criterion"]
            }
    yield from _changed_answers(dossier)
    if files:
        yield from _changed_files(dossier)


def _changed_answers(dossier: Dossier) -> Iterator[str]:
    """Answers that differ from the newest dossier and that nobody was asked to complete."""
    application = dossier.application
    if application.dossiers.filter(number__gt=dossier.number).exists():
        return
    asked = application.completion_requests.filter(answered_at=None)
    open_codes = set(asked.values_list("items__criterion__code", flat=True))
    frozen = _gist(dossier.contents.get("answers", []))
    present = _gist(answers_of(rows_of(application)))
    for code in frozen | present:
        if code not in open_codes and frozen.get(code) != present.get(code):
            yield _("The answer to %(code)s is not the one that was frozen.") % {"code": code}


def _gist(answers: list[dict[str, Any]]) -> dict[str, Any]:
    """What counts in an answer, by criterion; titles in the library may change later."""
    return {
        answer["criterion"]: (
            answer["self_rating"],
            answer["text_sha256"],
            [(piece["id"], piece["sha256"], place_of(piece)) for piece in answer["evidence"]],
        )
        for answer in answers
    }


def _changed_files(dossier: Dossier) -> Iterator[str]:
    pieces = {piece["id"]: piece for piece in _pieces(dossier)}
    revisions = EvidenceRevision.objects.in_bulk(list(pieces))
    for pk, piece in pieces.items():
        if pk not in revisions or not is_intact(revisions[pk], piece["sha256"]):
            yield _("“%(title)s” (%(file)s) is missing or was changed.") % {
                "title": piece["title"],
                "file": piece["filename"] or piece["form"],
            }


def _pieces(dossier: Dossier) -> Iterator[dict[str, Any]]:
    for answer in dossier.contents.get("answers", []):
        yield from answer["evidence"]
