"""Numbered papers to the holder of a certificate that may be taken away (regulation, 10 and 11)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from certification.errors import CannotDo

from .printing import letterhead_images, print_html
from .report import STAND_IN, legible
from .sheets import Letterhead
from .typography import day_in_words, typeset_lines

MAX_TEXT = 10_000  # characters; bounds the time it takes to print

Fact = date | str | bool


@dataclass(frozen=True)
class NoticeSheet:
    """Everything such a paper prints. `words` names what is said around `text`, in
    templates/documents/_notice_<words>.html, which `facts` fill in; an empty line in `text` begins
    a paragraph. `proof` is where the paper can be checked, "" where it cannot.
    """

    issuer: Letterhead
    words: str
    title: str
    number: str
    place: str
    day: date
    holder: str
    certificate: str
    issued_on: date
    text: str
    facts: Mapping[str, Fact]
    on_behalf: str
    signatory: str
    proof: str = ""


def render_notice(sheet: NoticeSheet) -> bytes:
    """Print the paper: A4 standing, as many pages as it needs.

    A sign that the print fonts lack becomes a box. Raises CannotDo for a text that is too long.
    """
    if len(sheet.text) > MAX_TEXT:
        raise CannotDo(_("The text is too long to print. Shorten it."))
    lines = legible(sheet.text, typeset_lines).split("\n")
    context = {
        "words": f"documents/_notice_{sheet.words}.html",
        "title": sheet.title,
        "issuer": legible(sheet.issuer.name),
        "contact": _contact(sheet.issuer),
        "number": sheet.number,
        "place": legible(sheet.place),
        "day": day_in_words(sheet.day),
        "dated": sheet.day.isoformat(),
        "holder": legible(sheet.holder),
        "certificate": sheet.certificate,
        "issued": day_in_words(sheet.issued_on),
        "paragraphs": [line.strip() for line in lines if line.strip()],
        "on_behalf": sheet.on_behalf,
        "signatory": legible(sheet.signatory),
        "proof": sheet.proof,
        "has_stand_ins": any(STAND_IN in line for line in lines),
        **{name: _printed(fact) for name, fact in sheet.facts.items()},
    }
    return print_html("notice", context, day=sheet.day, images=letterhead_images(sheet.issuer))


def _contact(issuer: Letterhead) -> str:
    known = (issuer.address, issuer.website, issuer.email)
    return legible(" · ".join(part for part in known if part))


def _printed(fact: Fact) -> Any:
    if isinstance(fact, date):
        return day_in_words(fact)
    return legible(fact) if isinstance(fact, str) else fact
