"""The protocol of a site visit as PDF: a sheet in, bytes out, like the other documents."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from certification.errors import CannotDo

from .printing import letterhead_images, print_html
from .report import STAND_IN, legible
from .sheets import Letterhead
from .typography import typeset_lines

MAX_TEXT = 400_000  # characters of one protocol; bounds the time it takes to print


@dataclass(frozen=True)
class AskedSheet:
    """A question with its answer, or a loose note without either code or question."""

    code: str
    question: str
    answer: str


@dataclass(frozen=True)
class PhotoSheet:
    """A photo that is named and not printed; `consent` is empty where nobody can be recognised.

    `gone` says when and why it was removed after the protocol had been presented.
    """

    caption: str
    taken: str
    consent: str
    sha256: str
    gone: str = ""


@dataclass(frozen=True)
class RemarkSheet:
    who: str
    text: str


@dataclass(frozen=True)
class ProtocolSheet:
    """Everything a protocol prints. Without `presented` it is a draft, and says so on each page;
    `closed` says who closed it and when.
    """

    issuer: Letterhead
    institution: str
    case: str
    day: date
    held: str
    place: str
    number: int = 1
    visitors: tuple[str, ...] = ()
    attendees: str = ""
    course: str = ""
    findings: str = ""
    documents: str = ""
    asked: tuple[AskedSheet, ...] = ()
    photos: tuple[PhotoSheet, ...] = ()
    presented: str = ""
    until: str = ""
    remarks: tuple[RemarkSheet, ...] = field(default=())
    closed: str = ""
    is_confirmed: bool = False

    @property
    def is_draft(self) -> bool:
        return not self.presented

    def length(self) -> int:
        """Characters of all that people wrote."""
        texts = [self.attendees, self.course, self.findings, self.documents, self.place]
        texts += [part for one in self.asked for part in (one.question, one.answer)]
        texts += [part for one in self.photos for part in (one.caption, one.consent, one.gone)]
        return sum(map(len, texts)) + sum(len(one.text) for one in self.remarks)


def render_protocol(sheet: ProtocolSheet) -> bytes:
    """Print the protocol: A4 standing, as many pages as it needs.

    A sign that the print fonts lack becomes a box. Raises CannotDo for a text that is too long.
    """
    if sheet.length() > MAX_TEXT:
        raise CannotDo(_("The text is too long to print. Shorten it."))
    context = _context(sheet)
    return print_html("protocol", context, day=sheet.day, images=letterhead_images(sheet.issuer))


def _context(sheet: ProtocolSheet) -> dict[str, Any]:
    sections = [
        ("Obecni ze strony instytucji", _lines(sheet.attendees)),
        ("Przebieg wizytacji", _lines(sheet.course)),
        ("Ustalenia", _lines(sheet.findings)),
        ("Okazane dokumenty", _lines(sheet.documents)),
    ]
    asked = [
        (legible(one.code), _lines(one.question), _lines(one.answer))
        for one in sheet.asked
        if one.question
    ]
    notes = [_lines(one.answer) for one in sheet.asked if not one.question]
    photos = [
        (*map(legible, (one.caption, one.taken, one.consent, one.gone)), one.sha256)
        for one in sheet.photos
    ]
    remarks = [(legible(one.who), _lines(one.text)) for one in sheet.remarks]
    drawn = [sections, asked, notes, photos, remarks]
    return {
        "sheet": sheet,
        "institution": legible(sheet.institution),
        "case": legible(sheet.case),
        "place": legible(sheet.place),
        "held": legible(sheet.held),
        "visitors": [legible(name) for name in sheet.visitors],
        "presented": legible(sheet.presented),
        "closed": legible(sheet.closed),
        "until": legible(sheet.until),
        "issuer": legible(sheet.issuer.name),
        "dated": sheet.day.isoformat(),
        "sections": [(title, lines) for title, lines in sections if lines],
        "asked": asked,
        "notes": notes,
        "photos": photos,
        "remarks": remarks,
        "has_stand_ins": STAND_IN in str(drawn),
    }


def _lines(text: str) -> list[str]:
    """The lines of a plain text, the empty ones left out; each becomes a paragraph."""
    typeset = legible(text, typeset_lines)
    return [line.strip() for line in typeset.split("\n") if line.strip()]
