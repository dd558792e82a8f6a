"""The report of an application as PDF: what the institution answered, and what it cites.

A sheet in, bytes out, like the other documents. Answers are Markdown turned into a few safe
elements, the rest is plain text: whatever people wrote changes nothing but its own place.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from certification.errors import CannotDo
from certification.markup import to_html

from .application_sheets import (
    Applicant,
    AreaSheet,
    CitedPiece,
    CriterionSheet,
    ReportSheet,
    Source,
    StandardSheet,
)
from .fitting import replaceable
from .printing import print_html
from .typography import day_in_words, typeset, typeset_lines

# Characters of all answers of one report: 54 of them with 10,000 each. It bounds the time.
MAX_TEXT = 540_000
STAND_IN = "□"  # for a sign that no print font has, such as an emoji


def render_report(sheet: ReportSheet) -> bytes:
    """Print the report: A4 standing, a cover, the contents, the areas, the evidence.

    Raises CannotDo for answers longer than MAX_TEXT together.
    """
    if sheet.length() > MAX_TEXT:
        raise CannotDo(_("The text is too long to print. Shorten it."))
    pieces = _numbered(sheet)
    areas = [_area(area, pieces) for area in sheet.areas]
    context = {
        **cover(sheet.applicant, sheet.source),
        "areas": areas,
        "ratings": [legible(rating) for rating in sheet.ratings],
        "summary": [_summary(standard, sheet.ratings) for standard in sheet.standards()],
        "totals": _totals(sheet),
        "pieces": list(pieces.values()),
        "has_stand_ins": any(STAND_IN in criterion.answer for criterion in _drawn(areas)),
    }
    return print_html("report", context, day=sheet.source.day, images={})


def legible(text: str, typesetter: Callable[[str], str] = typeset) -> str:
    """The text typeset, with a box for each sign that the print fonts lack."""
    known = replaceable() | {"\n"}
    return "".join(sign if sign in known else STAND_IN for sign in typesetter(text))


def cover(applicant: Applicant, source: Source) -> dict[str, Any]:
    """What stands on the first page and in the foot of each."""
    case = f"Wniosek {source.case}" if source.case else "Wniosek w przygotowaniu"
    dossier = f" · akta nr {source.dossier}" if source.dossier else ""
    foot = "SZKIC – nie jest to złożony dokument" if source.is_draft else source.sha256
    return {
        "applicant": legible(applicant.name),
        "source": source,
        "facts": [(label, legible(value)) for label, value in _facts(applicant, source) if value],
        "day": day_in_words(source.day),
        "dated": source.day.isoformat(),
        "foot_case": legible(case) + dossier,
        "foot_hash": foot if source.is_draft else f"SHA-256 akt: {foot}",
    }


def _facts(applicant: Applicant, source: Source) -> list[tuple[str, str]]:
    frozen = "Stan na dzień" if source.is_draft else "Akta zamrożono"
    return [
        ("Rodzaj instytucji", applicant.kind),
        ("Miejscowość", applicant.town),
        *applicant.numbers,
        ("Standardy", source.standards),
        ("Numer wniosku", source.case),
        ("Akta", f"nr {source.dossier}" if source.dossier else ""),
        (frozen, day_in_words(source.day)),
        ("Adresat", source.issuer.name),
    ]


@dataclass
class _Piece:
    """Cited evidence under one number for the whole report."""

    number: int
    cited: CitedPiece
    codes: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        return legible(self.cited.title)

    @property
    def detail(self) -> str:
        parts = (
            self.cited.form,
            self.cited.name,
            f"wersja {self.cited.revision}",
            self.cited.size,
            "kryteria: " + ", ".join(dict.fromkeys(self.codes)),
        )
        return " · ".join(legible(part) for part in parts if part)


@dataclass(frozen=True)
class _Drawn:
    """A criterion ready for the template."""

    code: str
    text: str
    rating: str
    answer: SafeString
    evidence: list[tuple[int, str, str]]
    confirmed: str


def _numbered(sheet: ReportSheet) -> dict[str, _Piece]:
    """Every cited piece once, in the order in which the report first names it."""
    pieces: dict[str, _Piece] = {}
    for criterion in sheet.criteria():
        for cited in criterion.evidence:
            piece = pieces.setdefault(cited.key, _Piece(len(pieces) + 1, cited))
            piece.codes.append(criterion.code)
    return pieces


def _area(area: AreaSheet, pieces: dict[str, _Piece]) -> dict[str, Any]:
    standards = [
        {
            "code": legible(standard.code),
            "name": legible(standard.name),
            "criteria": [_criterion(criterion, pieces) for criterion in standard.criteria],
        }
        for standard in area.standards
    ]
    return {"code": legible(area.code), "name": legible(area.name), "standards": standards}


def _criterion(criterion: CriterionSheet, pieces: dict[str, _Piece]) -> _Drawn:
    return _Drawn(
        legible(criterion.code),
        legible(criterion.text),
        legible(criterion.rating),
        to_html(legible(criterion.answer, typeset_lines)),
        [
            (pieces[cited.key].number, legible(cited.title), legible(cited.place))
            for cited in criterion.evidence
        ],
        legible(criterion.confirmed),
    )


def _drawn(areas: list[dict[str, Any]]) -> Iterable[_Drawn]:
    for area in areas:
        for standard in area["standards"]:
            yield from standard["criteria"]


def _summary(standard: StandardSheet, ratings: tuple[str, ...]) -> dict[str, Any]:
    counted = Counter(criterion.rating for criterion in standard.criteria)
    return {
        "code": legible(standard.code),
        "name": legible(standard.name),
        "counts": [counted[rating] for rating in ratings],
        "evidence": sum(len(criterion.evidence) for criterion in standard.criteria),
    }


def _totals(sheet: ReportSheet) -> list[int]:
    counted = Counter(criterion.rating for criterion in sheet.criteria())
    cited = sum(len(criterion.evidence) for criterion in sheet.criteria())
    return [*(counted[rating] for rating in sheet.ratings), cited]
